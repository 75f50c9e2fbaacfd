import { byTurns, writtenAt } from "../core/dump.ts";
import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import { describe, MachoError } from "../core/lru/errors.ts";
import { flightsOf, type LoadListener } from "../core/lru/flight.ts";
import { isUsableCache } from "../core/lru/mark.ts";
import { Seed } from "../core/lru/seed.ts";
import type { Store } from "../core/lru/store.ts";
import { addRecorder } from "../core/recorders.ts";
import type { AccessRecord, RecordedEntries, RecordedOptions } from "./access-record.ts";
import { KeyIds } from "./key-ids.ts";
import { type RecorderSetup, StoreRecorder } from "./store-recorder.ts";
import { Tape } from "./tape.ts";

/** Up to so many entries all keys are recorded. Of larger caches so many at least are simulated. */
const MOST_WHOLE = 8_192;
const LEAST_SAMPLED = 4_096;

/** Operations that are kept, where nobody says how many. */
export const USUAL_SIZE = 65_536;

/** How a cache is recorded. */
export interface RecordOptions {
  /** The last operations that are kept. An integer from 1 to 2^24; 9 to 17 bytes each. @defaultValue 65_536 */
  size?: number | undefined;
  /**
   * The share of keys that are recorded, chosen by their hash. Above 0 to 1. Fewer keys make the record reach further
   * back.
   * @defaultValue 1 up to 8,192 entries; above, a power of 1/2 that leaves 4,096 entries or more. What counts is
   * `maxCacheSize`, and for a cache with a bound on weight the entries that are there
   */
  sampleRate?: number | undefined;
}

/** A `Cache`, an `LruCache`, or the cache of a client, whatever its keys and values are. */
export interface Recordable {
  readonly size: number;
  readonly disposed: boolean;
  resize(maxCacheSize: number): void;
}

/** A record that is being made. */
export interface Recording {
  /** Bytes that it takes now. */
  readonly bytes: number;
  /** What was done lately, as frozen plain data. */
  read(): AccessRecord;
  /** Ends it. What was recorded can still be read. Other records of the cache go on. */
  stop(): void;
}

/** All of a record but its columns, as it is when recording begins. */
export type RecordHead = Pick<AccessRecord, "options" | "hashSeed" | "sampleRate" | "isComplete"> & {
  readonly entries: RecordedEntries;
  /** The weight of a write that says none. */
  readonly weight: number;
};

/** Some operations of a record, for whoever reads along. */
export interface RecordPart extends Pick<
  AccessRecord,
  "readAt" | "operations" | "keys" | "times" | "ttls" | "weights" | "end"
> {
  /** Another number after the record has begun anew: then what was read before is no part of it. */
  readonly begun: number;
  /** The first of them, counted from the beginning: a later one than was asked for where those were overwritten. */
  readonly from: number;
  /** Operations that can be read by now. */
  readonly count: number;
}

/** @throws MachoError "invalid-argument" unless it is a cache that this copy of the package can record */
export function recordableCache(cache: Recordable): BoundedCache {
  // The mark says that it is one.
  if (typeof cache === "object" && cache !== null && isUsableCache(cache) === true)
    return cache as object as BoundedCache;
  const message = `record needs a cache, got ${describe(cache)}. Pass a Cache, an LruCache or client.cache.`;
  throw new MachoError("invalid-argument", message);
}

/** What `record` gives, of what was checked. */
export class CacheRecording implements Recording {
  #cache: BoundedCache;
  #options: RecordOptions;
  /** Of a cache that hashes nothing, any. */
  #seed: Seed;
  #tape!: Tape;
  #recorders: readonly StoreRecorder[] = [];
  #entries: RecordedEntries = { keys: [], ages: [] };
  #sampleRate = 1;
  #isComplete = false;
  #begun = 0;
  #end = 0;
  #undo: readonly (() => void)[] = [];

  constructor(cache: BoundedCache, options: RecordOptions = {}) {
    this.#cache = cache;
    this.#options = options;
    this.#seed = cache.parts.stores[0]!.seed ?? new Seed();
    this.#begin();
  }

  get bytes(): number {
    return this.#recorders.reduce((sum, { bytes }) => sum + bytes, this.#tape.bytes);
  }

  read(): AccessRecord {
    this.#refresh();
    const { weight, entries, isComplete: wasComplete, ...head } = this.head();
    const { lost, ...columns } = this.#tape.read(weight);
    return Object.freeze({
      version: 1,
      readAt: this.#cache.parts.ticker.wallNow(),
      ...head,
      isComplete: wasComplete && lost === 0,
      lost,
      ...(lost === 0 && { entries }),
      ...columns,
      end: this.#end,
    });
  }

  /** What all parts have in common, as long as `begun` is the same. */
  head(): RecordHead {
    return {
      options: recordedOptions(this.#cache),
      hashSeed: this.#seed.value,
      sampleRate: this.#sampleRate,
      isComplete: this.#isComplete,
      entries: this.#entries,
      weight: weightOf(this.#cache),
    };
  }

  /**
   * What was done from an operation on, at most so many. The last one is held back while recording goes on: the write
   * that fills a miss changes it.
   */
  part(from: number, most: number): RecordPart {
    this.#refresh();
    const count = Math.max(0, this.#tape.count - Number(this.#undo.length > 0));
    const { lost, ...columns } = this.#tape.read(weightOf(this.#cache), from, Math.min(count, from + most));
    const readAt = this.#cache.parts.ticker.wallNow();
    return { begun: this.#begun, from: lost, count, readAt, ...columns, end: this.#end };
  }

  #refresh(): void {
    if (this.#undo.length === 0) return;
    if (this.#recorders.some(({ isResized }) => isResized)) this.#begin();
    this.#end = this.#now();
  }

  stop(): void {
    if (this.#undo.length > 0) this.#end = this.#now();
    for (const undo of this.#undo) undo();
    this.#undo = [];
  }

  /** Ms since the beginning. A cache with which nothing was done yet has no time: a look at it must not begin it. */
  #now(): number {
    const { ticker } = this.#cache.parts;
    return ticker.began === null ? 0 : this.#tape.end(ticker.now());
  }

  #begin(): void {
    this.stop();
    this.#begun++;
    const cache = this.#cache;
    const { stores, storeOf, ticker } = cache.parts;
    this.#sampleRate = this.#options.sampleRate ?? usualRate(cache);
    this.#tape = new Tape(this.#options.size ?? USUAL_SIZE, ticker.began === null ? undefined : ticker.now());
    const setup: RecorderSetup = {
      tape: this.#tape,
      ids: new KeyIds(this.#seed, stores.length),
      ticker,
      sampleRate: this.#sampleRate,
      weight: weightOf(cache),
      onResize: () => this.#begin(),
    };
    const recorders = stores.map((store, index) => new StoreRecorder(setup, store, index));
    this.#recorders = recorders;
    this.#isComplete = stores.every(isComplete);
    this.#entries = entriesOf(cache, recorders);
    const flights = flightsOf(cache);
    const hear: LoadListener<unknown> = (key, _, step) => {
      if (step === "failed") recorders[stores.indexOf(storeOf(key))]!.failed(key);
    };
    flights.listeners.add(hear);
    const leave = stores.map((store, index) => addRecorder(store, recorders[index]!));
    this.#undo = [...leave, () => flights.listeners.delete(hear)];
  }
}

/** What a write weighs that says nothing about it. */
function weightOf(cache: BoundedCache): number {
  return Number(cache.parts.writes.isWeighed);
}

function usualRate(cache: BoundedCache): number {
  const { maxCacheSize, maxWeight } = cache.options;
  // Where weight is the bound, there may be far fewer than `maxCacheSize` allows.
  let entries = maxCacheSize === Infinity || maxWeight < Infinity ? cache.size : maxCacheSize;
  let rate = 1;
  if (entries <= MOST_WHOLE) return rate;
  while (entries / 2 >= LEAST_SAMPLED) {
    entries /= 2;
    rate /= 2;
  }
  return Math.max(rate, 2 ** -16);
}

/** Whether nothing has left yet, so that whatever was stored before is there. */
function isComplete({ sets, size, replaced }: Store<unknown, unknown>): boolean {
  return sets - replaced === size;
}

/** What an option of a cache may be, where it has more than an `LruCache`. */
type AnyOptions = BoundedCache["options"] & {
  readonly timeToIdle?: number;
  readonly keepTtl?: boolean;
  readonly strategy?: string;
  readonly shardCount?: number;
};

function recordedOptions(cache: BoundedCache): RecordedOptions {
  // A `Cache` tells its policy by the name.
  const { maxCacheSize, maxWeight, ttl, timeToIdle = Infinity, ...more } = cache.options as AnyOptions;
  const { keepTtl = false, strategy = "lru", shardCount = 1 } = more;
  // JSON knows no `Infinity`.
  return Object.freeze({
    ...(maxCacheSize < Infinity && { maxCacheSize }),
    ...(maxWeight < Infinity && { maxWeight }),
    ...(ttl < Infinity && { ttl }),
    ...(timeToIdle < Infinity && { timeToIdle }),
    keepTtl,
    strategy,
    shardCount,
  });
}

/** What is there now, as a policy of each store orders it. The recorders learn the ids. */
function entriesOf({ parts }: BoundedCache, recorders: readonly StoreRecorder[]): RecordedEntries {
  const now = parts.ticker.began === null ? 0 : parts.ticker.now();
  const orders = parts.stores.map((store, index) =>
    [...store.slots(), ...store.pins.keys()].flatMap((slot) => {
      if (store.find(store.keys[slot]) !== slot) return [];
      const id = recorders[index]!.idOf(store.keys[slot], slot);
      if (!recorders[index]!.isSampled(id)) return [];
      const written = writtenAt(store, slot);
      const ttl = store.ttlOf(slot);
      return [
        {
          id,
          age: written === undefined ? null : Math.max(0, now - written),
          ttl: ttl === store.ttl ? 0 : ttl === Infinity ? -1 : ttl,
          weight: store.weights?.[slot],
        },
      ];
    }),
  );
  const entries = byTurns(orders);
  return Object.freeze({
    keys: Object.freeze(entries.map(({ id }) => id)),
    ages: Object.freeze(entries.map(({ age }) => age)),
    ...(entries.some(({ ttl }) => ttl !== 0) && { ttls: Object.freeze(entries.map(({ ttl }) => ttl)) }),
    ...(entries.some(({ weight = 1 }) => weight !== 1) && {
      weights: Object.freeze(entries.map(({ weight = 1 }) => weight)),
    }),
  });
}
