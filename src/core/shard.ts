import type { Ticker } from "./lru/clock.ts";
import { Entries, MAX_SLOTS } from "./entries.ts";
import type { Outbox, RemovalCause } from "./lru/events.ts";
import type { Filter } from "./filter/filter.ts";
import type { KeyHasher } from "./hash.ts";
import { KeyIndex } from "./lru/key-index.ts";
import { Lifetimes } from "./lifetimes.ts";
import { Counters } from "./metrics/counters.ts";
import type { LifespanLog } from "./metrics/lifespans.ts";
import type { Strategy } from "./policy/policy.ts";
import { type Ranked, Ranking, ShardContext } from "./ranking.ts";
import type { Seed } from "./lru/seed.ts";
import { ShardFilter } from "./shard-filter.ts";
import { SLOTS_PER_WRITE, Sweep, type Sweepable } from "./lru/sweep.ts";
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
  /** The filter in front, if there is one, and its rate. */
  readonly filter: Filter | undefined;
  readonly probability: number;
  /** Holds the hash of the key of the running operation, where there are shards or filters. */
  readonly hasher: KeyHasher;
  readonly seed: Seed;
  readonly lifespans: LifespanLog;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  readonly strategy: Strategy;
  /** For policies that draw. */
  readonly random: () => number;
  /** Hears when the next clean-up is due, if that is sooner, or `Infinity`. */
  readonly onDue: (due: number) => void;
  /** Slots that there can be. */
  readonly most?: number | undefined;
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
  /** The same; without such a bound, what a shard can hold: entries without weight would fill it. */
  #mostEntries: number;
  #weighs: boolean;
  #maxWeight: number;
  #weight = 0;

  /** @throws MachoError "invalid-policy" */
  constructor(setup: ShardSetup<K, V>) {
    this.#setup = setup;
    this.#place = setup.index;
    this.#capacity = setup.capacity;
    this.#mostEntries = Math.min(setup.capacity, setup.most ?? MAX_SLOTS);
    this.#weighs = setup.maxWeight < Infinity;
    this.#maxWeight = setup.maxWeight;
    this.#lifespans = setup.lifespans;
    this.#ticker = setup.ticker;
    this.#outbox = setup.outbox;
    const { filter, probability, hasher } = setup;
    if (filter) this.#filter = new ShardFilter(filter, probability, hasher);
    this.sweep = new Sweep(this, setup.onDue);
    this.#entries = this.#newEntries();
    this.#index = new KeyIndex(this.#entries, this.#setup.seed);
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

  /** The most weight; `Infinity` where entries have none. */
  get maxWeight(): number {
    return this.#maxWeight;
  }

  isPinned(slot: number): boolean {
    return this.#ranking.isPinned(slot);
  }

  /** Entries that are pinned. */
  get pinned(): number {
    return this.#ranking.pinned;
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
    const perSlot = 8 + this.#lifetimes.bytesPerSlot + this.#ranking.bytesPerSlot + (this.#weighs ? 8 : 0);
    return this.#entries.reserved * perSlot + (this.#filter?.byteLength ?? 0);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    if (this.#filter !== undefined && this.#filter.rejects) return this.#reject();
    const slot = this.#index.get(key);
    if (slot === 0 || this.#lifetimes.isExpired(slot)) return this.#miss(slot);
    this.counters.hits++;
    this.#ranking.touch(slot);
    this.#lifetimes.touch(slot);
    return slot;
  }

  /** The value of a slot that `lookup` or `find` returned just now; `undefined` for slot 0. */
  valueAt(slot: number): V | undefined {
    return this.#entries.values[slot];
  }

  /** The key of an entry that is there, or is about to be. */
  keyAt(slot: number): unknown {
    return this.#entries.keys[slot];
  }

  /** When that value was written, in ms. */
  writtenAt(slot: number): number {
    return this.#entries.written[slot]!;
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.#index.get(key);
    return slot === 0 || this.#lifetimes.isExpired(slot) ? 0 : slot;
  }

  /**
   * Stores a value. This and `#insert` are long on purpose: an engine inlines what is short into its caller until a
   * budget is spent, and then calls the small steps that matter. docs/decisions/0014-two-long-functions.md
   */
  set(key: K, value: V, write: Write): void {
    const lifetimes = this.#lifetimes;
    const outbox = this.#outbox;
    if (--lifetimes.calm < 0) lifetimes.look();
    let slot = this.#index.get(key);
    if (lifetimes.calm < 0) slot = this.#tidy(slot);
    const fits = write.weight <= this.#maxWeight;
    if (!fits) this.#refuse(slot);
    else if (slot === 0) this.#insert(key, value, write);
    else {
      const entries = this.#entries;
      const { counters } = this;
      const ticker = this.#ticker;
      if (write.isExact === true) ticker.now();
      const age = ticker.kept - entries.written[slot]!;
      const ttl = write.keepTtl === true ? lifetimes.ttlOf(slot) - age : write.ttl;
      if (this.#weighs === true) this.#reweigh(slot, write.weight);
      const old = entries.values[slot] as V;
      entries.values[slot] = value;
      counters.replaced++;
      counters.sets++;
      this.#lifespans.record(age, this.#place);
      this.#ranking.touch(slot);
      lifetimes.date(slot, ttl, write.age);
      if (outbox.isHeard === true) this.#tellRemoval(entries.keys[slot] as K, old, "replaced");
    }
    if (outbox.isHeard === true) this.#tellWrite(key, value, fits ? "set" : "refusal");
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
    this.#index = new KeyIndex(this.#entries, this.#setup.seed);
    this.#lifetimes = this.#newLifetimes();
    this.#ranking = ranking;
    this.counters.cleared += index.size;
    if (this.#outbox.isHeard) {
      for (const key of index.keys()) this.#tellRemoval(key, values[index.get(key)] as V, "cleared");
    }
    this.sweep.rest();
  }

  /** Other bounds; `shrink` evicts what no longer fits. */
  resize(capacity: number, maxWeight: number): void {
    this.#capacity = capacity;
    this.#mostEntries = Math.min(capacity, this.#setup.most ?? MAX_SLOTS);
    this.#maxWeight = maxWeight;
    this.#entries.capacity = capacity;
  }

  /** Evicts until both bounds hold, or everything is pinned. The outbox is for the caller to flush. */
  shrink(): void {
    this.#ticker.recent();
    while ((this.#index.size > this.#mostEntries || this.#weight > this.#maxWeight) && this.#evictNext());
  }

  /** What may be evicted of those that are not pinned, the next victim first. */
  victims(mayGo: (key: K, written: number) => boolean): number[] {
    const { keys, written } = this.#entries;
    return Array.from(this.#ranking.victims()).filter((slot) => mayGo(keys[slot] as K, written[slot]!));
  }

  /** The weight of an entry; 0 where they have none. */
  weightAt(slot: number): number {
    return this.#entries.weights?.[slot] ?? 0;
  }

  /** Evicts an entry that is there. The kept time must be good; the outbox is for the caller to flush. */
  evict(slot: number): void {
    this.#ranking.remove(slot, this.#evict(slot));
    this.#free(slot);
  }

  /** Whether a value of this weight is not refused. */
  fits(weight: number): boolean {
    return weight <= this.#maxWeight;
  }

  /** Removes every expired entry. Returns how many. */
  purgeExpired(): number {
    return this.#lifetimes.canExpire ? this.sweep.runAll(this.#ticker.now()) : 0;
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
    const { keys, values, written, weights } = this.#entries;
    const lifetimes = this.#lifetimes;
    for (const slot of this.#ranking.slots()) {
      if (lifetimes.isExpired(slot)) continue;
      const times = { written: written[slot]!, ttl: lifetimes.ttlOf(slot) };
      yield { key: keys[slot] as K, value: values[slot] as V, ...times, weight: weights?.[slot] };
    }
  }

  deadlineOf(slot: number): number {
    return this.#lifetimes.deadlineOf(slot);
  }

  get lastUsed(): number {
    return this.#entries.lastUsed;
  }

  expire(slot: number): void {
    this.counters.expired++;
    this.#discard(slot, "expired");
  }

  /** A lookup found nothing, or what has expired. */
  #miss(slot: number): 0 {
    this.counters.misses++;
    if (slot !== 0) {
      this.expire(slot);
      this.#outbox.flush();
    } else if (this.#filter !== undefined && !this.#filter.isPassedBy) this.counters.falsePositives++;
    return 0;
  }

  #reject(): 0 {
    this.counters.misses++;
    this.counters.filterRejections++;
    return 0;
  }

  /** Before a write while something is due. Returns the slot, or 0 when it is the one that has expired. */
  #tidy(slot: number): number {
    const isExpired = slot !== 0 && this.#lifetimes.isDue(slot);
    if (isExpired) this.expire(slot);
    const now = this.#ticker.recent();
    if (now >= this.sweep.due) this.sweep.run(now, SLOTS_PER_WRITE);
    return isExpired ? 0 : slot;
  }

  /** A key that is absent. In a full shard, its entry takes the place of the victim. */
  #insert(key: K, value: V, write: Write): void {
    const entries = this.#entries;
    const ranking = this.#ranking;
    const lifetimes = this.#lifetimes;
    const index = this.#index;
    const { counters } = this;
    if (write.isExact === true) this.#ticker.now();
    ranking.expect(key);
    if (this.#weighs === true) this.#makeRoom(write.weight);
    // The victim is chosen before the insert, so that a new entry cannot evict itself. Without one, all are pinned.
    const victim = index.size < this.#mostEntries ? 0 : ranking.victim(entries.written);
    if (victim !== 0) ranking.leave(victim, this.#evict(victim));
    const slot = victim === 0 ? entries.take() : victim;
    if (this.#filter !== undefined) this.#filter.add(key, entries.reserved, index.keys());
    index.add(key, slot);
    entries.keys[slot] = key;
    entries.values[slot] = value;
    if (this.#weighs === true) this.#weigh(slot, write.weight);
    if (victim === 0) ranking.add(slot);
    else ranking.addInPlace(slot);
    lifetimes.date(slot, write.ttl, write.age);
    counters.sets++;
  }

  /** The value is heavier than the bound: it is not stored, and its key's older one is not true any more. */
  #refuse(slot: number): void {
    this.counters.refused++;
    if (slot === 0) return;
    this.counters.replaced++;
    this.#discard(slot, "replaced");
  }

  #weigh(slot: number, weight: number): void {
    this.#entries.weights![slot] = weight;
    this.#weight += weight;
  }

  /** An overwrite changes the weight. Where that takes others away, the entry is like a new one to the policy. */
  #reweigh(slot: number, weight: number): void {
    const more = weight - this.#entries.weights![slot]!;
    if (more > 0 && this.#weight + more > this.#maxWeight) this.#ranking.sparing(slot, () => this.#makeRoom(more));
    this.#entries.weights![slot] = weight;
    this.#weight += more;
  }

  #makeRoom(weight: number): void {
    while (this.#weight + weight > this.#maxWeight && this.#evictNext());
  }

  /** Evicts the next victim for good. Returns whether there was one. */
  #evictNext(): boolean {
    const victim = this.#ranking.victim(this.#entries.written);
    if (victim === 0) return false;
    this.evict(victim);
    return true;
  }

  /** The victim leaves all but the ranking. Returns whether it was evicted; otherwise it had expired. */
  #evict(slot: number): boolean {
    const isEvicted = !this.#lifetimes.isOver(slot);
    if (isEvicted) this.counters.evicted++;
    else this.counters.expired++;
    this.#forget(slot, isEvicted ? "evicted" : "expired");
    return isEvicted;
  }

  /** The kept time must be good: it says how long the entry lived. */
  #forget(slot: number, cause: RemovalCause): void {
    const entries = this.#entries;
    const key = entries.keys[slot] as K;
    this.#index.delete(key);
    this.#lifespans.record(this.#ticker.kept - entries.written[slot]!, this.#place);
    if (this.#weighs === true) this.#weight -= entries.weights![slot]!;
    if (this.#filter !== undefined) this.#filter.remove(key);
    if (this.#outbox.isHeard === true) this.#tellRemoval(key, entries.values[slot] as V, cause);
  }

  /** Removes an entry for good. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#ticker.recent();
    this.#forget(slot, cause);
    this.#ranking.remove(slot, false);
    this.#free(slot);
  }

  #free(slot: number): void {
    this.#entries.release(slot);
    this.#lifetimes.release(slot);
    if (this.#index.size === 0) this.sweep.rest();
  }

  #newEntries(): Entries<K, V> {
    const onGrowth = (lastSlot: number): void => {
      this.#ranking.reserve(lastSlot);
      this.#lifetimes.reserve(lastSlot);
      this.#index.reserve(lastSlot);
    };
    return new Entries(this.#capacity, this.#weighs, onGrowth, this.#setup.most);
  }

  #newLifetimes(): Lifetimes {
    const { ttl, timeToIdle } = this.#setup;
    return new Lifetimes(this.#entries, ttl, timeToIdle, this.#ticker, this.sweep);
  }

  #newRanking(): Ranking {
    const { strategy, random, seed } = this.#setup;
    return new Ranking(strategy, new ShardContext(random, this, seed), () => {
      this.shrink();
      this.#outbox.flush();
    });
  }

  #tellWrite(key: K, value: V, type: "set" | "refusal"): void {
    if (this.#outbox.hearsSets) this.#outbox.push({ type, key, value });
    this.#outbox.flush();
  }

  #tellRemoval(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
