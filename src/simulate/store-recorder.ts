import type { RemovalCause } from "../core/lru/events.ts";
import type { Ticker } from "../core/lru/clock.ts";
import type { Recorder, Write } from "../core/lru/store-setup.ts";
import type { Store } from "../core/lru/store.ts";
import type { KeyIds } from "./key-ids.ts";
import { CLEAR, DELETE, FAILED, MISS, type Tape } from "./tape.ts";

/** Keys are sampled by so many low bits of their ids; the high bits choose the shard. */
const SAMPLED_BITS = 0xffff;

/** Strings up to here are hashed as fast as they are found. */
const SHORT = 16;
/** Longer ones whose ids are remembered, and the characters that they have together. */
const MAX_KNOWN = 8_192;
const MAX_KNOWN_LENGTH = 262_144;

/** What the recorders of a cache's stores share. */
export interface RecorderSetup {
  readonly tape: Tape;
  readonly ids: KeyIds;
  readonly ticker: Ticker;
  /** Above 0 to 1. */
  readonly sampleRate: number;
  /** The weight of a write that says none. */
  readonly weight: number;
  /** A bound of the cache has changed. */
  readonly onResize: () => void;
}

/**
 * Writes down what one store does. The ids of entries are kept by slot, so that a hit hashes nothing; 0 is one that is
 * not known yet.
 */
export class StoreRecorder implements Recorder {
  #setup: RecorderSetup;
  #tape: Tape;
  #ticker: Ticker;
  #keyIds: KeyIds;
  #store: Store<unknown, unknown>;
  #index: number;
  #limit: number;
  #ids = new Int32Array(16);
  /** The slot whose value was replaced last. */
  #replaced = 0;
  /** What was hashed last, unless that was a number. */
  #lastKey: unknown;
  #lastId = 0;
  /** Whether the last operation was a miss of a string that nothing has filled. */
  #isUnfilled = false;
  /** The ids of strings that missed and were not filled at once: to hash one again takes longer than the look-up. */
  #known = new Map<unknown, number>();
  #knownLength = 0;
  #capacity: number;
  #maxWeight: number;

  /** @param index the place of the store among those of the cache */
  constructor(setup: RecorderSetup, store: Store<unknown, unknown>, index: number) {
    this.#setup = setup;
    this.#tape = setup.tape;
    this.#ticker = setup.ticker;
    this.#keyIds = setup.ids;
    this.#limit = setup.sampleRate * (SAMPLED_BITS + 1);
    this.#store = store;
    this.#index = index;
    this.#capacity = store.capacity;
    this.#maxWeight = store.maxWeight;
  }

  /** Bytes of the column of ids. */
  get bytes(): number {
    return this.#ids.byteLength;
  }

  hit(key: unknown, slot: number): void {
    const id = this.#ids[slot] || this.idOf(key, slot);
    if (this.isSampled(id)) this.#tape.hit(id, this.#ticker);
  }

  miss(key: unknown): void {
    // A miss that nothing filled may come again.
    if (this.#isUnfilled) this.#remember(this.#lastKey, this.#lastId);
    this.#isUnfilled = isLong(key);
    this.#add(key, MISS);
  }

  set(key: unknown, write: Write, slot: number): void {
    const store = this.#store;
    const known = this.#ids[slot];
    // The write of a key mostly follows its miss. Of others, the two are told apart as fast as they can be hashed.
    const id = known || (key === this.#lastKey && this.#lastId) || this.#hash(key);
    this.#isUnfilled = false;
    if (slot === 0) this.#ids[this.#replaced] = 0;
    else if (!known) this.#keep(slot, id);
    if (this.isSampled(id)) {
      const { ttl, weight, age, keepTtl } = write;
      const left = age > 0 ? ttl - age : ttl;
      this.#tape.addWrite(
        id,
        keepTtl === true,
        this.#ticker.recent(),
        left === store.ttl ? undefined : left,
        weight === this.#setup.weight ? undefined : weight,
      );
    }
    if (this.isResized) this.#setup.onResize();
  }

  delete(key: unknown): void {
    // Nothing was there yet, and to ask for the time would begin it.
    if (this.#ticker.began !== null) this.#add(key, DELETE);
  }

  /** Each store hears of a clear of the cache. */
  clear(): void {
    this.#ids.fill(0);
    if (this.#index > 0 || this.#ticker.began === null) return;
    this.#tape.add(0, CLEAR, this.#ticker.recent());
  }

  removed(_key: unknown, cause: RemovalCause, slot: number): void {
    // The slot keeps its key, unless the new value is refused.
    if (cause === "replaced") this.#replaced = slot;
    else this.#ids[slot] = 0;
  }

  /** A load of a key failed. */
  failed(key: unknown): void {
    this.#add(key, FAILED);
  }

  /** Whether a bound is not what it was when recording began. */
  get isResized(): boolean {
    return this.#store.capacity !== this.#capacity || this.#store.maxWeight !== this.#maxWeight;
  }

  isSampled(id: number): boolean {
    return (id & SAMPLED_BITS) < this.#limit;
  }

  /** The id of an entry that is there. */
  idOf(key: unknown, slot: number): number {
    const id = this.#hash(key);
    this.#keep(slot, id);
    return id;
  }

  #add(key: unknown, code: number): void {
    const id = this.#hash(key);
    if (this.isSampled(id)) this.#tape.add(id, code, this.#ticker.recent());
  }

  #hash(key: unknown): number {
    if (typeof key === "number") return this.#keyIds.of(key, this.#index);
    this.#lastKey = key;
    const known = this.#known.size !== 0 && isLong(key) ? this.#known.get(key) : undefined;
    if (known === undefined) return (this.#lastId = this.#keyIds.of(key, this.#index));
    this.#isUnfilled = false;
    return (this.#lastId = known);
  }

  #remember(key: unknown, id: number): void {
    // It is a string: only those are remembered.
    this.#knownLength += (key as string).length;
    if (this.#known.size >= MAX_KNOWN || this.#knownLength > MAX_KNOWN_LENGTH) {
      this.#known.clear();
      this.#knownLength = 0;
    }
    this.#known.set(key, id);
  }

  #keep(slot: number, id: number): void {
    if (slot >= this.#ids.length) {
      const longer = new Int32Array(Math.max(slot + 1, 2 * this.#ids.length));
      longer.set(this.#ids);
      this.#ids = longer;
    }
    this.#ids[slot] = id;
  }
}

function isLong(key: unknown): boolean {
  return typeof key === "string" && key.length > SHORT;
}
