/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { ChartData } from "./chart-data.ts";
import { barsPath, bases, type Frame, HEIGHT, linePath, niceTop, xOf, zoomed } from "./chart-path.ts";
import { ChartCard } from "./chart-card.tsx";
import { DataTable } from "./data-table.tsx";
import { axisNumber, clockTime, count, duration, percent } from "./format.ts";
import { Plot } from "./plot.tsx";

interface ChartProps {
  title: string;
  /** One sentence on what is drawn. */
  note: string;
  /** What is said where there is nothing to draw. */
  nothing: string;
  data: ChartData;
  /** Ms from the left to the right edge. */
  span: number;
  /** Lines from 0% to 100%, or bars of how many a second. */
  kind: "ratio" | "counts";
  /** What stands above the drawing, instead of the last values. */
  figure?: ComponentChildren;
  /** What stands below. */
  children?: ComponentChildren;
}

/** A part of the axis that is worth to be magnified. */
const FLAT = 0.5;

/** A chart over time, with the same numbers as a sentence and as a table. */
export function Chart(props: ChartProps): JSX.Element {
  const { title, note, nothing, data, span, kind, figure, children } = props;
  const [pointed, point] = useState<number | undefined>(undefined);
  const [isNear, zoom] = useState(false);
  const isRatio = kind === "ratio";
  // Bars of zeros are left out. A ratio of zero is drawn.
  const series = data.series.filter(({ values }) => values.some((value) => value !== null && (isRatio || value > 0)));
  const drawn = { ...data, series };
  const near = zoomed(series.flatMap(({ values }) => values));
  const isFlat = isRatio && series.length > 0 && near.max - near.min < FLAT;
  const axis = isNear && isFlat ? near : { min: 0, max: isRatio ? 1 : topOf(drawn) };
  const frame: Frame = { ...axis, end: data.times[data.times.length - 1] ?? 0, span };
  const index = pointed === undefined ? undefined : nearest(data, frame.end - span * (1 - pointed));
  const middle = (frame.min + frame.max) / 2;
  return (
    <ChartCard
      title={title}
      note={note}
      legend={figure !== undefined && index === undefined ? figure : <Legend kind={kind} data={drawn} index={index} />}
      table={<ChartTable {...props} />}
      below={children}
      controls={
        isFlat && (
          <button
            type="button"
            class="small-button zoom"
            aria-label="Zoom"
            title="Magnify the axis"
            aria-pressed={isNear}
            onClick={() => zoom(!isNear)}
          >
            <svg viewBox="0 0 12 12" class="sign" aria-hidden="true">
              <path d="M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7M7.6 7.6 11 11" />
            </svg>
          </button>
        )
      }
    >
      <Plot
        label={sentence(props)}
        y={[frame.max, ...(isRatio || frame.max > 1 ? [middle] : []), frame.min].map(formatOf(kind))}
        x={[`${duration(span)} ago`, "now"]}
        point={point}
        over={
          series.length === 0 && (
            <p class="plot-empty">
              <span>{data.times.length === 0 ? "Waiting for the first second…" : nothing}</span>
            </p>
          )
        }
      >
        {isRatio ? <Lines data={drawn} frame={frame} /> : <Bars data={drawn} frame={frame} />}
        {index !== undefined && <path class="cursor" d={`M${xOf(data.times[index] ?? 0, frame)} 0V${HEIGHT}`} />}
      </Plot>
    </ChartCard>
  );
}

type Format = (value: number | null) => string;

function formatOf(kind: ChartProps["kind"]): Format {
  return kind === "ratio" ? percent : (value) => axisNumber(value ?? 0);
}

interface LegendProps extends Pick<ChartProps, "kind" | "data"> {
  /** The sample that the pointer is at. Without it, what was counted in all, or the last ratio that is known. */
  index: number | undefined;
}

function Legend({ kind, data: { times, series }, index }: LegendProps): JSX.Element {
  const last = index ?? lastKnown(series[0]?.values ?? []);
  const words = kind === "counts" && index === undefined ? "in this time" : clockTime(times[last] ?? 0);
  return (
    <p class="legend">
      {series.map(({ name, color, values, total }) => (
        <span key={name} class="legend-item">
          <i class="swatch" style={{ background: `var(--${color})` }} />
          {name}{" "}
          <b>{index === undefined && total !== undefined ? count(total) : formatOf(kind)(values[last] ?? null)}</b>
        </span>
      ))}
      <span class="legend-time">{series.length > 0 && words}</span>
    </p>
  );
}

function lastKnown(values: readonly (number | null)[]): number {
  let last = values.length - 1;
  while (last > 0 && values[last] === null) last--;
  return last;
}

/** A round number above the highest bar. */
function topOf({ times, series }: ChartData): number {
  const sums = times.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  return niceTop(Math.max(0, ...sums));
}

interface DrawnProps {
  data: ChartData;
  frame: Frame;
}

function Lines({ data, frame }: DrawnProps): JSX.Element {
  return (
    <>
      {data.series.map(({ name, color, values }) => {
        const { line, under } = linePath(data, values, frame);
        return (
          <g key={name} style={{ color: `var(--${color})` }}>
            <path class="under" d={under} />
            <path class="line" d={line} />
          </g>
        );
      })}
    </>
  );
}

function Bars({ data, frame }: DrawnProps): JSX.Element {
  const below = bases(data);
  return (
    <>
      {data.series.map(({ name, color, values }, index) => (
        <path
          key={name}
          class="band"
          style={{ color: `var(--${color})` }}
          d={barsPath(data, values, below[index]!, frame)}
        />
      ))}
    </>
  );
}

/** The sample that is nearest to a time. */
function nearest({ times }: ChartData, wanted: number): number {
  let best = 0;
  times.forEach((time, index) => {
    if (Math.abs(time - wanted) < Math.abs(times[best]! - wanted)) best = index;
  });
  return best;
}

function sentence({ title, data, span, kind }: ChartProps): string {
  if (data.times.length === 0) return `${title}: no data yet.`;
  const format = formatOf(kind);
  const parts = data.series.map(({ name, values, total }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: nothing`;
    const [low, high] = [Math.min(...known), Math.max(...known)];
    if (total !== undefined) return `${name}: ${count(total)}, at most ${format(high)} a second`;
    return `${name}: last ${format(known[known.length - 1]!)}, lowest ${format(low)}, highest ${format(high)}`;
  });
  return `${title} over the last ${duration(span)}. ${parts.join(". ")}.`;
}

function ChartTable({ title, data, kind }: ChartProps): JSX.Element {
  const newestFirst = data.times.map((_, index) => index).reverse();
  const rows = newestFirst.map((index) => [
    clockTime(data.times[index] ?? 0),
    ...data.series.map(({ values }) => formatOf(kind)(values[index] ?? null)),
  ]);
  const columns = ["Time", ...data.series.map(({ name }) => name)];
  const keys = newestFirst.map((index) => data.times[index] ?? 0);
  return <DataTable label={title} columns={columns} rows={rows} keys={keys} />;
}
