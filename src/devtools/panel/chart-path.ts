import type { ChartData } from "./chart-data.ts";

/** The drawing is this wide and high, whatever its size on screen. */
export const WIDTH = 600;
export const HEIGHT = 100;

type Values = readonly (number | null)[];

/** Which part of the data is drawn, and where. */
export interface Frame {
  /** Wall time at the right edge, in ms. */
  readonly end: number;
  /** Ms from the left to the right edge. */
  readonly span: number;
  /** The value at the top. */
  readonly max: number;
}

export function xOf(time: number, frame: Frame): number {
  return round(WIDTH * (1 - (frame.end - time) / frame.span));
}

function yOf(value: number, frame: Frame): number {
  return round(HEIGHT * (1 - value / frame.max));
}

/** Runs of neighbouring values that a line may connect, as indexes. */
export function runs(data: ChartData, values: Values): number[][] {
  const found: number[][] = [];
  let run: number[] = [];
  values.forEach((value, index) => {
    if (run.length > 0 && (value === null || data.gaps.has(index))) {
      found.push(run);
      run = [];
    }
    if (value !== null) run.push(index);
  });
  return run.length > 0 ? [...found, run] : found;
}

/** A line through the values. */
export function linePath(data: ChartData, values: Values, frame: Frame): string {
  return runs(data, values)
    .map((run) => `M${points(data, values, run, frame)}`)
    .join("");
}

/** The values that no line reaches, as points. */
export function dotPath(data: ChartData, values: Values, frame: Frame): string {
  return runs(data, values)
    .filter(({ length }) => length === 1)
    .map((run) => `M${points(data, values, run, frame)}h.01`)
    .join("");
}

/** The area between two lines; `below` is 0 for the lowest band of a stack. */
export function bandPath(data: ChartData, above: Values, below: Values, frame: Frame): string {
  return runs(data, above)
    .map((run) => {
      if (run.length === 1) return bar(data, above, below, run, frame);
      return `M${points(data, above, run, frame)}L${points(data, below, [...run].reverse(), frame)}Z`;
    })
    .join("");
}

/** A lone value has an area as well: a bar as wide as a second, which the right edge may cut. */
function bar(data: ChartData, above: Values, below: Values, run: readonly number[], frame: Frame): string {
  const half = Math.max(2, round((500 / frame.span) * WIDTH));
  const [top, bottom] = [above, below].map((values) => yOf(values[run[0]!] ?? 0, frame));
  const x = xOf(data.times[run[0]!] ?? 0, frame);
  return `M${round(x - half)},${top}H${Math.min(WIDTH, round(x + half))}V${bottom}H${round(x - half)}Z`;
}

function points(data: ChartData, values: Values, run: readonly number[], frame: Frame): string {
  return run.map((index) => `${xOf(data.times[index] ?? 0, frame)},${yOf(values[index] ?? 0, frame)}`).join("L");
}

/** The tops of a stack: each series on those before it. */
export function stack(data: ChartData): number[][] {
  let base = data.times.map(() => 0);
  return data.series.map(({ values }) => (base = base.map((under, index) => under + (values[index] ?? 0))));
}

/** A round number at or above `value`, for the top of an axis, whose half can be written with as few digits. */
export function niceTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= value) ?? value;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
