/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { type BoxPlot, boxPlot, quantile } from "./box-plot.ts";
import { BoxPlotCard } from "./box-plot-card.tsx";
import { DataTable } from "./data-table.tsx";
import { Figure } from "./figures.tsx";
import { count, fineDuration, plural } from "./format.ts";
import { HistogramCard } from "./histogram-card.tsx";
import type { Timed } from "./lifetimes.ts";
import { ShardChoice, shardName } from "./shard-choice.tsx";

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
  /** What the values are, as in `Lifespans`; the heading, and what it means. */
  title: string;
  heading: string;
  note: string;
  /** One of them, as in `removal`, and what it did for as long as it says, as in `took`. */
  noun: string;
  verb: string;
  values: readonly Timed[];
  /** More than one, or none. */
  shards: readonly (readonly Timed[])[];
  shard: number | undefined;
  choose: (shard: number | undefined) => void;
  /** Said where there is no value. */
  nothing: string;
  /** The durations alone, where it is left out. */
  table?: ValueTable | undefined;
}

/** Durations as figures, a histogram, boxes and a table: of all, or of one shard. */
export function Distribution(props: DistributionProps): JSX.Element {
  const { title, heading, note, noun, verb, values, shards, shard, choose, nothing, table } = props;
  const shown = shard === undefined ? values : (shards[shard] ?? []);
  const parts = shards.length > 1 && shard === undefined ? shards : [];
  const groups = [shown, ...parts].map((of, index) => ({
    name: index > 0 ? shardName(index - 1) : shard === undefined ? "All" : shardName(shard),
    values: of.map(({ age }) => age),
  }));
  const times = groups[0]!.values;
  return (
    <>
      <div class="section-head">
        <h3>{heading}</h3>
        <p class="note">{note}</p>
        <ShardChoice shardCount={shards.length} shard={shard} choose={choose} />
      </div>
      {times.length === 0 ? (
        <p class="note">{values.length > 0 ? `No ${noun} of this shard is among them.` : nothing}</p>
      ) : (
        <>
          <Summary {...{ title, noun, verb }} values={times} />
          <div class="distribution">
            <HistogramCard {...{ noun, verb }} values={shown} />
            <BoxPlotCard noun={noun} groups={groups} />
          </div>
          <RawTable title={title} {...((shard === undefined ? table : undefined) ?? durationTable(times))} />
        </>
      )}
    </>
  );
}

type SummaryProps = Pick<DistributionProps, "title" | "noun" | "verb"> & { values: readonly number[] };

function Summary({ title, noun, verb, values }: SummaryProps): JSX.Element {
  const box = boxPlot(values)!;
  const sorted = [...values].sort((one, other) => one - other);
  return (
    <section class="figures six" aria-label={`${title}, summary`}>
      <Figure label="Median" value={fineDuration(box.median)} note={middleWords(box)} />
      {PERCENTILES.map(({ of, enough }) => (
        <Figure
          key={of}
          label={`${of}th percentile`}
          value={sorted.length < enough ? "–" : fineDuration(quantile(sorted, of / 100))}
          note={sorted.length < enough ? `from ${enough} ${noun}s on` : `${of} of 100 ${verb} no longer`}
        />
      ))}
      <Figure label="Average" value={fineDuration(box.mean)} note={`of the last ${plural(values.length, noun)}`} />
      <Figure label="Shortest" value={fineDuration(box.min)} />
      <Figure label="Longest" value={fineDuration(box.max)} />
    </section>
  );
}

function middleWords({ count: many, q1, q3 }: BoxPlot): string {
  return many < ENOUGH_FOR_QUARTILES ? "of few values" : `half between ${fineDuration(q1)} and ${fineDuration(q3)}`;
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
