/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { LoggedLoad } from "../load-log.ts";
import { keyLabel } from "../source.ts";
import { DataTable } from "./data-table.tsx";
import { ago, clockTime, duration, fineDuration, plural } from "./format.ts";
import { forgottenTries, type LoadSpan, outcomeWords, spansOf, tookWords } from "./load-spans.ts";

interface DetailProps {
  load: LoggedLoad;
  now: number;
  openEntries: (filter: string) => void;
  close: () => void;
}

/** The chosen load: its tries, what they failed with, and what it waited for. */
export function LoadDetail({ load, now, openEntries, close }: DetailProps): JSX.Element {
  const label = keyLabel(load.key);
  return (
    <Chosen
      what="load"
      label={label}
      note={sentence(load, now)}
      controls={
        <button type="button" class="small-button" onClick={() => openEntries(label)}>
          Show entry
        </button>
      }
      close={close}
    >
      {load.error !== undefined && <p class="load-error">{load.error}</p>}
      <DataTable label="Steps" columns={["Step", "After", "Took", "Ended"]} rows={stepRows(load, now)} tall />
    </Chosen>
  );
}

interface ChosenProps {
  what: string;
  label: string;
  note: string;
  controls?: JSX.Element;
  close: () => void;
  children: ComponentChildren;
}

/** The card of a chosen load or mutation. */
export function Chosen({ what, label, note, controls, close, children }: ChosenProps): JSX.Element {
  return (
    <section class="card load-detail" aria-label={`Chosen ${what}`}>
      <header class="card-head">
        <h3 title={label}>
          <code>{label}</code>
        </h3>
        <span class="card-controls">
          {controls}
          <button type="button" class="small-button" onClick={close}>
            Close
          </button>
        </span>
      </header>
      <p class="note">{note}</p>
      {children}
    </section>
  );
}

function sentence(load: LoggedLoad, now: number): string {
  const { start, isLate, isRefresh, joined, joins } = load;
  const [outcome] = outcomeWords(load, now);
  const took = tookWords(load, now);
  const isOver = load.outcome !== undefined && load.outcome !== "unseen";
  const end = isOver ? `${load.outcome} after ${took}` : outcome;
  const times = joins.slice(-3).map((at) => duration(at - start));
  const callers = joined > 0 ? ` ${plural(joined, "caller")} joined it, last after ${times.join(", ")}.` : "";
  return `${isRefresh ? "Refresh" : "First load"}, begun ${isLate ? "before" : "at"} ${clockTime(start)}, ${ago(start, now)}: ${end}.${callers}`;
}

function stepRows(load: LoggedLoad, now: number): string[][] {
  let tries = forgottenTries(load);
  return spansOf(load, now).map((span, index, { length }) => [
    span.kind === "try" ? `Try ${++tries}` : STEP_NAMES[span.kind],
    fineDuration(span.from - load.start),
    fineDuration(span.to - span.from),
    endOf(span, load, index === length - 1),
  ]);
}

const STEP_NAMES = { wait: "Wait", pause: "Paused" };

function endOf({ kind, isFailed, error }: LoadSpan, { outcome }: LoggedLoad, isLast: boolean): string {
  if (isFailed) return error === undefined || error === "" ? "failed" : `failed: ${error}`;
  if (isLast) return outcome ?? "goes on";
  return kind === "pause" ? "network, or page in front" : "–";
}
