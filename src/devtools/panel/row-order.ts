import type { EntryRow, RowStatus } from "../entry-source.ts";

/** What the entry list can be sorted by. `order` is the cache's own order. */
export type SortKey = "order" | "key" | "status" | "onScreen" | "updated" | "ttl";

export interface RowView {
  /** Substring of the shown key, in any case; empty for all. */
  readonly filter: string;
  /** Only rows of this status; `undefined` for all. */
  readonly status: RowStatus | undefined;
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** In the order in which they are shown. */
export const STATUSES: readonly RowStatus[] = ["fetching", "error", "stale", "fresh", "pending", "stored"];

/** Whether the view leaves out no key. */
export function isWhole({ filter, status }: RowView): boolean {
  return status === undefined && filter.trim() === "";
}

export function matches(row: EntryRow, { filter, status }: RowView): boolean {
  if (status !== undefined && row.status !== status) return false;
  const wanted = filter.trim().toLowerCase();
  return wanted === "" || row.label.toLowerCase().includes(wanted);
}

/** The rows in the order of the view. Equal ones keep the cache's own order, in both directions. */
export function sortRows(rows: readonly EntryRow[], { sort, descending }: RowView): EntryRow[] {
  if (sort === "order") return descending ? [...rows].reverse() : [...rows];
  const compare = COMPARE[sort];
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || a.order - b.order);
}

const COMPARE: Record<Exclude<SortKey, "order">, (a: EntryRow, b: EntryRow) => number> = {
  key: (a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0),
  status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  onScreen: (a, b) => a.onScreen - b.onScreen,
  updated: (a, b) => a.updatedAt - b.updatedAt,
  ttl: (a, b) => compareNumbers(a.ttlLeft ?? -1, b.ttlLeft ?? -1),
};

// Infinity minus Infinity is NaN, which no sort may see.
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
