/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { Metrics, RemovalCause } from "../../core/index.ts";
import { CAUSES, type RemovalLog, type RemovalRecord } from "../removal-log.ts";
import { causeName } from "./chart-data.ts";
import { clockTime } from "./format.ts";
import { removalReason } from "./removal-words.ts";

/** Rows shown; the log keeps more. */
const MAX_SHOWN = 100;

/** Which keys left, and why, newest first. */
export function RemovalList({ log, metrics }: { log: RemovalLog; metrics: Metrics }): JSX.Element {
  const [cause, choose] = useState<RemovalCause | undefined>(undefined);
  const records = log.latest(cause).slice(0, MAX_SHOWN);
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void =>
    choose(CAUSES.find((each) => each === event.currentTarget.value));
  return (
    <section class="card" aria-label="Latest removals">
      <header class="card-head">
        <h3>Latest removals</h3>
        <span class="note">while this panel is open</span>
        <select class="select" aria-label="Cause" value={cause ?? ""} onChange={onChange}>
          <option value="">Every cause</option>
          {CAUSES.map((each) => (
            <option key={each} value={each}>
              {causeName(each)}
            </option>
          ))}
        </select>
      </header>
      {records.length === 0 ? <NoRemovals cause={cause} /> : <Records records={records} metrics={metrics} />}
    </section>
  );
}

function NoRemovals({ cause }: { cause: RemovalCause | undefined }): JSX.Element {
  const what = cause ? `Nothing was ${cause}` : "Nothing left the cache";
  return (
    <p class="card-empty">{what} while this panel was open. An entry that leaves shows up here with the reason.</p>
  );
}

function Records({ records, metrics }: { records: readonly RemovalRecord[]; metrics: Metrics }): JSX.Element {
  const context = { ...metrics.options, shardCount: metrics.shards.length };
  return (
    <ol class="removals" tabIndex={0} aria-label="Latest removals, newest first">
      {records.map(({ id, key, cause, at }) => (
        <li key={id} class="removal">
          <i class="swatch" style={{ background: `var(--${cause})` }} />
          <code title={key}>{key === "" ? "(empty string)" : key}</code>
          <time>{clockTime(at)}</time>
          <span class="reason">{removalReason(cause, context)}</span>
        </li>
      ))}
    </ol>
  );
}
