/** @jsxImportSource preact */
import type { JSX } from "preact";
import { type BoxPlot, boxPlot, drawnEnd } from "./box-plot.ts";
import { ChartCard } from "./chart-card.tsx";
import { WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { count, fineDuration, plural } from "./format.ts";
import { least, most } from "./histogram.ts";
import { timeScale } from "./time-scale.ts";

/** Values that are drawn as one box. */
export interface Group {
  readonly name: string;
  /** Ms. */
  readonly values: readonly number[];
}

/** The most boxes: more cannot be compared. */
const MAX_BOXES = 64;

/** More boxes than this scroll by themselves, with the axis in sight. */
const MANY_BOXES = 12;

/** Half the height of a box; a row is 20 high. */
const MIDDLE = 10;

/** Quartiles, whiskers and outliers of each group, on one axis. */
export function BoxPlotCard({ noun, groups }: { noun: string; groups: readonly Group[] }): JSX.Element {
  const shown = groups.slice(0, MAX_BOXES).map(({ name, values }) => ({ name, box: boxPlot(values) }));
  const boxes = shown.flatMap(({ box }) => box ?? []);
  const low = least(boxes.map(({ min }) => min));
  const high = drawnEnd(boxes);
  const x = (value: number): number => Math.round(((value - low) / (high - low || 1)) * WIDTH * 100) / 100;
  const format = timeScale(high, (high - low) / 20);
  return (
    <ChartCard
      title="Box plot"
      note={
        groups.length > shown.length ? `the first ${count(shown.length)} of ${count(groups.length)}` : `of the ${noun}s`
      }
      legend={<Beyond boxes={boxes} high={high} format={format} />}
      table={<BoxTable rows={shown} />}
    >
      <div class={shown.length > MANY_BOXES ? "boxes many" : "boxes"} tabIndex={0} role="region" aria-label="Boxes">
        {shown.flatMap(({ name, box }) => [
          <span key={`${name}, name`} class="box-name" aria-hidden="true">
            {name}
          </span>,
          <svg
            key={name}
            class="box"
            role="img"
            aria-label={`${name}: ${box ? words(box) : "nothing yet"}.`}
            viewBox={`0 0 ${WIDTH} ${2 * MIDDLE}`}
            preserveAspectRatio="none"
          >
            <path class="grid-line" d={`M0 ${MIDDLE}H${WIDTH}`} />
            {box && pathsOf(box, x).map(([part, d]) => <path key={part} class={part} d={d} />)}
          </svg>,
        ])}
        {high >= low && (
          <>
            <span class="box-axis" />
            <div class="axis-x box-axis" aria-hidden="true">
              <span>{format(low)}</span>
              {high > low && <span>{format((low + high) / 2)}</span>}
              {high > low && <span>{format(high)}</span>}
            </div>
          </>
        )}
      </div>
    </ChartCard>
  );
}

interface BeyondProps {
  boxes: readonly BoxPlot[];
  /** Ms at the right edge. */
  high: number;
  format: (ms: number) => string;
}

/** Values that the drawing leaves out. The first box has all values. */
function Beyond({ boxes, high, format }: BeyondProps): JSX.Element | null {
  const beyond = boxes[0]?.outliers.filter((value) => value > high) ?? [];
  if (beyond.length === 0) return null;
  return (
    <p class="legend">
      {plural(beyond.length, "outlier")} beyond {format(high)}, up to {fineDuration(most(beyond))}: marked at the edge
    </p>
  );
}

/** What is drawn of a box, from the back to the front. */
function pathsOf(box: BoxPlot, x: (value: number) => number): [part: string, d: string][] {
  const [low, q1, median, q3, high] = [box.low, box.q1, box.median, box.q3, box.high].map(x);
  const dots = new Set(box.outliers.map((value) => Math.round(x(value))).filter((dot) => dot <= WIDTH));
  return [
    ["whisker", `M${low} ${MIDDLE}H${q1}M${q3} ${MIDDLE}H${high}M${low} 6v8M${high} 6v8`],
    ["quartiles", `M${q1} 3H${q3}V17H${q1}Z`],
    ["median", `M${median} 3V17`],
    ["outliers", [...dots].map((dot) => `M${dot} ${MIDDLE}h.01`).join("")],
    ["cut", x(box.max) > WIDTH ? `M${WIDTH - 7} 5L${WIDTH} ${MIDDLE}L${WIDTH - 7} 15` : ""],
  ];
}

function words(box: BoxPlot): string {
  const half = `half between ${fineDuration(box.q1)} and ${fineDuration(box.q3)}`;
  const all = `all between ${fineDuration(box.min)} and ${fineDuration(box.max)}`;
  return `median ${fineDuration(box.median)}, ${half}, ${all}, ${plural(box.outliers.length, "outlier")}`;
}

const COLUMNS = ["Part", "Count", "Min", "Quartile 1", "Median", "Quartile 3", "Max", "Average", "Outliers"];

function BoxTable({ rows }: { rows: { name: string; box: BoxPlot | undefined }[] }): JSX.Element {
  const cells = rows.map(({ name, box }) => {
    if (!box) return [name, "0", ...COLUMNS.slice(2).map(() => "–")];
    const times = [box.min, box.q1, box.median, box.q3, box.max, box.mean].map(fineDuration);
    return [name, count(box.count), ...times, count(box.outliers.length)];
  });
  return <DataTable label="Box plot" columns={COLUMNS} rows={cells} tall />;
}
