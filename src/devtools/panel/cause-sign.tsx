/** @jsxImportSource preact */
import type { JSX } from "preact";

/** Why a key left, or why a look-up missed. */
export type Cause =
  | "first"
  | "unseen"
  | "evicted"
  | "expired"
  | "replaced"
  | "deleted"
  | "cleared"
  | "absent"
  | "failed";

/** A shape for each cause, so that colour is never the only sign. Drawn in a square of 12. */
const SHAPES: Readonly<Record<Cause, string>> = {
  first: "M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8",
  unseen: "M3 6h.1M6 6h.1M9 6h.1",
  evicted: "M1.5 3h9L6 10.5Z",
  expired: "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M6 3.5V6l2 1.2",
  replaced: "M2 6h7M6.5 3 9.5 6l-3 3",
  deleted: "M2.5 2.5l7 7M9.5 2.5l-7 7",
  cleared: "M2 2h8v8H2Z",
  absent: "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M2.8 9.2l6.4-6.4",
  failed: "M1.5 10h9L6 2Z",
};

/** Shapes that are filled. The others are drawn as lines. */
const FILLED: ReadonlySet<Cause> = new Set<Cause>(["evicted", "failed", "cleared"]);

export function CauseSign({ cause }: { cause: Cause }): JSX.Element {
  return (
    <svg
      class={FILLED.has(cause) ? "sign filled" : "sign"}
      viewBox="0 0 12 12"
      aria-hidden="true"
      style={{ color: `var(--${cause})` }}
    >
      <path d={SHAPES[cause]} />
    </svg>
  );
}
