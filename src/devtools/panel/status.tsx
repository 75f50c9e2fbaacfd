/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { RowStatus } from "../entry-source.ts";

/** A shape for each status, so that colour is never the only sign. */
export const STATUS_SIGNS: Readonly<Record<RowStatus, string>> = {
  fetching: "↻",
  error: "▲",
  stale: "◐",
  fresh: "●",
  pending: "○",
  stored: "●",
  left: "┄",
};

export function StatusWord({ status }: { status: RowStatus }): JSX.Element {
  return (
    <span class={`status ${status}`}>
      <span aria-hidden="true">{STATUS_SIGNS[status]}</span> {status}
    </span>
  );
}
