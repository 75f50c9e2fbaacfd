import type { EntryRow, RowStatus } from "../source.ts";

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

const STATUSES: readonly RowStatus[] = ["fetching", "error", "stale", "fresh", "pending", "stored"];

/** The rows to show, in order; the given array is left as it is. */
export function viewRows(rows: readonly EntryRow[], view: RowView): EntryRow[] {
  const wanted = view.filter.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      (view.status === undefined || row.status === view.status) &&
      (wanted === "" || row.label.toLowerCase().includes(wanted)),
  );
  return sortRows(shown, view);
}

// Rows that compare equal keep the cache's own order, in both directions.
function sortRows(rows: EntryRow[], { sort, descending }: RowView): EntryRow[] {
  if (sort === "order") return descending ? rows.reverse() : rows;
  const compare = COMPARE[sort];
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * compare(a, b) || a.order - b.order);
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

/** How many rows have each status, in the order in which they are shown; statuses without rows are left out. */
export function countStatuses(rows: readonly EntryRow[]): { status: RowStatus; count: number }[] {
  const counts = new Map<RowStatus, number>();
  for (const row of rows) counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
  return STATUSES.flatMap((status) => (counts.has(status) ? [{ status, count: counts.get(status) ?? 0 }] : []));
}
