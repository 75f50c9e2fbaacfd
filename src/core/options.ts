import { checkCount, SHARE } from "./checks.ts";
import { bloom } from "./filter/bloom.ts";
import type { Filter } from "./filter/filter.ts";
import { countTo, fail, FLAG, FUNCTION, type Kind, MS, type OptionTable, standardsOf } from "./lru/checks.ts";
import type { Clock } from "./lru/clock.ts";
import { MAX_SLOTS } from "./lru/columns.ts";
import type { RemovalListener } from "./lru/events.ts";
import { CORE_TABLE, type CoreOptions, resolveCacheOptions, SET_TABLE } from "./lru/options.ts";
import type { Strategy } from "./policy/policy.ts";
import { isNamed, resolveStrategy, STRATEGY, type StrategyName } from "./policy/strategy.ts";

/** How a `Cache` is set up. Every option has a default; an unknown name is an error. */
export interface CacheOptions<K = unknown, V = unknown> {
  /**
   * The most entries. An integer of 1 or more, at most 2^24 - 1 for each shard; `Infinity` only together with
   * `maxWeight`, and still no more than that for each shard.
   * @defaultValue 100
   */
  maxCacheSize?: number | undefined;
  /**
   * Age in ms after which an entry is never served, counted from the write. Above 0, or `Infinity` to keep it until
   * it is evicted.
   * @defaultValue 600_000 (10 minutes)
   */
  ttl?: number | undefined;
  /**
   * Age in ms after which an entry that was neither read nor written is never served, besides its `ttl`. Above 0, or
   * `Infinity` for no such bound. A hit costs a little more with it. @defaultValue Infinity
   */
  timeToIdle?: number | undefined;
  /**
   * Whether an overwrite keeps the time that the old value had left; one with a `ttl` of its own does not.
   * @defaultValue false
   */
  keepTtl?: boolean | undefined;
  /**
   * The most weight of all entries, in a unit of your own, such as bytes. An integer from 1 to 2^53 - 1. It is split over
   * the shards like the size; a value heavier than its shard's part is refused. Entries of weight 0 are bounded by
   * `maxCacheSize` alone. @defaultValue no such bound
   */
  maxWeight?: number | undefined;
  /**
   * The weight of a value: an integer of 0 or more. Called once for each write without a `weight` of its own, before
   * anything changes. Only with `maxWeight`. @defaultValue 1 for each entry
   */
  weigher?: ((value: V, key: K) => number) | undefined;
  /**
   * Which entry makes room for a new one: `"lru"` the least recently used, `"fifo"` the first in, `"random"` any,
   * `"lfu"` the least and `"mfu"` the most frequently used, `"sieve"` the first in that was not read lately. Others
   * come from `macho-cache/policies`, or are your own. @defaultValue "lru"
   */
  strategy?: StrategyName | Strategy | undefined;
  /**
   * Independent parts, among which the keys are spread by their hash. An integer from 1 to `maxCacheSize`. More than one
   * is for very large caches: growing pauses only for one part, and more than 2^24 entries fit. Each look-up then
   * hashes its key, and each part evicts by itself.
   * @defaultValue 1
   */
  shardCount?: number | undefined;
  /**
   * Whether a Bloom filter answers look-ups of absent keys. In front of a map in memory that pays for numeric keys in
   * very large caches at best; keys that are objects, functions or symbols pass it by. @defaultValue false
   */
  bloom?: boolean | undefined;
  /** Another filter in place of a Bloom filter, such as `cuckoo()`, which takes less memory. @defaultValue none */
  filter?: Filter | undefined;
  /** The filter's rate of false positives. Above 0 and below 1. @defaultValue 0.01 */
  probability?: number | undefined;
  /**
   * Called once for each value that left, with its cause, after the cache is consistent again. It may call any
   * method. What it throws is reported to the host and stops nothing.
   * @defaultValue none
   */
  onRemoval?: RemovalListener<K, V> | undefined;
  /**
   * Ms after which a `getOrLoad` is given up, unless the call has a `timeout` of its own. Above 0.
   * @defaultValue Infinity
   */
  timeout?: number | undefined;
  /**
   * Time and timers. Asked in the middle of an operation: none of its functions may call the cache or throw; what
   * `schedule` runs later may. @defaultValue `performance.now`, `Date.now`, `setTimeout`
   */
  clock?: Clock | undefined;
  /**
   * From 0 to below 1; drawn by `"random"`. Asked in the middle of a write: it must not call the cache or throw.
   * @defaultValue `Math.random`
   */
  random?: (() => number) | undefined;
  /**
   * Whether every check of a deadline, and every write, reads the clock. Otherwise the time is kept between reads. That
   * shows only after a synchronous stretch of few operations: an entry can be served late when it lasts over a second,
   * and what is written at its end, with a `ttl` of ten seconds or more, can be dated to its beginning, and so live
   * shorter by that stretch.
   * @defaultValue false; true with a `clock` of your own
   */
  exactClock?: boolean | undefined;
}

/** What one `set` or `getOrLoad` may say about its entry. */
export interface SetOptions {
  /** Age in ms from which this entry is not served any more. Above 0; `Infinity` keeps it until it is evicted. @defaultValue the cache's `ttl` */
  ttl?: number | undefined;
  /**
   * Whether an overwrite keeps the time that the old value had left. Not true beside a `ttl`.
   * @defaultValue the cache's `keepTtl`; false beside a `ttl`
   */
  keepTtl?: boolean | undefined;
  /** An integer of 0 or more, instead of what the `weigher` would say. Only with `maxWeight`. @defaultValue what the `weigher` says, or 1 */
  weight?: number | undefined;
}

/** Options that were checked, with their defaults. */
export interface ResolvedOptions<K, V> extends CoreOptions<K, V> {
  readonly timeToIdle: number;
  readonly keepTtl: boolean;
  readonly strategy: Strategy;
  readonly shardCount: number;
  readonly bloom: boolean;
  /** Also that of `bloom`. */
  readonly filter: Filter | undefined;
  readonly probability: number;
  readonly timeout: number;
  readonly random: () => number;
}

const COUNT = countTo();
const SIZE: Kind = [COUNT[0], (size) => size === Infinity || COUNT[1](size), "1_000"];
const FILTER: Kind = ["a filter, without bloom beside it", isNamed, "cuckoo()"];

type Plain = Omit<ResolvedOptions<never, never>, "strategy"> & { readonly strategy: StrategyName | Strategy };

const CACHE_TABLE: OptionTable<Plain> = {
  ...CORE_TABLE,
  // Checked with the number of shards.
  maxCacheSize: [SIZE, 100],
  timeToIdle: [MS, Infinity],
  keepTtl: [FLAG, false],
  strategy: [STRATEGY, "lru"],
  // Checked with what it depends on.
  shardCount: [undefined, 1],
  bloom: [FLAG, false],
  filter: [FILTER],
  probability: [SHARE, 0.01],
  timeout: [MS, Infinity],
  random: [FUNCTION, Math.random, "Math.random"],
};

const STANDARDS = /* @__PURE__ */ standardsOf(CACHE_TABLE);

/** What a `set` of a `Cache` may say. */
export const CACHE_SET_TABLE: OptionTable<Required<SetOptions>> = { ...SET_TABLE, keepTtl: CACHE_TABLE.keepTtl };

/** @throws MachoOptionError for the first option that cannot be used */
export function resolveOptions<K, V>(options: CacheOptions<K, V>): ResolvedOptions<K, V> {
  const all = resolveCacheOptions("Cache", CACHE_TABLE, options, STANDARDS);
  const { filter, probability } = all;
  checkBounds(all.maxCacheSize, all.maxWeight, all.shardCount);
  if (filter) {
    if (all.bloom) fail("filter", `must be ${FILTER[0]}`, filter, "filter: cuckoo()");
    // One that cannot have the rate says so now.
    filter.create(1, probability);
  }
  return { ...all, filter: all.bloom ? bloom : filter, strategy: resolveStrategy(all.strategy) } as ResolvedOptions<
    K,
    V
  >;
}

/** @throws MachoOptionError unless every shard gets a part of each bound */
export function checkBounds(maxCacheSize: number, maxWeight: number, shardCount: number): void {
  const most = Math.min(maxCacheSize, maxWeight);
  checkCount("shardCount", shardCount, "1", most, most === maxCacheSize ? "maxCacheSize" : "maxWeight");
  if (maxCacheSize === Infinity) return;
  const example = `${maxCacheSize}, shardCount: ${Math.ceil(maxCacheSize / MAX_SLOTS)}`;
  checkCount("maxCacheSize", maxCacheSize, example, MAX_SLOTS * shardCount, "2^24 - 1 times shardCount");
}
