import type { CacheEvent, RemovalCause } from "../core/index.ts";
import type { MissCause } from "../simulate/index.ts";
import type { Recorder } from "../core/internal.ts";
import { keyLabel } from "./source.ts";

/** Departed keys that are remembered. Of the most frequent cause, the one that left longest ago is forgotten first. */
export const MAX_DEPARTED = 5_000;

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
}

/** A store of a cache, as far as its entries are followed: by slots from 1, of which some are free. */
export interface FollowedStore {
  recorder: Recorder | undefined;
  readonly keys: readonly unknown[];
  readonly index: { get(key: unknown): number };
}

/** A key that was looked up in vain. */
export interface MissedKey {
  /** As in a `Departure`. */
  readonly key: unknown;
  /** Of the last 2,000. */
  readonly misses: number;
  /** How it left, if it was there before. */
  readonly departure: Departure | undefined;
}

/** What is known of an entry that is there. */
export interface Life {
  /** Wall time in ms at which its value was written; `undefined` for one that was there before. */
  readonly writtenAt: number | undefined;
  /** Reads since it came, or since it is followed. */
  readonly reads: number;
}

/**
 * Remembers how keys left, also before anybody looked: cause, time, age and reads. It counts the reads of entries that are
 * there by slot, so that a hit costs one addition.
 */
export class Stories {
  /** By cause, the key that left last at the end of each. */
  #departed = new Map<RemovalCause, Map<unknown, Departure>>(CAUSES.map((cause) => [cause, new Map()]));
  #left = new Map<RemovalCause, number>();
  #serial = 0;
  #size = 0;
  /** Keys of the last misses, in a ring. */
  #missed: unknown[] = [];
  #nextMiss = 0;
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

  /** A key was looked up in vain. */
  miss(key: unknown): void {
    this.#missed[this.#nextMiss] = idOf(key);
    this.#nextMiss = (this.#nextMiss + 1) % MAX_MISSED;
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
    const counts = new Map<unknown, number>();
    for (const key of this.#missed) counts.set(key, (counts.get(key) ?? 0) + 1);
    const found: MissedKey[] = [];
    for (const [key, misses] of counts) {
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

  /** A key left. */
  depart(key: unknown, cause: RemovalCause, writtenAt?: number, reads?: number): void {
    // A newer copy of the engine may know a cause that this one does not.
    const departed = this.#departed.get(cause);
    if (!departed) return;
    const id = idOf(key);
    const at = this.#now();
    const before = this.departureOf(key);
    // Anew, so that each Map is in the order in which they left.
    if (before) this.#departed.get(before.cause)!.delete(id);
    const age = writtenAt === undefined ? undefined : at - writtenAt;
    const serial = ++this.#serial;
    departed.set(id, { serial, key: id, cause, at, age, reads, times: (before?.times ?? 0) + 1 });
    this.#left.set(cause, this.left(cause) + 1);
    if (!before && ++this.#size > MAX_DEPARTED) this.#forget();
  }

  /** Of the most frequent cause: a busy one never pushes a rare one out. */
  #forget(): void {
    let most = this.#departed.get("evicted")!;
    for (const departed of this.#departed.values()) if (departed.size > most.size) most = departed;
    most.delete(most.keys().next().value);
    this.#size--;
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

  /** What follows the entries of a store. */
  recorderOf(store: FollowedStore): StoreLives {
    return new StoreLives(store, this, this.#now);
  }
}

/** Follows the entries of one store: two numbers for each slot. */
export class StoreLives implements Recorder {
  #store: FollowedStore;
  #stories: Stories;
  #now: () => number;
  /** Wall time in ms of each write; 0 where it was not seen. */
  #written = new Float64Array(0);
  #reads = new Uint32Array(0);
  /** The slot whose value was replaced last, until its new one is stored. */
  #replaced = 0;

  constructor(store: FollowedStore, stories: Stories, now: () => number) {
    this.#store = store;
    this.#stories = stories;
    this.#now = now;
  }

  /** What is known of an entry that is there. */
  lifeOf(key: unknown): Life {
    const slot = this.#store.index.get(key);
    return { writtenAt: this.#written[slot] || undefined, reads: this.#reads[slot] ?? 0 };
  }

  hit(_key: unknown, slot: number): void {
    if (slot >= this.#reads.length) this.#grow(slot);
    this.#reads[slot]!++;
  }

  miss(key: unknown): void {
    this.#stories.miss(key);
  }

  delete(): void {}

  set(key: unknown, _write: unknown, slot: number): void {
    const replaced = this.#replaced;
    this.#replaced = 0;
    // A value that was too heavy is not stored, and the one before it has left.
    if (slot === 0) return void (replaced !== 0 && this.#depart(key, "replaced", replaced));
    if (slot >= this.#written.length) this.#grow(slot);
    this.#written[slot] = this.#now();
  }

  removed(key: unknown, cause: RemovalCause, slot: number): void {
    // An overwrite: the key stays, unless its new value is too heavy.
    if (cause === "replaced") this.#replaced = slot;
    else this.#depart(key, cause, slot);
  }

  clear(): void {
    const { keys, index } = this.#store;
    // Those that came last are remembered, where there are more than can be.
    for (let slot = 1; slot < keys.length; slot++) {
      const key = keys[slot];
      if (index.get(key) === slot) this.#depart(key, "cleared", slot);
    }
    this.#written = new Float64Array(0);
    this.#reads = new Uint32Array(0);
  }

  #depart(key: unknown, cause: RemovalCause, slot: number): void {
    this.#stories.depart(key, cause, this.#written[slot] || undefined, this.#reads[slot] ?? 0);
    if (slot < this.#reads.length) this.#written[slot] = this.#reads[slot] = 0;
  }

  /** As long as the columns of the store, which double. */
  #grow(slot: number): void {
    const length = Math.max(slot + 1, this.#store.keys.length);
    const written = new Float64Array(length);
    written.set(this.#written);
    this.#written = written;
    const reads = new Uint32Array(length);
    reads.set(this.#reads);
    this.#reads = reads;
  }
}

/** Objects are told apart by their text: to remember them would keep them alive. */
export function idOf(key: unknown): unknown {
  const isObject = (typeof key === "object" && key !== null) || typeof key === "function";
  return isObject ? keyLabel(key) : key;
}
