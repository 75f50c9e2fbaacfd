import { checkNames } from "../core/lru/checks.ts";
import type { Strategy } from "../core/policy/policy.ts";
import { type AccessRecord, checkRecord } from "./access-record.ts";
import { type History, historyOf } from "./history.ts";
import { type LruHits, lruPass } from "./lru-pass.ts";
import { lastOf, type ReplayResult, simulated } from "./replay.ts";
import type { PolicyName } from "./policies.ts";
import { checkSettings, type ReplaySettings } from "./replay-settings.ts";
import { Simulation } from "./simulation.ts";

/** Sizes that a curve has by default: from an eighth of the bound to eight times, each larger by the square root of 2. */
const SMALLEST = 1 / 8;
const LARGEST = 8;

/** How a curve is drawn. */
export interface CurveOptions {
  /** The policy, by its name or as one of your own. @defaultValue "lru" */
  readonly strategy?: PolicyName | Strategy | undefined;
  /** Entries, or weight where only weight bounds the cache. @defaultValue 13 sizes from an eighth of that of the cache to eight times, where there are so many keys */
  readonly sizes?: readonly number[] | undefined;
}

/** A point of a curve. */
export interface CurvePoint {
  /** Entries; weight, where only weight bounds the cache. */
  readonly size: number;
  /** Misses of all look-ups, from 0 to 1. */
  readonly missRatio: number;
  /** The share of look-ups that missed, and may have been hits: more of the past is needed to know. From 0 to 1. */
  readonly unknown: number;
}

/**
 * The share of misses at each size. A cache of LRU whose entries have no weights, and do not expire within the record, is
 * measured in one pass, at all sizes for the price of about one replay; others take a replay for each size.
 * @throws like `replay`
 *
 * @example
 * for (const { size, missRatio } of missRatioCurve(recorded)) console.log(size, missRatio);
 */
export function missRatioCurve(record: AccessRecord, options: CurveOptions = {}): readonly CurvePoint[] {
  return lastOf(missRatioCurveSteps(record, options));
}

/** The same in steps, like `replaySteps`. */
export function* missRatioCurveSteps(
  record: AccessRecord,
  options: CurveOptions = {},
): Generator<number, readonly CurvePoint[], undefined> {
  checkRecord(record, "missRatioCurve");
  checkNames("missRatioCurve", options, { strategy: true, sizes: true } satisfies Record<keyof CurveOptions, true>);
  const history = historyOf(record);
  const { strategy = "lru", sizes = usualSizes(history) } = options;
  for (const size of sizes) {
    // A size is told as one, whatever it bounds.
    checkSettings(record, { maxCacheSize: size });
    checkSettings(record, bounds(record, size));
  }
  return yield* curveOf(history, strategy, sizes);
}

/** The same, of what was checked. @param from the first operation whose look-ups are counted */
export function* curveOf(
  history: History,
  strategy: PolicyName | Strategy,
  sizes: readonly number[],
  from = 0,
): Generator<number, readonly CurvePoint[], undefined> {
  const { record } = history;
  const isLru = strategy === "lru";
  const all = isLru ? yield* lruPass(history, from) : undefined;
  let done = isLru ? history.length : 0;
  const points: CurvePoint[] = [];
  for (const size of sizes) {
    const { lookups, hits, unknown } = all
      ? ofSize(all, Math.max(1, Math.round(size * record.sampleRate)))
      : yield* progressFrom(
          done,
          simulated(history, new Simulation(history, { ...bounds(record, size), strategy }, {}), from),
        );
    if (!all) done += history.length;
    points.push(
      Object.freeze({
        size,
        missRatio: lookups === 0 ? 0 : 1 - hits / lookups,
        unknown: lookups === 0 ? 0 : unknown / lookups,
      }),
    );
  }
  return Object.freeze(points);
}

function ofSize(all: LruHits, size: number): Pick<ReplayResult, "lookups" | "hits" | "unknown"> {
  return { lookups: all.lookups, hits: all.hits(size), unknown: all.unknown(size) };
}

/** The settings of a size. Where there are two bounds, the weight grows along. */
export function bounds({ options }: AccessRecord, size: number): ReplaySettings {
  const { maxCacheSize, maxWeight } = options;
  if (maxCacheSize === undefined) return { maxWeight: size };
  if (maxWeight === undefined) return { maxCacheSize: size };
  return { maxCacheSize: size, maxWeight: Math.max(1, Math.round((maxWeight * size) / maxCacheSize)) };
}

function* progressFrom<T>(before: number, steps: Generator<number, T, undefined>): Generator<number, T, undefined> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield before + value;
  }
}

function usualSizes({ record, keyCount }: History): readonly number[] {
  const { maxCacheSize, maxWeight } = record.options;
  const bound = maxCacheSize ?? maxWeight ?? keyCount;
  // Where all keys fit, nothing changes any more.
  const end = maxCacheSize === undefined ? Infinity : Math.max(bound, keyCount / record.sampleRate);
  const sizes: number[] = [];
  for (let factor = SMALLEST; factor <= LARGEST * 1.01; factor *= Math.SQRT2) {
    const size = Math.max(record.options.shardCount, Math.round(bound * factor));
    sizes.push(Math.min(size, Math.ceil(end)));
  }
  return [...new Set(sizes)];
}
