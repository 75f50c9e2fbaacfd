/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Lifetime } from "../ages.ts";
import { boxPlot, drawnEnd } from "./box-plot.ts";
import { type Cause, CauseSign } from "./cause-sign.tsx";
import { ChartCard } from "./chart-card.tsx";
import { niceTop } from "./chart-path.ts";
import { DataTable } from "./data-table.tsx";
import { share } from "./figures.tsx";
import { axisNumber, count, fineDuration, plural } from "./format.ts";
import { type Bin, defaultBins, histogram, most } from "./histogram.ts";
import { BinsSlider, summary } from "./histogram-card.tsx";
import { countByCause, LIFE_CAUSES } from "./lifetimes.ts";
import { timeScale } from "./time-scale.ts";

const NAMES: Readonly<Record<Lifetime["cause"], string>> = {
  unseen: "before recording",
  replaced: "replaced",
  deleted: "deleted",
  expired: "expired",
  evicted: "evicted",
};

/** How old values were when they left, and why they did. */
export function LivesCard({ title, lifetimes }: { title: string; lifetimes: readonly Lifetime[] }): JSX.Element {
  const [chosen, setBins] = useState<number | undefined>(undefined);
  const ages = lifetimes.map(({ age }) => age);
  const box = boxPlot(ages);
  const end = box ? drawnEnd([box]) : 0;
  const bins = histogram(ages, chosen ?? defaultBins(ages), end);
  const counts = countByCause(bins, lifetimes);
  const format = timeScale(end, bins[0] ? bins[0].to - bins[0].from : 1);
  const totals = LIFE_CAUSES.map((_, index) => counts.reduce((sum, of) => sum + of[index]!, 0));
  const shown = LIFE_CAUSES.flatMap((cause, index) => (totals[index]! > 0 ? [{ cause, total: totals[index]! }] : []));
  if (!box) return <NoLives title={title} />;
  const median = fineDuration(box.median);
  const words = shown.map(({ cause, total }) => `${count(total)} ${NAMES[cause]}`).join(", ");
  return (
    <ChartCard
      title={title}
      note={`of ${plural(ages.length, "value")}`}
      controls={<BinsSlider bins={bins.length} setBins={setBins} />}
      legend={
        <p class="legend">
          <span>
            half lived less than <b>{median}</b>
          </span>
          {shown.map(({ cause, total }) => (
            <span key={cause} class="legend-item">
              <CauseSign cause={cause satisfies Cause} /> {NAMES[cause]} <b>{count(total)}</b>
            </span>
          ))}
        </p>
      }
      table={<LivesTable bins={bins} counts={counts} format={format} />}
    >
      <div class="plot-frame high lives-frame">
        <Scale top={topOf(counts)} />
        <div
          class="plot lives"
          role="img"
          aria-label={`${summary("removal", bins, format)} ${words}. Half lived less than ${median}.`}
        >
          {counts.map((of, index) => (
            <i key={bins[index]!.from} class="life-bar">
              {shown.map(({ cause }) => (
                <i
                  key={cause}
                  class={`hatch ${cause}`}
                  style={{ height: share(of[LIFE_CAUSES.indexOf(cause)]!, topOf(counts)) }}
                />
              ))}
            </i>
          ))}
          {box.median <= end && end > box.min && (
            <i class="median-mark" style={{ insetInlineStart: share(box.median - box.min, end - box.min) }} />
          )}
        </div>
        <div class="axis-x" aria-hidden="true">
          <span>{format(box.min)}</span>
          <span>{format((box.min + end) / 2)}</span>
          <span>{box.max > end ? `${format(end)} and more` : format(end)}</span>
        </div>
      </div>
    </ChartCard>
  );
}

function topOf(counts: readonly (readonly number[])[]): number {
  return niceTop(most([0, ...counts.map((of) => of.reduce((sum, many) => sum + many, 0))]));
}

function Scale({ top }: { top: number }): JSX.Element {
  return (
    <div class="axis-y" aria-hidden="true">
      <span>{axisNumber(top)}</span>
      <span>{top % 2 === 0 && axisNumber(top / 2)}</span>
      <span>0</span>
    </div>
  );
}

function NoLives({ title }: { title: string }): JSX.Element {
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

interface LivesTableProps {
  bins: readonly Bin[];
  counts: readonly (readonly number[])[];
  format: (ms: number) => string;
}

function LivesTable({ bins, counts, format }: LivesTableProps): JSX.Element {
  const rows = bins.map((bin, index) => {
    const byCause = counts[index]!.map((many) => count(many));
    return [format(bin.from), format(bin.to), count(bin.count), ...byCause];
  });
  const columns = ["From", "To", "Count", ...LIFE_CAUSES.map((cause) => NAMES[cause])];
  return <DataTable label="Lifespans" columns={columns} rows={rows} tall />;
}
