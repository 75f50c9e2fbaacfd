import { type Figures, figuresOf, type LoadMetrics, sumsOf } from "../lru/metrics.ts";
import type { ResolvedOptions } from "../options.ts";
import type { Shard } from "../shard.ts";

/** The counters of one shard, or of all. Always: sets = size + removals, until the metrics are reset. */
export interface ShardMetrics extends Figures {
  /** Misses that the filter told without a look at the entries; part of `misses`. */
  readonly filterRejections: number;
  /** Misses that the filter let through. */
  readonly falsePositives: number;
}

/** A frozen picture of a cache, made anew at each read. */
export interface Metrics extends ShardMetrics {
  /** The options of the cache, with their defaults. */
  readonly options: {
    readonly maxCacheSize: number;
    readonly ttl: number;
    readonly timeToIdle: number;
    readonly keepTtl: boolean;
    /** `Infinity` without that bound. */
    readonly maxWeight: number;
    /** The name of the policy. */
    readonly strategy: string;
    readonly exactClock: boolean;
    readonly shardCount: number;
    readonly bloom: boolean;
    /** The name of the filter, also of `bloom`; `null` without one. */
    readonly filter: string | null;
    readonly probability: number;
    /** Ms, of each `getOrLoad` without one of its own. */
    readonly timeout: number;
  };
  /** Loads, by how they ended. */
  readonly loads: LoadMetrics;
  /** Wall time in ms at which counting began; `null` before the first operation. */
  readonly since: number | null;
  /** The same for each shard. */
  readonly shards: readonly ShardMetrics[];
}

/** The options of a cache, for people and programs: policies and filters by their names. */
export function reportOptions<K, V>(options: ResolvedOptions<K, V>): Metrics["options"] {
  const { random: _random, filter, strategy, ...plain } = options;
  return Object.freeze({ ...plain, filter: filter?.name ?? null, strategy: strategy.name });
}

const FILTERED = ["filterRejections", "falsePositives"] as const;

/** The figures of some shards together. */
export function shardFigures<K, V>(shards: readonly Shard<K, V>[]): ShardMetrics {
  return Object.freeze({ ...figuresOf(shards), ...sumsOf(shards, FILTERED) });
}
