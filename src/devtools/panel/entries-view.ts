import type { EntryRow } from "../entry-source.ts";
import type { Departure } from "../departures.ts";
import type { Grouping } from "./row-groups.ts";
import type { RowView } from "./row-order.ts";

/** What of the view a walk over all keys depends on. */
export interface ListView extends RowView {
  readonly grouping: Grouping;
  /** Whether groups are open; `undefined` until their number is known. */
  readonly areOpen: boolean | undefined;
  /** Whether bytes are estimated. */
  readonly isSized: boolean;
  /** Groups that are not as the others are. */
  readonly opened: ReadonlySet<string>;
}

/** Leads to Entries, with these words in its filter, or to what is known of a key that left. */
export type OpenEntries = (filter: string, departure?: Departure) => void;

/** What is shown of the rows, and which one is open. */
export interface EntriesView extends ListView {
  readonly selected: EntryRow | undefined;
  /** Where the keys go on from: the open row, or the one that was open last. */
  readonly last?: EntryRow | undefined;
  /** The group of that row. */
  readonly at?: string | undefined;
  /** Whether the keys go on from the header of the group instead. */
  readonly isOnHeader?: boolean | undefined;
  /** How a key left that is to be open when the page comes. */
  readonly departure?: Departure | undefined;
}

export const INITIAL_VIEW: EntriesView = {
  filter: "",
  status: undefined,
  showsLeft: false,
  sort: "order",
  descending: false,
  grouping: "prefix",
  isSized: true,
  areOpen: undefined,
  opened: new Set(),
  selected: undefined,
};
