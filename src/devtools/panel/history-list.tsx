/** @jsxImportSource preact */
import type { JSX } from "preact";
import { CauseSign } from "./cause-sign.tsx";
import { ago, clockTime } from "./format.ts";
import type { PastEvent } from "./key-history.ts";

/** A shape for each kind that is no cause of a removal. */
const SIGNS: Readonly<Record<"read" | "written" | "missed", string>> = { read: "●", written: "◆", missed: "○" };

/** What happened to a key, one line each, the latest first. */
export function HistoryList({ events }: { events: readonly PastEvent[] }): JSX.Element {
  return (
    <section class="history" aria-label="History" tabIndex={0}>
      <h4>
        History <span class="note">{events.length === 0 ? "" : `${events.length} kept`}</span>
      </h4>
      {events.length === 0 && <p class="note">Nothing is known of it since the recording began.</p>}
      <ol>
        {events.map(({ at, kind, words, more }) => (
          <li key={`${kind} ${at} ${words}`}>
            <time title={at === undefined ? undefined : ago(at, Date.now())}>
              {at === undefined ? "" : clockTime(at)}
            </time>
            {kind === "read" || kind === "written" || kind === "missed" ? (
              <span class={`dot ${kind}`} aria-hidden="true">
                {SIGNS[kind]}
              </span>
            ) : (
              <CauseSign cause={kind} />
            )}
            <span>
              {words}
              {more && <span class="note">{more}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
