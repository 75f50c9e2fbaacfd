import type { RemovalCause } from "./events.ts";

/** The counters of a cache, or of a part of it. Always: sets = size + removals, until the metrics are reset. */
export interface Figures {
  /** Lookups: hits + misses. */
  readonly gets: number;
  /** Values stored. */
  readonly sets: number;
  readonly hits: number;
  readonly misses: number;
  /** From 0 to 1; `null` before the first lookup. */
  readonly hitRatio: number | null;
  readonly removals: Readonly<Record<RemovalCause, number>>;
  /** Values heavier than the bound on weight, which were not stored; not part of `sets`. */
  readonly refused: number;
  /** Entries, including expired ones that were not swept yet. */
  readonly size: number;
  /** The most entries, as long as not all are pinned. */
  readonly capacity: number;
  /** Entries beyond the bound, because everything else is pinned. */
  readonly overflow: number;
  /** Of all entries, in the unit of `maxWeight`; 0 without that bound. */
  readonly weight: number;
  /** Weight beyond the bound, because everything else is pinned. */
  readonly weightOverflow: number;
}

/** What a cache counts of its loads. What neither succeeded, failed nor was aborted is under way. */
export interface LoadCounters {
  started: number;
  succeeded: number;
  failed: number;
  aborted: number;
  /** Callers that joined a load instead of starting one. */
  joined: number;
  /** Ms that the finished loads took together, whatever their outcome. */
  duration: number;
}

/** Before the first load. */
export const NO_LOADS: Readonly<LoadCounters> = {
  started: 0,
  succeeded: 0,
  failed: 0,
  aborted: 0,
  joined: 0,
  duration: 0,
};

/** Loads by outcome. */
export type LoadMetrics = Readonly<LoadCounters>;

/** A frozen picture of an `LruCache`, made anew at each read. */
export interface LruMetrics extends Figures {
  /** Loads, by how they ended. */
  readonly loads: LoadMetrics;
  /** Wall time in ms at which counting began; `null` before the first operation. */
  readonly since: number | null;
}

/** What is counted of each store, and added up over all. */
type Amount = (typeof COUNTS)[number] | (typeof AMOUNTS)[number] | RemovalCause;

/** Only what is counted matters here, whatever the keys and values are. */
export type Counted<N extends string = Amount> = { readonly [Name in N]: number };

export function total<N extends string>(stores: readonly Counted<NoInfer<N>>[], ...names: readonly N[]): number {
  let sum = 0;
  for (const store of stores) for (const name of names) sum += store[name];
  return sum;
}

export const CAUSES = ["evicted", "expired", "replaced", "deleted", "cleared"] as const;
/** What a store counts. */
const COUNTS = ["hits", "misses", "sets", "refused"] as const;
const AMOUNTS = ["size", "capacity", "overflow", "weight", "weightOverflow"] as const;

export function sumsOf<N extends string>(
  stores: readonly Counted<NoInfer<N>>[],
  names: readonly N[],
): Record<N, number> {
  return Object.fromEntries(names.map((name) => [name, total(stores, name)])) as Record<N, number>;
}

/** The figures of some stores together. */
export function figuresOf(stores: readonly Counted[]): Figures {
  const figures = sumsOf(stores, [...COUNTS, ...AMOUNTS]);
  const gets = figures.hits + figures.misses;
  const hitRatio = gets === 0 ? null : figures.hits / gets;
  return Object.freeze({ gets, hitRatio, ...figures, removals: Object.freeze(sumsOf(stores, CAUSES)) });
}

/** Counts from 0 again. */
export function resetCounts(store: Record<(typeof COUNTS)[number] | RemovalCause, number>): void {
  for (const name of [...COUNTS, ...CAUSES]) store[name] = 0;
}
