import type { Ticker } from "./clock.ts";
import { Entries } from "./entries.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import { BloomCells } from "./filter/bloom.ts";
import type { KeyHasher } from "./hash.ts";
import { Counters } from "./metrics/counters.ts";
import type { LifespanLog } from "./metrics/lifespans.ts";
import { Pins } from "./pins.ts";
import type { Marks } from "./policy/marks.ts";
import type { Policy, PolicyContext, Strategy } from "./policy/policy.ts";
import type { SlotList } from "./policy/slot-list.ts";
import { checkPolicy, invalidPolicy } from "./policy/strategy.ts";
import { Sweep, type Sweepable } from "./sweep.ts";

/** A TTL shorter than this, in ms, counts from an exact read of the clock. */
const EXACT_TTL = 10_000;

/** What a shard is made with. */
export interface ShardSetup<K, V> {
  /** Its place among the shards, from 0. */
  readonly index: number;
  /** The most entries; `Infinity` where only weight bounds it. */
  readonly capacity: number;
  /** The most weight; `Infinity` where entries have none. */
  readonly maxWeight: number;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  /** Ms without an access after which an entry expires. */
  readonly timeToIdle: number;
  /** The rate of the filter in front, if there is one. */
  readonly probability: number | undefined;
  /** Holds the hash of the key of the running operation, where there are shards or filters. */
  readonly hasher: KeyHasher;
  readonly lifespans: LifespanLog;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  readonly strategy: Strategy;
  /** What the policy may use of the cache. */
  readonly policyTools: Pick<PolicyContext, "random" | "hash">;
  /** Hears that the next clean-up comes sooner, or not at all. */
  onDue(): void;
}

/** An entry as it is stored. */
export interface ShardEntry<K, V> {
  readonly key: K;
  readonly value: V;
  readonly written: number;
  readonly ttl: number;
  readonly weight: number | undefined;
}

/** One write, checked. */
export interface Write {
  /** Ms, above 0, or `Infinity`. */
  readonly ttl: number;
  /** Whether an overwrite keeps the time that the old value had left. */
  readonly keepTtl: boolean;
  /** 0 where entries have none. */
  readonly weight: number;
  /** Ms since the value was written, where it comes from a dump. */
  readonly age: number;
}

/** One `Map` from key to slot, the columns, one policy and one sweep: the hot path. */
export class Shard<K, V> implements Sweepable {
  readonly counters: Counters = new Counters();
  readonly sweep: Sweep;
  #map = new Map<K, number>();
  #entries: Entries<K, V>;
  #policy: Policy;
  /** What a hit does, by the policy: one of the three, or nothing. */
  #list: SlotList | undefined;
  #marks: Marks | undefined;
  #calls = false;
  #pins: Pins = new Pins((slot) => this.#unpinned(slot));
  #ticker: Ticker;
  #outbox: Outbox<K, V>;
  #setup: ShardSetup<K, V>;
  #index: number;
  #capacity: number;
  #weighs: boolean;
  #maxWeight: number;
  #weight = 0;
  #ttl: number;
  #timeToIdle: number;
  #canExpire: boolean;
  #filter: BloomCells | undefined;
  #hasher: KeyHasher;
  #lifespans: LifespanLog;

  constructor(setup: ShardSetup<K, V>) {
    this.#setup = setup;
    this.#index = setup.index;
    this.#capacity = setup.capacity;
    this.#weighs = setup.maxWeight < Infinity;
    this.#maxWeight = setup.maxWeight;
    this.#ttl = setup.ttl;
    this.#timeToIdle = setup.timeToIdle;
    this.#canExpire = setup.ttl < Infinity || setup.timeToIdle < Infinity;
    this.#hasher = setup.hasher;
    this.#lifespans = setup.lifespans;
    this.#ticker = setup.ticker;
    this.#outbox = setup.outbox;
    this.#entries = this.#emptyEntries();
    this.#policy = this.#newPolicy();
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

  /** Of all entries; 0 where they have none. */
  get weight(): number {
    return this.#weight;
  }

  /** Weight beyond the bound, because everything else is pinned. */
  get weightOverflow(): number {
    return Math.max(0, this.#weight - this.#maxWeight);
  }

  /** Own bytes, keys and values apart: pointers, and bytes that hold none. A `Map` has 3.5 pointers a place. */
  get structure(): { pointers: number; plain: number } {
    const { reserved, bytesPerSlot } = this.#entries;
    const places = this.#map.size === 0 ? 0 : 2 ** Math.ceil(Math.log2(Math.max(4, this.#map.size)));
    const order = this.#list ? 8 : 9;
    const plain = reserved * (bytesPerSlot + order) + (this.#filter?.byteLength ?? 0);
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
    this.#touch(slot);
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

  set(key: K, value: V, write: Write): void {
    let slot = this.#map.get(key);
    if (slot !== undefined && this.#isExpired(slot)) {
      this.expire(slot);
      slot = undefined;
    }
    if (this.#weighs && write.weight > this.#maxWeight) this.#refuse(key, value, slot);
    else {
      if (slot === undefined) this.#insert(key, value, write);
      else this.#overwrite(slot, value, write);
      this.counters.sets++;
      if (this.#outbox.hearsSets) this.#outbox.push({ type: "set", key, value });
    }
    if (this.#ticker.kept >= this.sweep.due) this.sweep.step(this.#ticker.kept);
    if (this.#outbox.waits) this.#outbox.flush();
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
    this.#entries = this.#emptyEntries();
    this.#policy = this.#newPolicy();
    this.#weight = 0;
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
    if (!this.#pins.has(slot)) this.#policy.remove(slot, false);
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

  /** The entries as the policy orders them, the next victim first; pinned ones are the last. */
  *slotsInOrder(): Generator<number, undefined> {
    yield* this.#policy.slots();
    yield* this.#pins.slots();
  }

  /** All that is known of an entry, or `undefined` when it has expired. */
  entryAt(slot: number): ShardEntry<K, V> | undefined {
    if (this.#isExpired(slot)) return undefined;
    const { keys, values, written, ttls, weights } = this.#entries;
    const times = { written: written[slot]!, ttl: ttls === undefined ? this.#ttl : ttls[slot]! };
    return { key: keys[slot] as K, value: values[slot] as V, ...times, weight: weights?.[slot] };
  }

  /** When the value of a slot was written, in ms. */
  writtenAt(slot: number): number {
    return this.#entries.written[slot]!;
  }

  /** Other bounds. What no longer fits is evicted. */
  resize(capacity: number, maxWeight: number): void {
    this.#capacity = capacity;
    this.#maxWeight = maxWeight;
    this.#entries.capacity = capacity;
    this.#shrink();
    this.#outbox.flush();
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    const { touched } = this.#entries;
    const deadline = this.#deadlineByWrite(slot);
    return touched === undefined ? deadline : Math.min(deadline, touched[slot]! + this.#timeToIdle);
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

  #insert(key: K, value: V, write: Write): void {
    // The victim's key is hashed on the way, by the same hasher.
    const { byValue, first, second } = this.#hasher;
    const now = this.#timeOfWrite(write.ttl);
    if (this.#policy.expect !== undefined) this.#policy.expect(key);
    const slot = this.#takeSlot(write.weight, now);
    if (byValue && this.#setup.probability !== undefined)
      this.#fittingFilter(this.#setup.probability).add(first, second);
    this.#map.set(key, slot);
    this.#entries.keys[slot] = key;
    this.#entries.values[slot] = value;
    if (this.#weighs) this.#weigh(slot, write.weight);
    this.#policy.add(slot);
    this.#date(slot, write.ttl, now - write.age);
  }

  #overwrite(slot: number, value: V, write: Write): void {
    const { keys, values, written } = this.#entries;
    const now = this.#timeOfWrite(write.ttl);
    const ttl = write.keepTtl ? this.#deadlineByWrite(slot) - now : write.ttl;
    if (this.#weighs) this.#reweigh(slot, write.weight, now);
    const old = values[slot] as V;
    values[slot] = value;
    this.counters.replaced++;
    this.#lifespans.record(now - written[slot]!, this.#index);
    this.#touch(slot);
    this.#date(slot, ttl, now - write.age);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(keys[slot] as K, old, "replaced");
  }

  /** The value is heavier than the bound: it is not stored, and its key's older one is not true any more. */
  #refuse(key: K, value: V, slot: number | undefined): void {
    this.counters.refused++;
    if (slot !== undefined) {
      this.counters.replaced++;
      this.#discard(slot, "replaced");
    }
    if (this.#outbox.hearsSets) this.#outbox.push({ type: "refusal", key, value });
  }

  /** An access, as the policy wants to hear of it. */
  #touch(slot: number): void {
    if (this.#list !== undefined) this.#list.renew(slot);
    else if (this.#marks !== undefined) {
      const { bytes, limit } = this.#marks;
      if (bytes[slot]! < limit) bytes[slot]!++;
    } else if (this.#calls && !this.#isPinned(slot)) this.#policy.touch!(slot);
    if (this.#entries.touched !== undefined) this.#entries.touched[slot] = this.#ticker.kept;
  }

  #isPinned(slot: number): boolean {
    return this.#pins.size !== 0 && this.#pins.has(slot);
  }

  /** What lives shortly counts from an exact read. */
  #timeOfWrite(ttl: number): number {
    return ttl < EXACT_TTL || this.#timeToIdle < EXACT_TTL ? this.#ticker.now() : this.#ticker.recent();
  }

  #deadlineByWrite(slot: number): number {
    const { written, ttls } = this.#entries;
    return written[slot]! + (ttls === undefined ? this.#ttl : ttls[slot]!);
  }

  /** Notes when a value was written, and when it expires. */
  #date(slot: number, ttl: number, written: number): void {
    const { touched } = this.#entries;
    this.#entries.written[slot] = written;
    if (ttl !== this.#ttl || this.#entries.ttls !== undefined) {
      (this.#entries.ttls ?? this.#entries.addTtls(this.#ttl))[slot] = ttl;
      this.#canExpire ||= ttl < Infinity;
    }
    if (touched !== undefined) touched[slot] = this.#ticker.kept;
    const deadline = touched === undefined ? written + ttl : this.deadlineOf(slot);
    if (deadline < this.sweep.ahead) this.sweep.note(deadline);
  }

  #weigh(slot: number, weight: number): void {
    this.#entries.weights![slot] = weight;
    this.#weight += weight;
  }

  /** An overwrite changes the weight. Where that takes others away, the entry is like a new one to the policy. */
  #reweigh(slot: number, weight: number, now: number): void {
    const { weights } = this.#entries;
    const more = weight - weights![slot]!;
    if (more > 0 && this.#weight + more > this.#maxWeight) {
      const isPinned = this.#pins.has(slot);
      if (!isPinned) this.#policy.remove(slot, false);
      while (this.#weight + more > this.#maxWeight && this.#evictNext(now));
      if (!isPinned) this.#policy.add(slot);
    }
    weights![slot] = weight;
    this.#weight += more;
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

  /** A slot for a new entry. Victims are chosen before the insert, so that a new entry cannot evict itself. */
  #takeSlot(weight: number, now: number): number {
    if (this.#weighs) while (this.#weight + weight > this.#maxWeight && this.#evictNext(now));
    const victim = this.#map.size < this.#capacity ? 0 : this.#victim();
    // No victim although it is full: everything is pinned, and the bound is exceeded.
    if (victim === 0) return this.#entries.take(this.#policy);
    this.#evict(victim, now);
    return victim;
  }

  /** Evicts until both bounds hold, or everything is pinned. */
  #shrink(): void {
    const now = this.#ticker.recent();
    while ((this.#map.size > this.#capacity || this.#weight > this.#maxWeight) && this.#evictNext(now));
  }

  /** Evicts the next victim for good. Returns whether there was one. */
  #evictNext(now: number): boolean {
    const victim = this.#victim();
    if (victim === 0) return false;
    this.#evict(victim, now);
    this.#free(victim);
    return true;
  }

  #victim(): number {
    const victim = this.#policy.victim();
    if (victim === 0 || (this.#entries.has(victim) && !this.#isPinned(victim))) return victim;
    throw invalidPolicy(this.#setup.strategy.name, `named slot ${victim} as the victim, which it was not given`);
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
    const { keys, values, weights } = this.#entries;
    const key = keys[slot] as K;
    this.#map.delete(key);
    this.#lifespans.record(now - this.#entries.written[slot]!, this.#index);
    if (this.#weighs) this.#weight -= weights![slot]!;
    if (this.#filter !== undefined) this.#forgetInFilter(this.#filter, key);
    if (this.#pins.size === 0 || !this.#pins.forget(slot)) this.#policy.remove(slot, cause === "evicted");
    if (this.#outbox.hearsRemovals) this.#tellRemoval(key, values[slot] as V, cause);
  }

  #forgetInFilter(filter: BloomCells, key: K): void {
    this.#hasher.hash(key);
    if (this.#hasher.byValue) filter.remove(this.#hasher.first, this.#hasher.second);
  }

  /** Removes an entry for good: its slot is free. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#remove(slot, cause, this.#ticker.recent());
    this.#free(slot);
  }

  #free(slot: number): void {
    this.#entries.release(slot);
    if (this.#map.size === 0) this.sweep.rest();
  }

  #unpinned(slot: number): void {
    this.#policy.add(slot);
    this.#shrink();
    this.#outbox.flush();
  }

  #emptyEntries(): Entries<K, V> {
    return new Entries(this.#capacity, { idles: this.#timeToIdle < Infinity, weighs: this.#weighs });
  }

  #newPolicy(): Policy {
    const { strategy, policyTools } = this.#setup;
    const capacity = (): number => (this.#capacity === Infinity ? Math.max(1, this.#map.size) : this.#capacity);
    const policy = strategy.create({
      get capacity() {
        return capacity();
      },
      random: policyTools.random,
      hash: policyTools.hash,
      keyOf: (slot) => this.#entries.keys[slot],
    });
    checkPolicy(policy, strategy.name);
    this.#list = policy.hit === "relink" ? policy.list : undefined;
    this.#marks = policy.hit === "mark" ? policy.marks : undefined;
    this.#calls = policy.hit === "call";
    return policy;
  }

  #tellRemoval(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
