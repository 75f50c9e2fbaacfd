import type { EntryRow } from "../entry-source.ts";
import type { RowView } from "./row-order.ts";

/** What is shown of the rows, and which one is open. */
export interface EntriesView extends RowView {
  readonly selected: EntryRow | undefined;
  /** Where the keys go on from: the open row, or the one that was open last. */
  readonly last?: EntryRow | undefined;
  /** The list stands still. */
  readonly isPaused?: boolean;
}

export const INITIAL_VIEW: EntriesView = {
  filter: "",
  status: undefined,
  sort: "order",
  descending: false,
  selected: undefined,
};
