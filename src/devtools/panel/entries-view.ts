import type { EntryRow } from "../entry-source.ts";
import type { RowView } from "./row-order.ts";

/** What is shown of the rows, and which one is open. */
export interface EntriesView extends RowView {
  readonly selected: EntryRow | undefined;
}

export const INITIAL_VIEW: EntriesView = {
  filter: "",
  status: undefined,
  sort: "order",
  descending: false,
  selected: undefined,
};
