import type { RemovalCause } from "../core/index.ts";
import type { Recorder } from "../core/internal.ts";
import { longer } from "./departures.ts";
import type { Stories } from "./stories.ts";

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
  /** Whether its value was put back: by Undo of the panel, or by `importCache`. */
  readonly isRestored?: boolean;
}

/** Ms from which on a value is older than its write: it was put back. */
export const RESTORED_AGE = 100;

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
  /** Whether something was evicted that is not told yet what it made room for. */
  #hasEvicted = false;
  /** Slots whose value was put back. */
  #restored = new Set<number>();
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
      isRestored: this.#restored.has(slot),
    };
  }

  /** What was written last under a key was put back by the panel. */
  restore(key: unknown): void {
    this.#restored.add(this.#store.index.get(key));
  }

  hit(_key: unknown, slot: number): void {
    if (slot >= this.#reads.length) this.#grow(slot);
    this.#reads[slot]!++;
  }

  miss(key: unknown): void {
    this.#stories.miss(key);
  }

  delete(): void {}

  set(key: unknown, { age = 0 }: { readonly age?: number | undefined }, slot: number): void {
    const replaced = this.#replaced;
    this.#replaced = 0;
    // A value that was too heavy is not stored, and the one before it has left.
    if (slot === 0) return void (replaced !== 0 && this.#depart(key, "replaced", replaced));
    if (slot >= this.#written.length) this.#grow(slot);
    const at = this.#now();
    this.#written[slot] = at;
    this.#writes[slot]!++;
    if (age > RESTORED_AGE) this.#restored.add(slot);
    else if (this.#restored.size > 0) this.#restored.delete(slot);
    // Room was made for the key. What a smaller bound evicted before was not.
    if (this.#hasEvicted) this.#stories.blame(key, at);
    this.#hasEvicted = false;
  }

  removed(key: unknown, cause: RemovalCause, slot: number): void {
    const age = this.#ageOf(slot);
    if (age !== undefined) this.#stories.ages.record(age, cause, this.#shard);
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
    this.#hasEvicted = false;
    this.#restored.clear();
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
    this.#stories.depart(key, cause, this.#written[slot] || undefined, this.#reads[slot] ?? 0);
    if (cause === "evicted") this.#hasEvicted = true;
    if (slot < this.#reads.length) this.#written[slot] = this.#reads[slot] = this.#writes[slot] = 0;
  }

  /** As long as the columns of the store, which double. */
  #grow(slot: number): void {
    const length = Math.max(slot + 1, this.#store.keys.length);
    this.#written = longer(this.#written, length);
    this.#reads = longer(this.#reads, length);
    this.#writes = longer(this.#writes, length);
  }
}
