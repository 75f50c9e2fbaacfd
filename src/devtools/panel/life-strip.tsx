/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Departure } from "../stories.ts";
import { causePath } from "./cause-sign.tsx";
import { duration } from "./format.ts";

const WIDTH = 480;
const HEIGHT = 64;
/** Half of a sign. */
const SIGN = 6;
/** Ms at the bottom of the scale. */
const YOUNGEST = 100;

/** When each key left, and how old it was then, on a logarithmic scale. */
export function LifeStrip({ departures }: { departures: readonly Departure[] }): JSX.Element | null {
  const aged = departures.filter(({ age }) => age !== undefined);
  const [newest, oldest] = [aged[0], aged[aged.length - 1]];
  if (!newest || !oldest) return null;
  const ages = aged.map(({ age }) => Math.max(YOUNGEST, age!));
  const [low, high] = [Math.log(Math.min(...ages)), Math.log(Math.max(...ages))];
  const span = Math.max(1, newest.at - oldest.at);
  const x = (at: number): number => SIGN + ((at - oldest.at) / span) * (WIDTH - 2 * SIGN);
  const y = (age: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - SIGN - ((Math.log(age) - low) / (high - low)) * (HEIGHT - 2 * SIGN);
  return (
    <figure class="life-strip">
      <figcaption aria-hidden="true">
        <span>{duration(Math.exp(high))}</span>
        <span>{high === low ? "" : duration(Math.exp(low))}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={sentence(aged, span)} preserveAspectRatio="none">
        {aged.map(({ serial, cause, at }, index) => {
          const { d, isFilled } = causePath(cause);
          const place = `translate(${x(at) - SIGN} ${y(ages[index]!) - SIGN})`;
          return (
            <path
              key={serial}
              class={isFilled ? "filled" : undefined}
              style={{ color: `var(--${cause})` }}
              d={d}
              transform={place}
            />
          );
        })}
      </svg>
      <p class="axis-x" aria-hidden="true">
        <span>{duration(Date.now() - oldest.at)} ago</span>
        <span>age when it left, over time</span>
        <span>now</span>
      </p>
    </figure>
  );
}

function sentence(aged: readonly Departure[], span: number): string {
  const ages = aged.map(({ age }) => age!).sort((a, b) => a - b);
  const median = ages[ages.length >> 1]!;
  return `Ages of the last ${aged.length} keys that left, over ${duration(span)}: half of them were younger than ${duration(median)}, the oldest was ${duration(ages[ages.length - 1]!)}.`;
}
