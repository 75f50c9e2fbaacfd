/** Fewest and most bins that the reader can choose. */
export const LEAST_BINS = 10;
export const MOST_BINS = 100;
/** The most bins before the reader chose. */
const DEFAULT_BINS = 30;
/** Parts of the whole range that are one level, and how much of it levels may fill. */
const LEVEL_GAP = 1 / 200;
const LEVEL_SHARE = 1 / 5;

/** Values from `from` up to, and in the last bin including, `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins of one width, or each as many times as wide as the one before. */
export type Scale = "linear" | "log";

/** Where the bins of a logarithmic scale begin at the lowest, in ms: what is shorter is in the first. */
const SHORTEST = 0.01;

/**
 * Bins from the lowest value to `end`; none without values.
 * @param end what lies beyond falls into the last bin
 */
export function histogram(
  values: readonly number[],
  bins: number,
  end: number = most(values),
  scale: Scale = "linear",
): Bin[] {
  if (values.length === 0) return [];
  const edge = edges(least(values), end, bins, scale);
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) counts[binOf(value, edge, bins)]!++;
  const last = Math.max(edge(bins), most(values));
  return counts.map((count, index) => ({ from: edge(index), to: index === bins - 1 ? last : edge(index + 1), count }));
}

/** Bins that suit the values: more of them for more values (Rice's rule), and none between the steps of a clock. */
export function defaultBins(values: readonly number[]): number {
  const levels = countLevels(values);
  const byCount = Math.ceil(2 * Math.cbrt(values.length));
  // One bin a level, or at least two levels a bin. Anything between leaves empty bins.
  const bins = levels === undefined ? byCount : levels <= DEFAULT_BINS ? levels : Math.min(byCount, levels >> 1);
  return Math.max(LEAST_BINS, Math.min(DEFAULT_BINS, bins));
}

/** How many times the values come in, when they do: a clock with steps gives such; `undefined` when they spread. */
function countLevels(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const range = most(values) - least(values);
  let levels = 1;
  let filled = range;
  for (let index = 1; index < sorted.length; index++) {
    const gap = sorted[index]! - sorted[index - 1]!;
    if (gap <= range * LEVEL_GAP) continue;
    levels++;
    filled -= gap;
  }
  return filled <= range * LEVEL_SHARE && levels * 4 <= values.length ? levels : undefined;
}

/** Where each bin begins. Equal values still need a width; they all fall into the first bin. */
function edges(lowest: number, end: number, bins: number, scale: Scale): (index: number) => number {
  if (scale === "linear") return (index) => lowest + ((end - lowest || 1) * index) / bins;
  const low = Math.max(SHORTEST, lowest);
  const ratio = Math.max(end, low * 1.01) / low;
  return (index) => (index === 0 ? Math.min(low, lowest) : low * ratio ** (index / bins));
}

/** The last bin that does not begin above the value. */
function binOf(value: number, edge: (index: number) => number, bins: number): number {
  let [low, high] = [0, bins - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value < edge(middle)) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** The lowest value, `Infinity` of none. Not by spread: arguments have a limit. */
export function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

/** The highest value, `-Infinity` of none. */
export function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}
