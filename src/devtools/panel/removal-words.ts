import type { RemovalCause } from "../../core/index.ts";
import type { BoundName } from "./bounds.ts";
import { count, duration } from "./format.ts";

/** Number of a shard, and its part of the bounds. */
interface ShardBounds {
  readonly index: number;
  readonly capacity: number;
  readonly maxWeight: number;
}

/** What the wording depends on: the options of the cache, and how many shards it has. */
export interface RemovalContext {
  readonly strategy: string;
  readonly maxCacheSize: number;
  readonly maxWeight: number;
  /** Ms; the default of the cache. */
  readonly ttl: number;
  readonly timeToIdle: number;
  readonly shardCount: number;
  /** The shard that the entry was in, where there are several; `undefined` where that is not known. */
  readonly shard?: ShardBounds | undefined;
  /** The bound that is reached; `undefined` where that is not known. */
  readonly bound?: BoundName | undefined;
}

/** Why an entry left, in plain words. */
export function removalReason(cause: RemovalCause, context: RemovalContext): string {
  switch (cause) {
    case "evicted":
      return `evicted: ${fullness(context)} and this ${victim(context.strategy)}`;
    case "expired":
      return `expired: past its ttl${ttlHint(context.ttl)}${idleHint(context.timeToIdle)}`;
    case "replaced":
      return "replaced by a newer value";
    case "deleted":
      return "deleted by a call";
    case "cleared":
      return "cleared: the whole cache was emptied";
  }
}

function fullness({ maxCacheSize, maxWeight, shardCount, shard, bound }: RemovalContext): string {
  const name = shard ? `shard ${shard.index} of ${count(shardCount)}` : "the cache";
  const { capacity, maxWeight: weight } = shard ?? { capacity: maxCacheSize, maxWeight };
  if (capacity === Infinity || bound === "weight") return `${name} was at its bound on weight (${count(weight)})`;
  if (weight < Infinity && bound === undefined)
    return `${name} was at one of its bounds (${count(capacity)} entries, weight ${count(weight)})`;
  if (shard || bound) return `${name} was full (${count(capacity)} of ${count(capacity)})`;
  if (shardCount > 1) return `its shard was full (1 of ${count(shardCount)}, ${count(maxCacheSize)} entries in all)`;
  return `the cache was full (${count(maxCacheSize)} of ${count(maxCacheSize)})`;
}

function victim(strategy: string): string {
  switch (strategy) {
    case "lru":
      return "was the least recently used entry";
    case "fifo":
      return "was the entry stored longest ago";
    case "random":
      return "entry was picked at random";
    case "lfu":
      return "was the least frequently used entry";
    case "mfu":
      return "was the most frequently used entry";
    case "sieve":
      return "was the next entry that was not read lately";
    default:
      return `was the entry that the ${strategy} policy chose`;
  }
}

function idleHint(timeToIdle: number): string {
  return timeToIdle === Infinity ? "" : `, or not read for ${duration(timeToIdle)}`;
}

// An entry may have a ttl of its own, so the default is only a hint.
function ttlHint(ttl: number): string {
  return ttl === Infinity ? "" : ` (${duration(ttl)} unless set otherwise)`;
}
