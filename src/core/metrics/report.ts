import type { ResolvedOptions } from "../options.ts";
import type { Shard } from "../shard.ts";
import type { LoadCounters } from "../lru/flight.ts";
import type { Counters, RemovalCounts } from "./counters.ts";
import { sum } from "./sum.ts";

/** The counters of one shard, or of all. Always: sets = size + removals, until the metrics are reset. */
export interface ShardMetrics {
  /** Lookups: hits + misses. */
  readonly gets: number;
  /** Values stored. */
  readonly sets: number;
  readonly hits: number;
  readonly misses: number;
  /** Misses that the filter told without a look at the entries; part of `misses`. */
  readonly filterRejections: number;
  /** Misses that the filter let through. */
  readonly falsePositives: number;
  /** From 0 to 1; `null` before the first lookup. */
  readonly hitRatio: number | null;
  readonly removals: Readonly<RemovalCounts>;
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
  readonly loads: LoadMetrics;
  /** Wall time in ms at which counting began; `null` before the first operation. */
  readonly since: number | null;
  readonly shards: readonly ShardMetrics[];
}

type CounterName = Exclude<keyof Counters, "reset">;
type FigureName = "size" | "capacity" | "overflow" | "weight" | "weightOverflow";

/** What the picture is taken of. */
export interface ReportSubject {
  readonly options: ResolvedOptions<never, never>;
  readonly loads: LoadCounters;
  readonly since: number | null;
  readonly shards: readonly Shard<never, never>[];
}

/** The options of a cache, for people and programs: policies and filters by their names. */
export function reportOptions({
  weigher: _weigher,
  onRemoval: _onRemoval,
  clock: _clock,
  random: _random,
  seed: _seed,
  filter,
  strategy,
  ...plain
}: ReportSubject["options"]): Metrics["options"] {
  return Object.freeze({ ...plain, filter: filter?.name ?? null, strategy: strategy.name });
}

export function reportMetrics({ options, loads, since, shards }: ReportSubject): Metrics {
  const parts = shards.map((shard) => figuresOf([shard]));
  const totals = figuresOf(shards);
  return Object.freeze({
    options: reportOptions(options),
    ...totals,
    loads: Object.freeze({ ...loads }),
    since,
    shards: Object.freeze(parts),
  });
}

/** The figures of some shards together. */
function figuresOf(shards: ReportSubject["shards"]): ShardMetrics {
  const count = (name: CounterName): number => sum(shards.map(({ counters }) => counters[name]));
  const hits = count("hits");
  const misses = count("misses");
  const gets = hits + misses;
  return Object.freeze({
    gets,
    sets: count("sets"),
    hits,
    misses,
    filterRejections: count("filterRejections"),
    falsePositives: count("falsePositives"),
    hitRatio: gets === 0 ? null : hits / gets,
    removals: Object.freeze({
      evicted: count("evicted"),
      expired: count("expired"),
      replaced: count("replaced"),
      deleted: count("deleted"),
      cleared: count("cleared"),
    }),
    size: total(shards, "size"),
    capacity: total(shards, "capacity"),
    overflow: total(shards, "overflow"),
    refused: count("refused"),
    weight: total(shards, "weight"),
    weightOverflow: total(shards, "weightOverflow"),
  });
}

function total(shards: ReportSubject["shards"], name: FigureName): number {
  return sum(shards.map((shard) => shard[name]));
}
