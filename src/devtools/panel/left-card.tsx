/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { RemovalCause } from "../../core/index.ts";
import { keyLabel } from "../source.ts";
import { CAUSES, type Departure, type Stories } from "../stories.ts";
import { CauseSign } from "./cause-sign.tsx";
import { causeName } from "./chart-data.ts";
import { clockTime, count, duration, percent } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import type { LifeStrip } from "./life-strip.tsx";

/** Rows shown; more are remembered. */
const MAX_SHOWN = 100;

interface LeftProps {
  stories: Stories;
  /** The drawing of ages, once its code is loaded. */
  Strip: typeof LifeStrip | undefined;
}

/** What left last, one line each, and the ages at which it left as a drawing. */
export function LeftCard({ stories, Strip }: LeftProps): JSX.Element {
  const [cause, choose] = useState<RemovalCause | undefined>(undefined);
  const departures = stories.latest(MAX_SHOWN, cause);
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void =>
    choose(CAUSES.find((each) => each === event.currentTarget.value));
  return (
    <section class="card left-card" aria-label="What left lately">
      <header class="card-head">
        <h3>What left lately</h3>
        <span class="note">{summary(stories, departures)}</span>
        <select class="select" aria-label="Cause" value={cause ?? ""} onChange={onChange}>
          <option value="">All causes</option>
          {CAUSES.map((each) => (
            <option key={each} value={each}>
              {causeName(each)}
            </option>
          ))}
        </select>
      </header>
      {departures.length === 0 ? (
        <p class="card-empty">{nothingWords(cause)}</p>
      ) : (
        <>
          {Strip && <Strip departures={departures} />}
          <Departures departures={departures} />
        </>
      )}
    </section>
  );
}

function nothingWords(cause: RemovalCause | undefined): string {
  return `${cause ? `Nothing was ${cause}` : "No key has left"} since the recording began.`;
}

/** `1,720 · 38% unread`. */
function summary(stories: Stories, shown: readonly Departure[]): string {
  const total = CAUSES.reduce((sum, cause) => sum + stories.left(cause), 0);
  const counted = shown.filter(({ reads }) => reads !== undefined);
  const unread = counted.filter(({ reads }) => reads === 0).length;
  return counted.length === 0 ? count(total) : `${count(total)} · ${percent(unread / counted.length)} never read`;
}

function Departures({ departures }: { departures: readonly Departure[] }): JSX.Element {
  const labels = departures.map(({ key }) => keyLabel(key));
  return (
    <div class="left-list" tabIndex={0} role="region" aria-label="Keys that left, the latest first">
      <table class="left-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Key</th>
            <th scope="col">Why</th>
            <th scope="col">Age</th>
            <th scope="col">Read</th>
          </tr>
        </thead>
        <tbody>
          {departures.map(({ serial, cause, at, age, reads }, index) => (
            <tr key={serial}>
              <td>{clockTime(at)}</td>
              <th scope="row" title={labels[index]}>
                <code>
                  <KeyLabel label={labels[index]!} neighbours={[labels[index - 1], labels[index + 1]]} />
                </code>
              </th>
              <td>
                <CauseSign cause={cause} /> {cause === "replaced" ? "too heavy" : cause}
              </td>
              <td>{age === undefined ? "–" : duration(age)}</td>
              <td>{readWords(reads)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function readWords(reads: number | undefined): string {
  if (reads === undefined) return "–";
  return reads === 0 ? "never" : `${count(reads)}×`;
}
