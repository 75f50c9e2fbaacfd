import type { Metrics, ShardMetrics } from "../../core/index.ts";
import type { Advice } from "./advice.ts";
import { count, percent } from "./format.ts";

/** A shard with less room evicts by the accident of which keys meet in it. */
const LEAST_CAPACITY = 16;
/** Below this many entries one `Map` grows in less than a frame, which is all that shards are for. */
const WORTH_SHARDS = 100_000;
/** Entries for which a shard of its own is worth while. */
const SHARD_ROOM = 10_000;
/** Share of a capacity by which the fullest and the emptiest shard may differ. */
const FAIR_SPREAD = 0.5;
/** A hash that spreads well still gives counts that differ by some square roots of their mean. */
const CHANCE = 6;

/** Are there too many shards, or do the keys crowd in some of them? */
export function shardAdvice({ options, shards }: Metrics): Advice {
  const { shardCount, maxCacheSize } = options;
  if (shardCount === 1) return good("One shard: the whole bound is shared, and no key needs a hash.");
  const smallest = Math.min(...shards.map(({ capacity }) => capacity));
  if (smallest < LEAST_CAPACITY) return overSharded(smallest, maxCacheSize);
  const [fullest, emptiest] = extremes(shards);
  if (isUneven(shards, fullest, emptiest)) return uneven(shards, fullest, emptiest, fewer(options));
  if (maxCacheSize < WORTH_SHARDS) return notNeeded(shardCount, maxCacheSize);
  return good(`${count(shardCount)} shards${roomWords(smallest)}: none is crowded.`);
}

function roomWords(smallest: number): string {
  return smallest === Infinity ? "" : ` with room for ${count(smallest)} entries or more each`;
}

/** As many shards as pay for a cache of this size. */
function fewer({ shardCount, maxCacheSize }: Metrics["options"]): number {
  if (maxCacheSize < WORTH_SHARDS) return 1;
  return Math.max(1, Math.min(shardCount >> 1, Math.floor(maxCacheSize / SHARD_ROOM)));
}

function notNeeded(shardCount: number, maxCacheSize: number): Advice {
  return {
    tone: "wait",
    text: `${count(shardCount)} shards are not needed for ${count(maxCacheSize)} entries: below about ${count(WORTH_SHARDS)}, one shares the whole bound and needs no hash of a key. Try shardCount: 1.`,
  };
}

function good(text: string): Advice {
  return { tone: "good", text };
}

function overSharded(smallest: number, maxCacheSize: number): Advice {
  const next = maxCacheSize < WORTH_SHARDS ? 1 : Math.floor(maxCacheSize / SHARD_ROOM);
  const room = smallest === 1 ? "1 entry" : `${count(smallest)} entries`;
  const why = "keys that meet there evict each other while other shards have room";
  return {
    tone: "change",
    text: `Over-sharded: a shard has room for only ${room}, so ${why}. Try shardCount: ${next === 1 ? 1 : `${count(next)} or less`}.`,
  };
}

function fill({ size, capacity }: ShardMetrics): number {
  return size / capacity;
}

function extremes(shards: readonly ShardMetrics[]): [ShardMetrics, ShardMetrics] {
  const byFill = [...shards].sort((one, other) => fill(other) - fill(one));
  return [byFill[0]!, byFill.at(-1)!];
}

function isUneven(shards: readonly ShardMetrics[], fullest: ShardMetrics, emptiest: ShardMetrics): boolean {
  const mean = shards.reduce((sum, { size }) => sum + size, 0) / shards.length;
  const isFar = fill(fullest) - fill(emptiest) > FAIR_SPREAD;
  return isFar && fullest.size - emptiest.size > CHANCE * Math.sqrt(mean);
}

function uneven(shards: readonly ShardMetrics[], fullest: ShardMetrics, emptiest: ShardMetrics, next: number): Advice {
  const words = (shard: ShardMetrics): string => `shard ${shards.indexOf(shard)} is ${percent(fill(shard))} full`;
  return {
    tone: "change",
    text: `The shards are filled unevenly: ${words(fullest)}, ${words(emptiest)}. A full shard evicts although others have room. Try shardCount: ${count(next)}.`,
  };
}
