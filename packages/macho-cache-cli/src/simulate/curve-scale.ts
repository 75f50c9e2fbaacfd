import type { TraceResult } from "./result.ts";

/** Where sizes and ratios are in a drawing, from 0 to 1, from the left and from the bottom. */
export interface CurveScale {
  readonly x: (size: number) => number;
  readonly y: (missRatio: number) => number;
  /** The ratio at the top. */
  readonly top: number;
  /** Whether there is more than one size. */
  readonly isLogarithmic: boolean;
}

/** Sizes are logarithmic: each step right is a factor. Ratios begin at 0, so that what looks half as high is half. */
export function curveScale({ sizes, policies }: TraceResult): CurveScale {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const highest = Math.max(...policies.flatMap(({ curve }) => curve.map(({ missRatio }) => missRatio)));
  // To the next tenth.
  const top = Math.max(0.1, Math.ceil(highest * 10) / 10);
  const isLogarithmic = most > least;
  return {
    x: (size) => (isLogarithmic ? Math.log(size / least) / Math.log(most / least) : 0.5),
    y: (missRatio) => missRatio / top,
    top,
    isLogarithmic,
  };
}
