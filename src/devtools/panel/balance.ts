import type { Metrics, ShardMetrics } from "../../core/index.ts";
import { type BoundName, reachedBound } from "./bounds.ts";
import { count, percent, plural } from "./format.ts";

/** What shards are compared by. */
export type Measure = "reads" | "entries";

/** Reads a shard from which on the shards can be compared. */
export const ENOUGH_READS_EACH = 100;
/** Standard deviations of keys that are placed by chance, from the least to the most shard. */
const CHANCE = 6;
/** Reads are even up to this spread. */
export const EVEN_SPREAD = 0.5;
/** A cache with full shards has room elsewhere below this part of its bound. */
export const ROOM = 0.9;

/** How evenly the shards are used. */
export interface Balance {
  readonly values: readonly number[];
  readonly mean: number;
  /** From the least to the most, as a part of the mean. */
  readonly spread: number;
  /** Index of the shard with most. */
  readonly hottest: number;
}

export function balanceOf({ shards }: Pick<Metrics, "shards">, measure: Measure): Balance {
  const values = shards.map((shard) => (measure === "reads" ? shard.gets : shard.size));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const most = Math.max(0, ...values);
  return { values, mean, spread: mean === 0 ? 0 : (most - Math.min(...values)) / mean, hottest: values.indexOf(most) };
}

/** A verdict on the shards, and what it rests on. */
export interface ShardVerdict {
  readonly isWarning: boolean;
  readonly verdict: string;
  readonly reason: string;
}

/**
 * The rules, of which the first that holds is told:
 * - fewer than 100 reads a shard: too few to say;
 * - entries differ by more than chance explains: the keys are not spread;
 * - a full shard evicts while the cache has a tenth of its room left: too many shards;
 * - reads differ by more than half of the mean, and entries do not: some keys are read much more than others;
 * - else even.
 */
export function shardVerdict(metrics: Metrics): ShardVerdict {
  const { shards } = metrics;
  const [reads, entries] = [balanceOf(metrics, "reads"), balanceOf(metrics, "entries")];
  const hot = reads.hottest;
  if (reads.mean < ENOUGH_READS_EACH) {
    return told("Too few reads to compare.", `${count(ENOUGH_READS_EACH)} reads a shard are enough.`);
  }
  if (entries.spread > CHANCE / Math.sqrt(entries.mean)) {
    const most = `shard ${entries.hottest} holds ${count(entries.values[entries.hottest]!)}, an even share is ${count(entries.mean)}`;
    return told("The keys are not spread evenly.", `Chance does not explain it: ${most}.`, true);
  }
  const full = fullShards(metrics).filter(({ index }) => shards[index]!.removals.evicted > 0);
  if (full.length > 0 && roomLeft(metrics) > 1 - ROOM) {
    const room = `${percent(roomLeft(metrics))} of the room is left in others`;
    return told("More shards than the entries fill.", `${fullWords(full)} and evicts, while ${room}. Use fewer.`, true);
  }
  if (reads.spread > EVEN_SPREAD) {
    const part = percent(reads.values[hot]! / (reads.mean * shards.length));
    return told(
      "A few keys are read most.",
      `Shard ${hot} has ${part} of the reads, while entries are spread evenly. More shards would not change that.`,
    );
  }
  return told("Even.", `Shard ${hot} is read most, ${percent(reads.values[hot]! / reads.mean - 1)} above the mean.`);
}

function told(verdict: string, reason: string, isWarning: boolean = false): ShardVerdict {
  return { verdict, reason, isWarning };
}

/** A shard at one of its bounds. */
export interface FullShard {
  readonly index: number;
  readonly bound: BoundName;
}

export function fullShards({ shards, options }: Metrics): FullShard[] {
  return shards.flatMap((shard, index) => {
    const bound = reachedBound(entryBound(shard), { used: shard.weight, most: shardWeight(options, index) });
    // Without weights, the entries are what is reached; only a full shard evicts.
    const isFull = bound === "weight" || (bound === "entries" && shard.size >= shard.capacity);
    return isFull ? [{ index, bound }] : [];
  });
}

function entryBound({ size, capacity }: ShardMetrics): { used: number; most: number } {
  return { used: size, most: capacity };
}

/** The bound on the weight of one shard: those of all add up, and differ by one at most. */
export function shardWeight({ maxWeight, shardCount }: Metrics["options"], index: number): number {
  return Math.ceil((maxWeight - index) / shardCount);
}

/** The part of the tighter bound of the whole cache that is free. */
function roomLeft({ size, weight, options }: Metrics): number {
  return 1 - Math.max(size / options.maxCacheSize, weight / options.maxWeight);
}

/** `Shard 3 is full by weight`, `3 shards are full`. */
export function fullWords(full: readonly FullShard[]): string {
  const by = full.every(({ bound }) => bound === "weight") ? " by weight" : "";
  return full.length === 1 ? `Shard ${full[0]!.index} is full${by}` : `${plural(full.length, "shard")} are full${by}`;
}
