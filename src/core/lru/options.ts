import {
  checkFunction,
  checkKind,
  countTo,
  fail,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  type OptionRow,
  readOptions,
  WEIGHT,
} from "./checks.ts";
import type { Clock } from "./clock.ts";
import { MAX_SLOTS } from "./columns.ts";
import type { RemovalListener } from "./events.ts";
import { SEED, Seed } from "./seed.ts";

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
export interface SetOptions {
  /** Like the cache's `ttl`, for this entry. @defaultValue the cache's `ttl` */
  ttl?: number | undefined;
  /**
   * Whether an overwrite keeps the time that the old value had left. Not true beside a `ttl`.
   * @defaultValue the `keepTtl` of a `Cache`; false beside a `ttl`
   */
  keepTtl?: boolean | undefined;
  /** An integer of 0 or more, instead of what the `weigher` would say. Only with `maxWeight`. */
  weight?: number | undefined;
}

/** What a cache keeps of its options, with the defaults. */
export interface CoreOptions<K, V> {
  readonly maxCacheSize: number;
  readonly ttl: number;
  /** `Infinity` for no such bound. */
  readonly maxWeight: number;
  readonly weigher?: ((value: V, key: K) => number) | undefined;
  readonly onRemoval?: RemovalListener<K, V> | undefined;
  readonly clock?: Clock | undefined;
  readonly exactClock: boolean;
  readonly seed: Seed;
  /** Of a `Cache`. */
  readonly keepTtl?: boolean;
  /** Of a `Cache`. */
  readonly timeToIdle?: number;
}

const COUNT = countTo(Infinity);
const CLOCK_EXAMPLE = "{ now: () => performance.now() }";
const CLOCK: Kind = ["must have a function now()", (clock) => typeof (clock as Clock | null)?.now === "function"];

/** A row for each option. */
export type TableOf<O> = { readonly [K in keyof O]-?: OptionRow };

/** The options that every cache has. */
export const CORE_TABLE: TableOf<LruCacheOptions> = {
  maxCacheSize: [100, [COUNT[0], (size) => size === Infinity || COUNT[1](size)], "1_000"],
  ttl: [600_000, MS, "60_000"],
  maxWeight: [undefined, countTo(Number.MAX_SAFE_INTEGER, "2^53 - 1"), "5_000_000"],
  weigher: [undefined, FUNCTION, "(value) => value.length"],
  onRemoval: [undefined, FUNCTION, "(key, value, cause) => { ... }"],
  clock: [undefined, CLOCK, CLOCK_EXAMPLE],
  exactClock: [undefined, FLAG, "true"],
};

/** What a `set` may say. */
export const SET_TABLE: TableOf<SetOptions> = {
  ttl: [undefined, MS, "60_000"],
  keepTtl: [undefined, FLAG, "true"],
  weight: [undefined, WEIGHT, "1"],
};

/**
 * The options that every cache has, after their rows were checked.
 * @throws MachoOptionError for the first one that cannot be used
 */
export function resolveCore<K, V>(options: LruCacheOptions<K, V>, symbols: object): CoreOptions<K, V> {
  const {
    maxCacheSize,
    ttl,
    maxWeight = Infinity,
    weigher,
    onRemoval,
    clock,
    exactClock = clock !== undefined,
  } = options;
  if (clock) {
    for (const name of ["wallNow", "schedule"] as const)
      checkFunction(`clock.${name}`, clock[name], `clock: ${CLOCK_EXAMPLE}`);
  }
  if (weigher && maxWeight === Infinity) {
    fail("weigher", "needs maxWeight beside it", weigher, "maxWeight: 5_000_000, weigher: (value) => value.length");
  }
  checkBounded(maxCacheSize, maxWeight);
  const seed = new Seed((symbols as { [SEED]?: number })[SEED]);
  return { maxCacheSize: maxCacheSize!, ttl: ttl!, maxWeight, weigher, onRemoval, clock, exactClock, seed };
}

/** @throws MachoOptionError unless one of the bounds is finite */
export function checkBounded(maxCacheSize: unknown, maxWeight: unknown): void {
  if (maxCacheSize === Infinity && maxWeight === Infinity) {
    fail("maxCacheSize", "must be finite without a maxWeight", maxCacheSize, "maxCacheSize: 1_000");
  }
}

/**
 * The options of an `LruCache` with their defaults.
 * @throws MachoOptionError for the first one that does not exist or cannot be used
 */
export function resolveLruOptions<K, V>(given: LruCacheOptions<K, V>): CoreOptions<K, V> {
  const options = readOptions("LruCache", given, CORE_TABLE, " `new Cache({ ... })` has more.");
  const resolved = resolveCore(options, given);
  checkSlots(resolved.maxCacheSize);
  return resolved;
}

/** @throws MachoOptionError for a bound that no store reaches */
export function checkSlots(maxCacheSize: number): void {
  if (maxCacheSize < Infinity) checkKind("maxCacheSize", maxCacheSize, SLOTS, "1_000_000");
}

const SLOTS = countTo(MAX_SLOTS, "2^24 - 1");
