import type { EntryRow, RowStatus } from "../entry-source.ts";

/** What the entry list can be sorted by. `order` is the cache's own order, `next` that of eviction. */
export type SortKey =
  | "order"
  | "next"
  | "key"
  | "status"
  | "reads"
  | "hits"
  | "size"
  | "age"
  | "ttl"
  | "onScreen"
  | "weight"
  | "shard"
  | "pins";

export interface RowView {
  /** Words, as `parseWords` reads them; empty for all. */
  readonly filter: string;
  /** Only rows of this status; `undefined` for all. */
  readonly status: RowStatus | undefined;
  /** Whether keys that have left are shown as well. */
  readonly showsLeft: boolean;
  readonly sort: SortKey;
  readonly descending: boolean;
}

type SortView = Pick<RowView, "sort" | "descending">;

/** In the order in which they are shown. */
export const STATUSES: readonly RowStatus[] = ["fetching", "error", "stale", "fresh", "pending", "stored", "left"];

/** What a row is not asked for itself. */
export interface RowFigures {
  /** Bytes, about; below 0 while they are not estimated. */
  readonly sizeOf: (row: EntryRow) => number;
  /** Reads that found the key, of all that asked for it; `undefined` where nobody counted. */
  readonly hitsOf: (row: EntryRow) => number | undefined;
}

/** The rows in the order of the view. Equal ones keep the cache's own order, in both directions. */
export function sortRows(rows: readonly EntryRow[], { sort, descending }: SortView, figures: RowFigures): EntryRow[] {
  if (!(sort in RANKS)) return descending ? [...rows].reverse() : [...rows];
  const sign = descending ? -1 : 1;
  // Each is asked for once: some take long to find out.
  const ranked = rows.map((row) => ({ row, rank: rankOf(row, sort, figures) }));
  ranked.sort((a, b) => sign * compare(a.rank, b.rank) || a.row.order - b.row.order);
  return ranked.map(({ row }) => row);
}

/** What a row is sorted by; -1 where it is not known, and for the order of the cache. */
export function rankOf(row: EntryRow, sort: SortKey, figures: RowFigures): number | string {
  return RANKS[sort]?.(row, figures) ?? -1;
}

const RANKS: Partial<Record<SortKey, (row: EntryRow, figures: RowFigures) => number | string | undefined>> = {
  key: (row) => row.label,
  status: (row) => STATUSES.indexOf(row.status),
  reads: (row) => row.reads,
  hits: (row, { hitsOf }) => hitsOf(row),
  size: (row, { sizeOf }) => sizeOf(row),
  age: (row) => (row.departure ? row.departure.age : row.updatedAt && -row.updatedAt),
  ttl: (row) => row.ttlLeft,
  onScreen: (row) => row.onScreen,
  weight: (row) => row.weight,
  shard: (row) => row.shard,
  pins: (row) => row.pins,
};

// Infinity minus Infinity is NaN, which no sort may see.
function compare(a: number | string, b: number | string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Sorting by figures begins with the largest. */
const ASCENDING: ReadonlySet<SortKey> = new Set<SortKey>(["order", "next", "key", "status", "ttl", "shard"]);

/** What a choice of the order changes: the same once more turns it round. */
export function sortedBy(view: SortView, sort: SortKey): SortView {
  return { sort, descending: view.sort === sort ? !view.descending : !ASCENDING.has(sort) };
}
