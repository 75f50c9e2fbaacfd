import type { ReactElement } from "react";

export interface FailureProps {
  readonly text: string;
  readonly onRetry: () => void;
}

export function Failure({ text, onRetry }: FailureProps): ReactElement {
  return (
    <div className="failure" role="alert">
      <p>{text}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
