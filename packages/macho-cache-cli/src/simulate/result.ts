import type { PolicyName } from "macho-cache/simulate";
import { GROUPS, type Point } from "./simulation.ts";
import type { Skipped } from "./trace.ts";

/** A policy at a size. */
export interface Ratio {
  /** Entries, or weight. */
  readonly size: number;
  /** Misses of all look-ups, from 0 to 1. */
  readonly missRatio: number;
  /** Counted; of a sample, what all keys would have by it. */
  readonly misses: number;
  /** By how much a sample may be wrong. 0 where all keys are simulated. */
  readonly error: number;
  /** The share of weight that missed; `null` without weights. */
  readonly missedWeightRatio: number | null;
  /** Misses that may have been hits, as a share of all look-ups: the past of a record is not known. */
  readonly unknown: number;
}

export interface PolicyRatios {
  readonly policy: PolicyName;
  /** At each of the sizes. */
  readonly ratios: readonly Ratio[];
  /** For a drawing: these, and those between where they are known. */
  readonly curve: readonly Pick<Ratio, "size" | "missRatio">[];
}

/** What the caches of a trace would have done. */
export interface TraceResult {
  readonly trace: string;
  /** In words. */
  readonly format: string;
  readonly requests: number;
  /** Distinct ones; of a sample, an estimate. */
  readonly keys: number;
  /** What all keys weigh; `null` without weights. */
  readonly totalWeight: number | null;
  readonly skipped: Skipped;
  /** The share of keys that were simulated. */
  readonly sampleRate: number;
  readonly unit: "entries" | "weight";
  readonly sizes: readonly number[];
  readonly policies: readonly PolicyRatios[];
  /** Of the cache that a record is of; `null` for a trace. */
  readonly recorded: { readonly strategy: string; readonly size: number } | null;
}

/** Requests that a simulation stands for. */
export interface Totals {
  readonly requests: number;
  /** `undefined` without weights. */
  readonly requestedWeight: number | undefined;
  readonly sampleRate: number;
}

/**
 * A ratio of what was counted. Misses of a sample stand for those of all keys, and the requests of all keys are known: a
 * sample that has more or fewer of them than its share has them by keys that are asked for all the time, which hit.
 * SHARDS-adj, Waldspurger et al., FAST 2015.
 */
export function ratioOf(point: Point, { requests, requestedWeight, sampleRate }: Totals): Ratio {
  const { size, misses, groups, missedWeight } = point;
  const expected = requests * sampleRate;
  return {
    size,
    missRatio: Math.min(1, misses / expected),
    misses: Math.min(requests, Math.round(misses / sampleRate)),
    error: sampleRate === 1 ? 0 : Math.min(1, (spreadOf(groups) * Math.sqrt(1 - sampleRate)) / expected),
    missedWeightRatio:
      requestedWeight === undefined || requestedWeight === 0 ? null : Math.min(1, missedWeight / requestedWeight),
    unknown: 0,
  };
}

/**
 * The standard error of the sum of what parts of the keys have, as if each were a sample of its own, three times: the cache
 * of a sample is also a little too small or too large for the keys that fell into it.
 */
function spreadOf(groups: readonly number[]): number {
  const mean = groups.reduce((sum, each) => sum + each, 0) / GROUPS;
  const squares = groups.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return 3 * Math.sqrt((squares * GROUPS) / (GROUPS - 1));
}
