/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Durations } from "../durations.ts";
import { ChartCard } from "./chart-card.tsx";
import { barPath, HEIGHT, niceTop, WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, fineDuration, percent } from "./format.ts";
import { Plot } from "./plot.tsx";

/** Bars for each power of ten. */
const BARS = 10;
const SHARES = [0.5, 0.9, 0.99];

/** How long loads took, on a logarithmic scale. */
export function DurationsCard({ durations }: { durations: Durations }): JSX.Element {
  const { count: total } = durations;
  const bins = durations.bins(BARS);
  const quantiles = SHARES.map((share) => ({ share, ms: durations.quantile(share) ?? 0 }));
  const words = quantiles.map(({ share, ms }) => `p${share * 100} ${fineDuration(ms)}`);
  const told = words.join(", ");
  const rows = bins.flatMap(({ from, to, count: many }) =>
    many > 0 ? [[`${fineDuration(from)} to ${fineDuration(to)}`, count(many), percent(many / total)]] : [],
  );
  return (
    <ChartCard
      title="How long loads take"
      note={total > 0 ? `${count(total)} ended` : ""}
      table={
        <>
          <p class="note">{total > 0 && `${told}, each at most 3% off.`}</p>
          <DataTable label="How long loads take" columns={["Took", "Loads", "Share"]} rows={rows} tall />
        </>
      }
    >
      {total > 0 ? (
        <Drawing
          label={`Durations of ${count(total)} loads: ${told}.`}
          bins={bins}
          marks={quantiles.map(({ ms }, index) => ({ ms, words: words[index]! }))}
        />
      ) : (
        <p class="card-empty">No load has ended yet.</p>
      )}
    </ChartCard>
  );
}

interface DrawingProps {
  label: string;
  bins: ReturnType<Durations["bins"]>;
  marks: readonly { readonly ms: number; readonly words: string }[];
}

function Drawing({ label, bins, marks }: DrawingProps): JSX.Element {
  const top = niceTop(Math.max(...bins.map((bin) => bin.count)));
  const low = bins[0]!.from;
  const decades = bins.length / BARS;
  const step = WIDTH / bins.length;
  const bar = (many: number, index: number): string =>
    many === 0 ? "" : barPath(index * step, (index + 1) * step, HEIGHT, HEIGHT * (1 - many / top));
  return (
    <Plot
      label={label}
      y={[axisNumber(top), "0"]}
      x={Array.from({ length: decades + 1 }, (_, decade) => fineDuration(low * 10 ** decade))}
      over={marks.map(({ ms, words }, index) => {
        const place = Math.max(0, Math.min(1, Math.log10(ms / low) / decades));
        // Each label has a line of its own above the bars.
        return (
          <span
            key={words}
            class={place > 0.6 ? "quantile before" : "quantile"}
            aria-hidden="true"
            style={{ left: `${place * 100}%`, top: `${(index - SHARES.length) * 14}px` }}
          >
            <span>{words}</span>
          </span>
        );
      })}
    >
      <path class="load-bars" d={bins.map((bin, index) => bar(bin.count, index)).join("")} />
    </Plot>
  );
}
