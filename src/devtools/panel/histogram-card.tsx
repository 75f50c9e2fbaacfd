/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ChartCard } from "./chart-card.tsx";
import { barPath, HEIGHT, niceTop, WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, fineDuration, percent, plural } from "./format.ts";
import { type Bin, defaultBins, histogram, LEAST_BINS, most, MOST_BINS } from "./histogram.ts";
import { Plot } from "./plot.tsx";

interface HistogramProps {
  /** One of the values, as in `removal`. */
  noun: string;
  /** Ms. */
  values: readonly number[];
}

/** How many values are how long, on a logarithmic scale; the reader chooses how finely. */
export function HistogramCard({ noun, values }: HistogramProps): JSX.Element {
  const [chosen, setBins] = useState<number | undefined>(undefined);
  const [pointed, point] = useState<number | undefined>(undefined);
  const many = chosen ?? defaultBins(values);
  const bins = histogram(values, many, most(values), "log");
  const [first, last] = [bins[0], bins[bins.length - 1]];
  const top = niceTop(most([0, ...bins.map((bin) => bin.count)]));
  const step = WIDTH / many;
  const bar = (height: number, index: number): string =>
    height === 0 ? "" : barPath(index * step, (index + 1) * step, HEIGHT, HEIGHT * (1 - height / top));
  const at = pointed === undefined ? undefined : Math.max(0, Math.min(many - 1, Math.floor(pointed * many)));
  return (
    <ChartCard
      title="Histogram"
      note={`of the ${noun}s, on a logarithmic scale`}
      controls={<BinsSlider bins={many} setBins={setBins} />}
      legend={
        <p class="legend">
          <span>
            {at === undefined && "Fullest bin: "}
            <BinWords bin={bins[at ?? -1] ?? fullest(bins)} noun={noun} total={values.length} />
          </span>
        </p>
      }
      table={<BinTable bins={bins} total={values.length} />}
    >
      <Plot
        label={summary(noun, bins)}
        y={[axisNumber(top), top % 2 === 0 && axisNumber(top / 2), "0"]}
        x={[first && fineDuration(first.from), fineDuration(bins[many >> 1]?.from ?? 0), last && fineDuration(last.to)]}
        point={point}
      >
        <path class="bars" d={bins.map((bin, index) => bar(bin.count, index)).join("")} />
        {at !== undefined && <path class="bars pointed" d={bar(top, at)} />}
      </Plot>
    </ChartCard>
  );
}

export function BinsSlider({ bins, setBins }: { bins: number; setBins: (bins: number) => void }): JSX.Element {
  return (
    <label class="bins">
      Bins
      <input
        type="range"
        min={LEAST_BINS}
        max={MOST_BINS}
        value={bins}
        onInput={(event) => setBins(Number(event.currentTarget.value))}
      />
      <output>{bins}</output>
    </label>
  );
}

interface BinWordsProps {
  bin: Bin | undefined;
  noun: string;
  total: number;
}

function BinWords({ bin, noun, total }: BinWordsProps): JSX.Element | null {
  if (!bin) return null;
  return (
    <>
      <b>{plural(bin.count, noun)}</b> ({percent(bin.count / total)}) from {fineDuration(bin.from)} to{" "}
      {fineDuration(bin.to)}
    </>
  );
}

function fullest(bins: readonly Bin[]): Bin | undefined {
  const top = most(bins.map((bin) => bin.count));
  return bins.find((bin) => bin.count === top);
}

/** What the bins show, as a sentence. */
export function summary(noun: string, bins: readonly Bin[], format: (ms: number) => string = fineDuration): string {
  const [first, last, top] = [bins[0], bins[bins.length - 1], fullest(bins)];
  if (!first || !last || !top) return "Histogram: no data yet.";
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const range = `from ${format(first.from)} to ${format(last.to)} in ${count(bins.length)} bins`;
  return `Histogram of ${plural(total, noun)}, ${range}. Most are from ${format(top.from)} to ${format(top.to)}: ${count(top.count)}.`;
}

interface BinTableProps {
  bins: readonly Bin[];
  total: number;
}

function BinTable({ bins, total }: BinTableProps): JSX.Element {
  const rows = bins.map((bin) => [
    fineDuration(bin.from),
    fineDuration(bin.to),
    count(bin.count),
    percent(bin.count / total),
  ]);
  return <DataTable label="Histogram" columns={["From", "To", "Count", "Share"]} rows={rows} tall />;
}
