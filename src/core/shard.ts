import type { Ticker } from "./clock.ts";
import { Entries } from "./entries.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import type { KeyHasher } from "./hash.ts";
import { KeyIndex } from "./key-index.ts";
import { Lifetimes } from "./lifetimes.ts";
import { Counters } from "./metrics/counters.ts";
import type { LifespanLog } from "./metrics/lifespans.ts";
import type { Strategy } from "./policy/policy.ts";
import { type Ranked, Ranking, ShardContext } from "./ranking.ts";
import { ShardFilter } from "./shard-filter.ts";
import { SLOTS_PER_WRITE, Sweep, type Sweepable } from "./sweep.ts";
import type { Write } from "./write.ts";

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
  /** For policies that draw. */
  readonly random: () => number;
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

/** The index from key to slot, the columns, one policy and one sweep: the hot path. */
export class Shard<K, V> implements Sweepable, Ranked {
  readonly counters: Counters = new Counters();
  readonly sweep: Sweep;
  #index: KeyIndex<K>;
  #entries: Entries<K, V>;
  #lifetimes: Lifetimes;
  #ranking: Ranking;
  #filter: ShardFilter | undefined;
  #ticker: Ticker;
  #outbox: Outbox<K, V>;
  #lifespans: LifespanLog;
  #setup: ShardSetup<K, V>;
  #place: number;
  #capacity: number;
  #weighs: boolean;
  #maxWeight: number;
  #weight = 0;

  /** @throws MachoError "invalid-policy" */
  constructor(setup: ShardSetup<K, V>) {
    this.#setup = setup;
    this.#place = setup.index;
    this.#capacity = setup.capacity;
    this.#weighs = setup.maxWeight < Infinity;
    this.#maxWeight = setup.maxWeight;
    this.#lifespans = setup.lifespans;
    this.#ticker = setup.ticker;
    this.#outbox = setup.outbox;
    if (setup.probability !== undefined) this.#filter = new ShardFilter(setup.probability, setup.hasher);
    this.sweep = new Sweep(this, () => setup.onDue());
    this.#entries = this.#newEntries();
    this.#index = new KeyIndex(this.#entries);
    this.#lifetimes = this.#newLifetimes();
    this.#ranking = this.#newRanking();
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.#index.size;
  }

  /** The most entries, as long as not all are pinned. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Where only weight bounds it, a policy measures its parts by the entries that are there. */
  get room(): number {
    return this.#capacity === Infinity ? Math.max(1, this.#index.size) : this.#capacity;
  }

  /** Entries beyond the capacity, because everything else is pinned. */
  get overflow(): number {
    return Math.max(0, this.#index.size - this.#capacity);
  }

  /** Of all entries; 0 where they have none. */
  get weight(): number {
    return this.#weight;
  }

  /** Weight beyond the bound, because everything else is pinned. */
  get weightOverflow(): number {
    return Math.max(0, this.#weight - this.#maxWeight);
  }

  /** Pointers of its own, keys and values apart. An index has 3.5 a place. */
  get pointers(): number {
    const places = this.size === 0 ? 0 : 2 ** Math.ceil(Math.log2(Math.max(4, this.size)));
    return 3.5 * places + 2 * this.#entries.reserved + 60;
  }

  /** Bytes of its own that hold no pointers. */
  get plainBytes(): number {
    const perSlot = this.#lifetimes.bytesPerSlot + this.#ranking.bytesPerSlot + (this.#weighs ? 8 : 0);
    return this.#entries.reserved * perSlot + (this.#filter?.byteLength ?? 0);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    if (this.#filter !== undefined && this.#filter.rejects) return this.#reject();
    const slot = this.#index.get(key);
    if (slot === 0) {
      this.counters.misses++;
      if (this.#filter !== undefined && !this.#filter.isPassedBy) this.counters.falsePositives++;
      return 0;
    }
    if (this.#lifetimes.isExpired(slot)) return this.#missExpired(slot);
    this.counters.hits++;
    this.#ranking.touch(slot);
    this.#lifetimes.touch(slot);
    return slot;
  }

  /** The value of a slot that `lookup` or `find` returned just now. */
  valueAt(slot: number): V | undefined {
    return this.#entries.values[slot];
  }

  /** The key of an entry that is there, or is about to be. */
  keyAt(slot: number): unknown {
    return this.#entries.keys[slot];
  }

  /** When that value was written, in ms. */
  writtenAt(slot: number): number {
    return this.#lifetimes.written[slot]!;
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.#index.get(key);
    return slot === 0 || this.#lifetimes.isExpired(slot) ? 0 : slot;
  }

  set(key: K, value: V, write: Write): void {
    let slot = this.#index.get(key);
    if (slot !== 0 && this.#lifetimes.isExpired(slot)) {
      this.expire(slot);
      slot = 0;
    }
    if (this.#weighs && write.weight > this.#maxWeight) this.#refuse(key, value, slot);
    else {
      if (slot === 0) this.#insert(key, value, write);
      else this.#overwrite(slot, value, write);
      this.counters.sets++;
      if (this.#outbox.hearsSets) this.#outbox.push({ type: "set", key, value });
    }
    if (this.#ticker.kept >= this.sweep.due) this.sweep.run(this.#ticker.kept, SLOTS_PER_WRITE);
    if (this.#outbox.waits) this.#outbox.flush();
  }

  /** Returns whether there was a value that had not expired. */
  delete(key: K): boolean {
    const slot = this.#index.get(key);
    if (slot === 0) return false;
    const alive = !this.#lifetimes.isExpired(slot);
    if (alive) {
      this.counters.deleted++;
      this.#discard(slot, "deleted");
    } else this.expire(slot);
    this.#outbox.flush();
    return alive;
  }

  clear(): void {
    // What expired before must not be told as cleared.
    if (this.#lifetimes.canExpire) this.sweep.runAll(this.#ticker.now());
    // A policy of the user's own may refuse to begin anew: nothing has changed then.
    const ranking = this.#newRanking();
    const { values } = this.#entries;
    const index = this.#index;
    this.#weight = 0;
    this.#filter?.clear();
    this.#ranking.retire();
    this.#entries = this.#newEntries();
    this.#index = new KeyIndex(this.#entries);
    this.#lifetimes = this.#newLifetimes();
    this.#ranking = ranking;
    this.counters.cleared += index.size;
    if (this.#outbox.hearsRemovals) {
      for (const key of index.keys()) this.#tellRemoval(key, values[index.get(key)] as V, "cleared");
    }
    this.sweep.rest();
  }

  /** Other bounds. What no longer fits is evicted. */
  resize(capacity: number, maxWeight: number): void {
    this.#capacity = capacity;
    this.#maxWeight = maxWeight;
    this.#entries.capacity = capacity;
    this.#shrink();
  }

  /** Removes every expired entry. Returns how many. */
  purgeExpired(): number {
    const expired = this.#lifetimes.canExpire ? this.sweep.runAll(this.#ticker.now()) : 0;
    this.#setup.onDue();
    return expired;
  }

  /** Keeps an entry from eviction. Returns the undo, or `undefined` when the key is absent. */
  pin(key: K): (() => void) | undefined {
    const slot = this.find(key);
    return slot === 0 ? undefined : this.#ranking.pin(slot);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    const slot = this.find(key);
    return slot === 0 ? undefined : this.#lifetimes.remaining(slot);
  }

  /**
   * The entries in the order of their first insertion. Survives any change on the way: what is there from the
   * beginning to the end is visited once, and what is added on the way cannot make it endless.
   */
  *entries(): Generator<[K, V], undefined> {
    const index = this.#index;
    let left = index.size;
    for (const key of index.keys()) {
      // A clear ends the iterations that are under way.
      if (left-- === 0 || index !== this.#index) return;
      const slot = index.get(key);
      if (slot !== 0 && !this.#lifetimes.isExpired(slot)) yield [key, this.#entries.values[slot] as V];
    }
  }

  /** All that is known of the entries, as the policy orders them: the next victim first. */
  *ranked(): Generator<ShardEntry<K, V>, undefined> {
    const { keys, values, weights } = this.#entries;
    const lifetimes = this.#lifetimes;
    for (const slot of this.#ranking.slots()) {
      if (lifetimes.isExpired(slot)) continue;
      const times = { written: lifetimes.written[slot]!, ttl: lifetimes.ttlOf(slot) };
      yield { key: keys[slot] as K, value: values[slot] as V, ...times, weight: weights?.[slot] };
    }
  }

  deadlineOf(slot: number): number {
    return this.#lifetimes.deadlineOf(slot);
  }

  lastSlot(): number {
    return this.#entries.lastUsed;
  }

  expire(slot: number): void {
    this.counters.expired++;
    this.#discard(slot, "expired");
  }

  #missExpired(slot: number): number {
    this.expire(slot);
    this.counters.misses++;
    this.#outbox.flush();
    return 0;
  }

  #reject(): number {
    this.counters.misses++;
    this.counters.filterRejections++;
    return 0;
  }

  #insert(key: K, value: V, write: Write): void {
    const now = this.#lifetimes.timeOfWrite(write.ttl);
    this.#ranking.expect(key);
    const slot = this.#takeSlot(write.weight, now);
    if (this.#filter !== undefined) this.#filter.add(key, this.#entries.reserved, this.#index.keys());
    this.#index.add(key, slot);
    this.#entries.keys[slot] = key;
    this.#entries.values[slot] = value;
    if (this.#weighs) this.#weigh(slot, write.weight);
    this.#ranking.add(slot);
    this.#lifetimes.date(slot, write.ttl, now - write.age);
  }

  #overwrite(slot: number, value: V, write: Write): void {
    const { keys, values } = this.#entries;
    const lifetimes = this.#lifetimes;
    const now = lifetimes.timeOfWrite(write.ttl);
    const written = lifetimes.written[slot]!;
    const ttl = write.keepTtl ? written + lifetimes.ttlOf(slot) - now : write.ttl;
    if (this.#weighs) this.#reweigh(slot, write.weight, now);
    const old = values[slot] as V;
    values[slot] = value;
    this.counters.replaced++;
    this.#lifespans.record(now - written, this.#place);
    this.#ranking.touch(slot);
    lifetimes.date(slot, ttl, now - write.age);
    if (this.#outbox.hearsRemovals) this.#tellRemoval(keys[slot] as K, old, "replaced");
  }

  /** The value is heavier than the bound: it is not stored, and its key's older one is not true any more. */
  #refuse(key: K, value: V, slot: number): void {
    this.counters.refused++;
    if (slot !== 0) {
      this.counters.replaced++;
      this.#discard(slot, "replaced");
    }
    if (this.#outbox.hearsSets) this.#outbox.push({ type: "refusal", key, value });
  }

  #weigh(slot: number, weight: number): void {
    this.#entries.weights![slot] = weight;
    this.#weight += weight;
  }

  /** An overwrite changes the weight. Where that takes others away, the entry is like a new one to the policy. */
  #reweigh(slot: number, weight: number, now: number): void {
    const more = weight - this.#entries.weights![slot]!;
    if (more > 0 && this.#weight + more > this.#maxWeight) this.#ranking.sparing(slot, () => this.#makeRoom(more, now));
    this.#entries.weights![slot] = weight;
    this.#weight += more;
  }

  /** A slot for a new entry. Victims are chosen before the insert, so that a new entry cannot evict itself. */
  #takeSlot(weight: number, now: number): number {
    if (this.#weighs) this.#makeRoom(weight, now);
    const victim = this.#index.size < this.#capacity ? 0 : this.#ranking.victim(this.#lifetimes.written);
    // No victim although it is full: everything is pinned, and the bound is exceeded.
    if (victim === 0) return this.#entries.take();
    this.#evict(victim, now);
    return victim;
  }

  #makeRoom(weight: number, now: number): void {
    while (this.#weight + weight > this.#maxWeight && this.#evictNext(now));
  }

  /** Evicts until both bounds hold, or everything is pinned. */
  #shrink(): void {
    const now = this.#ticker.recent();
    while ((this.#index.size > this.#capacity || this.#weight > this.#maxWeight) && this.#evictNext(now));
    this.#outbox.flush();
  }

  /** Evicts the next victim for good. Returns whether there was one. */
  #evictNext(now: number): boolean {
    const victim = this.#ranking.victim(this.#lifetimes.written);
    if (victim === 0) return false;
    this.#evict(victim, now);
    this.#free(victim);
    return true;
  }

  /** Removes the victim, whose slot stays taken: key and value are those of the next entry at once. */
  #evict(slot: number, now: number): void {
    if (this.#lifetimes.isOver(slot, now)) {
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
    this.#index.delete(key);
    this.#lifespans.record(now - this.#lifetimes.written[slot]!, this.#place);
    if (this.#weighs) this.#weight -= weights![slot]!;
    if (this.#filter !== undefined) this.#filter.remove(key);
    this.#ranking.remove(slot, cause === "evicted");
    if (this.#outbox.hearsRemovals) this.#tellRemoval(key, values[slot] as V, cause);
  }

  /** Removes an entry for good. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#remove(slot, cause, this.#ticker.recent());
    this.#free(slot);
  }

  #free(slot: number): void {
    this.#entries.release(slot);
    this.#lifetimes.release(slot);
    if (this.#index.size === 0) this.sweep.rest();
  }

  #newEntries(): Entries<K, V> {
    return new Entries(this.#capacity, this.#weighs, (lastSlot) => {
      this.#ranking.reserve(lastSlot);
      this.#lifetimes.reserve(lastSlot);
    });
  }

  #newLifetimes(): Lifetimes {
    return new Lifetimes(this.#setup.ttl, this.#setup.timeToIdle, this.#ticker, this.sweep);
  }

  #newRanking(): Ranking {
    const { strategy, random } = this.#setup;
    return new Ranking(strategy, new ShardContext(random, this), () => this.#shrink());
  }

  #tellRemoval(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
