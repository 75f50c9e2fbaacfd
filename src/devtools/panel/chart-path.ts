import type { ChartData } from "./chart-data.ts";

/** The drawing is this wide and high, whatever its size on screen. */
export const WIDTH = 600;
export const HEIGHT = 100;

/** Part of a bar's place that is left free between two, where there is room to see it. */
const ROOM = 0.12;
/** Width from which on a bar has such room. */
const WIDE = 4;
/** Least height: one of many is still seen. */
const LEAST_HEIGHT = 1.5;

type Values = readonly (number | null)[];

/** Which part of the data is drawn, and where. */
export interface Frame {
  /** Wall time at the right edge, in ms. */
  readonly end: number;
  /** Ms from the left to the right edge. */
  readonly span: number;
  /** The value at the bottom. */
  readonly min: number;
  /** The value at the top. */
  readonly max: number;
}

export function xOf(time: number, { end, span }: Pick<Frame, "end" | "span">): number {
  return round(WIDTH * (1 - (end - time) / span));
}

function yOf(value: number, { min, max }: Pick<Frame, "min" | "max">): number {
  return round(HEIGHT * (1 - (value - min) / (max - min)));
}

/** Runs of neighbouring values that a line may connect, as indexes. */
export function runs(data: ChartData, values: Values): number[][] {
  const found: number[][] = [];
  let run: number[] = [];
  values.forEach((value, index) => {
    if (value === null || data.gaps.has(index)) run = [];
    if (value === null) return;
    if (run.length === 0) found.push(run);
    run.push(index);
  });
  return found;
}

/** A line through the values, and the area under it. A value that no line reaches is a point. */
export function linePath(data: ChartData, values: Values, frame: Frame): { line: string; under: string } {
  let [line, under] = ["", ""];
  for (const run of runs(data, values)) {
    const points = run.map((index) => `${xOf(data.times[index]!, frame)},${yOf(values[index]!, frame)}`).join("L");
    line += run.length > 1 ? `M${points}` : `M${points}h.01`;
    under += `M${xOf(data.times[run[0]!]!, frame)},${HEIGHT}L${points}V${HEIGHT}Z`;
  }
  return { line, under };
}

/** What was counted in each sample, as a bar over the time that the sample took. `below` is what it stands on. */
export function barsPath(data: ChartData, values: Values, below: Values, frame: Frame): string {
  return values
    .map((value, index) => {
      const [at, base] = [data.times[index]!, below[index] ?? 0];
      if (!value) return "";
      const left = Math.max(0, xOf(at - 1_000 * data.seconds[index]!, frame));
      return barPath(left, xOf(at, frame), yOf(base, frame), yOf(base + value, frame));
    })
    .join("");
}

/** A bar with a hair of room beside it. */
export function barPath(left: number, right: number, bottom: number, top: number): string {
  const room = right - left < WIDE ? 0 : ((right - left) * ROOM) / 2;
  return `M${round(left + room)} ${bottom}V${round(Math.min(top, bottom - LEAST_HEIGHT))}H${round(right - room)}V${bottom}Z`;
}

/** What each series of a stack stands on: the sum of those before it. */
export function bases(data: ChartData): number[][] {
  let base = data.times.map(() => 0);
  return data.series.map(({ values }) => {
    const mine = base;
    base = base.map((under, index) => under + (values[index] ?? 0));
    return mine;
  });
}

/** A round number at or above `value`, for the top of an axis, whose half can be written with as few digits. */
export function niceTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  // Few are counted one by one: 1.2 would be no number of them.
  const steps = power === 1 ? [1, 2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10];
  return steps.map((step) => step * power).find((top) => top >= value) ?? value;
}

/** Steps of a magnified axis, the finest that is not finer than what it shows. */
const ZOOM_STEPS = [0.001, 0.01, 0.05, 0.1];

/** The part of an axis from 0 to 1 that the values fill, in round numbers. */
export function zoomed(values: Values): { min: number; max: number } {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(1, ...known), Math.max(0, ...known)];
  const step = ZOOM_STEPS.find((each) => (high - low) / each <= 10) ?? 0.1;
  // A value just below a round number is that number.
  const [min, max] = [Math.floor(low / step + 0.001) * step, Math.ceil(high / step - 0.001) * step];
  if (max > min) return { min: round4(min), max: round4(max) };
  return max < 1 ? { min: round4(min), max: round4(min + step) } : { min: 1 - step, max: 1 };
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
