/** Fewest and most bins that the reader can choose, and what they start with. */
export const LEAST_BINS = 10;
export const MOST_BINS = 100;
export const DEFAULT_BINS = 30;

/** Values from `from` up to, and in the last bin including, `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins of equal width from the lowest to the highest value; none without values. */
export function histogram(values: readonly number[], bins: number): Bin[] {
  if (values.length === 0) return [];
  const low = least(values);
  // Equal values still need a width; they all fall into the first bin.
  const span = most(values) - low || 1;
  const edge = (index: number): number => low + (span * index) / bins;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) counts[binOf(value, edge, bins, ((value - low) / span) * bins)]!++;
  return counts.map((count, index) => ({ from: edge(index), to: edge(index + 1), count }));
}

// Rounding can put a value one bin beside the edges that are shown; they decide.
function binOf(value: number, edge: (index: number) => number, bins: number, guess: number): number {
  let index = Math.max(0, Math.min(bins - 1, Math.floor(guess)));
  while (index > 0 && value < edge(index)) index--;
  while (index < bins - 1 && value >= edge(index + 1)) index++;
  return index;
}

/** The lowest value, `Infinity` of none. Not by spread: arguments have a limit. */
export function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

/** The highest value, `-Infinity` of none. */
export function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}
