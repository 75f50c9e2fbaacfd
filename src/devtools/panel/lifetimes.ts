import type { Lifespans } from "../../core/index.ts";
import type { Lifetime } from "../ages.ts";
import type { Bin } from "./histogram.ts";

/** Values that are shown: as many as a cache remembers. */
export const MAX_LIFETIMES = 1_000;

/** In the order in which they are drawn, from below. */
export const LIFE_CAUSES: readonly Lifetime["cause"][] = ["unseen", "replaced", "deleted", "expired", "evicted"];

/** How old values were when they left: of all, and of each shard. */
export interface Lifetimes {
  readonly all: readonly Lifetime[];
  /** More than one, or none. */
  readonly shards: readonly (readonly Lifetime[])[];
}

/**
 * What the panel saw, after what the cache remembers from before. Both are of the same removals in the same order, so
 * that the cache's last ones are those that were seen.
 */
export function lifetimesOf(lifespans: Lifespans | null, seen: readonly Lifetime[]): Lifetimes {
  const all = [...unseen(lifespans?.values ?? [], seen.length), ...seen];
  const shardCount = lifespans?.shards.length ?? 1;
  const shards = Array.from({ length: shardCount > 1 ? shardCount : 0 }, (_, shard) => {
    const ofShard = seen.filter((each) => each.shard === shard);
    return [...unseen(lifespans?.shards[shard]?.values ?? [], ofShard.length), ...ofShard];
  });
  return { all: all.slice(-MAX_LIFETIMES), shards };
}

function unseen(values: readonly number[], seen: number): Lifetime[] {
  return values.slice(0, Math.max(0, values.length - seen)).map((age) => ({ age, cause: "unseen", shard: -1 }));
}

/** Ms that something took, and what ended it, where causes are told apart. */
export interface Timed {
  readonly age: number;
  readonly cause?: Lifetime["cause"];
}

/** Values of each cause in each bin, in the order of the causes. */
export function countByCause(bins: readonly Bin[], values: readonly Timed[], causes: typeof LIFE_CAUSES): number[][] {
  const counts = bins.map(() => causes.map(() => 0));
  for (const { age, cause } of values) {
    const bin = bins.findIndex(({ to }, index) => age < to || index === bins.length - 1);
    counts[bin]![causes.indexOf(cause!)]!++;
  }
  return counts;
}
