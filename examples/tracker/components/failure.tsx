import type { ReactElement } from "react";

export interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function Failure({ error, onRetry }: FailureProps): ReactElement {
  return (
    <div className="failure" role="alert">
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
