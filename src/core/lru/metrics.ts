import type { RemovalCause } from "./events.ts";
import type { LoadCounters } from "./flight.ts";
import type { Store } from "./store.ts";

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

/** Loads by outcome. What neither succeeded, failed nor was aborted is under way. */
export type LoadMetrics = Readonly<LoadCounters>;

/** A frozen picture of an `LruCache`, made anew at each read. */
export interface LruMetrics extends Figures {
  readonly loads: LoadMetrics;
  /** Wall time in ms at which counting began; `null` before the first operation. */
  readonly since: number | null;
}

/** The counters of a store. */
export const COUNTERS = {
  hits: 0,
  misses: 0,
  sets: 0,
  refused: 0,
  evicted: 0,
  expired: 0,
  replaced: 0,
  deleted: 0,
  cleared: 0,
};

type AnyStore = Store<unknown, unknown>;

/** What can be added up over stores. */
type Amount = { [N in keyof AnyStore]: AnyStore[N] extends number ? N : never }[keyof AnyStore];

/** Only what is counted matters here, whatever the keys and values are. */
export type Counted = { readonly [N in Amount]: number };

export function total(stores: readonly Counted[], name: Amount): number {
  return stores.reduce((sum, store) => sum + store[name], 0);
}

/** The figures of some stores together. */
export function figuresOf(stores: readonly Counted[]): Figures {
  const of = (name: Amount): number => total(stores, name);
  const [hits, misses] = [of("hits"), of("misses")];
  return Object.freeze({
    gets: hits + misses,
    sets: of("sets"),
    hits,
    misses,
    hitRatio: hits + misses === 0 ? null : hits / (hits + misses),
    removals: Object.freeze({
      evicted: of("evicted"),
      expired: of("expired"),
      replaced: of("replaced"),
      deleted: of("deleted"),
      cleared: of("cleared"),
    }),
    refused: of("refused"),
    size: of("size"),
    capacity: of("capacity"),
    overflow: of("overflow"),
    weight: of("weight"),
    weightOverflow: of("weightOverflow"),
  });
}
