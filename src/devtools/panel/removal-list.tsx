/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics, RemovalCause } from "../../core/index.ts";
import type { RemovalLog, RemovalRecord } from "../removal-log.ts";
import { clockTime } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import { removalReason } from "./removal-words.ts";

/** Rows shown; the log keeps more. */
const MAX_SHOWN = 100;

interface ListProps {
  log: RemovalLog;
  metrics: Metrics;
  cause: RemovalCause | undefined;
}

/** Which keys left, and why, newest first. */
export function RemovalList({ log, metrics, cause }: ListProps): JSX.Element {
  const records = log.latest(cause).slice(0, MAX_SHOWN);
  return records.length === 0 ? <NoRemovals cause={cause} /> : <Records records={records} metrics={metrics} />;
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
      {records.map(({ id, key, cause, at }, index) => (
        <li key={id} class="removal">
          <i class="swatch" style={{ background: `var(--${cause})` }} />
          <code title={key}>
            <KeyLabel label={key} neighbours={[records[index - 1]?.key, records[index + 1]?.key]} />
          </code>
          <time>{clockTime(at)}</time>
          <span class="reason">{removalReason(cause, context)}</span>
        </li>
      ))}
    </ol>
  );
}
