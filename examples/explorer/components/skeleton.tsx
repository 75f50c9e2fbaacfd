import type { ReactElement } from "react";
import { PAGE_SIZE } from "../api.ts";

/** Holds the place of a list that was never there before. */
export function Skeleton({ rows = PAGE_SIZE }: { rows?: number }): ReactElement {
  return (
    <div className="skeleton" role="img" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}
