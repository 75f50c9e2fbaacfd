/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Departure } from "../departures.ts";
import { CauseSign } from "./cause-sign.tsx";
import { ago, duration } from "./format.ts";
import { Plot } from "./plot.tsx";

/** Ms at the bottom of the scale. */
const YOUNGEST = 100;

/** When each key left, and how old it was then, on a logarithmic scale. */
export function LifeStrip({ departures, now }: { departures: readonly Departure[]; now: number }): JSX.Element | null {
  const aged = departures.filter(({ age }) => age !== undefined);
  const [newest, oldest] = [aged[0], aged[aged.length - 1]];
  if (!newest || !oldest) return null;
  const ages = aged.map(({ age }) => Math.max(YOUNGEST, age!));
  const [low, high] = [Math.min(...ages), Math.max(...ages)];
  const span = Math.max(1, newest.at - oldest.at);
  const height = (age: number): number => (high === low ? 0.5 : Math.log(age / low) / Math.log(high / low));
  return (
    <Plot
      label={sentence(aged, span)}
      y={[duration(high), high > low && duration(low)]}
      x={[ago(oldest.at, now), "age when it left, over time", ago(newest.at, now)]}
      over={aged.map(({ serial, cause, at }, index) => (
        <span
          key={serial}
          class="life-sign"
          style={{ left: `${(100 * (at - oldest.at)) / span}%`, bottom: `${100 * height(ages[index]!)}%` }}
        >
          <CauseSign cause={cause} />
        </span>
      ))}
    />
  );
}

function sentence(aged: readonly Departure[], span: number): string {
  const ages = aged.map(({ age }) => age!).sort((a, b) => a - b);
  const median = ages[ages.length >> 1]!;
  return `Ages of the last ${aged.length} keys that left, over ${duration(span)}: half of them were younger than ${duration(median)}, the oldest was ${duration(ages[ages.length - 1]!)}.`;
}
