import type { CacheEvent, RemovalCause } from "../core/index.ts";
import type { MissCause } from "../simulate/index.ts";
import { Ages } from "./ages.ts";
import { keyLabel, sameKey } from "./source.ts";

/** Departed keys that are remembered. Of the most frequent cause, the one that left longest ago is forgotten first. */
export const MAX_DEPARTED = 5_000;

/**
 * Characters of the departed keys that are texts, together, and of those that were missed: long keys are forgotten
 * sooner.
 */
export const MAX_TEXT = 500_000;

/** Of a departed key, how often it had left before is told in full so many times. */
export const MAX_EARLIER = 3;

/** The last misses whose keys are remembered, and keys of loads that failed. */
export const MAX_MISSED = 2_000;
const MAX_FAILED = 500;

/** The causes by which a key leaves. An overwrite is none: the key stays. */
export const CAUSES: readonly RemovalCause[] = ["evicted", "expired", "replaced", "deleted", "cleared"];

/** How a key left last. Its value is not kept. */
export interface Departure {
  /** In the order in which keys left, from 1. */
  readonly serial: number;
  /** The key; the text of it where it is an object, which must not be kept alive. */
  readonly key: unknown;
  /** `replaced`: the newer value was too heavy to be stored. */
  readonly cause: RemovalCause;
  /** Wall time in ms. */
  readonly at: number;
  /** Ms since its value was written; `undefined` for one that was there before. */
  readonly age: number | undefined;
  /** Reads since it came; `undefined` where nobody counted. */
  readonly reads: number | undefined;
  /** How often it has left, this time included. */
  readonly times: number;
  /** How many had left by this cause, this one included. */
  readonly nth: number;
  /** How it left before, the latest first. */
  earlier: readonly Departure[];
  /** Whose write evicted it; as `key`. */
  instead: unknown;
  /** Reads of its lives before the one that ended last. */
  readonly readBefore: number;
}

const NEVER: readonly never[] = [];

/** A key that was looked up in vain. */
export interface MissedKey {
  /** As in a `Departure`. */
  readonly key: unknown;
  /** Of the last 2,000. */
  readonly misses: number;
  /** How it left, if it was there before. */
  readonly departure: Departure | undefined;
}

/**
 * Remembers how keys left, also before anybody looked: cause, time, age and reads.
 */
export class Stories {
  /** How old the last values were that left, overwritten ones included. */
  readonly ages: Ages = new Ages();
  /** By cause, the key that left last at the end of each. */
  #departed = new Map<RemovalCause, Map<unknown, Departure>>(CAUSES.map((cause) => [cause, new Map()]));
  #left = new Map<RemovalCause, number>();
  #unread = new Map<RemovalCause, number>();
  #serial = 0;
  #size = 0;
  #text = 0;
  /** Keys of the last misses, in a ring. */
  #missed: unknown[] = [];
  /** Wall time in ms of each. */
  #missedAt = new Float64Array(MAX_MISSED);
  #misses = 0;
  #missedText = 0;
  /** Keys of loads that failed. */
  #failed = new Set<unknown>();
  #now: () => number;
  /** The last event, if an overwrite. */
  #replaced: { readonly key: unknown } | undefined;

  /** @param now wall time in ms */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Departed keys that are remembered. */
  get size(): number {
    return this.#size;
  }

  /** How many left by a cause. */
  left(cause: RemovalCause): number {
    return this.#left.get(cause) ?? 0;
  }

  /** How many of them were never read. */
  unread(cause: RemovalCause): number {
    return this.#unread.get(cause) ?? 0;
  }

  /** How a key left last; `undefined` where that is not known. */
  departureOf(key: unknown): Departure | undefined {
    const id = idOf(key);
    for (const departed of this.#departed.values()) {
      const departure = departed.get(id);
      if (departure) return departure;
    }
    return undefined;
  }

  /** Those that left last, the latest first; by one cause, or by any. */
  latest(most: number, cause?: RemovalCause): Departure[] {
    const causes = cause === undefined ? [...this.#departed.values()] : [this.#departed.get(cause)!];
    const latest = causes.flatMap((departed) => [...departed.values()].slice(-most));
    return latest.sort((a, b) => b.serial - a.serial).slice(0, most);
  }

  /** A key was looked up in vain. Of very long keys fewer misses are remembered. */
  miss(key: unknown): void {
    const id = idOf(key);
    const at = this.#misses++ % MAX_MISSED;
    this.#missedText += lengthOf(id) - lengthOf(this.#missed[at]);
    if (this.#missedText > MAX_TEXT) {
      this.#missed = [];
      this.#missedText = lengthOf(id);
    }
    this.#missed[at] = id;
    this.#missedAt[at] = this.#now();
  }

  /** All departed keys that are remembered; also those that came back. */
  *departures(): Generator<Departure, undefined> {
    for (const departed of this.#departed.values()) yield* departed.values();
  }

  /** The last misses by key, and the share of all misses that they are. */
  missCounts(): { readonly counts: ReadonlyMap<unknown, number>; readonly share: number } {
    const counts = new Map<unknown, number>();
    let remembered = 0;
    // It has holes once it was emptied.
    this.#missed.forEach((key) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      remembered++;
    });
    return { counts, share: this.#misses === 0 ? 1 : remembered / this.#misses };
  }

  /** Wall time in ms of the last misses of a key, in no order. */
  missesOf(key: unknown): number[] {
    const id = idOf(key);
    return this.#missed.flatMap((missed, index) => (sameKey(missed, id) ? this.#missedAt[index]! : []));
  }

  /** A load of a key failed. */
  fail(key: unknown): void {
    this.#failed.add(idOf(key));
    if (this.#failed.size > MAX_FAILED) this.#failed.delete(this.#failed.values().next().value);
  }

  /**
   * The keys of the last misses that had a cause, those that missed most often first. One that never left was missed
   * for the first time where it is there by now, and is never stored otherwise.
   */
  missedBy(cause: MissCause, has: (key: unknown) => boolean): MissedKey[] {
    const found: MissedKey[] = [];
    for (const [key, misses] of this.missCounts().counts) {
      const departure = this.departureOf(key);
      if (this.#causeOf(key, departure, has) === cause) found.push({ key, misses, departure });
    }
    return found.sort((one, other) => other.misses - one.misses);
  }

  #causeOf(key: unknown, departure: Departure | undefined, has: (key: unknown) => boolean): MissCause {
    if (this.#failed.has(key)) return "failed";
    if (departure && departure.cause !== "replaced") return departure.cause;
    return has(key) ? "first" : "absent";
  }

  /** A key left. Gives what is remembered of it. */
  depart(key: unknown, cause: RemovalCause, writtenAt?: number, reads?: number): Departure | undefined {
    // A newer copy of the engine may know a cause that this one does not.
    const departed = this.#departed.get(cause);
    if (!departed) return undefined;
    const id = idOf(key);
    const at = this.#now();
    const before = this.departureOf(key);
    // Anew, so that each Map is in the order in which they left.
    if (before) this.#departed.get(before.cause)!.delete(id);
    const age = writtenAt === undefined ? undefined : at - writtenAt;
    const serial = ++this.#serial;
    const nth = this.left(cause) + 1;
    const times = (before?.times ?? 0) + 1;
    const earlier = earlierOf(before);
    const readBefore = (before?.readBefore ?? 0) + (before?.reads ?? 0);
    const rest = { times, nth, earlier, readBefore, instead: undefined };
    const departure: Departure = { serial, key: id, cause, at, age, reads, ...rest };
    departed.set(id, departure);
    this.#left.set(cause, nth);
    if (reads === 0) this.#unread.set(cause, this.unread(cause) + 1);
    if (before) return departure;
    this.#size++;
    this.#text += lengthOf(id);
    while (this.#size > MAX_DEPARTED || this.#text > MAX_TEXT) this.#forget();
    return departure;
  }

  /** Of the most frequent cause: a busy one never pushes a rare one out. */
  #forget(): void {
    let most = this.#departed.get("evicted")!;
    for (const departed of this.#departed.values()) if (departed.size > most.size) most = departed;
    const key: unknown = most.keys().next().value;
    most.delete(key);
    this.#size--;
    this.#text -= lengthOf(key);
  }

  /** An event of a cache whose stores cannot be followed. */
  hear(event: CacheEvent<unknown, unknown>): void {
    if (event.type === "failure") return;
    const isRefused = event.type === "refusal" && this.#replaced?.key === event.key;
    this.#replaced = event.type === "removal" && event.cause === "replaced" ? event : undefined;
    // An overwrite is no departure, unless the new value is too heavy to be stored.
    if (isRefused) this.depart(event.key, "replaced");
    else if (event.type === "removal" && !this.#replaced) this.depart(event.key, event.cause);
  }
}

/** All that is told of the departures of a key before the next one. */
function earlierOf(before: Departure | undefined): readonly Departure[] {
  if (!before) return NEVER;
  const { earlier } = before;
  // Those of long ago must not be kept by it.
  before.earlier = NEVER;
  return [before, ...earlier].slice(0, MAX_EARLIER);
}

/** Characters that a departed key takes. */
function lengthOf(key: unknown): number {
  return typeof key === "string" ? key.length : 0;
}

/** Objects are told apart by their text: to remember them would keep them alive. */
export function idOf(key: unknown): unknown {
  const isObject = (typeof key === "object" && key !== null) || typeof key === "function";
  return isObject ? keyLabel(key) : key;
}
