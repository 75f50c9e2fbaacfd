/** @jsxImportSource preact */
import type { JSX, TargetedPointerEvent } from "preact";
import { useState } from "preact/hooks";
import { boxPlot, drawnEnd } from "./box-plot.ts";
import { ChartCard } from "./chart-card.tsx";
import { HEIGHT, niceTop, WIDTH } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { axisNumber, count, percent, plural } from "./format.ts";
import { type Bin, defaultBins, histogram, LEAST_BINS, most, MOST_BINS } from "./histogram.ts";
import { timeScale } from "./time-scale.ts";

interface HistogramProps {
  /** One of the values, as in `removal`. */
  noun: string;
  /** Ms. */
  values: readonly number[];
}

type Format = (ms: number) => string;

/** How many values are how long; the reader chooses how finely. */
export function HistogramCard({ noun, values }: HistogramProps): JSX.Element {
  const [chosen, setBins] = useState<number | undefined>(undefined);
  const [pointed, point] = useState<number | undefined>(undefined);
  const bins = chosen ?? defaultBins(values);
  const box = boxPlot(values);
  const end = box ? drawnEnd([box]) : 0;
  const drawn = histogram(values, bins, end);
  const width = drawn[0] ? drawn[0].to - drawn[0].from : 1;
  const format = timeScale(end, width);
  const bin = drawn[pointed ?? -1] ?? fullest(drawn);
  return (
    <ChartCard
      title="Histogram"
      note={`of the ${noun}s`}
      controls={<BinsSlider bins={bins} setBins={setBins} />}
      legend={
        <BinLegend bin={bin} isPointed={pointed !== undefined} noun={noun} total={values.length} format={format} />
      }
      table={<BinTable bins={drawn} total={values.length} format={format} />}
    >
      <Bars noun={noun} bins={drawn} end={end} pointed={pointed} point={point} format={format} />
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

interface BinLegendProps {
  bin: Bin | undefined;
  isPointed: boolean;
  noun: string;
  total: number;
  format: Format;
}

function BinLegend({ bin, isPointed, noun, total, format }: BinLegendProps): JSX.Element {
  return (
    <p class="legend">
      {bin && (
        <span>
          {isPointed ? "" : "Fullest bin: "}
          <b>{plural(bin.count, noun)}</b> ({percent(bin.count / total)}) from {format(bin.from)} to {format(bin.to)}
        </span>
      )}
    </p>
  );
}

interface BarsProps {
  noun: string;
  bins: readonly Bin[];
  /** Ms at the right edge; the last bin may go on beyond it. */
  end: number;
  pointed: number | undefined;
  point: (bin: number | undefined) => void;
  format: Format;
}

function Bars({ noun, bins, end, pointed, point, format }: BarsProps): JSX.Element {
  const max = niceTop(most([0, ...bins.map(({ count: many }) => many)]));
  const onPointerMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    point(Math.max(0, Math.min(bins.length - 1, Math.floor(((event.clientX - box.left) / box.width) * bins.length))));
  };
  const [first, middle, last] = [bins[0], bins[bins.length >> 1], bins[bins.length - 1]];
  return (
    <div class="plot-frame high">
      <div class="axis-y" aria-hidden="true">
        <span>{axisNumber(max)}</span>
        <span>{max % 2 === 0 && axisNumber(max / 2)}</span>
        <span>0</span>
      </div>
      <div class="plot" onPointerMove={onPointerMove} onPointerLeave={() => point(undefined)}>
        <svg
          role="img"
          aria-label={summary(noun, bins, format)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <path class="grid-line" d={`M0 .5H${WIDTH}M0 50H${WIDTH}M0 99.5H${WIDTH}`} />
          <path class="bars" d={bins.map((bin, index) => barPath(bin, index, bins.length, max)).join("")} />
          {pointed !== undefined && bins[pointed] && (
            <path class="bars pointed" d={barPath({ ...bins[pointed], count: max }, pointed, bins.length, max)} />
          )}
        </svg>
      </div>
      <div class="axis-x" aria-hidden="true">
        <span>{first && format(first.from)}</span>
        <span>{middle && format(middle.from)}</span>
        <span>{last && (last.to > end && last.count > 0 ? `${format(end)} and more` : format(last.to))}</span>
      </div>
    </div>
  );
}

/** A bar with a hair of room on both sides; one value is still seen. */
function barPath({ count: many }: Bin, index: number, bins: number, max: number): string {
  if (many === 0) return "";
  const step = WIDTH / bins;
  const height = Math.max(1.5, (HEIGHT * many) / max);
  const [left, width] = [(index + 0.06) * step, 0.88 * step].map((number) => Math.round(number * 100) / 100);
  return `M${left} ${HEIGHT}v-${Math.round(height * 100) / 100}h${width}V${HEIGHT}Z`;
}

function fullest(bins: readonly Bin[]): Bin | undefined {
  const top = most(bins.map(({ count: many }) => many));
  return bins.find(({ count: many }) => many === top);
}

/** What the bins show, as a sentence. */
export function summary(noun: string, bins: readonly Bin[], format: Format): string {
  const [first, last, top] = [bins[0], bins[bins.length - 1], fullest(bins)];
  if (!first || !last || !top) return "Histogram: no data yet.";
  const total = bins.reduce((sum, { count: many }) => sum + many, 0);
  const range = `from ${format(first.from)} to ${format(last.to)} in ${count(bins.length)} bins`;
  return `Histogram of ${plural(total, noun)}, ${range}. Most are from ${format(top.from)} to ${format(top.to)}: ${count(top.count)}.`;
}

interface BinTableProps {
  bins: readonly Bin[];
  total: number;
  format: Format;
}

function BinTable({ bins, total, format }: BinTableProps): JSX.Element {
  const rows = bins.map((bin) => [format(bin.from), format(bin.to), count(bin.count), percent(bin.count / total)]);
  return <DataTable label="Histogram" columns={["From", "To", "Count", "Share"]} rows={rows} tall />;
}
