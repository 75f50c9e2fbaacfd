import type { ReactElement } from "react";
import { type Issue, type Move, STATUS_NAMES } from "../board.ts";

export interface Refusal {
  readonly id: number;
  readonly move: Move;
  readonly error: unknown;
}

export interface RefusalsProps {
  readonly refusals: readonly Refusal[];
  readonly issues: readonly Issue[];
  readonly onDismiss: () => void;
}

/** The moves that the server refused, and why. The cards are back where they were. */
export function Refusals({ refusals, issues, onDismiss }: RefusalsProps): ReactElement {
  return (
    <div role="alert">
      {refusals.length > 0 && (
        <div className="failure">
          <ul>
            {refusals.map(({ id: key, move, error }) => (
              <li key={key}>
                {`“${issues.find(({ id }) => id === move.id)?.title}” was not moved to ${STATUS_NAMES[move.status]}. `}
                {error instanceof Error ? error.message : String(error)}
              </li>
            ))}
          </ul>
          <button type="button" onClick={onDismiss}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
