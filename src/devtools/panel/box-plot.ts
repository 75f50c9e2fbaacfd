import { least, most } from "./histogram.ts";

/** Whiskers end at the last value within this many heights of the box (Tukey 1977). */
const REACH = 1.5;
/** An outlier that would make the drawing this many times as wide is not drawn to scale. */
const FAR = 3;

/** The numbers of a box plot, and of a summary. */
export interface BoxPlot {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** Ends of the whiskers: the lowest and the highest value that is no outlier. */
  readonly low: number;
  readonly high: number;
  /** Ascending. */
  readonly outliers: readonly number[];
}

/** `undefined` without values. */
export function boxPlot(values: readonly number[]): BoxPlot | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const total = values.reduce((sum, value) => sum + value, 0);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((part) => quantile(sorted, part)) as [number, number, number];
  const reach = REACH * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    count: values.length,
    mean: total / values.length,
    min: sorted[0]!,
    q1,
    median,
    q3,
    max: sorted[sorted.length - 1]!,
    // A quartile between two values can lie beyond all that is inside; the whisker then has no length.
    low: Math.min(q1, inside[0] ?? q1),
    high: Math.max(q3, inside[inside.length - 1] ?? q3),
    outliers: sorted.filter((value) => value < q1 - reach || value > q3 + reach),
  };
}

/** The value below which this part of the ascending values lies, between two of them by straight line. */
export function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** Where a drawing of these boxes ends: one value far out must not press all others into a corner. */
export function drawnEnd(boxes: readonly BoxPlot[]): number {
  const low = least(boxes.map(({ min }) => min));
  const [inner, outer] = [most(boxes.map(({ high }) => high)), most(boxes.map(({ max }) => max))];
  return inner > low && outer - low > FAR * (inner - low) ? inner : outer;
}
