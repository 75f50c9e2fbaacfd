import { departureReason, shardOf } from "../panel/departure-reason.ts";
import { ago, count, duration, plural } from "../panel/format.ts";
import { historyOf, type KeyPast, type PastEvent, pastOf } from "../panel/key-history.ts";
import type { EntryRow } from "../entry-source.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsTarget, keyLabel } from "../source.ts";
import type { Departure } from "../departures.ts";
import { entryRows } from "./entry-rows.ts";
import { findKey, type FoundKey, type KeyRequest } from "./key-lookup.ts";
import { type KeyRow, keyRow } from "./keys.ts";
import { leaseRecord } from "./record-lease.ts";
import { shownKey } from "./shown-key.ts";
import { inSlices } from "./slices.ts";
import { unstableWords } from "./unstable-key.ts";

/** Asks for the story of a key. */
export type WhyRequest = KeyRequest;

/** What is known of a key. */
export interface WhyAnswer {
  /** As it was understood. */
  readonly key: string;
  /** `null` where neither an entry nor a query is there. */
  readonly entry: KeyRow | null;
  /** Why it is there or is not, and what follows from that, in sentences. */
  readonly story: readonly string[];
  /** What happened to it, the latest first. */
  readonly events: readonly PastEvent[];
  /** Look-ups in vain, of the last that are remembered. */
  readonly misses: number;
  /** How it left last; `null` where that is not known. */
  readonly left: LastDeparture | null;
  /** Wall time in ms since which it is recorded. */
  readonly recordedSince: number;
  /** Whether the record began with this question, so that nothing of before is known. */
  readonly isNewRecord: boolean;
}

interface LastDeparture extends Pick<Departure, "cause" | "at" | "age" | "reads" | "times"> {
  /** The key whose write evicted it. */
  readonly instead?: string;
  /** How many were evicted after it, of one that was evicted while this record ran. */
  readonly evictedSince?: number;
}

/** The story of a key: written, read, left when and why. Where nothing is recorded, a record begins. */
export async function why(target: DevtoolsTarget, request: WhyRequest): Promise<WhyAnswer> {
  const { recording, isNew } = await leaseRecord(target);
  const found = await findKey(target, request, (id) => isKnown(pastOf(recording, id)));
  const row = entryRows(target, recording).rowOf(found.id, 0);
  const past = pastOf(recording, found.id);
  const { departure, misses } = past;
  const isUnread = row === undefined || row.reads === 0;
  const unstable = isUnread ? await inSlices(unstableWords(target, recording, found.label)) : undefined;
  return {
    key: shownKey(found.label),
    entry: row ? keyRow(row, undefined) : null,
    story: new Story(recording, found, past, row, isNew).sentences(unstable),
    events: historyOf(past).map(shownEvent),
    misses: misses.length,
    left: departure ? lastDeparture(recording, departure) : null,
    recordedSince: recording.since ?? Date.now(),
    isNewRecord: isNew,
  };
}

function isKnown({ departure, misses, loads }: KeyPast): boolean {
  return departure !== undefined || misses.length > 0 || loads.length > 0;
}

function shownEvent({ at, kind, words, more }: PastEvent): PastEvent {
  return { at, kind, words: shownKey(words), ...(more !== undefined && { more: shownKey(more) }) };
}

function lastDeparture(recording: Recording, departure: Departure): LastDeparture {
  const { cause, at, age, reads, times, instead } = departure;
  const since = evictedSince(recording, departure);
  return {
    cause,
    at,
    age,
    reads,
    times,
    ...(instead !== undefined && { instead: shownKey(keyLabel(instead)) }),
    ...(since !== undefined && { evictedSince: since }),
  };
}

/** `undefined` where that is not known: evictions of a time without a record are not counted. */
function evictedSince({ stories, since }: Recording, { cause, at, nth }: Departure): number | undefined {
  return cause === "evicted" && since !== undefined && at >= since ? stories.left("evicted") - nth : undefined;
}

/** The sentences about one key. */
class Story {
  #recording: Recording;
  #found: FoundKey;
  #past: KeyPast;
  #row: EntryRow | undefined;
  #isNew: boolean;

  constructor(recording: Recording, found: FoundKey, past: KeyPast, row: EntryRow | undefined, isNew: boolean) {
    this.#recording = recording;
    this.#found = found;
    this.#past = past;
    this.#row = row;
    this.#isNew = isNew;
  }

  /** @param unstable what is wrong with keys like it */
  sentences(unstable: string | undefined): string[] {
    const { departure } = this.#past;
    return [
      this.#row ? this.#present(this.#row) : this.#absent(),
      ...(departure ? this.#departed(departure) : []),
      ...this.#failures(),
      ...(unstable === undefined ? [] : [unstable]),
      ...this.#unknown(),
    ];
  }

  #present({ ttlLeft }: EntryRow): string {
    if (ttlLeft === undefined) return "It is known, and nothing is stored of it.";
    const { writtenAt, reads } = this.#recording.lifeOf(this.#found.id) ?? { writtenAt: undefined, reads: undefined };
    // Reads are counted from the beginning of the record on.
    if (reads === undefined || this.#isNew) return "It is there.";
    const read = reads === 0 ? "not read" : `read ${plural(reads, "time")}`;
    if (writtenAt !== undefined) return `It is there: written ${ago(writtenAt, Date.now())}, ${read} since it came.`;
    return `It is there, and was before the recording began. Since then it was ${read}.`;
  }

  #absent(): string {
    const { departure, misses } = this.#past;
    const asked = misses.length === 0 ? "" : ` It was asked for in vain ${plural(misses.length, "time")}.`;
    if (departure) return `It is not there.${asked}`;
    if (misses.length > 0) return `It is not there.${asked} It was not stored since the recording began.`;
    const nobody = this.#isNew ? "" : " Nobody asked for it or stored it since the recording began.";
    return `It is not there.${nobody}`;
  }

  #departed(departure: Departure): string[] {
    const { source } = this.#recording;
    const { at, age, reads, times, instead } = departure;
    const reason = departureReason(departure, source.metrics(), shardOf(source, this.#found.id));
    const when = ago(at, Date.now());
    const old = [
      ...(age === undefined ? [] : [`${duration(age)} old`]),
      ...(reads === undefined ? [] : [reads === 0 ? "never read" : `read ${plural(reads, "time")}`]),
    ];
    return [
      `It ${this.#row ? "had left before, " : "left "}${when}: ${reason}.`,
      ...(old.length > 0 ? [`It was ${old.join(" and ")} then.`] : []),
      ...(times > 1 ? [`It has left ${count(times)} times in all.`] : []),
      ...(instead === undefined ? [] : [`${shownKey(keyLabel(instead))} came instead.`]),
      ...this.#larger(departure),
    ];
  }

  /** Whether a larger cache had kept it. By "lru" and "fifo", it holds whatever a smaller one does. */
  #larger(departure: Departure): string[] {
    const { maxCacheSize, shardCount, strategy, maxWeight, ttl, timeToIdle } = this.#recording.source.metrics().options;
    if (departure.cause !== "evicted") return [];
    const since = evictedSince(this.#recording, departure);
    const isTold = shardCount === 1 && maxWeight === Infinity && (strategy === "lru" || strategy === "fifo");
    if (since === undefined || !isTold) {
      return ["Whether a larger cache had kept it takes a replay: macho advise does one."];
    }
    const unless = Math.min(ttl, timeToIdle) < Infinity ? ", unless it had expired since" : "";
    const followed =
      since === 0 ? "None was evicted after it" : `${plural(since, "entry was", "entries were")} evicted after it`;
    return [`${followed}: a cache of ${count(maxCacheSize + since + 1)} had kept it until now${unless}.`];
  }

  #failures(): string[] {
    const failed = this.#past.loads.filter(({ outcome }) => outcome === "failed" || outcome === "timed out");
    const last = failed[failed.length - 1];
    if (!last) return [];
    const error = last.error === undefined ? "" : `: ${last.error}`;
    return [`${plural(failed.length, "load")} of it failed, the last ${ago(last.end!, Date.now())}${error}.`];
  }

  #unknown(): string[] {
    if (!this.#recording.isRecordable && !this.#isNew) {
      return ["Its cache is of another copy of macho-cache, of which reads and misses are not recorded."];
    }
    return this.#isNew
      ? ["The recording began now: what happened before is not known. Use the app, and ask again."]
      : [
          `Recorded for ${duration(Date.now() - (this.#recording.since ?? Date.now()))}: what happened before is not known.`,
        ];
  }
}
