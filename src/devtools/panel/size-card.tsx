/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { ChartCard } from "./chart-card.tsx";
import { HEIGHT, round, WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, percent } from "./format.ts";
import { Plot } from "./plot.tsx";

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

/** Below this ratio there is no room for words under a point. */
const LOW = 0.3;
/** Above this one, there is none over it: there the card has its title. */
const HIGH = 0.72;
/** Beyond this part of the width, there is none beside it. */
const RIGHT = 0.7;
/** A knee whose words would meet those of another mark is not marked: parts of width and height. */
const NEAR = 0.3;
const LEVEL = 0.35;

interface Mark {
  readonly kind: "now" | "knee" | "goal";
  readonly point: SizePoint;
  readonly words: ComponentChildren;
}

/** The miss-ratio curve, drawn as hits, so that up is better in every chart. */
export function SizeCard({ curves, now, knee, advised, ceiling, lookups }: SizeProps): JSX.Element {
  const sizes = curves.flatMap(({ points }) => points.map(({ size }) => size));
  const [low, high] = [Math.log(Math.min(...sizes)), Math.log(Math.max(...sizes))];
  const x = (size: number): number => (high === low ? 0.5 : (Math.log(size) - low) / (high - low));
  const place = ({ size, hitRatio }: SizePoint): string =>
    `${round(WIDTH * x(size))},${round(HEIGHT * (1 - hitRatio))}`;
  /** Off the curve, which rises: to the right and below, or to the left and above, as far as there is room. */
  const sideOf = ({ size, hitRatio }: SizePoint): string => {
    const isBefore = x(size) > RIGHT;
    return `${isBefore ? " before" : ""}${hitRatio < (isBefore ? HIGH : LOW) ? " above" : ""}`;
  };
  const marks: Mark[] = [
    { kind: "now", point: now, words: <b>You are here</b> },
    ...(advised ? [{ kind: "goal" as const, point: advised, words: "" }] : []),
  ];
  const isApart = ({ size, hitRatio }: SizePoint): boolean =>
    Math.abs(x(size) - x(knee!.size)) > NEAR || Math.abs(hitRatio - knee!.hitRatio) > LEVEL;
  if (knee && marks.every(({ point }) => isApart(point))) marks.push({ kind: "knee", point: knee, words: "knee" });
  return (
    <ChartCard
      title="Hit ratio by size"
      note={`of ${count(lookups)} reads`}
      table={<SizeTable curves={curves} />}
      below={
        <p class="legend">
          {curves.map(({ strategy }, index) => (
            <span key={strategy} class="legend-item">
              <i class={index === 0 ? "stroke" : "stroke other"} /> <code>{strategy}</code>
              {index === 0 && "now"}
            </span>
          ))}
        </p>
      }
    >
      <Plot
        label={sentence(now, advised, ceiling)}
        y={["100%", "50%", "0%"]}
        x={[axisNumber(Math.exp(low)), "entries, doubling", axisNumber(Math.exp(high))]}
        over={
          <>
            <span
              class={ceiling < LOW ? "mark-label ceiling-label" : "mark-label ceiling-label hung"}
              style={{ bottom: `${100 * ceiling}%` }}
            >
              no bound: {percent(ceiling)}
            </span>
            {marks.map(({ kind, point, words }) => (
              <span
                key={kind}
                class={`mark-pin ${kind}`}
                style={{ left: `${100 * x(point.size)}%`, bottom: `${100 * point.hitRatio}%` }}
              >
                <span class={`mark-label${sideOf(point)}`}>
                  {words}{" "}
                  <span>
                    {count(point.size)}: {percent(point.hitRatio)}
                  </span>
                </span>
              </span>
            ))}
          </>
        }
      >
        <path class="ceiling" d={`M0 ${HEIGHT * (1 - ceiling)}H${WIDTH}`} />
        {marks.map(({ kind, point }) => (
          <path key={kind} class="drop" d={`M${place(point)}V${HEIGHT}`} />
        ))}
        {curves.map(({ strategy, points }, index) => (
          <path
            key={strategy}
            class={index === 0 ? "line" : "line other"}
            style={{ color: index === 0 ? "var(--hit)" : "var(--accent)" }}
            d={`M${points.map(place).join("L")}`}
          />
        ))}
      </Plot>
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
