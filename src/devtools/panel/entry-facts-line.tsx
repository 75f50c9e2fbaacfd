/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { EntryDetail, EntryRow, EntrySource } from "../entry-source.ts";
import type { Recording } from "../recording.ts";
import { ago, clockTime, count, duration, plural } from "./format.ts";

/** The order of a store of this copy of the engine, or of one like it. */
interface Order {
  readonly size: number;
  find?(key: unknown): number;
  slots?(): Iterable<number>;
}

/** Entries up to which the place of one in the order of eviction is looked for. */
const MAX_RANKED = 5_000;

interface FactsProps {
  source: EntrySource;
  recording: Recording;
  row: EntryRow;
  detail: EntryDetail | undefined;
}

/** What is known about an entry, besides its value. */
export function EntryFactsLine({ source: { kind }, recording, row, detail }: FactsProps): JSX.Element {
  const { reads, ttlLeft, ttl, weight, shard, pins, tags, onScreen, updatedAt, isPersisted } = row;
  const misses = recording.stories.missesOf(row.id).length;
  const failures = detail?.query?.failureCount ?? 0;
  const rank = ttlLeft === undefined ? undefined : rankOf(recording, row.id);
  return (
    <dl class="facts">
      {reads !== undefined && (
        <Fact
          name="Reads"
          value={misses === 0 ? count(reads) : `${count(reads)}, ${plural(misses, "miss", "misses")}`}
        />
      )}
      <Fact name="TTL left" value={ttlWords(ttlLeft, ttl)} />
      {kind === "client" && <Fact name="On screen" value={onScreen === 0 ? "no" : `in ${plural(onScreen, "hook")}`} />}
      {tags && tags.length > 0 && <Fact name="Tags" value={tags.join(", ")} />}
      {weight !== undefined && <Fact name="Weight" value={count(weight)} />}
      {shard !== undefined && <Fact name="Shard" value={String(shard)} />}
      {pins ? (
        <Fact name="Pinned" value={plural(pins, "time")} />
      ) : (
        rank && <Fact name="Next to go" value={`${count(rank.place)} of ${count(rank.of)}`} />
      )}
      {isPersisted !== undefined && <Fact name="Persisted" value={isPersisted ? "yes" : "no"} />}
      {updatedAt > 0 && <Fact name="Updated" value={`${clockTime(updatedAt)}, ${ago(updatedAt, Date.now())}`} />}
      {failures > 0 && <Fact name="Failed attempts" value={count(failures)} />}
    </dl>
  );
}

function ttlWords(left: number | undefined, ttl: number | undefined): string {
  if (left === undefined) return "–";
  return ttl !== undefined && ttl < Infinity && left < Infinity
    ? `${duration(left)} of ${duration(ttl)}`
    : duration(left);
}

/** The place of an entry in the order of eviction of its shard, from 1; `undefined` where none is told. */
function rankOf({ source }: Recording, key: unknown): { readonly place: number; readonly of: number } | undefined {
  const { storeOf } = (source.parts() ?? {}) as { storeOf?: (key: unknown) => Order };
  const store = storeOf?.(key);
  if (!store?.slots || !store.find || store.size > MAX_RANKED) return undefined;
  if (source.metrics().options.strategy === "random") return undefined;
  const slot = store.find(key);
  let place = 0;
  for (const each of store.slots()) {
    place++;
    if (each === slot) return { place, of: store.size };
  }
  return undefined;
}

export function Fact({ name, value }: { name: string; value: JSX.Element | string }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
