import type { StrategyName } from "../policy/strategy.ts";
import type { Shard } from "../shard.ts";
import type { LoadCounters, RemovalCounts } from "./counters.ts";
import { type BytesEstimate, estimateBytes } from "./memory.ts";

/** The counters of one shard, or of all. Always: sets = size + removals, until the metrics are reset. */
export interface ShardMetrics {
  /** Lookups: hits + misses. */
  readonly gets: number;
  /** Values stored. */
  readonly sets: number;
  readonly hits: number;
  readonly misses: number;
  /** Misses that the Bloom filter told without a look at the entries; part of `misses`. */
  readonly filterRejections: number;
  /** Misses that the filter let through. */
  readonly falsePositives: number;
  /** From 0 to 1; `null` before the first lookup. */
  readonly hitRatio: number | null;
  readonly removals: Readonly<RemovalCounts>;
  /** Entries, including expired ones that were not swept yet. */
  readonly size: number;
  /** The most entries, as long as not all are pinned. */
  readonly capacity: number;
  /** Entries beyond the bound, because everything else is pinned. */
  readonly overflow: number;
}

/** Loads by outcome. What neither succeeded, failed nor was aborted is under way. */
export interface LoadMetrics {
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly aborted: number;
  /** Callers that joined a load instead of starting one. */
  readonly joined: number;
  /** Ms that the finished loads took together, whatever their outcome. */
  readonly duration: number;
}

/** A frozen picture of a cache, made anew at each read. */
export interface Metrics extends ShardMetrics {
  readonly options: {
    readonly maxCacheSize: number;
    readonly ttl: number;
    readonly strategy: StrategyName;
    readonly exactClock: boolean;
    readonly shardCount: number;
    readonly bloom: boolean;
    readonly probability: number;
  };
  /** Memory: own columns by their sizes, keys and values from a sample. */
  readonly bytes: BytesEstimate;
  readonly loads: LoadMetrics;
  /** Wall time in ms at which counting began. */
  readonly since: number;
  readonly shards: readonly ShardMetrics[];
}

/** What the picture is taken of. */
export interface ReportSubject {
  readonly options: Metrics["options"];
  readonly loads: LoadCounters;
  readonly since: number;
  readonly shards: readonly Shard<never, never>[];
  readonly entries: Iterable<readonly [unknown, unknown]>;
}

export function reportMetrics({ options, loads, since, shards, entries }: ReportSubject): Metrics {
  const parts = shards.map(shardMetrics);
  const totals = parts.reduce(addMetrics);
  const { started, succeeded, failed, aborted, joined, duration } = loads;
  const { maxCacheSize, ttl, strategy, exactClock, shardCount, bloom, probability } = options;
  return Object.freeze({
    options: Object.freeze({ maxCacheSize, ttl, strategy, exactClock, shardCount, bloom, probability }),
    ...totals,
    bytes: estimateBytes(structureOf(shards), totals.size, entries),
    loads: Object.freeze({ started, succeeded, failed, aborted, joined, duration }),
    since,
    shards: Object.freeze(parts),
  });
}

function structureOf(shards: ReportSubject["shards"]): { pointers: number; plain: number } {
  const parts = shards.map(({ structure }) => structure);
  return {
    pointers: parts.reduce((sum, { pointers }) => sum + pointers, 0),
    plain: parts.reduce((sum, { plain }) => sum + plain, 0),
  };
}

function shardMetrics(shard: Shard<never, never>): ShardMetrics {
  const { hits, misses, sets, removals, filterRejections, falsePositives } = shard.counters;
  const gets = hits + misses;
  return Object.freeze({
    gets,
    sets,
    hits,
    misses,
    filterRejections,
    falsePositives,
    hitRatio: gets === 0 ? null : hits / gets,
    removals: Object.freeze(removals),
    size: shard.size,
    capacity: shard.capacity,
    overflow: shard.overflow,
  });
}

function addMetrics(one: ShardMetrics, other: ShardMetrics): ShardMetrics {
  const gets = one.gets + other.gets;
  const hits = one.hits + other.hits;
  return {
    gets,
    sets: one.sets + other.sets,
    hits,
    misses: one.misses + other.misses,
    filterRejections: one.filterRejections + other.filterRejections,
    falsePositives: one.falsePositives + other.falsePositives,
    hitRatio: gets === 0 ? null : hits / gets,
    removals: Object.freeze({
      evicted: one.removals.evicted + other.removals.evicted,
      expired: one.removals.expired + other.removals.expired,
      replaced: one.removals.replaced + other.removals.replaced,
      deleted: one.removals.deleted + other.removals.deleted,
      cleared: one.removals.cleared + other.removals.cleared,
    }),
    size: one.size + other.size,
    capacity: one.capacity + other.capacity,
    overflow: one.overflow + other.overflow,
  };
}
