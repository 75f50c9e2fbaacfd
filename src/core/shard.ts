import type { Ticker } from "./clock.ts";
import { Entries } from "./entries.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import { Counters } from "./metrics/counters.ts";
import { Pins } from "./pins.ts";
import type { Policy, SlotList } from "./policy/policy.ts";
import { Sweep, type Sweepable } from "./sweep.ts";

/** A TTL shorter than this, in ms, counts from an exact read of the clock. */
const EXACT_TTL = 10_000;

/** What a shard is made with. */
export interface ShardSetup<K, V> {
  /** The most entries. */
  readonly capacity: number;
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

  constructor(setup: ShardSetup<K, V>) {
    this.#setup = setup;
    this.#capacity = setup.capacity;
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

  /** Entries beyond the capacity, because everything else is pinned. */
  get overflow(): number {
    return Math.max(0, this.#map.size - this.#capacity);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    const slot = this.#map.get(key);
    if (slot === undefined) {
      this.counters.misses++;
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
    if (this.#entries.deadlines) this.sweep.runAll(this.#ticker.now());
    const { keys, values } = this.#entries;
    const slots = this.#map;
    this.#map = new Map();
    this.#entries = new Entries(this.#capacity);
    this.#policy = this.#setup.createPolicy();
    this.#list = this.#policy.list;
    this.#pins.clear();
    this.counters.cleared += slots.size;
    if (this.#outbox.hearsRemovals) {
      for (const slot of slots.values()) this.#tellRemoval(keys[slot] as K, values[slot] as V, "cleared");
    }
    // Ends the iterations that are under way.
    slots.clear();
    this.sweep.rest();
    this.#outbox.flush();
  }

  /** Removes every expired entry. Returns how many. */
  purgeExpired(): number {
    const expired = this.#entries.deadlines ? this.sweep.runAll(this.#ticker.now()) : 0;
    this.#setup.onDue();
    this.#outbox.flush();
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
    return this.#entries.deadlines?.[slot] ?? Infinity;
  }

  lastSlot(): number {
    return this.#entries.lastUsed;
  }

  expire(slot: number): void {
    this.counters.expired++;
    this.#discard(slot, "expired");
  }

  #isExpired(slot: number): boolean {
    const deadlines = this.#entries.deadlines;
    if (deadlines === undefined) return false;
    const ticker = this.#ticker;
    ticker.tick();
    const deadline = deadlines[slot]!;
    return deadline <= ticker.horizon && deadline <= ticker.now();
  }

  #missExpired(slot: number): number {
    this.expire(slot);
    this.counters.misses++;
    this.#outbox.flush();
    return 0;
  }

  #insert(key: K, value: V, ttl: number): void {
    const slot = this.#takeSlot();
    this.#map.set(key, slot);
    this.#entries.keys[slot] = key;
    this.#entries.values[slot] = value;
    this.#policy.add(slot);
    this.#setDeadline(slot, ttl);
  }

  #overwrite(slot: number, value: V, ttl: number): void {
    const { keys, values } = this.#entries;
    const old = values[slot] as V;
    values[slot] = value;
    this.counters.replaced++;
    if (this.#list !== undefined) this.#list.renew(slot);
    this.#setDeadline(slot, ttl);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(keys[slot] as K, old, "replaced");
  }

  #setDeadline(slot: number, ttl: number): void {
    if (ttl === Infinity) {
      if (this.#entries.deadlines !== undefined) this.#entries.deadlines[slot] = Infinity;
      return;
    }
    const deadlines = this.#entries.deadlines ?? this.#entries.addDeadlines();
    const deadline = (ttl < EXACT_TTL ? this.#ticker.now() : this.#ticker.recent()) + ttl;
    deadlines[slot] = deadline;
    this.sweep.note(deadline);
  }

  /** A slot for a new entry. The victim is chosen before the insert, so that a new entry cannot evict itself. */
  #takeSlot(): number {
    const victim = this.#map.size < this.#capacity ? 0 : this.#policy.victim();
    // No victim although it is full: everything is pinned, and the bound is exceeded.
    if (victim === 0) return this.#entries.take(this.#policy);
    this.#evict(victim);
    return victim;
  }

  /** Removes the victim, whose slot stays taken. */
  #evict(slot: number): void {
    if (this.#isExpired(slot)) {
      this.counters.expired++;
      this.#remove(slot, "expired");
    } else {
      this.counters.evicted++;
      this.#remove(slot, "evicted");
    }
  }

  #remove(slot: number, cause: RemovalCause): void {
    const { keys, values } = this.#entries;
    const key = keys[slot] as K;
    this.#map.delete(key);
    if (this.#pins.size === 0 || !this.#pins.forget(slot)) this.#policy.remove(slot);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(key, values[slot] as V, cause);
    this.#entries.empty(slot);
  }

  /** Removes an entry for good: its slot is free. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#remove(slot, cause);
    this.#entries.release(slot);
    if (this.#map.size === 0) this.sweep.rest();
  }

  #unpinned(slot: number): void {
    this.#policy.add(slot);
    while (this.#map.size > this.#capacity) {
      const victim = this.#policy.victim();
      if (victim === 0) break;
      this.#evict(victim);
      this.#entries.release(victim);
    }
    this.#outbox.flush();
  }

  #tellRemoval(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
