import type { ReactElement } from "react";
import { ApiError } from "../api.ts";

/** Says what went wrong; what was known before may stay below it. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{missing ? "Not found." : "That did not work."}</strong>{" "}
        {error instanceof Error ? error.message : String(error)}
      </p>
      {!missing && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
