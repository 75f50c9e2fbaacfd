import type { Metrics } from "../../core/index.ts";
import type { Regret } from "../removal-log.ts";
import { type Bound, tightBound } from "./bounds.ts";
import { count, percent } from "./format.ts";

/** Below this many lookups nothing is advised. */
const ENOUGH_LOOKUPS = 200;
/** Below this many evictions seen live, their return says nothing yet. */
const ENOUGH_EVICTIONS = 20;
/** Evictions per miss from which the bound is called small. */
const MANY_EVICTIONS = 0.25;
/** Share of evicted keys that came back, from which a larger bound is known to help. */
const MANY_RETURNS = 0.25;

/** A smaller step than this is not worth a try. */
const LEAST_GROWTH = 1.2;

/** One line that says what to change, or that nothing is known yet. */
export interface Advice {
  readonly tone: "wait" | "good" | "change";
  readonly text: string;
}

/**
 * Is the bound too small? Keys that were evicted and then stored again prove it: each was a miss that more room
 * would have made a hit. Without such proof, many evictions per miss only hint at it.
 */
export function sizeAdvice(metrics: Metrics, regret: Regret): Advice {
  const lookups = metrics.hits + metrics.misses;
  const { evicted } = metrics.removals;
  if (lookups < ENOUGH_LOOKUPS) return wait(lookups);
  const { option } = tightBound(metrics);
  if (evicted === 0) return good(`Nothing was evicted: everything fits, ${option} needs no change.`);
  if (metrics.misses === 0 || evicted / metrics.misses < MANY_EVICTIONS) {
    return good(`${ratioWords(metrics)}: evictions are rare, ${option} needs no change.`);
  }
  return regret.evicted >= ENOUGH_EVICTIONS ? proven(metrics, regret) : hinted(metrics);
}

function wait(lookups: number): Advice {
  const text = `Not enough data yet: ${count(lookups)} of the ${count(ENOUGH_LOOKUPS)} lookups that advice on the size needs.`;
  return { tone: "wait", text };
}

function good(text: string): Advice {
  return { tone: "good", text };
}

function proven(metrics: Metrics, regret: Regret): Advice {
  const share = regret.returned / regret.evicted;
  const seen = `${percent(share)} of the ${count(regret.evicted)} evictions seen here were stored again later`;
  const bound = tightBound(metrics);
  if (share < MANY_RETURNS)
    return good(`${ratioWords(metrics)}, but only ${seen}: a larger ${bound.option} would gain little.`);
  // What is missing takes as much room, one by one, as what is there.
  const room = metrics.size === 0 ? 0 : (regret.missing * bound.used) / metrics.size;
  const next = niceAbove(Math.max(bound.most + room, bound.most * LEAST_GROWTH));
  return { tone: "change", text: `The cache is too small: ${seen}. Try ${sizes(bound, next)}.` };
}

function hinted(metrics: Metrics): Advice {
  const bound = tightBound(metrics);
  const words = `${ratioWords(metrics)}. The cache may be too small: try ${sizes(bound, bound.most * 2)}`;
  return { tone: "change", text: `${words}, and leave this panel open to see whether evicted keys come back.` };
}

function ratioWords(metrics: Metrics): string {
  return `${count(metrics.removals.evicted)} evictions for ${count(metrics.misses)} misses`;
}

function sizes({ option, most }: Bound, next: number): string {
  return `a larger ${option}, ${count(next)} instead of ${count(most)}`;
}

/** The next number with two leading digits, such as 27 or 130: more digits would feign precision. */
function niceAbove(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}
