/** @jsxImportSource preact */
import type { ComponentChildren, JSX, TargetedPointerEvent } from "preact";
import { useState } from "preact/hooks";
import type { ChartData } from "./chart-data.ts";
import { bandPath, dotPath, type Frame, HEIGHT, linePath, niceTop, stack, WIDTH, xOf } from "./chart-path.ts";
import { ChartCard } from "./chart-card.tsx";
import { DataTable } from "./data-table.tsx";
import { clockTime, duration } from "./format.ts";

interface ChartProps {
  title: string;
  /** One sentence on what is drawn. */
  note: string;
  /** What is said where there is nothing to draw. */
  nothing: string;
  data: ChartData;
  /** Ms from the left to the right edge. */
  span: number;
  kind: "line" | "stack";
  /** The value at the top; without it, a round number above the highest. */
  top?: number;
  format: (value: number | null) => string;
  /** The one number that stands for it, above the drawing. */
  figure?: string;
  /** What stands below. */
  children?: ComponentChildren;
}

/** A chart over time, with the same numbers as a sentence and as a table. */
export function Chart(props: ChartProps): JSX.Element {
  const { title, note, data, figure, children } = props;
  const [pointed, point] = useState<number | undefined>(undefined);
  const drawn = { ...data, series: data.series.filter(({ values }) => values.some(isDrawn(props.kind))) };
  const index = pointed === undefined ? data.times.length - 1 : nearest(data, pointed, props.span);
  return (
    <ChartCard
      title={title}
      note={note}
      legend={
        figure === undefined || pointed !== undefined ? (
          <Legend {...props} data={drawn} index={index} />
        ) : (
          <p class="ratio-now">{figure}</p>
        )
      }
      table={<ChartTable {...props} />}
      below={children}
    >
      <Plot {...props} drawn={drawn} index={pointed === undefined ? undefined : index} point={point} />
    </ChartCard>
  );
}

/** A band of zeros is left out, as it draws only a line. A ratio of zero is drawn. */
function isDrawn(kind: ChartProps["kind"]): (value: number | null) => boolean {
  return (value) => value !== null && (kind === "line" || value > 0);
}

function Legend({ data, format, index }: ChartProps & { index: number }): JSX.Element {
  const time = data.times[index];
  return (
    <p class="legend">
      {data.series.map(({ name, color, values }) => (
        <span key={name} class="legend-item">
          <i class="swatch" style={{ background: `var(--${color})` }} />
          {name} <b>{format(values[index] ?? null)}</b>
        </span>
      ))}
      <span class="legend-time">{time === undefined || data.series.length === 0 ? "" : clockTime(time)}</span>
    </p>
  );
}

/** A second is measured a few ms long or short, so a rate just above a round number is that number. */
const JITTER = 0.99;

type PlotProps = ChartProps & {
  /** The series that are visible. */
  drawn: ChartData;
  index: number | undefined;
  point: (fraction: number | undefined) => void;
};

function Plot({ title, nothing, data, drawn, span, kind, top, format, index, point }: PlotProps): JSX.Element {
  const tops = kind === "stack" ? stack(drawn) : drawn.series.map(({ values }) => values.map((value) => value ?? 0));
  const max = top ?? niceTop(JITTER * Math.max(0, ...tops.flat()));
  const frame: Frame = { end: data.times[data.times.length - 1] ?? 0, span, max };
  const onPointerMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    point((event.clientX - box.left) / box.width);
  };
  return (
    <div class="plot-frame">
      <div class="axis-y" aria-hidden="true">
        <span>{format(max)}</span>
        <span>{format(max / 2)}</span>
        <span>{format(0)}</span>
      </div>
      <div class="plot" onPointerMove={onPointerMove} onPointerLeave={() => point(undefined)}>
        <svg
          role="img"
          aria-label={summary(title, data, span, format)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <path class="grid-line" d={`M0 .5H${WIDTH}M0 50H${WIDTH}M0 99.5H${WIDTH}`} />
          {kind === "stack" ? <Bands data={drawn} tops={tops} frame={frame} /> : <Lines data={drawn} frame={frame} />}
          {index !== undefined && <path class="cursor" d={`M${xOf(data.times[index] ?? 0, frame)} 0V${HEIGHT}`} />}
        </svg>
        {drawn.series.length === 0 && (
          <p class="plot-empty">
            <span>{data.times.length === 0 ? "Waiting for the first second…" : nothing}</span>
          </p>
        )}
      </div>
      <div class="axis-x" aria-hidden="true">
        <span>{duration(span)} ago</span>
        <span>now</span>
      </div>
    </div>
  );
}

function Lines({ data, frame }: { data: ChartData; frame: Frame }): JSX.Element {
  const zero = data.times.map(() => 0);
  return (
    <>
      {data.series.map(({ name, color, values }) => (
        <g key={name} style={{ color: `var(--${color})` }}>
          <path class="under" d={bandPath(data, values, zero, frame)} />
          <path class="line" d={linePath(data, values, frame)} />
          <path class="dot" d={dotPath(data, values, frame)} />
        </g>
      ))}
    </>
  );
}

function Bands({ data, tops, frame }: { data: ChartData; tops: number[][]; frame: Frame }): JSX.Element {
  const zero = data.times.map(() => 0);
  return (
    <>
      {data.series.map(({ name, color }, index) => (
        <g key={name} style={{ color: `var(--${color})` }}>
          <path class="band" d={bandPath(data, tops[index] ?? zero, tops[index - 1] ?? zero, frame)} />
        </g>
      ))}
    </>
  );
}

/** The sample under the pointer, which is at `fraction` of the width. */
function nearest(data: ChartData, fraction: number, span: number): number {
  const wanted = (data.times[data.times.length - 1] ?? 0) - span * (1 - fraction);
  let best = 0;
  data.times.forEach((time, index) => {
    if (Math.abs(time - wanted) < Math.abs((data.times[best] ?? 0) - wanted)) best = index;
  });
  return best;
}

function summary(title: string, data: ChartData, span: number, format: ChartProps["format"]): string {
  if (data.times.length === 0) return `${title}: no data yet.`;
  const parts = data.series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: nothing`;
    const [low, high] = [Math.min(...known), Math.max(...known)];
    return `${name}: now ${format(values[values.length - 1] ?? null)}, lowest ${format(low)}, highest ${format(high)}`;
  });
  return `${title} over the last ${duration(span)}. ${parts.join(". ")}.`;
}

function ChartTable({ title, data, format }: ChartProps): JSX.Element {
  const newestFirst = data.times.map((_, index) => index).reverse();
  const rows = newestFirst.map((index) => [
    clockTime(data.times[index] ?? 0),
    ...data.series.map(({ values }) => format(values[index] ?? null)),
  ]);
  const columns = ["Time", ...data.series.map(({ name }) => name)];
  const keys = newestFirst.map((index) => data.times[index] ?? 0);
  return <DataTable label={title} columns={columns} rows={rows} keys={keys} />;
}
