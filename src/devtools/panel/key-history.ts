import type { RemovalCause } from "../../core/index.ts";
import type { LoggedLoad } from "../load-log.ts";
import type { Recording } from "../recording.ts";
import { sameKey } from "../source.ts";
import { type Life, RESTORED_AGE } from "../store-lives.ts";
import { type Departure, idOf } from "../departures.ts";
import { count, duration, plural } from "./format.ts";

/** Lines of a history. */
const MAX_EVENTS = 12;
/** Ms between the end of a load and the write of its answer, at most. */
const SAME_WRITE = 30;

/** Something that happened to a key. */
export interface PastEvent {
  /** Wall time in ms; `undefined` where it is not known. */
  readonly at: number | undefined;
  readonly kind: "read" | "written" | "missed" | "failed" | RemovalCause;
  readonly words: string;
  readonly more?: string | undefined;
}

/** What is known of a key. */
export interface KeyPast {
  /** Of what is there. */
  readonly life: Life | undefined;
  /** Whether that was put back: by Undo, an import, a server's answer or a mutation that failed. */
  readonly isRestored?: boolean;
  /** When a read was seen last. */
  readonly readAt: number | undefined;
  /** How it left last. */
  readonly departure: Departure | undefined;
  /** Wall times of misses. */
  readonly misses: readonly number[];
  readonly loads: readonly LoggedLoad[];
}

/**
 * What a recording knows of a key.
 * @param readAt when a read was seen last
 * @param updatedAt of the data of a query: what is older than its write was put back
 */
export function pastOf(recording: Recording, id: unknown, readAt?: number, updatedAt: number = Infinity): KeyPast {
  const { stories, loads } = recording;
  const life = recording.lifeOf(id);
  const key = idOf(id);
  return {
    life: life && (life.writtenAt !== undefined || life.writes > 0 || life.reads > 0) ? life : undefined,
    isRestored: life?.isRestored === true || (life?.writtenAt ?? 0) - updatedAt > RESTORED_AGE,
    readAt,
    departure: stories.departureOf(id),
    misses: stories.missesOf(id),
    loads: loads?.loads.filter((load) => sameKey(load.key, key)) ?? [],
  };
}

/** What happened to a key, the latest first. */
export function historyOf({ life, isRestored, readAt, departure, misses, loads }: KeyPast): PastEvent[] {
  const events: PastEvent[] = [];
  const write = (at: number | undefined, writes: number): void => void events.push(written(at, writes, loads));
  if (life && isRestored) events.push({ at: life.writtenAt, kind: "written", words: "restored" });
  else if (life) write(life.writtenAt, life.writes);
  for (const each of departure ? [departure, ...departure.earlier] : []) {
    const { cause, at, age, reads } = each;
    const words = cause === "replaced" ? "left: its newer value was too heavy" : cause;
    const read = reads === undefined ? undefined : readTimes(reads);
    events.push({ at, kind: cause, words: age === undefined ? words : `${words}, ${duration(age)} old`, more: read });
    if (age !== undefined) write(at - age, 1);
  }
  for (const at of misses) events.push({ at, kind: "missed", words: "asked for: a miss" });
  for (const load of loads) {
    if (load.outcome !== "failed" && load.outcome !== "timed out") continue;
    const words = `load ${load.outcome} after ${duration(load.end! - load.start)}`;
    events.push({ at: load.end, kind: "failed", words, more: load.error });
  }
  const past = joined(events.sort((one, other) => (other.at ?? 0) - (one.at ?? 0)));
  const reads = life?.reads ?? 0;
  const read: PastEvent[] = reads === 0 ? [] : [{ at: readAt, kind: "read", words: readTimes(reads) }];
  return [...read, ...past].slice(0, MAX_EVENTS);
}

function readTimes(reads: number): string {
  return reads === 0 ? "never read" : `read ${plural(reads, "time")}`;
}

/** A write, and the load that it ended. */
function written(at: number | undefined, writes: number, loads: readonly LoggedLoad[]): PastEvent {
  if (at === undefined) return { at, kind: "written", words: "written before the recording began" };
  const load = loads.find(
    ({ outcome, end }) => outcome === "succeeded" && end !== undefined && Math.abs(end - at) < SAME_WRITE,
  );
  const more = [
    ...(writes > 1 ? [`written ${count(writes)} times since it came`] : []),
    ...(load && load.joined > 0 ? [`${plural(load.joined, "caller")} more shared it`] : []),
  ].join(", ");
  const words = load ? `written, loaded in ${duration(load.end! - load.start)}` : "written";
  return { at, kind: "written", words, more: more || undefined };
}

/** Misses in a row as one. */
function joined(events: readonly PastEvent[]): PastEvent[] {
  const result: PastEvent[] = [];
  let inRow = 1;
  for (const event of events) {
    const before = result[result.length - 1];
    if (event.kind !== "missed" || before?.kind !== "missed") {
      inRow = 1;
      result.push(event);
    } else result[result.length - 1] = { ...before, words: `asked for: ${count(++inRow)} misses` };
  }
  return result;
}
