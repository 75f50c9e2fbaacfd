import { Columns, numbers } from "./columns.ts";
import type { RemovalCause } from "./events.ts";
import type { Seed } from "./seed.ts";
import type { Recorder, Write } from "./store-setup.ts";

/** What lives shorter than this, in ms, counts from an exact read of the clock. */
export const EXACT_BELOW: number = 10_000;
/** Operations until a store in which nothing can expire looks again. A browser keeps a number from 2^30 on in an object. */
const LONG = 2 ** 29;
/** Slots that are looked at after each write, while something is due. */
const SLOTS_PER_WRITE = 8;
/** Full turns are at least this many ms apart for each slot: a busy cache spends at most about 1% on them. */
const MS_PER_SLOT = 1 / 1_000;

/**
 * Columns with an index from key to slot, counters, and a hand that sweeps the deadlines: the hot path.
 * The hand goes in slices, only while something is due:
 * ```
 *   1  2  3  4  5  6 ... last      due: no deadline is below it (the low-water mark)
 *         ^ hand                   ahead: the same for the slots that the hand has passed in this turn
 * ```
 * A subclass may keep more of entries, and order them in another way: it overrides the steps.
 * It is longer than other files, since its steps share the columns: docs/decisions/0027-two-floors.md
 */
export class Store<K, V> extends Columns<K, V> {
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
  /**
   * Operations left of this task for which nothing can be due, and the kept time is good: the hot path counts down
   * instead of comparing times. Below 0: `#look` before anything is served or written.
   */
  calm = 0;
  /** No deadline is earlier; `Infinity` when nothing can expire. */
  lowest: number = Infinity;
  /** A deadline from here on is no news to the sweep. */
  ahead: number = Infinity;
  /** When the next slice of the sweep is worth it; `Infinity` when nothing can expire. */
  due: number = Infinity;
  recorder: Recorder | undefined;
  /** Of a store that hashes its keys. */
  declare readonly seed: Seed | undefined;
  /** What lives shorter than this, in ms, has an exact time; as long as there are no times, all that expires. */
  #exactBelow: number = this.times ? EXACT_BELOW : Infinity;
  #hand = 0;
  #notBefore = 0;

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

  /** The same, where the slot of the key is known. The check is `#isLost`, written out. */
  serve(key: K, slot: number | undefined): number {
    if (!slot || (--this.calm < 0 && this.#look() && this.#isDue(slot))) return this.miss(key, slot);
    this.hits++;
    this.renew(slot);
    this.recorder?.hit(key, slot);
    return slot;
  }

  /** Like `lookup`, and leaves everything as it is. */
  find(key: K): number {
    const slot = this.index.get(key) ?? 0;
    return this.#isLost(slot) ? 0 : slot;
  }

  /** A lookup found nothing, or what has expired. */
  miss(key: K, slot: number | undefined): 0 {
    this.misses++;
    this.recorder?.miss(key, !!slot);
    if (slot) {
      this.#discard(slot, "expired");
      this.outbox.flush();
    }
    return 0;
  }

  /**
   * Stores a value. This and `#insert` are long on purpose: an engine inlines what is short into its caller until a
   * budget is spent, and then calls the small steps that matter. This one must stay longer than 460 bytes of V8's
   * bytecode. docs/decisions/0014-two-long-functions.md
   */
  set(key: K, value: V, write: Write): void {
    const mayBeDue = --this.calm < 0 && this.#look();
    const { outbox } = this;
    let slot = this.index.get(key) ?? 0;
    if (mayBeDue) slot = this.#tidy(slot);
    if (write.ttl < this.#exactBelow) this.#readTime();
    const fits = write.weight <= this.maxWeight;
    if (!fits) {
      this.refused++;
      // The key's older value is not true any more.
      if (slot) this.#discard(slot, "replaced");
    } else if (!slot) slot = this.#insert(key, value, write);
    else {
      const { weights } = this;
      if (weights) {
        const more = write.weight - weights[slot]!;
        const isOver = more > 0 && this.weight + more > this.maxWeight;
        // Others go, and the entry cannot be the victim itself.
        const isSpared = isOver && !this.pins.has(slot);
        if (isSpared) this.remove(slot, false);
        if (isOver) this.#makeRoom(more);
        if (isSpared) this.add(slot);
        weights[slot] = write.weight;
        this.weight += more;
      }
      const old = this.values[slot] as V;
      this.recorder?.removed(key, "replaced", slot);
      this.values[slot] = value;
      this.replaced++;
      const dated = this.overwrite(slot, write);
      this.renew(slot);
      this.date(slot, dated);
      if (outbox.isHeard) this.#tell(key, old, "replaced");
    }
    if (fits) this.sets++;
    this.recorder?.set(key, write, fits ? slot : 0);
    if (outbox.isHeard) {
      if (outbox.hearsSets) outbox.push({ type: fits ? "set" : "refusal", key, value });
      outbox.flush();
    }
  }

  /** Returns whether there was a value that had not expired. */
  delete(key: K): boolean {
    this.recorder?.delete(key);
    const slot = this.index.get(key) ?? 0;
    if (!slot) return false;
    const isAlive = !this.#isLost(slot);
    this.#discard(slot, isAlive ? "deleted" : "expired");
    this.outbox.flush();
    return isAlive;
  }

  /** The outbox is for the caller to flush. */
  clear(): void {
    // What expired before must not be told as cleared.
    this.purge();
    this.recorder?.clear();
    const { index, keys, values } = this;
    this.empty();
    this.cleared += index.size;
    if (this.outbox.isHeard) {
      for (const slot of index.values()) this.#tell(keys[slot] as K, values[slot] as V, "cleared");
    }
    this.#endTurn(Infinity);
  }

  /** Evicts until both bounds hold, or everything is pinned. The outbox is for the caller to flush. */
  shrink(): void {
    this.ticker.recent();
    this.#makeRoom(0);
  }

  /** Evicts an entry that is there, for good. The kept time must be good; the outbox is for the caller to flush. */
  evict(slot: number): void {
    this.#discard(slot, this.#causeOf(slot));
  }

  /** Removes every expired entry. Returns how many. */
  purge(): number {
    const { expired } = this;
    if (this.lowest < Infinity) {
      this.#hand = 0;
      this.sweep(this.ticker.now(), Infinity);
    }
    return this.expired - expired;
  }

  /** Keeps an entry from eviction. Returns the undo, or `undefined` when the key is absent. */
  pin(key: K): (() => void) | undefined {
    const slot = this.find(key);
    if (!slot) return undefined;
    const pin = this.pins.get(slot) ?? { count: 0 };
    if (pin.count++ === 0) {
      this.pins.set(slot, pin);
      this.remove(slot, false);
    }
    let isHeld = true;
    return () => {
      // The entry may have left, and the slot may belong to another key by then.
      const isLast = isHeld && this.pins.get(slot) === pin && --pin.count === 0;
      isHeld = false;
      if (!isLast) return;
      this.pins.delete(slot);
      this.add(slot);
      this.shrink();
      this.outbox.flush();
    };
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    const slot = this.find(key);
    return !slot ? undefined : Math.max(0, this.deadlineOf(slot) - this.ticker.now());
  }

  /**
   * The entries in the order of their first insertion. Survives any change on the way: what is there from the
   * beginning to the end is visited once, and what is added on the way cannot make it endless.
   */
  *entries(): Generator<[K, V], undefined> {
    const { keys, index } = this;
    let left = index.size;
    for (const key of index.keys()) {
      // A clear ends the iterations that are under way.
      if (left-- === 0 || keys !== this.keys) return;
      const slot = this.find(key);
      if (slot) yield [key, this.values[slot] as V];
    }
  }

  /** Looks at `slots` slots, or up to the end of the turn, and removes what has expired. */
  sweep(now: number, slots: number): void {
    // Writes between two turns need no memory of their own: the coming turn sees all slots.
    if (this.#hand === 0) this.ahead = Infinity;
    const last = this.lastUsed;
    const end = Math.min(last, this.#hand + slots);
    while (this.#hand < end) {
      const deadline = this.deadlineOf(++this.#hand);
      if (deadline <= now) this.#discard(this.#hand, "expired");
      else if (deadline < this.ahead) this.ahead = deadline;
    }
    if (this.#hand < last) return;
    this.#notBefore = now + last * MS_PER_SLOT;
    this.#endTurn(this.ahead);
  }

  // The steps that a subclass may override.

  /** A key that is absent will be added. */
  expect?(key: K): void;

  /** The slot to evict next; 0 when everything is pinned. */
  victim(): number {
    return this.links[0]!;
  }

  /** The victim left, and its slot goes to the next entry: `enter` follows, and may use its place in the order. */
  vacate?(slot: number, isEvicted: boolean): void;

  /** A new entry is in a slot. @param isReplacing whether that is the victim's */
  enter(slot: number, isReplacing: boolean): void {
    if (isReplacing) this.renew(slot);
    else this.add(slot);
  }

  /** A value is written over, at the kept time. Returns what the new one is dated by. */
  overwrite(_slot: number, write: Write): Write {
    return write;
  }

  /** An entry was written, at the kept time. */
  date(slot: number, { ttl, age }: Write): void {
    const { times } = this;
    if (!times) return;
    const written = this.ticker.kept - age;
    times[slot] = written;
    if (ttl !== this.ttl || this.ttls) {
      this.ttls ??= new Float64Array(this.reserved + 1).fill(this.ttl);
      this.ttls[slot] = ttl;
    }
    if (written + ttl < this.ahead) this.note(written + ttl);
  }

  /** A deadline was written that the sweep does not know of. */
  note(deadline: number): void {
    this.ahead = deadline;
    if (deadline < this.lowest) this.#dueFrom(deadline);
    if (deadline <= this.ticker.horizon) this.calm = 0;
  }

  /** An entry leaves its slot. The kept time is good. */
  gone?(slot: number): void;

  /** From the first write on that can expire, each has a time; what lives shortly has an exact one. */
  #readTime(): void {
    if (!this.times) {
      this.times = numbers(this.reserved);
      this.#exactBelow = EXACT_BELOW;
      this.calm = 0;
    }
    this.ticker.now();
  }

  /** Whether nothing is in the slot, or what has expired. */
  #isLost(slot: number): boolean {
    return !slot || (--this.calm < 0 && this.#look() && this.#isDue(slot));
  }

  /** Reads the time if it is not good any more, and is calm as long as nothing is due soon. Returns whether it is not. */
  #look(): boolean {
    const { ticker } = this;
    if (!this.times) {
      // The first operation says when counting began. Nothing else needs the time.
      if (ticker.began === null) ticker.now();
      this.calm = LONG;
    } else {
      // Something may be due: each operation asks. Otherwise those are counted down that need no read.
      if (this.calm < -1) ticker.recent();
      else ticker.now();
      this.calm = ticker.horizon < this.lowest ? ticker.every : -1;
    }
    return this.calm < 0;
  }

  /** Whether an entry has expired, after a `#look` that found that one may have. */
  #isDue(slot: number): boolean {
    // Where every read is exact, one that never expires asks as well: the time is what a lost timer is noticed by.
    const deadline = this.deadlineOf(slot);
    return deadline <= this.ticker.horizon && deadline <= this.ticker.now();
  }

  /** Before a write while something is due. Returns the slot, or 0 when it is the one that has expired. */
  #tidy(slot: number): number {
    const isExpired = slot > 0 && this.#isDue(slot);
    if (isExpired) this.#discard(slot, "expired");
    if (this.ticker.kept >= this.due) this.sweep(this.ticker.kept, SLOTS_PER_WRITE);
    return isExpired ? 0 : slot;
  }

  /** A key that is absent. In a full store, its entry takes the place of the victim. Returns its slot. */
  #insert(key: K, value: V, write: Write): number {
    const { weights } = this;
    this.expect?.(key);
    if (weights) this.#makeRoom(write.weight);
    // The victim is chosen before the insert, so that a new entry cannot evict itself. Without one, all are pinned.
    const victim = this.index.size < Math.min(this.capacity, this.most) ? 0 : this.victim();
    if (victim) {
      const cause = this.#causeOf(victim);
      this.#forget(victim, cause);
      this.vacate?.(victim, cause === "evicted");
    }
    const slot = victim || this.take();
    try {
      this.index.set(key, slot);
    } catch {
      // A `Map` of more than 2^23 entries wants to double, and cannot: it is made anew, without what was removed.
      this.index = new Map(this.index).set(key, slot);
    }
    this.keys[slot] = key;
    this.values[slot] = value;
    if (weights) {
      this.weights![slot] = write.weight;
      this.weight += write.weight;
    }
    this.enter(slot, victim !== 0);
    this.date(slot, write);
    return slot;
  }

  /** Evicts until there is room for so much more weight, or everything is pinned. */
  #makeRoom(weight: number): void {
    let victim: number;
    while (
      (this.size > Math.min(this.capacity, this.most) || this.weight + weight > this.maxWeight) &&
      (victim = this.victim())
    ) {
      this.evict(victim);
    }
  }

  /** Why an entry leaves that has to make room. */
  #causeOf(slot: number): RemovalCause {
    return this.ticker.kept < this.lowest || this.ticker.kept < this.deadlineOf(slot) ? "evicted" : "expired";
  }

  /** An entry leaves all but its slot and the order. */
  #forget(slot: number, cause: RemovalCause): void {
    if (cause === "evicted") this.evicted++;
    else this[cause]++;
    const key = this.keys[slot] as K;
    this.recorder?.removed(key, cause, slot);
    if (this.outbox.isHeard) this.#tell(key, this.values[slot] as V, cause);
    this.gone?.(slot);
    this.index.delete(key);
    if (this.weights) this.weight -= this.weights[slot]!;
  }

  /** Removes an entry for good. */
  #discard(slot: number, cause: RemovalCause): void {
    this.#forget(slot, cause);
    if (this.pins.size === 0 || !this.pins.delete(slot)) this.remove(slot, cause === "evicted");
    this.release(slot);
    if (this.index.size === 0) this.#endTurn(Infinity);
  }

  #endTurn(lowest: number): void {
    this.#hand = 0;
    this.ahead = Infinity;
    this.#dueFrom(lowest);
  }

  #dueFrom(lowest: number): void {
    const isNews = lowest !== this.lowest;
    this.lowest = lowest;
    this.due = Math.max(lowest, this.#notBefore);
    if (isNews) this.ticker.heed(this.due);
  }

  #tell(key: K, value: V, cause: RemovalCause): void {
    this.outbox.push({ type: "removal", key, value, cause });
  }
}
