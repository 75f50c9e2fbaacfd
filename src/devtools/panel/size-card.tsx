/** @jsxImportSource preact */
import type { JSX } from "preact";
import { ChartCard } from "./chart-card.tsx";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, percent } from "./format.ts";

/** The hit ratio of one policy at one size. */
export interface SizePoint {
  readonly size: number;
  readonly hitRatio: number;
}

/** Hit ratios of a policy by size, the smallest first. */
export interface SizeCurve {
  readonly strategy: string;
  readonly points: readonly SizePoint[];
}

interface SizeProps {
  /** Of the policy that is set, and of the best other one. */
  curves: readonly SizeCurve[];
  now: SizePoint;
  /** Where more entries begin to gain little. */
  knee: SizePoint | undefined;
  advised: SizePoint | undefined;
  /** Without a bound. */
  ceiling: number;
  lookups: number;
}

const WIDTH = 600;
const HEIGHT = 200;

/** The miss-ratio curve, drawn as hits, so that up is better in every chart. */
export function SizeCard({ curves, now, knee, advised, ceiling, lookups }: SizeProps): JSX.Element {
  const sizes = curves.flatMap(({ points }) => points.map(({ size }) => size));
  const [low, high] = [Math.log(Math.min(...sizes)), Math.log(Math.max(...sizes))];
  const x = (size: number): number => (high === low ? 0.5 : (Math.log(size) - low) / (high - low));
  const marks = [
    { name: "You are here", kind: "now", point: now },
    ...(knee && knee.size !== now.size ? [{ name: "knee", kind: "knee", point: knee }] : []),
    ...(advised ? [{ name: "advised", kind: "goal", point: advised }] : []),
  ];
  return (
    <ChartCard
      title="Hit ratio by size"
      note={`of ${count(lookups)} reads, replayed`}
      table={<SizeTable curves={curves} />}
    >
      <div class="size-frame">
        <div class="axis-y" aria-hidden="true">
          <span>100%</span>
          <span>50%</span>
          <span>0%</span>
        </div>
        <div class="plot">
          <svg
            role="img"
            aria-label={sentence(now, advised, ceiling)}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
          >
            <path class="grid-line" d={`M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
            <path class="ceiling" d={`M0 ${HEIGHT * (1 - ceiling)}H${WIDTH}`} />
            {marks.map(({ kind, point }) => (
              <path
                key={kind}
                class="drop"
                d={`M${WIDTH * x(point.size)} ${HEIGHT}V${HEIGHT * (1 - point.hitRatio)}`}
              />
            ))}
            {curves.map(({ strategy, points }, index) => (
              <path
                key={strategy}
                class={index === 0 ? "line" : "line other"}
                d={`M${points.map(({ size, hitRatio }) => `${WIDTH * x(size)},${HEIGHT * (1 - hitRatio)}`).join("L")}`}
              />
            ))}
          </svg>
          <span class="mark-label ceiling-label" style={{ bottom: `${100 * ceiling}%` }}>
            no bound: {percent(ceiling)}
          </span>
          {marks.map(({ name, kind, point }) => (
            <span
              key={kind}
              class={`mark-pin ${kind}`}
              style={{ left: `${100 * x(point.size)}%`, bottom: `${100 * point.hitRatio}%` }}
            >
              <span class={x(point.size) > 0.45 ? "mark-label before" : "mark-label"}>
                <b>{name}</b> {count(point.size)}: {percent(point.hitRatio)}
              </span>
            </span>
          ))}
        </div>
        <div class="axis-x" aria-hidden="true">
          <span>{axisNumber(Math.exp(low))}</span>
          <span>entries, doubling</span>
          <span>{axisNumber(Math.exp(high))}</span>
        </div>
      </div>
      <p class="legend">
        {curves.map(({ strategy }, index) => (
          <span key={strategy} class="legend-item">
            <i class={index === 0 ? "stroke" : "stroke other"} /> <code>{strategy}</code>
            {index === 0 && ", now"}
          </span>
        ))}
      </p>
    </ChartCard>
  );
}

function sentence(now: SizePoint, advised: SizePoint | undefined, ceiling: number): string {
  const to = advised ? ` ${count(advised.size)} entries would have reached ${percent(advised.hitRatio)}.` : "";
  return `Hit ratio by size: ${percent(now.hitRatio)} with ${count(now.size)} entries, as now.${to} Without a bound it would have been ${percent(ceiling)}.`;
}

function SizeTable({ curves }: { curves: readonly SizeCurve[] }): JSX.Element {
  const rows = (curves[0]?.points ?? []).map(({ size }, at) =>
    [count(size)].concat(curves.flatMap(({ points }) => hitsAndMisses(points[at]?.hitRatio ?? 0))),
  );
  const columns = ["Entries", ...curves.flatMap(({ strategy }) => [`${strategy} hits`, `${strategy} misses`])];
  return <DataTable label="Hit ratio by size" columns={columns} rows={rows} />;
}

function hitsAndMisses(hitRatio: number): string[] {
  return [percent(hitRatio), percent(1 - hitRatio)];
}
