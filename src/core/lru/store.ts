import type { Resting, Ticker } from "./clock.ts";
import { Columns, NO_NUMBERS } from "./columns.ts";
import type { Outbox, RemovalCause } from "./events.ts";
import { KeyIndex } from "./key-index.ts";
import type { Seed } from "./seed.ts";
import { SlotList } from "./slot-list.ts";
import { SLOTS_PER_WRITE, Sweep, type Sweepable } from "./sweep.ts";
import type { Write } from "./write.ts";

/** What a store is made with. */
export interface StoreSetup<K, V> {
  /** The most entries; `Infinity` where only weight bounds it. */
  readonly capacity: number;
  /** The most weight; `Infinity` where entries have none. */
  readonly maxWeight: number;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  /** Slots that there can be. */
  readonly most: number;
  readonly seed: Seed;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  /** Hears when the next clean-up is due, if that is sooner, or `Infinity`. */
  readonly onDue: (due: number) => void;
}

/** Operations until a store whose entries cannot expire looks again. */
const LONG = 2 ** 30;

/** The index from key to slot, the columns, the order of recency, one sweep: the hot path. */
export class Store<K, V> extends Columns<K, V> implements Sweepable, Resting {
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
  readonly sweep: Sweep;
  #setup: StoreSetup<K, V>;
  #index: KeyIndex<K>;
  #recency = new SlotList();
  #pins = new Map<number, { count: number }>();
  #ticker: Ticker;
  #outbox: Outbox<K, V>;
  #isWeighed: boolean;

  constructor(setup: StoreSetup<K, V>) {
    super(setup.capacity, setup.most);
    this.#setup = setup;
    this.maxWeight = setup.maxWeight;
    this.#isWeighed = setup.maxWeight < Infinity;
    if (this.#isWeighed) this.weights = NO_NUMBERS;
    if (setup.ttl < Infinity) this.written = NO_NUMBERS;
    this.#ticker = setup.ticker;
    this.#outbox = setup.outbox;
    this.sweep = new Sweep(this, setup.onDue);
    this.#index = new KeyIndex<K>(this, setup.seed);
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.#index.size;
  }

  /** Entries beyond the capacity, because everything else is pinned. */
  get overflow(): number {
    return Math.max(0, this.size - this.capacity);
  }

  /** Weight beyond the bound, because everything else is pinned. */
  get weightOverflow(): number {
    return Math.max(0, this.weight - this.maxWeight);
  }

  override reserve(lastSlot: number): void {
    this.#recency.reserve(lastSlot);
    this.#index.reserve(lastSlot);
  }

  /** Counts a lookup and touches the entry. Returns its slot, or 0 for a miss. */
  lookup(key: K): number {
    const slot = this.#index.get(key);
    if (slot === 0 || (--this.calm < 0 && this.#isExpired(slot))) return this.#miss(slot);
    this.hits++;
    this.#recency.renew(slot);
    return slot;
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.#index.get(key);
    return slot === 0 || (--this.calm < 0 && this.#isExpired(slot)) ? 0 : slot;
  }

  /**
   * Stores a value. This and `#insert` are long on purpose: an engine inlines what is short into its caller until a
   * budget is spent, and then calls the small steps that matter. docs/decisions/0014-two-long-functions.md
   */
  set(key: K, value: V, write: Write): void {
    if (--this.calm < 0) this.#look();
    let slot = this.#index.get(key);
    if (this.calm < 0) slot = this.#tidy(slot);
    const fits = write.weight <= this.maxWeight;
    if (!fits) this.#refuse(slot);
    else if (slot === 0) this.#insert(key, value, write);
    else {
      if (this.#isWeighed === true) this.#reweigh(slot, write.weight);
      const old = this.values[slot] as V;
      this.values[slot] = value;
      this.replaced++;
      this.sets++;
      this.#recency.renew(slot);
      this.#date(slot, write);
      if (this.#outbox.isHeard === true) this.#tellRemoval(slot, old, "replaced");
    }
    if (this.#outbox.isHeard === true) this.#tellWrite(key, value, fits ? "set" : "refusal");
  }

  /** Returns whether there was a value that had not expired. */
  delete(key: K): boolean {
    const slot = this.#index.get(key);
    if (slot === 0) return false;
    const isAlive = !this.#isExpired(slot);
    if (isAlive) {
      this.deleted++;
      this.#discard(slot, "deleted");
    } else this.expire(slot);
    this.#outbox.flush();
    return isAlive;
  }

  /** The outbox is for the caller to flush. */
  clear(): void {
    // What expired before must not be told as cleared.
    this.purge();
    const index = this.#index;
    const { values, keys } = this;
    this.empty();
    this.weight = 0;
    this.#recency = new SlotList();
    // Pins of before undo nothing any more.
    this.#pins = new Map();
    this.#index = new KeyIndex<K>(this, this.#setup.seed);
    this.cleared += index.size;
    if (this.#outbox.isHeard) {
      for (const slot of index.slots()) this.#push(keys[slot] as K, values[slot] as V, "cleared");
    }
    this.sweep.rest();
  }

  /** Evicts until both bounds hold, or everything is pinned. The outbox is for the caller to flush. */
  shrink(): void {
    this.#ticker.recent();
    while ((this.size > Math.min(this.capacity, this.most) || this.weight > this.maxWeight) && this.#evictNext());
  }

  /** Removes every expired entry. Returns how many. */
  purge(): number {
    return this.written ? this.sweep.runAll(this.#ticker.now()) : 0;
  }

  /** Keeps an entry from eviction. Returns the undo, or `undefined` when the key is absent. */
  pin(key: K): (() => void) | undefined {
    const slot = this.find(key);
    return slot === 0 ? undefined : this.#pin(slot);
  }

  isPinned(slot: number): boolean {
    return this.#pins.has(slot);
  }

  /** Entries that are pinned. */
  get pinned(): number {
    return this.#pins.size;
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
    const index = this.#index;
    let left = index.size;
    for (const key of index.keys()) {
      // A clear ends the iterations that are under way.
      if (left-- === 0 || index !== this.#index) return;
      const slot = this.find(key);
      if (slot !== 0) yield [key, this.values[slot] as V];
    }
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    return this.written === undefined ? Infinity : this.written[slot]! + this.ttlOf(slot);
  }

  /** Ms that an entry lives from its write. */
  ttlOf(slot: number): number {
    return this.ttls === undefined ? this.#setup.ttl : this.ttls[slot]!;
  }

  expire(slot: number): void {
    this.expired++;
    this.#discard(slot, "expired");
  }

  /** A lookup found nothing, or what has expired. */
  #miss(slot: number): 0 {
    this.misses++;
    if (slot !== 0) {
      this.expire(slot);
      this.#outbox.flush();
    }
    return 0;
  }

  /** Reads the time if it is not good any more, and is calm as long as nothing is due soon. */
  #look(): void {
    const ticker = this.#ticker;
    if (this.written === undefined) {
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
    const deadline = this.deadlineOf(slot);
    return deadline <= this.#ticker.horizon && deadline <= this.#ticker.now();
  }

  /** Before a write while something is due. Returns the slot, or 0 when it is the one that has expired. */
  #tidy(slot: number): number {
    const isExpired = slot !== 0 && this.#isDue(slot);
    if (isExpired) this.expire(slot);
    const now = this.#ticker.recent();
    if (now >= this.sweep.due) this.sweep.run(now, SLOTS_PER_WRITE);
    return isExpired ? 0 : slot;
  }

  /** A key that is absent. In a full store, its entry takes the place of the victim. */
  #insert(key: K, value: V, write: Write): void {
    const index = this.#index;
    const recency = this.#recency;
    if (this.#isWeighed === true) this.#makeRoom(write.weight);
    // The victim is chosen before the insert, so that a new entry cannot evict itself. Without one, all are pinned.
    const victim = index.size < this.capacity && index.size < this.most ? 0 : recency.oldest;
    if (victim !== 0) this.#evict(victim);
    const slot = victim === 0 ? this.take() : victim;
    index.add(key, slot);
    this.keys[slot] = key;
    this.values[slot] = value;
    if (this.#isWeighed === true) {
      this.weights![slot] = write.weight;
      this.weight += write.weight;
    }
    if (victim === 0) recency.add(slot);
    else recency.renew(slot);
    this.#date(slot, write);
    this.sets++;
  }

  /** An entry was written. From the first one on that can expire, each has a time. */
  #date(slot: number, write: Write): void {
    const ticker = this.#ticker;
    if (this.written === undefined) {
      if (write.ttl === Infinity) return;
      this.written = new Float64Array(this.reserved + 1).fill(Infinity);
      ticker.now();
    } else if (write.isExact === true) ticker.now();
    const written = ticker.kept - write.age;
    this.written[slot] = written;
    if (write.ttl !== this.#setup.ttl || this.ttls !== undefined) {
      this.ttls ??= new Float64Array(this.reserved + 1).fill(this.#setup.ttl);
      this.ttls[slot] = write.ttl;
    }
    const deadline = written + write.ttl;
    if (deadline < this.sweep.ahead) {
      this.sweep.note(deadline);
      this.calm = 0;
    }
  }

  /** The value is heavier than the bound: it is not stored, and its key's older one is not true any more. */
  #refuse(slot: number): void {
    this.refused++;
    if (slot === 0) return;
    this.replaced++;
    this.#discard(slot, "replaced");
  }

  /** An overwrite changes the weight. Where that takes others away, it cannot be the victim itself. */
  #reweigh(slot: number, weight: number): void {
    const more = weight - this.weights![slot]!;
    if (more > 0 && this.weight + more > this.maxWeight && !this.#pins.has(slot)) {
      this.#recency.remove(slot);
      this.#makeRoom(more);
      this.#recency.add(slot);
    } else if (more > 0) this.#makeRoom(more);
    this.weights![slot] = weight;
    this.weight += more;
  }

  #makeRoom(weight: number): void {
    while (this.weight + weight > this.maxWeight && this.#evictNext());
  }

  /** Evicts the next victim for good. Returns whether there was one. */
  #evictNext(): boolean {
    const victim = this.#recency.oldest;
    if (victim === 0) return false;
    this.#evict(victim);
    this.#recency.remove(victim);
    this.#free(victim);
    return true;
  }

  /** The victim leaves all but the order. */
  #evict(slot: number): void {
    const { kept } = this.#ticker;
    const isExpired = kept >= this.sweep.lowest && kept >= this.deadlineOf(slot);
    if (isExpired) this.expired++;
    else this.evicted++;
    this.#forget(slot, isExpired ? "expired" : "evicted");
  }

  #forget(slot: number, cause: RemovalCause): void {
    this.#index.delete(this.keys[slot] as K);
    if (this.#isWeighed === true) this.weight -= this.weights![slot]!;
    if (this.#outbox.isHeard === true) this.#tellRemoval(slot, this.values[slot] as V, cause);
  }

  /** Removes an entry for good. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#forget(slot, cause);
    if (this.#pins.size === 0 || !this.#pins.delete(slot)) this.#recency.remove(slot);
    this.#free(slot);
  }

  #free(slot: number): void {
    this.release(slot);
    if (this.#index.size === 0) this.sweep.rest();
  }

  #pin(slot: number): () => void {
    const pins = this.#pins;
    const pin = pins.get(slot) ?? { count: 0 };
    if (pin.count++ === 0) {
      pins.set(slot, pin);
      this.#recency.remove(slot);
    }
    let isUndone = false;
    return () => {
      if (isUndone) return;
      isUndone = true;
      // The entry may have left, and the slot may belong to another key by then.
      if (pins.get(slot) !== pin || --pin.count > 0 || pins !== this.#pins) return;
      pins.delete(slot);
      this.#recency.add(slot);
      this.shrink();
      this.#outbox.flush();
    };
  }

  #tellWrite(key: K, value: V, type: "set" | "refusal"): void {
    if (this.#outbox.hearsSets) this.#outbox.push({ type, key, value });
    this.#outbox.flush();
  }

  #tellRemoval(slot: number, value: V, cause: RemovalCause): void {
    this.#push(this.keys[slot] as K, value, cause);
  }

  #push(key: K, value: V, cause: RemovalCause): void {
    this.#outbox.push({ type: "removal", key, value, cause });
  }
}
