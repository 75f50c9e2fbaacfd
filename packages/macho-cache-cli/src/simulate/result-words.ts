import { count, percent } from "../figures.ts";
import { visible } from "../visible-text.ts";
import type { PolicyRatios, Ratio, TraceResult } from "./result.ts";

/** A smaller cache of a sample is not like a part of the whole one. */
const LEAST_PART = 50;

/** A ratio in percent, with two places. */
export function ratioText(ratio: number): string {
  return `${(ratio * 100).toFixed(2)}%`;
}

/** A size: `1,000`, or the weight in units that people know where it is large. */
export function sizeText(size: number): string {
  return count(size);
}

/** The least of the ratios at a size, as it is shown: several policies may share it. */
function bestAt({ policies }: TraceResult, at: number): string {
  const least = Math.min(...policies.map(({ ratios }) => ratios[at]!.missRatio));
  return ratioText(least);
}

/** Whether a ratio is the best at its size. With one policy there is nothing to compare. */
export function isBest(result: TraceResult, ratio: Ratio, at: number): boolean {
  return result.policies.length > 1 && ratioText(ratio.missRatio) === bestAt(result, at);
}

/** The policies, those with the fewest misses over all sizes first. */
export function ranked({ policies }: TraceResult): readonly PolicyRatios[] {
  const sum = ({ ratios }: PolicyRatios): number => ratios.reduce((all, { missRatio }) => all + missRatio, 0);
  return [...policies].sort((one, other) => sum(one) - sum(other));
}

/** What the trace is, in a line. */
export function traceLine(result: TraceResult): string {
  const { format, requests, keys, totalWeight, sampleRate, recorded } = result;
  const all = sampleRate === 1 ? count(keys) : `about ${count(keys)}`;
  const weight = totalWeight === null ? "" : ` that weigh ${count(totalWeight)} together`;
  const cache = recorded === null ? "" : ` of a cache of ${count(recorded.size)} with ${recorded.strategy}`;
  return `${format}${cache}: ${count(requests)} look-ups of ${all} keys${weight}`;
}

/** What to know about the figures: sampled, left out, unknown. A sentence each. */
export function cautions(result: TraceResult): readonly string[] {
  const { sampleRate, skipped, policies, recorded } = result;
  const ratios = policies.flatMap((policy) => policy.ratios);
  const unknown = Math.max(...ratios.map((ratio) => ratio.unknown));
  const said: string[] = [];
  if (sampleRate < 1 && recorded === null) {
    const error = Math.max(...ratios.map((ratio) => ratio.error));
    said.push(
      `A sample of ${percent(sampleRate)} of the keys was simulated. Expect errors of up to ${(error * 100).toFixed(1)} points.`,
    );
    const rough = result.sizes.filter((size) => size * sampleRate < LEAST_PART);
    if (rough.length > 0) {
      said.push(`Sizes up to ${count(rough.at(-1)!)} are too small for this sample: their figures are rough.`);
    }
  } else if (sampleRate < 1) said.push(`The record holds ${percent(sampleRate)} of the keys.`);
  if (skipped.count > 0) {
    said.push(
      `${count(skipped.count)} ${skipped.count === 1 ? "line was" : "lines were"} left out: ${skipped.first!}.`,
    );
  }
  if (unknown > 0) {
    said.push(`Up to ${percent(unknown)} of the look-ups miss only since the record does not say what was before it.`);
  }
  return said.map((sentence) => visible(sentence));
}
