/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsSource, keyLabel } from "../source.ts";
import type { Departure } from "../stories.ts";
import { reachedBound } from "./bounds.ts";
import { DetailPane, usePast } from "./entry-detail.tsx";
import { Fact } from "./entry-facts-line.tsx";
import { ago, clockTime, duration, plural } from "./format.ts";
import { keptWords } from "./kept-words.ts";
import { removalReason } from "./removal-words.ts";
import { copyText, toldLabel } from "./told.ts";

/** Number of a shard, and the most weight of it. */
interface ShardOfKey {
  readonly index: number;
  readonly maxWeight: number;
}

/** The stores of a cache of this copy of the engine. */
interface Stores {
  readonly stores: readonly { readonly maxWeight: number }[];
  readonly storeOf?: (key: never) => { readonly maxWeight: number };
}

/** The shard of a key; `undefined` where there is one, or none is told. */
export function shardOf(source: DevtoolsSource, key: unknown): ShardOfKey | undefined {
  // What a cache is made of tells less in its type than it has.
  const parts = source.parts() as Stores | undefined;
  const store = parts && parts.stores.length > 1 ? parts.storeOf?.(key as never) : undefined;
  return store && { index: parts!.stores.indexOf(store), maxWeight: store.maxWeight };
}

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
        <p>{departure && metrics ? reasonOf(departure, metrics, shard) : unseenWords(kind, row)}</p>
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

/** By the bounds as they are now: what evicts stays near the one that it has reached. */
function reasonOf({ cause }: Departure, metrics: Metrics, shard: DepartedProps["shard"]): string {
  const { options, shards } = metrics;
  const { size, capacity, weight } = (shard && shards[shard.index]) ?? metrics;
  const maxWeight = shard?.maxWeight ?? options.maxWeight;
  const bound = reachedBound({ used: size, most: capacity }, { used: weight, most: maxWeight });
  if (cause === "replaced") return "replaced by a newer value, which was too heavy to be stored";
  return removalReason(cause, {
    ...options,
    shardCount: shards.length,
    shard: shard && { ...shard, capacity },
    bound,
  });
}

function unseenWords(kind: EntrySource["kind"], { ttlLeft }: EntryRow): string {
  if (kind === "client" && ttlLeft === undefined) {
    return "nothing was stored of it, and no hook or load needs it any more";
  }
  return "it left while nothing was recorded, or so long ago that this is forgotten";
}
