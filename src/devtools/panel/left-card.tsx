/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RemovalCause } from "../../core/index.ts";
import { keyLabel } from "../source.ts";
import { CAUSES, type Departure } from "../departures.ts";
import type { Stories } from "../stories.ts";
import { CauseSign } from "./cause-sign.tsx";
import { causeName } from "./chart-data.ts";
import { DataTable } from "./data-table.tsx";
import type { OpenEntries } from "./entries-view.ts";
import { clockTime, count, duration } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import { Select } from "./select.tsx";
import type { LifeStrip } from "./life-strip.tsx";

/** Rows shown; more are remembered. */
const MAX_SHOWN = 100;

const OPTIONS: readonly (readonly [RemovalCause | undefined, string])[] = [
  [undefined, "All"],
  ...CAUSES.map((each) => [each, causeName(each)] as const),
];

interface LeftProps {
  stories: Stories;
  /** Wall time in ms of what is shown. */
  now: number;
  /** The drawing of ages, once its code is loaded. */
  Strip: typeof LifeStrip | undefined;
  /** Leads to what is known of a key. */
  openEntries: OpenEntries;
}

/** What left last, one line each, and the ages at which it left as a drawing. */
export function LeftCard({ stories, now, Strip, openEntries }: LeftProps): JSX.Element {
  const [cause, choose] = useState<RemovalCause | undefined>(undefined);
  const departures = stories.latest(MAX_SHOWN, cause);
  const areCounted = departures.some(({ reads }) => reads !== undefined);
  return (
    <section class="card left-card" aria-label="What left lately">
      <header class="card-head">
        <h3>What left lately</h3>
        <span class="note">{summary(stories, cause, areCounted)}</span>
        <Select label="Cause" chosen={cause} options={OPTIONS} choose={choose} />
      </header>
      {departures.length === 0 ? (
        <p class="card-empty">{nothingWords(cause)}</p>
      ) : (
        <>
          {Strip && <Strip {...{ departures, now }} />}
          <Departures {...{ departures, openEntries }} />
        </>
      )}
    </section>
  );
}

function nothingWords(cause: RemovalCause | undefined): string {
  return `${cause ? `Nothing was ${cause}` : "No key has left"} since the recording began.`;
}

/** `1,720 · 38% unread`: of all that left. */
function summary(stories: Stories, cause: RemovalCause | undefined, areCounted: boolean): string {
  const sum = (of: (each: RemovalCause) => number): number =>
    (cause ? [cause] : CAUSES).reduce((total, each) => total + of(each), 0);
  const left = sum((each) => stories.left(each));
  const unread = sum((each) => stories.unread(each));
  return areCounted ? `${count(left)} · ${Math.round((100 * unread) / left)}% unread` : count(left);
}

interface DeparturesProps extends Pick<LeftProps, "openEntries"> {
  departures: readonly Departure[];
}

function Departures({ departures, openEntries }: DeparturesProps): JSX.Element {
  const labels = departures.map(({ key }) => keyLabel(key));
  const rows = departures.map((departure, index) => {
    const { cause, at, age, reads } = departure;
    return [
      clockTime(at),
      <button
        key="key"
        type="button"
        class="key-button"
        title={labels[index]}
        onClick={() => openEntries("", departure)}
      >
        <KeyLabel label={labels[index]!} neighbours={[labels[index - 1], labels[index + 1]]} />
      </button>,
      <>
        <CauseSign cause={cause} /> {cause === "replaced" ? "too heavy" : cause}
      </>,
      age === undefined ? "–" : duration(age),
      readWords(reads),
    ];
  });
  const keys = departures.map(({ serial }) => serial);
  return (
    <DataTable
      label="Keys that left, the latest first"
      columns={["Time", "Key", "Why", "Age", "Read"]}
      rows={rows}
      keys={keys}
    />
  );
}

function readWords(reads: number | undefined): string {
  if (reads === undefined) return "–";
  return reads === 0 ? "never" : `${count(reads)}×`;
}
