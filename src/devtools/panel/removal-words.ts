import type { RemovalCause } from "../../core/index.ts";
import { count, duration } from "./format.ts";

/** What the wording depends on: the options of the cache, and how many shards it has. */
export interface RemovalContext {
  readonly strategy: string;
  readonly maxCacheSize: number;
  readonly maxWeight: number;
  /** Ms; the default of the cache. */
  readonly ttl: number;
  readonly timeToIdle: number;
  readonly shardCount: number;
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

function fullness({ maxCacheSize, maxWeight, shardCount }: RemovalContext): string {
  if (maxCacheSize === Infinity) return `the cache was at its bound on weight (${count(maxWeight)})`;
  if (maxWeight < Infinity)
    return `the cache was at one of its bounds (${count(maxCacheSize)} entries, weight ${count(maxWeight)})`;
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
