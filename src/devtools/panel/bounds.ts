import type { Metrics } from "../../core/index.ts";
import { count } from "./format.ts";

/** One bound of a cache, and how much of it is used. */
export interface Bound {
  readonly used: number;
  readonly most: number;
}

/** The bound that is nearer to be reached: of entries, or of weight where there is one. */
export function tightBound({ options, size, weight }: Metrics): Bound {
  const entries: Bound = { used: size, most: options.maxCacheSize };
  const weights: Bound = { used: weight, most: options.maxWeight };
  return weights.used / weights.most > entries.used / entries.most || entries.most === Infinity ? weights : entries;
}

/** `1,000 of 1,000`, or `1,000` where nothing bounds it. */
export function usedWords(used: number, most: number): string {
  return most === Infinity ? count(used) : `${count(used)} of ${count(most)}`;
}

export type BoundName = "entries" | "weight";

/** Part of a bound from which on what evicts is taken to have reached it: the next entry may be heavy. */
const REACHED = 0.9;

/** The bound that makes a cache, or a shard of it, evict; `undefined` where none is near. */
export function reachedBound(entries: Bound, weights: Bound): BoundName | undefined {
  if (weights.most === Infinity) return "entries";
  const [byEntries, byWeight] = [entries.used / entries.most, weights.used / weights.most];
  if (Math.max(byEntries, byWeight) < REACHED) return undefined;
  return byWeight > byEntries ? "weight" : "entries";
}
