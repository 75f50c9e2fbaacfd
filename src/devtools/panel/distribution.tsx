/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { type BoxPlot, boxPlot, quantile } from "./box-plot.ts";
import { BoxPlotCard, type Group } from "./box-plot-card.tsx";
import { DataTable } from "./data-table.tsx";
import { Figure } from "./figures.tsx";
import { count, fineDuration, plural } from "./format.ts";
import { HistogramCard } from "./histogram-card.tsx";

/** The fewest values for quartiles and a 95th percentile. */
const ENOUGH_FOR_QUARTILES = 4;
const ENOUGH_FOR_PERCENTILE = 20;

interface DistributionProps {
  /** What the values are, as in `Lifespans`. */
  title: string;
  /** One of them, as in `removal`. */
  noun: string;
  /** The first group is looked at closely; the boxes compare all. */
  groups: readonly [Group, ...Group[]];
  /** What a value did for as long as it says, as in `took`. */
  verb: string;
  /** In the place of the histogram. */
  children?: ComponentChildren;
}

/** Durations as figures, a histogram, boxes and a table. */
export function Distribution({ title, noun, groups, verb, children }: DistributionProps): JSX.Element {
  const { values } = groups[0];
  return (
    <>
      <Summary {...{ title, noun, verb, values }} />
      <div class="distribution">
        {children ?? <HistogramCard noun={noun} values={values} />}
        <BoxPlotCard noun={noun} groups={groups} />
      </div>
      <RawTable title={title} values={values} />
    </>
  );
}

type SummaryProps = Pick<DistributionProps, "title" | "noun" | "verb"> & { values: readonly number[] };

function Summary({ title, noun, verb, values }: SummaryProps): JSX.Element {
  const box = boxPlot(values);
  const sorted = [...values].sort((one, other) => one - other);
  const figure = (value: number | undefined): string => (value === undefined ? "–" : fineDuration(value));
  return (
    <section class="figures five" aria-label={`${title}, summary`}>
      <Figure label="Median" value={figure(box?.median)} note={middleWords(box, figure)} />
      <Figure label="Average" value={figure(box?.mean)} note={`of the last ${plural(values.length, noun)}`} />
      {sorted.length < ENOUGH_FOR_PERCENTILE ? (
        <Figure label="95th percentile" value="–" note={`from ${ENOUGH_FOR_PERCENTILE} ${noun}s on`} />
      ) : (
        <Figure label="95th percentile" value={figure(quantile(sorted, 0.95))} note={`95 of 100 ${verb} no longer`} />
      )}
      <Figure label="Shortest" value={figure(box?.min)} />
      <Figure label="Longest" value={figure(box?.max)} />
    </section>
  );
}

function middleWords(box: BoxPlot | undefined, figure: (value: number) => string): string {
  if (!box) return "nothing to measure yet";
  return box.count < ENOUGH_FOR_QUARTILES ? "of few values" : `half between ${figure(box.q1)} and ${figure(box.q3)}`;
}

/** Every value, newest first. Drawn only when asked for: it can be a thousand rows. */
function RawTable({ title, values }: { title: string; values: readonly number[] }): JSX.Element {
  const [isOpen, open] = useState(false);
  const rows = isOpen ? values.map((value, index) => [index + 1, fineDuration(value)]).reverse() : [];
  return (
    <section class="card" aria-label={`${title}, raw values`}>
      <header class="card-head">
        <h3>Raw values</h3>
        <span class="note">{count(values.length)}, the latest first</span>
        <button type="button" class="small-button" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? "Hide" : "Show"}
        </button>
      </header>
      {isOpen && <DataTable label={`${title}, raw values`} columns={["No.", "Duration"]} rows={rows} tall />}
    </section>
  );
}
