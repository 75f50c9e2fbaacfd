import type { Resting, Ticker } from "./clock.ts";
import { MAX_SLOTS, numbers } from "./columns.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import { KeyIndex } from "./key-index.ts";
import { OrderedColumns } from "./ordered.ts";
import type { Seed } from "./seed.ts";
import type { Recorder, StoreSetup, Write } from "./store-setup.ts";
import { SLOTS_PER_WRITE, Sweep, type Sweepable } from "./sweep.ts";

/** What lives shorter than this, in ms, counts from an exact read of the clock. */
export const EXACT_BELOW = 10_000;
/** Operations until a store in which nothing can expire looks again. A browser keeps a number from 2^30 on in an object. */
const LONG = 2 ** 29;

/**
 * The index from key to slot, the columns, the order of recency and one sweep: the hot path.
 * A subclass may keep more of entries: it overrides the steps `lookup`, `deadlineOf`, `date` and `gone`.
 * It is longer than other files, since its steps share the columns: docs/decisions/0027-two-floors.md
 */
export class Store<K, V> extends OrderedColumns<K, V> implements Sweepable, Resting {
  hits = 0;
  misses = 0;
  sets = 0;
  /** Values heavier than the bound, which were not stored. */
  refused = 0;
  evicted = 0;
  expired = 0;
  replaced = 0;
  deleted = 0;
  cleared = 0;
  /** Of all entries; 0 where they have none. */
  weight = 0;
  /** `Infinity` where entries have none. */
  maxWeight: number;
  /**
   * Operations left of this task for which nothing can be due, and the kept time is good: the hot path counts down
   * instead of comparing times. Below 0: `#look` before anything is served or written.
   */
  calm = 0;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  /** What lives shorter than this, in ms, has an exact time; as long as there are no times, all that expires. */
  exactBelow: number;
  /** Whether every write has an exact time. */
  isExact = false;
  recorder: Recorder | undefined;
  readonly sweep: Sweep;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  index: KeyIndex<K>;
  readonly seed: Seed;

  /** @param isTimed whether the time of each write is needed */
  constructor(setup: StoreSetup<K, V>, isTimed: boolean = setup.ttl < Infinity) {
    const { capacity, maxWeight, ttl, seed, ticker, outbox, onDue, most } = setup;
    super(capacity, most ?? MAX_SLOTS, isTimed, maxWeight < Infinity);
    this.maxWeight = maxWeight;
    this.ttl = ttl;
    this.exactBelow = isTimed ? EXACT_BELOW : Infinity;
    this.ticker = ticker;
    this.outbox = outbox;
    this.sweep = new Sweep(this, onDue);
    this.seed = seed;
    this.index = new KeyIndex<K>(this, seed);
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.index.size;
  }

  /** Entries beyond the capacity, because everything else is pinned. */
  get overflow(): number {
    return Math.max(0, this.size - this.capacity);
  }

  /** Weight beyond the bound, because everything else is pinned. */
  get weightOverflow(): number {
    return Math.max(0, this.weight - this.maxWeight);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    return this.serve(key, this.index.get(key));
  }

  /** The same, where the slot of the key is known; 0 when it is absent. */
  serve(key: K, slot: number): number {
    if (slot === 0 || (--this.calm < 0 && this.#isExpired(slot))) return this.miss(key, slot);
    this.hits++;
    this.touch(slot);
    this.recorder?.hit(key, slot);
    return slot;
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.index.get(key);
    return slot === 0 || (--this.calm < 0 && this.#isExpired(slot)) ? 0 : slot;
  }

  /**
   * Stores a value. This and `#insert` are long on purpose: an engine inlines what is short into its caller until a
   * budget is spent, and then calls the small steps that matter. This one must stay longer than 460 bytes of V8's
   * bytecode. docs/decisions/0014-two-long-functions.md
   */
  set(key: K, value: V, write: Write): void {
    if (--this.calm < 0) this.#look();
    const { outbox } = this;
    let slot = this.index.get(key);
    if (this.calm < 0) slot = this.#tidy(slot);
    const fits = write.weight <= this.maxWeight;
    if (!fits) this.#refuse(slot);
    else if (slot === 0) slot = this.#insert(key, value, write);
    else {
      if (write.ttl < this.exactBelow || this.isExact) this.#readTime();
      const { weights } = this;
      if (weights !== undefined) {
        const more = write.weight - weights[slot]!;
        const isOver = more > 0 && this.weight + more > this.maxWeight;
        // Others go, and the entry cannot be the victim itself.
        const isSpared = isOver && !this.pins.has(slot);
        if (isSpared) this.leave(slot, false);
        if (isOver) this.#makeRoom(more);
        if (isSpared) this.join(slot);
        weights[slot] = write.weight;
        this.weight += more;
      }
      const old = this.values[slot] as V;
      this.recorder?.removed(key, "replaced", slot);
      this.values[slot] = value;
      this.replaced++;
      this.sets++;
      this.touch(slot);
      this.date(slot, write);
      if (outbox.isHeard === true) this.#tell(slot, old, "replaced");
    }
    this.recorder?.set(key, write, fits ? slot : 0);
    if (outbox.isHeard === true) {
      if (outbox.hearsSets) outbox.push({ type: fits ? "set" : "refusal", key, value });
      outbox.flush();
    }
  }

  /** Returns whether there was a value that had not expired. */
  delete(key: K): boolean {
    this.recorder?.delete(key);
    const slot = this.index.get(key);
    if (slot === 0) return false;
    const isAlive = --this.calm >= 0 || !this.#isExpired(slot);
    if (isAlive) {
      this.deleted++;
      this.#discard(slot, "deleted");
    } else this.expire(slot);
    this.outbox.flush();
    return isAlive;
  }

  /** The outbox is for the caller to flush. */
  clear(): void {
    // What expired before must not be told as cleared.
    this.purge();
    this.recorder?.clear();
    const { index, keys, values, outbox } = this;
    this.empty();
    this.index = new KeyIndex<K>(this, this.seed);
    this.cleared += index.size;
    if (outbox.isHeard) {
      for (const slot of index.slots()) {
        outbox.push({ type: "removal", key: keys[slot] as K, value: values[slot] as V, cause: "cleared" });
      }
    }
    this.sweep.rest();
  }

  override empty(): void {
    super.empty();
    this.weight = 0;
  }

  /** Evicts until both bounds hold, or everything is pinned. The outbox is for the caller to flush. */
  shrink(): void {
    this.ticker.recent();
    while ((this.size > Math.min(this.capacity, this.most) || this.weight > this.maxWeight) && this.#evictNext());
  }

  /** Removes every expired entry. Returns how many. */
  purge(): number {
    return this.sweep.lowest < Infinity ? this.sweep.runAll(this.ticker.now()) : 0;
  }

  /** Keeps an entry from eviction. Returns the undo, or `undefined` when the key is absent. */
  pin(key: K): (() => void) | undefined {
    const slot = this.find(key);
    return slot === 0 ? undefined : this.#pin(slot);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    const slot = this.find(key);
    if (slot === 0) return undefined;
    const deadline = this.deadlineOf(slot);
    return deadline === Infinity ? Infinity : Math.max(0, deadline - this.ticker.now());
  }

  /**
   * The entries in the order of their first insertion. Survives any change on the way: what is there from the
   * beginning to the end is visited once, and what is added on the way cannot make it endless.
   */
  *entries(): Generator<[K, V], undefined> {
    const { index } = this;
    let left = index.size;
    for (const key of index.keys()) {
      // A clear ends the iterations that are under way.
      if (left-- === 0 || index !== this.index) return;
      const slot = this.find(key);
      if (slot !== 0) yield [key, this.values[slot] as V];
    }
  }

  expire(slot: number): void {
    this.expired++;
    this.#discard(slot, "expired");
  }

  /** Evicts an entry that is there, for good. The kept time must be good; the outbox is for the caller to flush. */
  evict(slot: number): void {
    this.leave(slot, this.#evicted(slot));
    this.#free(slot);
  }

  /** A lookup found nothing, or what has expired. */
  miss(key: K, slot: number): 0 {
    this.misses++;
    this.recorder?.miss(key, slot !== 0);
    if (slot !== 0) {
      this.expire(slot);
      this.outbox.flush();
    }
    return 0;
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    return this.times === undefined ? Infinity : this.times[slot]! + this.ttlOf(slot);
  }

  /** Ms that an entry lives from its write. */
  ttlOf(slot: number): number {
    return this.ttls === undefined ? this.ttl : this.ttls[slot]!;
  }

  /** An entry was written, at the kept time. */
  date(slot: number, { ttl, age }: Write): void {
    const { times } = this;
    if (times === undefined) return;
    const written = this.ticker.kept - age;
    times[slot] = written;
    if (ttl !== this.ttl || this.ttls !== undefined) {
      this.ttls ??= new Float64Array(this.reserved + 1).fill(this.ttl);
      this.ttls[slot] = ttl;
    }
    if (written + ttl < this.sweep.ahead) this.note(written + ttl);
  }

  /** A deadline was written that the sweep does not know of. */
  note(deadline: number): void {
    this.sweep.note(deadline);
    this.calm = 0;
  }

  /** An entry leaves its slot. The kept time is good. */
  gone(_slot: number): void {}

  /** From the first write on that can expire, each has a time; what lives shortly has an exact one. */
  #readTime(): void {
    this.times ??= numbers(this.reserved);
    this.exactBelow = EXACT_BELOW;
    this.ticker.now();
  }

  /** Reads the time if it is not good any more, and is calm as long as nothing is due soon. */
  #look(): void {
    const { ticker } = this;
    if (this.times === undefined) {
      // The first operation says when counting began. Nothing else needs the time.
      if (ticker.began === null) ticker.now();
      this.calm = LONG;
      return;
    }
    ticker.tick();
    if (ticker.horizon < this.sweep.lowest) ticker.rest(this);
    else this.calm = -1;
  }

  /** Whether an entry has expired, when the hot path has counted down. */
  #isExpired(slot: number): boolean {
    this.#look();
    return this.calm < 0 && this.#isDue(slot);
  }

  /** Whether an entry has expired, after a `#look` that found that one may have. */
  #isDue(slot: number): boolean {
    // Where every read is exact, one that never expires asks as well: the time is what a lost timer is noticed by.
    const deadline = this.deadlineOf(slot);
    return deadline <= this.ticker.horizon && deadline <= this.ticker.now();
  }

  /** Before a write while something is due. Returns the slot, or 0 when it is the one that has expired. */
  #tidy(slot: number): number {
    const isExpired = slot !== 0 && this.#isDue(slot);
    if (isExpired) this.expire(slot);
    const now = this.ticker.recent();
    if (now >= this.sweep.due) this.sweep.run(now, SLOTS_PER_WRITE);
    return isExpired ? 0 : slot;
  }

  /** A key that is absent. In a full store, its entry takes the place of the victim. Returns its slot. */
  #insert(key: K, value: V, write: Write): number {
    if (write.ttl < this.exactBelow || this.isExact) this.#readTime();
    const { index } = this;
    this.expect(key);
    if (this.weights !== undefined) this.#makeRoom(write.weight);
    // The victim is chosen before the insert, so that a new entry cannot evict itself. Without one, all are pinned.
    const victim = index.size < Math.min(this.capacity, this.most) ? 0 : this.victim();
    if (victim !== 0) this.vacate(victim, this.#evicted(victim));
    const slot = victim === 0 ? this.take() : victim;
    index.add(key, slot);
    this.keys[slot] = key;
    this.values[slot] = value;
    if (this.weights !== undefined) {
      this.weights[slot] = write.weight;
      this.weight += write.weight;
    }
    this.enter(slot, victim !== 0);
    this.date(slot, write);
    this.sets++;
    return slot;
  }

  /** The value is heavier than the bound: it is not stored, and its key's older one is not true any more. */
  #refuse(slot: number): void {
    this.refused++;
    if (slot === 0) return;
    this.replaced++;
    this.#discard(slot, "replaced");
  }

  #makeRoom(weight: number): void {
    while (this.weight + weight > this.maxWeight && this.#evictNext());
  }

  /** Evicts the next victim for good. Returns whether there was one. */
  #evictNext(): boolean {
    const victim = this.victim();
    if (victim !== 0) this.evict(victim);
    return victim !== 0;
  }

  /** The victim leaves all but the order. Returns whether it was evicted; otherwise it had expired. */
  #evicted(slot: number): boolean {
    const { kept } = this.ticker;
    const isEvicted = kept < this.sweep.lowest || kept < this.deadlineOf(slot);
    if (isEvicted) this.evicted++;
    else this.expired++;
    this.#forget(slot, isEvicted ? "evicted" : "expired");
    return isEvicted;
  }

  #forget(slot: number, cause: RemovalCause): void {
    this.recorder?.removed(this.keys[slot], cause, slot);
    if (this.outbox.isHeard === true) this.#tell(slot, this.values[slot] as V, cause);
    this.gone(slot);
    this.index.delete(this.keys[slot] as K);
    if (this.weights !== undefined) this.weight -= this.weights[slot]!;
  }

  /** Removes an entry for good. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#forget(slot, cause);
    if (this.pins.size === 0 || !this.pins.delete(slot)) this.leave(slot, false);
    this.#free(slot);
  }

  #free(slot: number): void {
    this.release(slot);
    if (this.index.size === 0) this.sweep.rest();
  }

  #pin(slot: number): () => void {
    const { pins } = this;
    const pin = pins.get(slot) ?? { count: 0 };
    if (pin.count++ === 0) {
      pins.set(slot, pin);
      this.leave(slot, false);
    }
    let isUndone = false;
    return () => {
      if (isUndone) return;
      isUndone = true;
      // The entry may have left, and the slot may belong to another key by then.
      if (this.pins.get(slot) !== pin || --pin.count > 0) return;
      pins.delete(slot);
      this.join(slot);
      this.shrink();
      this.outbox.flush();
    };
  }

  #tell(slot: number, value: V, cause: RemovalCause): void {
    this.outbox.push({ type: "removal", key: this.keys[slot] as K, value, cause });
  }
}
