import type { Metrics } from "../../core/index.ts";
import type { Departure } from "../departures.ts";
import { count, plural } from "./format.ts";

type Options = Pick<Metrics["options"], "maxCacheSize" | "shardCount" | "strategy" | "maxWeight">;

/**
 * Whether an advised size would have kept a key that was evicted; `undefined` where that is not known without a replay. By
 * "lru" and "fifo", a larger cache holds whatever a smaller one does, and evicts no more often.
 * @param evicted how many were evicted up to now
 */
export function keptWords(
  { cause, nth }: Departure,
  { maxCacheSize, shardCount, strategy, maxWeight }: Options,
  evicted: number,
  advised: number = 0,
): string | undefined {
  const more = advised - maxCacheSize;
  const isKnown = shardCount === 1 && maxWeight === Infinity && (strategy === "lru" || strategy === "fifo");
  if (cause !== "evicted" || more <= 0 || !isKnown) return undefined;
  const since = evicted - nth;
  const size = `The advised size of ${count(advised)} would have kept it`;
  if (since >= more) return `${size} for ${plural(more, "further eviction")} at least; ${count(since)} followed.`;
  const were = since === 0 ? "none was" : since === 1 ? "1 more was" : `${count(since)} more were`;
  return `${size} until now: ${were} evicted since, and it has room for ${count(more)} more.`;
}
