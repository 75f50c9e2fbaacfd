import { Ticker } from "../core/lru/clock.ts";
import { definedOf } from "../core/lru/defined.ts";
import { Outbox, type RemovalCause } from "../core/lru/events.ts";
import { Seed } from "../core/lru/seed.ts";
import type { Recorder, Write } from "../core/lru/store-setup.ts";
import type { Store } from "../core/lru/store.ts";
import { shardingOf } from "../core/sharding.ts";
import { drawsAgain } from "./draws.ts";
import { ABSENT, ANSWERS, FAILS, type History, PLAIN, ttlOf, UNREAD } from "./history.ts";
import { type Assumptions, policyOf, type ReplaySettings } from "./replay-settings.ts";
import { CLEAR, DELETE, FILLED, MISS, SET } from "./tape.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Why a look-up missed. */
export type MissCause = "first" | "unseen" | "evicted" | "expired" | "deleted" | "cleared" | "absent" | "failed";

/** What was known last of a key. */
const NEVER_SEEN = 0;
const SEEN = 1;
const EVICTED = 2;
const EXPIRED = 3;
const DELETED = 4;
const CLEARED = 5;

const CAUSES = ["first", "first", "evicted", "expired", "deleted", "cleared"] as const;

/** A removal as the next miss of the key tells it. A value that is too heavy leaves for want of room. */
const REMOVED: Readonly<Record<RemovalCause, number>> = {
  evicted: EVICTED,
  expired: EXPIRED,
  replaced: EVICTED,
  deleted: DELETED,
  cleared: CLEARED,
};

/** Notes why each key left. The values of a simulated cache are the numbers of the keys. */
class RemovalNotes implements Recorder {
  #last: Uint8Array;
  #store: Store<unknown, unknown>;

  constructor(last: Uint8Array, store: Store<unknown, unknown>) {
    this.#last = last;
    this.#store = store;
  }

  hit(): void {}
  miss(): void {}
  delete(): void {}

  set(_key: unknown, _write: unknown, slot: number): void {
    if (slot !== 0) this.#last[this.#store.values[slot] as number] = SEEN;
  }

  removed(_key: unknown, cause: RemovalCause, slot: number): void {
    this.#last[this.#store.values[slot] as number] = REMOVED[cause];
  }

  clear(): void {
    for (const slot of this.#store.index.values()) this.#last[this.#store.values[slot] as number] = CLEARED;
  }
}

/** A replay asks for no ages. */
export const NO_LIFESPANS = { record(): void {} };

/** What a record is replayed on: the stores of a real cache, and its timer, on a clock that follows the record. */
export class Simulation {
  readonly stores: readonly Store<number, number>[];
  /** Whether the last look-up hit. */
  isHit = false;
  /** Why it missed, if it did. */
  cause: MissCause = "first";
  /** Whether it missed, and may have hit if more of the past were known. */
  isUnknown = false;
  #history: History;
  #assume: Assumptions;
  #clock = new VirtualClock();
  #storeOf: (key: number) => Store<number, number>;
  /** By key. */
  #last: Uint8Array;
  /** By key: whether its last look-up missed here. */
  #misses: Uint8Array;
  /** By key: of its last write, as the record tells them. */
  #ttls: number[];
  #weights: number[];
  #ttl: number;
  /** Most writes are like the one before. */
  #lastWrite: Write = { ttl: Infinity, weight: 0, age: 0, keepTtl: false };
  #isWeighed: boolean;
  /** Until then a key that was not seen may be one whose past the record does not know. */
  #unknownUntil: number;

  constructor(history: History, settings: ReplaySettings, assume: Assumptions) {
    this.#history = history;
    this.#assume = assume;
    const { record, keyCount } = history;
    const all = { ...record.options, ...definedOf(settings) };
    const { maxCacheSize = Infinity, maxWeight = Infinity, ttl = Infinity, timeToIdle = Infinity } = all;
    const { shardCount, strategy, random = drawsAgain() } = all;
    this.#isWeighed = record.options.maxWeight !== undefined;
    this.#ttl = ttl;
    const scaled = (bound: number, most: number): number =>
      bound === Infinity ? most : Math.max(shardCount, Math.round(bound * record.sampleRate));
    const options = {
      // No more keys than these come, and they may all be of one shard.
      maxCacheSize: scaled(maxCacheSize, shardCount * (keyCount + 1)),
      maxWeight: this.#isWeighed ? scaled(maxWeight, Number.MAX_SAFE_INTEGER) : Infinity,
      ttl,
      timeToIdle,
      shardCount,
      strategy: policyOf(strategy),
      random,
      filter: undefined,
      probability: 0,
    };
    const { storeOf, shardsOf } = shardingOf<number, number>(options, new Seed(record.hashSeed), NO_LIFESPANS);
    const ticker = new Ticker(this.#clock, true);
    const stores = (ticker.stores = shardsOf({ ticker, outbox: new Outbox(undefined, ticker) }));
    this.stores = stores;
    this.#storeOf = storeOf ?? (() => stores[0]!);
    this.#last = new Uint8Array(keyCount);
    this.#misses = new Uint8Array(keyCount);
    this.#ttls = [...history.firstTtls];
    this.#weights = [...history.firstWeights];
    for (const store of stores) store.recorder = new RemovalNotes(this.#last, store as Store<unknown, unknown>);
    // What was not seen for as long as an entry lives has expired, whatever came before.
    this.#unknownUntil = record.isComplete ? -Infinity : (record.times[0] ?? 0) + Math.min(ttl, timeToIdle);
    this.#seed();
  }

  /** Does an operation of the record. */
  step(at: number): void {
    const { kinds, keys, record, standIns } = this.#history;
    const kind = kinds[at]!;
    this.#clock.moveTo(record.times[at]!);
    if (kind === CLEAR) {
      if (!this.#assume.ignoreRemovals) for (const store of this.stores) store.clear();
      return;
    }
    const number = keys[at]!;
    const store = this.#storeOf(standIns[number]!);
    if (kind <= FILLED) this.#lookUp(at, kind, number, store);
    else if (kind === SET) this.#write(at, number, store);
    else if (kind === DELETE && !this.#assume.ignoreRemovals) store.delete(standIns[number]!);
  }

  /** The record is over. */
  end(): void {
    this.#clock.moveTo(this.#history.record.end);
  }

  #lookUp(at: number, kind: number, number: number, store: Store<number, number>): void {
    const key = this.#history.standIns[number]!;
    if (kind === FILLED) this.#learn(at, number);
    this.isHit = store.lookup(key) !== 0;
    this.#misses[number] = Number(!this.isHit);
    if (this.isHit) return;
    const fate = this.#history.fates[at];
    const seen = this.#last[number]!;
    this.isUnknown = seen === NEVER_SEEN && this.#isPastUnknown(at, store);
    this.cause = fate === FAILS ? "failed" : fate === ABSENT ? "absent" : this.#causeOf(seen);
    const { loadsSucceed, storeAbsent } = this.#assume;
    const isStored =
      kind !== MISS || (fate === FAILS && loadsSucceed === true) || (fate === ABSENT && storeAbsent === true);
    if (isStored) this.#store(number, store, kind === FILLED && this.#history.keeps[at] === 1);
  }

  #causeOf(seen: number): MissCause {
    return seen === NEVER_SEEN && this.#history.record.lost > 0 ? "unseen" : CAUSES[seen]!;
  }

  /** As long as nothing had to leave, a larger or an older cache might have held any key. */
  #isPastUnknown(at: number, { evicted, cleared }: Store<number, number>): boolean {
    return evicted === 0 && cleared === 0 && this.#history.record.times[at]! < this.#unknownUntil;
  }

  #write(at: number, number: number, store: Store<number, number>): void {
    const fate = this.#history.fates[at] ?? PLAIN;
    this.#learn(at, number);
    // Where the look-up hit, nothing was loaded.
    const isStored = fate === ANSWERS ? this.#misses[number] === 1 : fate !== UNREAD || !this.#assume.skipUnreadWrites;
    if (isStored) this.#store(number, store, this.#history.keeps[at] === 1);
    this.#misses[number] = 0;
  }

  /** The record says how a key is written from now on. */
  #learn(at: number, number: number): void {
    const { ttls, weights } = this.#history.record;
    this.#ttls[number] = ttls?.[at] ?? 0;
    this.#weights[number] = weights?.[at] ?? 1;
  }

  #store(number: number, store: Store<number, number>, keepTtl: boolean, age: number = 0): void {
    const own = ttlOf(this.#ttls[number]);
    const ttl = own === undefined ? this.#ttl : own * (this.#assume.ownTtlTimes ?? 1);
    const weight = this.#isWeighed ? (this.#weights[number] ?? this.#history.meanWeight) : 0;
    let write = this.#lastWrite;
    if (write.ttl !== ttl || write.weight !== weight || write.age !== age || write.keepTtl !== keepTtl) {
      write = this.#lastWrite = { ttl, weight, age, keepTtl };
    }
    store.set(this.#history.standIns[number]!, number, write);
    if (this.#last[number] === NEVER_SEEN) this.#last[number] = EVICTED;
  }

  /** What was there when recording began. */
  #seed(): void {
    const { entries } = this.#history.record;
    entries?.ages.forEach((age, number) => {
      const store = this.#storeOf(this.#history.standIns[number]!);
      // Written anew as the record goes on: what does not expire has no age.
      this.#store(number, store, false, age ?? 0);
    });
    for (const store of this.stores) store.evicted = 0;
  }
}
