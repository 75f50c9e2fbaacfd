/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Durations } from "../durations.ts";
import { ChartCard } from "./chart-card.tsx";
import { HEIGHT, niceTop, WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, fineDuration, percent } from "./format.ts";

/** Bars for each power of ten. */
const BARS = 10;
const SHARES = [0.5, 0.9, 0.99];

/** How long loads took, on a logarithmic scale. */
export function DurationsCard({ durations }: { durations: Durations }): JSX.Element {
  const bins = durations.bins(BARS);
  const quantiles = SHARES.map((share) => ({ name: `p${share * 100}`, ms: durations.quantile(share)! }));
  return (
    <ChartCard
      title="How long loads take"
      note={durations.count === 0 ? "" : `${count(durations.count)} ended`}
      table={<Table bins={bins} quantiles={quantiles} total={durations.count} />}
    >
      {bins.length === 0 ? (
        <p class="card-empty">No load has ended yet.</p>
      ) : (
        <Drawing bins={bins} quantiles={quantiles} total={durations.count} />
      )}
    </ChartCard>
  );
}

interface DrawingProps {
  bins: ReturnType<Durations["bins"]>;
  quantiles: readonly { readonly name: string; readonly ms: number }[];
  total: number;
}

function Drawing({ bins, quantiles, total }: DrawingProps): JSX.Element {
  const max = niceTop(Math.max(...bins.map((bin) => bin.count)));
  const [low, high] = [bins[0]!.from, bins[bins.length - 1]!.to];
  const place = (ms: number): number => Math.max(0, Math.min(1, Math.log(ms / low) / Math.log(high / low)));
  const step = WIDTH / bins.length;
  const bar = (many: number, index: number): string => {
    const height = many === 0 ? 0 : Math.max(1.5, (HEIGHT * many) / max);
    return `M${(index + 0.06) * step} ${HEIGHT}v-${height}h${0.88 * step}V${HEIGHT}Z`;
  };
  return (
    <div class="plot-frame load-times">
      <div class="axis-y" aria-hidden="true">
        <span>{axisNumber(max)}</span>
        <span>0</span>
      </div>
      <div class="plot">
        <svg
          role="img"
          aria-label={`Durations of ${count(total)} loads: ${wordsOf(quantiles)}.`}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <path class="grid-line" d={`M0 .5H${WIDTH}M0 99.5H${WIDTH}`} />
          <path class="load-bars" d={bins.map((bin, index) => bar(bin.count, index)).join("")} />
        </svg>
        {quantiles.map(({ name, ms }, index) => (
          <span
            key={name}
            class={place(ms) > 0.6 ? "quantile before" : "quantile"}
            aria-hidden="true"
            style={{ insetInlineStart: `${place(ms) * 100}%`, top: `${(index - SHARES.length) * 14}px` }}
          >
            <span>
              {name} {fineDuration(ms)}
            </span>
          </span>
        ))}
      </div>
      <div class="axis-x" aria-hidden="true">
        {Array.from({ length: bins.length / BARS + 1 }, (_, decade) => (
          <span key={decade}>{fineDuration(low * 10 ** decade)}</span>
        ))}
      </div>
    </div>
  );
}

function wordsOf(quantiles: DrawingProps["quantiles"]): string {
  return quantiles.map(({ name, ms }) => `${name} ${fineDuration(ms)}`).join(", ");
}

function Table({ bins, quantiles, total }: DrawingProps): JSX.Element {
  const rows = bins
    .filter((bin) => bin.count > 0)
    .map((bin) => [
      `${fineDuration(bin.from)} to ${fineDuration(bin.to)}`,
      count(bin.count),
      percent(bin.count / total),
    ]);
  return (
    <>
      <p class="note">{total > 0 && `${wordsOf(quantiles)}, each at most 3% off.`}</p>
      <DataTable label="How long loads take" columns={["Took", "Loads", "Share"]} rows={rows} tall />
    </>
  );
}
