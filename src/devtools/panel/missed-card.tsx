/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { MissCause } from "../../simulate/index.ts";
import type { Recording } from "../recording.ts";
import { keyLabel } from "../source.ts";
import { DataTable } from "./data-table.tsx";
import type { OpenEntries } from "./entries-view.ts";
import { ago, count, duration } from "./format.ts";
import { momentOf } from "./news.ts";
import { MISS_WORDS } from "./misses-by-cause.tsx";

/** Rows shown. */
const MAX_SHOWN = 100;

interface MissedProps {
  recording: Recording;
  cause: MissCause;
  close: () => void;
  openEntries: OpenEntries;
}

/** The keys behind one cause of misses, those that missed most often first. */
export function MissedCard({ recording, cause, close, openEntries }: MissedProps): JSX.Element {
  const keys = recording.missedBy(cause);
  const now = momentOf(recording.sampler);
  const rows = keys.slice(0, MAX_SHOWN).map(({ key, misses, departure }) => [
    departure ? (
      <button key="key" type="button" class="key-button" onClick={() => openEntries("", departure)}>
        {keyLabel(key) || "(empty string)"}
      </button>
    ) : (
      <code key="key">{keyLabel(key) || "(empty string)"}</code>
    ),
    count(misses),
    departure ? ago(departure.at, now) : "–",
    departure?.age === undefined ? "–" : duration(departure.age),
  ]);
  return (
    <section class="card missed-card" aria-label={`Keys: ${MISS_WORDS[cause]}`}>
      <header class="card-head">
        <h3>Keys: {MISS_WORDS[cause]}</h3>
        <span class="note">{count(keys.length)} in the last 2,000 misses</span>
        <button type="button" class="small-button" onClick={close}>
          Close
        </button>
      </header>
      {rows.length === 0 ? (
        <p class="card-empty">None of the last 2,000 misses had this cause.</p>
      ) : (
        <DataTable label="Keys" columns={["Key", "Misses", "Last left", "Age then"]} rows={rows} tall />
      )}
    </section>
  );
}
