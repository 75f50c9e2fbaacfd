// What was recorded, replayed: the advice, and the evidence for it. Loaded when somebody looks.
import { Adviser } from "../../simulate/advise.ts";
import { curveOf } from "../../simulate/curve.ts";
import { type History, historyOf } from "../../simulate/history.ts";
import type { AccessRecord, Advice, PolicyName } from "../../simulate/index.ts";
import { POLICY_NAMES } from "../../simulate/policies.ts";
import { simulated } from "../../simulate/replay.ts";
import { Simulation } from "../../simulate/simulation.ts";
import { laterHalf } from "../../simulate/trials.ts";
import type { PolicyTable } from "./policy-card.tsx";
import type { SizeCurve, SizePoint } from "./size-card.tsx";

/** All that the Overview shows of a record. */
export interface Analysis {
  readonly advice: Advice;
  /** Look-ups that all of it is of: those that the advice measures. */
  readonly lookups: number;
  /** How it is set up; `undefined` where nothing bounds the entries, so that there is no size to compare. */
  readonly now: (SizePoint & { readonly strategy: string }) | undefined;
  /** Of the policy that is set, and of the best other one. */
  readonly curves: readonly SizeCurve[];
  readonly knee: SizePoint | undefined;
  /** The hit ratio without a bound. */
  readonly ceiling: number;
  readonly table: PolicyTable;
}

/** Policies that are compared, beside the one that is set. */
const COMPARED: readonly PolicyName[] = ["lru", "sieve", "lfu", "s3fifo", "tinylfu", "arc", "fifo"];
/** Sizes of the table, by that of now. */
const FACTORS = [1 / 2, 1, 2, 4];

/** Analyses a record in steps, between which a page can go on. */
export function* analyse(record: AccessRecord): Generator<number, Analysis, undefined> {
  const history = historyOf(record);
  const advice = yield* new Adviser(history).advise();
  const { maxCacheSize } = record.options;
  const unbounded = new Simulation(history, { maxCacheSize: Infinity, maxWeight: Infinity }, {});
  const all = yield* simulated(history, unbounded, laterHalf(history));
  const none = { advice, lookups: all.lookups, ceiling: all.hitRatio ?? 0 };
  // A policy of the app's own is not known here.
  const strategy = policyName(record.options.strategy);
  if (maxCacheSize === undefined || strategy === undefined || all.lookups === 0) {
    return { ...none, now: undefined, curves: [], knee: undefined, table: { sizes: [], rows: [] } };
  }
  const advised = advice.change?.settings.maxCacheSize;
  const sizes = tableSizes(maxCacheSize, advised);
  const rows: { strategy: PolicyName; ratios: number[] }[] = [];
  for (const name of new Set([strategy, ...COMPARED])) {
    const points = yield* curveOf(history, name, sizes, laterHalf(history));
    rows.push({ strategy: name, ratios: points.map(({ missRatio }) => 1 - missRatio) });
  }
  const at = sizes.indexOf(maxCacheSize);
  const best = rows.slice(1).sort((a, b) => b.ratios[at]! - a.ratios[at]!)[0]!;
  const curves: SizeCurve[] = [];
  for (const name of [strategy, best.strategy]) curves.push(yield* lineOf(history, name, maxCacheSize, advised));
  const here = { size: maxCacheSize, hitRatio: rows[0]!.ratios[at]! };
  return { ...none, now: { ...here, strategy }, curves, knee: kneeOf(curves[0]!.points), table: { sizes, rows } };
}

function policyName(name: string): PolicyName | undefined {
  return POLICY_NAMES.find((known) => known === name);
}

function tableSizes(now: number, advised: number | undefined): number[] {
  const sizes = FACTORS.map((factor) => Math.max(1, Math.round(now * factor)));
  return [...new Set(advised === undefined ? sizes : [...sizes, advised])].sort((a, b) => a - b);
}

/** Sizes by doubling, from an eighth to eight times, with that of now and the advised one among them. */
function* lineOf(
  history: History,
  strategy: PolicyName,
  now: number,
  advised = now,
): Generator<number, SizeCurve, undefined> {
  const sizes = [-3, -2, -1, 0, 1, 2, 3].map((power) => Math.max(1, Math.round(now * 2 ** power)));
  const all = [...new Set([...sizes, advised])].sort((a, b) => a - b);
  const points = yield* curveOf(history, strategy, all, laterHalf(history));
  return { strategy, points: points.map(({ size, missRatio }) => ({ size, hitRatio: 1 - missRatio })) };
}

/** A curve that rises less, or bends less, has no knee. */
const FLAT = 0.05;

/**
 * Where more entries begin to gain little: the point that is highest above the line from end to end, sizes by their
 * logarithm. Satopää and others, "Finding a Kneedle in a Haystack", ICDCSW 2011.
 */
function kneeOf(points: readonly SizePoint[]): SizePoint | undefined {
  const [first, last] = [points[0]!, points[points.length - 1]!];
  const rise = last.hitRatio - first.hitRatio;
  if (rise < FLAT) return undefined;
  const width = Math.log(last.size / first.size);
  const above = ({ size, hitRatio }: SizePoint): number =>
    (hitRatio - first.hitRatio) / rise - Math.log(size / first.size) / width;
  const knee = points.reduce((highest, point) => (above(point) > above(highest) ? point : highest));
  return above(knee) > FLAT ? knee : undefined;
}
