/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { type BoxPlot, boxPlot, quantile } from "./box-plot.ts";
import { BoxPlotCard, type Group } from "./box-plot-card.tsx";
import { DataTable } from "./data-table.tsx";
import { Figure } from "./figures.tsx";
import { count, fineDuration, plural } from "./format.ts";
import { HistogramCard } from "./histogram-card.tsx";

/** The fewest values for quartiles. */
const ENOUGH_FOR_QUARTILES = 4;
/** Percentiles that are told, and the fewest values for each. */
const PERCENTILES = [
  { of: 90, enough: 10 },
  { of: 99, enough: 100 },
];

/** What is known of each value, one row a value, the latest first. */
export interface ValueTable {
  readonly columns: readonly string[];
  readonly count: number;
  /** Made only when the reader asks for them: there can be a thousand. */
  readonly rows: () => readonly (readonly ComponentChildren[])[];
}

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
  /** The durations alone, where it is left out. */
  table?: ValueTable | undefined;
}

/** Durations as figures, a histogram, boxes and a table. */
export function Distribution({ title, noun, groups, verb, children, table }: DistributionProps): JSX.Element {
  const { values } = groups[0];
  return (
    <>
      <Summary {...{ title, noun, verb, values }} />
      <div class="distribution">
        {children ?? <HistogramCard noun={noun} values={values} />}
        <BoxPlotCard noun={noun} groups={groups} />
      </div>
      <RawTable title={title} {...(table ?? durationTable(values))} />
    </>
  );
}

type SummaryProps = Pick<DistributionProps, "title" | "noun" | "verb"> & { values: readonly number[] };

function Summary({ title, noun, verb, values }: SummaryProps): JSX.Element {
  const box = boxPlot(values);
  const sorted = [...values].sort((one, other) => one - other);
  const figure = (value: number | undefined): string => (value === undefined ? "–" : fineDuration(value));
  return (
    <section class="figures six" aria-label={`${title}, summary`}>
      <Figure label="Median" value={figure(box?.median)} note={middleWords(box, figure)} />
      {PERCENTILES.map(({ of, enough }) => (
        <Figure
          key={of}
          label={`${of}th percentile`}
          value={figure(sorted.length < enough ? undefined : quantile(sorted, of / 100))}
          note={sorted.length < enough ? `from ${enough} ${noun}s on` : `${of} of 100 ${verb} no longer`}
        />
      ))}
      <Figure label="Average" value={figure(box?.mean)} note={`of the last ${plural(values.length, noun)}`} />
      <Figure label="Shortest" value={figure(box?.min)} />
      <Figure label="Longest" value={figure(box?.max)} />
    </section>
  );
}

function middleWords(box: BoxPlot | undefined, figure: (value: number) => string): string {
  if (!box) return "nothing to measure yet";
  return box.count < ENOUGH_FOR_QUARTILES ? "of few values" : `half between ${figure(box.q1)} and ${figure(box.q3)}`;
}

function durationTable(values: readonly number[]): ValueTable {
  const rows = (): string[][] => values.map((value, index) => [count(index + 1), fineDuration(value)]).reverse();
  return { columns: ["No.", "Duration"], count: values.length, rows };
}

/** Every value, the latest first. Drawn only when asked for. */
function RawTable({ title, columns, count: many, rows }: ValueTable & { title: string }): JSX.Element {
  const [isOpen, open] = useState(false);
  return (
    <section class="card" aria-label={`${title}, raw values`}>
      <header class="card-head">
        <h3>Raw values</h3>
        <span class="note">{count(many)}, the latest first</span>
        <button type="button" class="small-button" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? "Hide" : "Show"}
        </button>
      </header>
      {isOpen && <DataTable label={`${title}, raw values`} columns={columns} rows={rows()} tall />}
    </section>
  );
}
