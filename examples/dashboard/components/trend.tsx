import type { ReactElement } from "react";

const WIDTH = 100;
const HEIGHT = 24;

/** The last values as a line. The number beside it says the same, so it is hidden from a screen reader. */
export function Trend({ values, isFalling }: { values: readonly number[]; isFalling: boolean }): ReactElement {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, place) => {
    const x = (place / (values.length - 1)) * WIDTH;
    const y = HEIGHT - ((value - least) / (most - least || 1)) * HEIGHT;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      className={isFalling ? "trend falling" : "trend"}
      viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points.join(" ")} />
    </svg>
  );
}
