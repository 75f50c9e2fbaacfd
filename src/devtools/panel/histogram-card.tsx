/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { boxPlot, drawnEnd } from "./box-plot.ts";
import { type Cause, CauseSign } from "./cause-sign.tsx";
import { ChartCard } from "./chart-card.tsx";
import { niceTop } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { share } from "./figures.tsx";
import { axisNumber, count, fineDuration, percent, plural } from "./format.ts";
import { type Bin, defaultBins, histogram, LEAST_BINS, most, MOST_BINS } from "./histogram.ts";
import { countByCause, LIFE_CAUSES, type Timed } from "./lifetimes.ts";
import { Plot } from "./plot.tsx";
import { timeScale } from "./time-scale.ts";

interface HistogramProps {
  title?: string;
  /** One of the values, as in `removal`, and what it did for as long as it says, as in `lived`. */
  noun: string;
  verb: string;
  /** Without causes, they stand on a logarithmic scale. */
  values: readonly Timed[];
}

/** How many values are how long, and why; the reader chooses how finely. */
export function HistogramCard({ title = "Histogram", noun, verb, values }: HistogramProps): JSX.Element {
  const [chosen, setBins] = useState<number | undefined>(undefined);
  const [pointed, point] = useState<number | undefined>(undefined);
  const times = values.map(({ age }) => age);
  const box = boxPlot(times);
  if (!box) return <NoValues title={title} />;
  const causes = LIFE_CAUSES.filter((cause) => values.some((value) => value.cause === cause));
  const isLog = causes.length === 0;
  const end = isLog ? box.max : drawnEnd([box]);
  const bins = histogram(times, chosen ?? defaultBins(times), end, isLog ? "log" : "linear");
  const format = isLog ? fineDuration : timeScale(end, bins[0]!.to - bins[0]!.from);
  const counts = isLog ? bins.map((bin) => [bin.count]) : countByCause(bins, values, causes);
  const totals = causes.map((_, part) => counts.reduce((sum, of) => sum + of[part]!, 0));
  const top = niceTop(most(bins.map((bin) => bin.count)));
  const at = pointed === undefined ? -1 : Math.max(0, Math.min(bins.length - 1, Math.floor(pointed * bins.length)));
  const half = `alf ${verb} less than `;
  const words = causes.map((cause, part) => `${count(totals[part]!)} ${nameOf(cause)}`).join(", ");
  return (
    <ChartCard
      title={title}
      note={`of ${plural(times.length, noun)}${isLog ? ", on a logarithmic scale" : ""}`}
      controls={
        <label class="bins">
          Bins
          <input
            type="range"
            min={LEAST_BINS}
            max={MOST_BINS}
            value={bins.length}
            onInput={(event) => setBins(Number(event.currentTarget.value))}
          />
          <output>{bins.length}</output>
        </label>
      }
      legend={
        <p class="legend">
          <span>
            {bins[at] ? (
              <>
                <b>{plural(bins[at].count, noun)}</b> ({percent(bins[at].count / times.length)}) from{" "}
                {format(bins[at].from)} to {format(bins[at].to)}
              </>
            ) : (
              <>
                h{half}
                <b>{fineDuration(box.median)}</b>
              </>
            )}
          </span>
          {causes.map((cause, part) => (
            <span key={cause} class="legend-item">
              <CauseSign cause={cause satisfies Cause} /> {nameOf(cause)} <b>{count((counts[at] ?? totals)[part]!)}</b>
            </span>
          ))}
        </p>
      }
      table={
        <DataTable
          label="Histogram"
          columns={["From", "To", "Count", "Share", ...causes.map(nameOf)]}
          rows={bins.map((bin, index) => [
            format(bin.from),
            format(bin.to),
            count(bin.count),
            percent(bin.count / times.length),
            ...causes.map((_, part) => count(counts[index]![part]!)),
          ])}
          tall
        />
      }
    >
      <Plot
        label={`${summary(noun, bins, format)}${words && ` ${words}.`} H${half}${fineDuration(box.median)}.`}
        y={[axisNumber(top), top % 2 === 0 && axisNumber(top / 2), "0"]}
        x={[
          format(bins[0]!.from),
          format(bins[bins.length >> 1]!.from),
          box.max > end ? `${format(end)} and more` : format(end),
        ]}
        point={point}
        over={
          <div class="lives">
            {counts.map((of, index) => (
              <i key={bins[index]!.from} class={index === at ? "life-bar pointed" : "life-bar"}>
                {of.map(
                  (many, part) =>
                    many > 0 && (
                      <i
                        key={causes[part] ?? ""}
                        class={`hatch ${causes[part] ?? ""}`}
                        style={{ height: share(many, top) }}
                      />
                    ),
                )}
              </i>
            ))}
            {box.median <= end && <i class="median-mark" style={{ left: share(placeOf(box.median, bins), 1) }} />}
          </div>
        }
      />
    </ChartCard>
  );
}

function nameOf(cause: string): string {
  return cause === "unseen" ? "before recording" : cause;
}

/** Where a value lies between the left edge, 0, and the right one, 1. */
function placeOf(value: number, bins: readonly Bin[]): number {
  const index = bins.findIndex(({ to }, at) => value < to || at === bins.length - 1);
  const { from, to } = bins[index]!;
  return (index + Math.min(1, (value - from) / (to - from || 1))) / bins.length;
}

function NoValues({ title }: { title: string }): JSX.Element {
  return (
    <section class="card" aria-label={title}>
      <header class="card-head">
        <h3>{title}</h3>
      </header>
      <p class="card-empty">
        No value has left yet. Its age shows up here when it is evicted, expires, is replaced or deleted.
      </p>
    </section>
  );
}

/** What the bins show, as a sentence. */
function summary(noun: string, bins: readonly Bin[], format: (ms: number) => string): string {
  const [first, last] = [bins[0]!, bins[bins.length - 1]!];
  const top = most(bins.map((bin) => bin.count));
  const fullest = bins.find((bin) => bin.count === top)!;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const range = `from ${format(first.from)} to ${format(last.to)} in ${count(bins.length)} bins`;
  return `Histogram of ${plural(total, noun)}, ${range}. Most are from ${format(fullest.from)} to ${format(fullest.to)}: ${count(top)}.`;
}
