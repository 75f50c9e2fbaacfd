import type { Ticker } from "./clock.ts";
import { Entries } from "./entries.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import { BloomCells } from "./filter/bloom.ts";
import type { KeyHasher } from "./hash.ts";
import { Counters } from "./metrics/counters.ts";
import type { LifespanLog } from "./metrics/lifespans.ts";
import { Pins } from "./pins.ts";
import type { Policy, SlotList } from "./policy/policy.ts";
import { Sweep, type Sweepable } from "./sweep.ts";

/** A TTL shorter than this, in ms, counts from an exact read of the clock. */
const EXACT_TTL = 10_000;

/** What a shard is made with. */
export interface ShardSetup<K, V> {
  /** Its place among the shards, from 0. */
  readonly index: number;
  /** The most entries. */
  readonly capacity: number;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  /** The rate of the filter in front, if there is one. */
  readonly probability: number | undefined;
  /** Holds the hash of the key of the running operation, where there are shards or filters. */
  readonly hasher: KeyHasher;
  readonly lifespans: LifespanLog;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  createPolicy(): Policy;
  /** Hears that the next clean-up comes sooner, or not at all. */
  onDue(): void;
}

/** One `Map` from key to slot, the columns, one policy and one sweep: the hot path. */
export class Shard<K, V> implements Sweepable {
  readonly counters: Counters = new Counters();
  readonly sweep: Sweep;
  #map = new Map<K, number>();
  #entries: Entries<K, V>;
  #policy: Policy;
  #list: SlotList | undefined;
  #pins: Pins = new Pins((slot) => this.#unpinned(slot));
  #ticker: Ticker;
  #outbox: Outbox<K, V>;
  #setup: ShardSetup<K, V>;
  #capacity: number;
  #ttl: number;
  #canExpire: boolean;
  #filter: BloomCells | undefined;
  #hasher: KeyHasher;
  #lifespans: LifespanLog;

  constructor(setup: ShardSetup<K, V>) {
    this.#setup = setup;
    this.#capacity = setup.capacity;
    this.#ttl = setup.ttl;
    this.#canExpire = setup.ttl < Infinity;
    this.#hasher = setup.hasher;
    this.#lifespans = setup.lifespans;
    this.#ticker = setup.ticker;
    this.#outbox = setup.outbox;
    this.#entries = new Entries(setup.capacity);
    this.#policy = setup.createPolicy();
    this.#list = this.#policy.list;
    this.sweep = new Sweep(this, () => setup.onDue());
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.#map.size;
  }

  /** The most entries, as long as not all are pinned. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Own bytes, keys and values apart: pointers, and bytes that hold none. A `Map` has 3.5 pointers a place. */
  get structure(): { pointers: number; plain: number } {
    const { reserved, ttls } = this.#entries;
    const places = this.#map.size === 0 ? 0 : 2 ** Math.ceil(Math.log2(Math.max(4, this.#map.size)));
    const links = this.#list ? 8 : 0;
    const plain = reserved * (8 + links + (ttls ? 8 : 0)) + (this.#filter?.byteLength ?? 0);
    return { pointers: 3.5 * places + 2 * reserved + 60, plain };
  }

  /** Entries beyond the capacity, because everything else is pinned. */
  get overflow(): number {
    return Math.max(0, this.#map.size - this.#capacity);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    if (this.#filter !== undefined && this.#rejects()) return 0;
    const slot = this.#map.get(key);
    if (slot === undefined) {
      this.counters.misses++;
      if (this.#filter !== undefined && this.#hasher.byValue) this.counters.falsePositives++;
      return 0;
    }
    if (this.#isExpired(slot)) return this.#missExpired(slot);
    this.counters.hits++;
    if (this.#list !== undefined) this.#list.renew(slot);
    return slot;
  }

  /** The value of a slot that `lookup` or `find` returned just now. */
  valueAt(slot: number): V | undefined {
    return this.#entries.values[slot];
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.#map.get(key);
    return slot === undefined || this.#isExpired(slot) ? 0 : slot;
  }

  /** @param ttl in ms, above 0, or `Infinity` */
  set(key: K, value: V, ttl: number): void {
    let slot = this.#map.get(key);
    if (slot !== undefined && this.#isExpired(slot)) {
      this.expire(slot);
      slot = undefined;
    }
    if (slot === undefined) this.#insert(key, value, ttl);
    else this.#overwrite(slot, value, ttl);
    this.counters.sets++;
    if (this.#outbox.hearsSets) this.#outbox.push({ type: "set", key, value });
    this.sweep.step(this.#ticker.kept);
    this.#outbox.flush();
  }

  /** Returns whether there was a value that had not expired. */
  delete(key: K): boolean {
    const slot = this.#map.get(key);
    if (slot === undefined) return false;
    const alive = !this.#isExpired(slot);
    if (alive) {
      this.counters.deleted++;
      this.#discard(slot, "deleted");
    } else this.expire(slot);
    this.#outbox.flush();
    return alive;
  }

  clear(): void {
    // What expired before must not be told as cleared.
    if (this.#canExpire) this.sweep.runAll(this.#ticker.now());
    const { keys, values } = this.#entries;
    const slots = this.#map;
    this.#map = new Map();
    this.#entries = new Entries(this.#capacity);
    this.#policy = this.#setup.createPolicy();
    this.#list = this.#policy.list;
    this.#pins.clear();
    this.#filter = undefined;
    this.counters.cleared += slots.size;
    if (this.#outbox.hearsRemovals) {
      for (const slot of slots.values()) this.#tellRemoval(keys[slot] as K, values[slot] as V, "cleared");
    }
    // Ends the iterations that are under way.
    slots.clear();
    this.sweep.rest();
  }

  /** Removes every expired entry. Returns how many. */
  purgeExpired(): number {
    const expired = this.#canExpire ? this.sweep.runAll(this.#ticker.now()) : 0;
    this.#setup.onDue();
    return expired;
  }

  /** Keeps an entry from eviction. Returns the undo, or `undefined` when the key is absent. */
  pin(key: K): (() => void) | undefined {
    const slot = this.find(key);
    if (slot === 0) return undefined;
    if (!this.#pins.has(slot)) this.#policy.remove(slot);
    return this.#pins.add(slot);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    const slot = this.find(key);
    if (slot === 0) return undefined;
    const deadline = this.deadlineOf(slot);
    return deadline === Infinity ? Infinity : Math.max(0, deadline - this.#ticker.now());
  }

  /**
   * The entries in the order of their first insertion. Survives any change on the way: what is there from the
   * beginning to the end is visited once, and what is added on the way cannot make it endless.
   */
  *entries(): Generator<[K, V], undefined> {
    let left = this.#map.size;
    for (const [key, slot] of this.#map) {
      if (left-- === 0) return;
      if (!this.#isExpired(slot)) yield [key, this.#entries.values[slot] as V];
    }
  }

  deadlineOf(slot: number): number {
    const { written, ttls } = this.#entries;
    return written[slot]! + (ttls === undefined ? this.#ttl : ttls[slot]!);
  }

  lastSlot(): number {
    return this.#entries.lastUsed;
  }

  expire(slot: number): void {
    this.counters.expired++;
    this.#discard(slot, "expired");
  }

  #isExpired(slot: number): boolean {
    if (!this.#canExpire) return false;
    const ticker = this.#ticker;
    ticker.tick();
    const deadline = this.deadlineOf(slot);
    return deadline <= ticker.horizon && deadline <= ticker.now();
  }

  #missExpired(slot: number): number {
    this.expire(slot);
    this.counters.misses++;
    this.#outbox.flush();
    return 0;
  }

  /** Whether the filter is sure that the key of the running operation is absent; counts the miss. */
  #rejects(): boolean {
    const { byValue, first, second } = this.#hasher;
    if (!byValue || this.#filter?.has(first, second) !== false) return false;
    this.counters.misses++;
    this.counters.filterRejections++;
    return true;
  }

  #insert(key: K, value: V, ttl: number): void {
    // The victim's key is hashed on the way, by the same hasher.
    const { byValue, first, second } = this.#hasher;
    const now = this.#timeOfWrite(ttl);
    const slot = this.#takeSlot(now);
    if (byValue && this.#setup.probability !== undefined)
      this.#fittingFilter(this.#setup.probability).add(first, second);
    this.#map.set(key, slot);
    this.#entries.keys[slot] = key;
    this.#entries.values[slot] = value;
    this.#policy.add(slot);
    this.#date(slot, ttl, now);
  }

  #overwrite(slot: number, value: V, ttl: number): void {
    const { keys, values } = this.#entries;
    const old = values[slot] as V;
    values[slot] = value;
    this.counters.replaced++;
    const written = this.#entries.written[slot]!;
    if (this.#list !== undefined) this.#list.renew(slot);
    const now = this.#timeOfWrite(ttl);
    this.#date(slot, ttl, now);
    this.#lifespans.record(now - written, this.#setup.index);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(keys[slot] as K, old, "replaced");
  }

  #timeOfWrite(ttl: number): number {
    return ttl < EXACT_TTL ? this.#ticker.now() : this.#ticker.recent();
  }

  /** Notes when a value was written, and when it expires. */
  #date(slot: number, ttl: number, now: number): void {
    this.#entries.written[slot] = now;
    if (ttl !== this.#ttl || this.#entries.ttls !== undefined) {
      (this.#entries.ttls ?? this.#entries.addTtls(this.#ttl))[slot] = ttl;
      this.#canExpire ||= ttl < Infinity;
    }
    if (ttl < Infinity) this.sweep.note(now + ttl);
  }

  /** The filter, as large as the columns: both grow together. */
  #fittingFilter(probability: number): BloomCells {
    const { reserved } = this.#entries;
    if (this.#filter?.capacity === reserved) return this.#filter;
    this.#filter = new BloomCells(reserved, probability);
    for (const key of this.#map.keys()) {
      this.#hasher.hash(key);
      if (this.#hasher.byValue) this.#filter.add(this.#hasher.first, this.#hasher.second);
    }
    return this.#filter;
  }

  /** A slot for a new entry. The victim is chosen before the insert, so that a new entry cannot evict itself. */
  #takeSlot(now: number): number {
    const victim = this.#map.size < this.#capacity ? 0 : this.#policy.victim();
    // No victim although it is full: everything is pinned, and the bound is exceeded.
    if (victim === 0) return this.#entries.take(this.#policy);
    this.#evict(victim, now);
    return victim;
  }

  /** Removes the victim, whose slot stays taken: key and value are those of the next entry at once. */
  #evict(slot: number, now: number): void {
    if (this.deadlineOf(slot) <= now) {
      this.counters.expired++;
      this.#remove(slot, "expired", now);
    } else {
      this.counters.evicted++;
      this.#remove(slot, "evicted", now);
    }
  }

  #remove(slot: number, cause: RemovalCause, now: number): void {
    const { keys, values } = this.#entries;
    const key = keys[slot] as K;
    this.#map.delete(key);
    this.#lifespans.record(now - this.#entries.written[slot]!, this.#setup.index);
    if (this.#filter !== undefined) this.#forgetInFilter(this.#filter, key);
    if (this.#pins.size === 0 || !this.#pins.forget(slot)) this.#policy.remove(slot);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(key, values[slot] as V, cause);
  }

  #forgetInFilter(filter: BloomCells, key: K): void {
    this.#hasher.hash(key);
    if (this.#hasher.byValue) filter.remove(this.#hasher.first, this.#hasher.second);
  }

  /** Removes an entry for good: its slot is free. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#remove(slot, cause, this.#ticker.recent());
    this.#entries.release(slot);
    if (this.#map.size === 0) this.sweep.rest();
  }

  #unpinned(slot: number): void {
    this.#policy.add(slot);
    while (this.#map.size > this.#capacity) {
      const victim = this.#policy.victim();
      if (victim === 0) break;
      this.#evict(victim, this.#ticker.recent());
      this.#entries.release(victim);
    }
    this.#outbox.flush();
  }

  #tellRemoval(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
