import type { Metrics } from "../../core/index.ts";

/** Standard errors within which a measured rate is taken for the planned one. */
const CHANCE = 3;
/** Part of its room from which on a filter is called almost full. */
export const ALMOST = 0.9;

/** What a filter did, and how full it is. */
export interface FilterHealth {
  readonly name: string;
  /** Misses that it told without a look at the entries, and those that it let through. */
  readonly answered: number;
  readonly mistakes: number;
  /** Mistakes in all questions for absent keys; `undefined` before the first. */
  readonly rate: number | undefined;
  readonly planned: number;
  readonly isAsPlanned: boolean;
  /** The mean of the shards that say it, and the most that it is made for; `undefined` where none does. */
  readonly fill: number | undefined;
  readonly most: number;
}

/** How full each filter is when it has as many keys as it is made for. A Bloom filter of the best number of hashes: half. */
const MOST: Readonly<Record<string, number>> = { bloom: 0.5, cuckoo: 0.95 };

/** `undefined` for a cache without one. @param fills of its shards */
export function filterHealth(metrics: Metrics, fills: readonly (number | undefined)[]): FilterHealth | undefined {
  const { options, filterRejections: answered, falsePositives: mistakes } = metrics;
  const { filter: name, probability: planned } = options;
  if (name === null || name === undefined) return undefined;
  const known = fills.filter((fill) => fill !== undefined);
  const absent = answered + mistakes;
  return {
    name,
    answered,
    mistakes,
    rate: absent === 0 ? undefined : mistakes / absent,
    planned,
    isAsPlanned: isWithinChance(planned, mistakes, absent),
    fill: known.length === 0 ? undefined : known.reduce((sum, fill) => sum + fill, 0) / known.length,
    most: MOST[name] ?? 1,
  };
}

/** Whether a measured rate is the planned one or lower, or above it by chance: a rate of few events is not exact. */
export function isWithinChance(planned: number, mistakes: number, absent: number): boolean {
  return absent === 0 || mistakes / absent - planned <= CHANCE * Math.sqrt((planned * (1 - planned)) / absent);
}

/** What that means, in words. */
export function filterVerdict({ rate, isAsPlanned, fill, most }: FilterHealth): string {
  if (rate === undefined) return "No absent key was asked for yet.";
  const full = fill !== undefined && fill >= ALMOST * most ? "; almost full" : "";
  return isAsPlanned ? `Works as planned${full}.` : `Lets through more than planned${full}.`;
}
