import type { RemovalCause } from "../core/index.ts";
import type { Recorder } from "../core/internal.ts";
import { type Departure, idOf, type Stories } from "./stories.ts";

/** Evictions that one write may be told to be the reason of. */
const MAX_VICTIMS = 50;
/** Characters of the longest key that is told to have come instead. */
const MAX_INSTEAD = 1_000;

/** A store of a cache, as far as its entries are followed: by slots from 1, of which some are free. */
export interface FollowedStore {
  recorder: Recorder | undefined;
  readonly keys: readonly unknown[];
  readonly index: { get(key: unknown): number };
  /** When each value was written, by the time that the store keeps; not there where it needs none. */
  readonly times?: Float64Array | undefined;
  readonly ticker?: { readonly kept: number };
}

/** What is known of an entry that is there. */
export interface Life {
  /** Wall time in ms at which its value was written; `undefined` for one that was there before. */
  readonly writtenAt: number | undefined;
  /** Writes since it came, or since it is followed. */
  readonly writes: number;
  /** Reads since it came, or since it is followed. */
  readonly reads: number;
}

/** Follows the entries of one store by three numbers for each slot, so that a hit costs one addition. */
export class StoreLives implements Recorder {
  #store: FollowedStore;
  #stories: Stories;
  #now: () => number;
  #shard: number;
  /** Wall time in ms of each write; 0 where it was not seen. */
  #written = new Float64Array(0);
  #reads = new Uint32Array(0);
  #writes = new Uint32Array(0);
  /** What was evicted last, until it is known for what. */
  #victims: Departure[] = [];
  /** The slot whose value was replaced last, until its new one is stored. */
  #replaced = 0;

  constructor(store: FollowedStore, stories: Stories, now: () => number, shard: number = 0) {
    this.#shard = shard;
    this.#store = store;
    this.#stories = stories;
    this.#now = now;
  }

  /** What is known of an entry that is there. */
  lifeOf(key: unknown): Life {
    const slot = this.#store.index.get(key);
    return {
      writtenAt: this.#written[slot] || undefined,
      reads: this.#reads[slot] ?? 0,
      writes: this.#writes[slot] ?? 0,
    };
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
    this.#writes[slot]!++;
    if (this.#victims.length > 0) this.#blame(key, this.#written[slot]);
  }

  removed(key: unknown, cause: RemovalCause, slot: number): void {
    const age = this.#ageOf(slot);
    if (age !== undefined) this.#stories.ages.record(age, cause, this.#shard);
    // An overwrite: the key stays, unless its new value is too heavy.
    if (cause === "replaced") this.#replaced = slot;
    else this.#depart(key, cause, slot);
  }

  /** Room was made for a key. What a smaller bound evicted before was not. */
  #blame(key: unknown, at: number): void {
    const id = idOf(key);
    const isLong = typeof id === "string" && id.length > MAX_INSTEAD;
    for (const victim of this.#victims) if (victim.at === at && !isLong) victim.instead = id;
    this.#victims.length = 0;
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
    this.#writes = new Uint32Array(0);
    this.#victims = [];
  }

  /** By the store's own time where it has one, which knows of writes before the recording. */
  #ageOf(slot: number): number | undefined {
    const { times, ticker } = this.#store;
    const written = times && ticker ? times[slot]! : Infinity;
    if (written < Infinity) return ticker!.kept - written;
    const seen = this.#written[slot];
    return seen ? this.#now() - seen : undefined;
  }

  #depart(key: unknown, cause: RemovalCause, slot: number): void {
    const departure = this.#stories.depart(key, cause, this.#written[slot] || undefined, this.#reads[slot] ?? 0);
    if (departure && cause === "evicted") this.#evicted(departure);
    if (slot < this.#reads.length) this.#written[slot] = this.#reads[slot] = this.#writes[slot] = 0;
  }

  #evicted(departure: Departure): void {
    if (this.#victims.length === MAX_VICTIMS) this.#victims.length = 0;
    this.#victims.push(departure);
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
    const writes = new Uint32Array(length);
    writes.set(this.#writes);
    this.#writes = writes;
  }
}
