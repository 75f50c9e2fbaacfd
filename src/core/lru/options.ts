import {
  fail,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  type OptionTable,
  resolveOptions,
  standardsOf,
  WEIGHT,
} from "./checks.ts";
import { type Clock, CLOCK_EXAMPLE } from "./clock.ts";
import { MAX_SLOTS } from "./columns.ts";
import type { RemovalListener } from "./events.ts";

/** How an `LruCache` is set up. Every option has a default; an unknown name is an error. */
export interface LruCacheOptions<K = unknown, V = unknown> {
  /**
   * The most entries. An integer from 1 to 2^24 - 1; `Infinity` only together with `maxWeight`, and still no more than
   * that. @defaultValue 100
   */
  maxCacheSize?: number | undefined;
  /**
   * Age in ms after which an entry is never served, counted from the write. Above 0, or `Infinity` to keep it until
   * it is evicted.
   * @defaultValue 600_000 (10 minutes)
   */
  ttl?: number | undefined;
  /**
   * The most weight of all entries, in a unit of your own, such as bytes. An integer from 1 to 2^53 - 1. A heavier value
   * is refused. Entries of weight 0 are bounded by `maxCacheSize` alone. @defaultValue no such bound
   */
  maxWeight?: number | undefined;
  /**
   * The weight of a value: an integer of 0 or more. Called once for each write without a `weight` of its own, before
   * anything changes. Only with `maxWeight`. @defaultValue 1 for each entry
   */
  weigher?: ((value: V, key: K) => number) | undefined;
  /**
   * Called once for each value that left, with its cause, after the cache is consistent again. It may call any
   * method. What it throws is reported to the host and stops nothing.
   * @defaultValue none
   */
  onRemoval?: RemovalListener<K, V> | undefined;
  /**
   * Time and timers. Asked in the middle of an operation: none of its functions may call the cache or throw; what
   * `schedule` runs later may. @defaultValue `performance.now`, `Date.now`, `setTimeout`
   */
  clock?: Clock | undefined;
  /**
   * Whether every check of a deadline, and every write, reads the clock. Otherwise the time is kept between reads. That
   * shows only after a synchronous stretch of few operations: an entry can be served late when it lasts over a second,
   * and what is written at its end, with a `ttl` of ten seconds or more, can be dated to its beginning, and so live
   * shorter by that stretch.
   * @defaultValue false; true with a `clock` of your own
   */
  exactClock?: boolean | undefined;
}

/** What one `set` may say about its entry. */
export interface LruSetOptions {
  /** Age in ms from which this entry is not served any more. Above 0; `Infinity` keeps it until it is evicted. @defaultValue the cache's `ttl` */
  ttl?: number | undefined;
  /** An integer of 0 or more, instead of what the `weigher` would say. Only with `maxWeight`. @defaultValue what the `weigher` says, or 1 */
  weight?: number | undefined;
}

/** The options that every cache has, with their defaults. */
export interface CoreOptions<K, V> {
  readonly maxCacheSize: number;
  readonly ttl: number;
  /** `Infinity` for no such bound. */
  readonly maxWeight: number;
  readonly weigher: ((value: V, key: K) => number) | undefined;
  readonly onRemoval: RemovalListener<K, V> | undefined;
  readonly clock: Clock | undefined;
  readonly exactClock: boolean;
}

const isCount = (count: unknown, most: number): boolean =>
  Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most;
const SIZE: Kind = [
  "an integer from 1 to 2^24 - 1, or Infinity with a maxWeight",
  (size) => size === Infinity || isCount(size, MAX_SLOTS),
  "1_000",
];
const MOST_WEIGHT: Kind = [
  "an integer from 1 to 2^53 - 1",
  (weight) => isCount(weight, Number.MAX_SAFE_INTEGER),
  "5_000_000",
];
/** Its other functions are checked by themselves. */
const CLOCK: Kind = [
  "an object with a function now()",
  (clock) => FUNCTION[1]((clock as { readonly now?: unknown } | null)?.now),
  "{ now: () => performance.now() }",
];

/** The options that every cache has. */
export const CORE_TABLE: OptionTable<CoreOptions<never, never>> = {
  maxCacheSize: [SIZE, 100],
  ttl: [MS, 600_000],
  maxWeight: [MOST_WEIGHT, Infinity],
  weigher: [FUNCTION, undefined, "(value) => value.length"],
  onRemoval: [FUNCTION],
  clock: [CLOCK],
  // Not given, it depends on the clock.
  exactClock: [FLAG, undefined as never],
};

const STANDARDS = /* @__PURE__ */ standardsOf(CORE_TABLE);

/** What a `set` may say. */
export const SET_TABLE: OptionTable<Required<LruSetOptions>> = {
  ttl: [MS, 0],
  weight: [WEIGHT, 0],
};

/**
 * Options over the defaults of a table that has those of the core.
 * @throws MachoOptionError for the first one that does not exist or cannot be used
 */
export function resolveCacheOptions<R extends CoreOptions<never, never>>(
  owner: string,
  table: OptionTable<R>,
  given: object,
  standards: R,
  more?: string,
): R {
  const all = resolveOptions(owner, table, given, standards, more);
  const { maxCacheSize, maxWeight, weigher, clock } = all;
  for (const name of ["wallNow", "schedule"] as const) {
    const run: unknown = clock?.[name];
    if (run !== undefined && !FUNCTION[1](run)) fail(`clock.${name}`, `must be ${FUNCTION[0]}`, run, CLOCK_EXAMPLE);
  }
  if (weigher && maxWeight === Infinity) {
    fail("weigher", "needs maxWeight beside it", weigher, "maxWeight: 5_000_000, weigher: (value) => value.length");
  }
  if (Math.min(maxCacheSize, maxWeight) === Infinity) {
    fail("maxCacheSize", "must be finite without a maxWeight", maxCacheSize, "maxCacheSize: 1_000");
  }
  // A copy of its own.
  (all as { exactClock?: boolean }).exactClock ??= clock !== undefined;
  return all;
}

/**
 * The options of an `LruCache` with their defaults.
 * @throws MachoOptionError for the first one that does not exist or cannot be used
 */
export function resolveLruOptions<K, V>(given: LruCacheOptions<K, V>): CoreOptions<K, V> {
  const more = " `new Cache({ ... })` has more.";
  return resolveCacheOptions("LruCache", CORE_TABLE, given, STANDARDS, more) as CoreOptions<K, V>;
}
