/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { Recording } from "../recording.ts";
import { keyLabel } from "../source.ts";
import type { Departure } from "../departures.ts";
import { departureReason, type ShardOfKey } from "./departure-reason.ts";
import { DetailPane, usePast } from "./entry-detail.tsx";
import { Fact } from "./entry-facts-line.tsx";
import { ago, clockTime, duration, plural } from "./format.ts";
import { keptWords } from "./kept-words.ts";
import { copyText, toldLabel } from "./told.ts";

interface DepartedProps {
  kind: EntrySource["kind"];
  recording: Recording;
  /** As it was when it was chosen. */
  row: EntryRow;
  departure: Departure | undefined;
  metrics: Metrics | undefined;
  shard: ShardOfKey | undefined;
  say: (words: string) => void;
  close: () => void;
}

/** In the place of a chosen entry that has left: what it was, when it left, and why. */
export function DepartedPane(props: DepartedProps): JSX.Element {
  const { kind, recording, row, departure, metrics, shard, say, close } = props;
  const past = usePast(recording, row.id);
  const { stories, advisedSize } = recording;
  const kept = departure && metrics && keptWords(departure, metrics.options, stories.left("evicted"), advisedSize);
  return (
    <DetailPane
      label={row.label}
      close={close}
      copy={() => void copyText(toldLabel(row), row.label, say)}
      facts={<DepartedFacts departure={departure} />}
      events={past}
    >
      <div class="departed value" role="region" aria-label="How it left" tabIndex={0}>
        <p>
          <b>This entry has left.</b>
        </p>
        <p>{departure && metrics ? departureReason(departure, metrics, shard) : unseenWords(kind, row)}</p>
        {departure?.instead !== undefined && (
          <p>
            <code>{keyLabel(departure.instead)}</code> came instead.
          </p>
        )}
        {kept && <p>{kept}</p>}
        <p class="note">Its value is not kept. It is shown here again as soon as it is stored.</p>
      </div>
    </DetailPane>
  );
}

function DepartedFacts({ departure }: { departure: Departure | undefined }): JSX.Element {
  return (
    <dl class="facts">
      <Fact name="Left" value={departure ? `${clockTime(departure.at)}, ${ago(departure.at, Date.now())}` : "unseen"} />
      <Fact name="Cause" value={departure?.cause ?? "unknown"} />
      {departure?.age !== undefined && <Fact name="Age" value={duration(departure.age)} />}
      {departure?.reads !== undefined && <Fact name="Read" value={plural(departure.reads, "time")} />}
      {departure && departure.times > 1 && <Fact name="Left before" value={plural(departure.times - 1, "time")} />}
    </dl>
  );
}

function unseenWords(kind: EntrySource["kind"], { ttlLeft }: EntryRow): string {
  if (kind === "client" && ttlLeft === undefined) {
    return "nothing was stored of it, and no hook or load needs it any more";
  }
  return "it left while nothing was recorded, or so long ago that this is forgotten";
}
