import { filledFrom } from "../lru/columns.ts";
import { SlotList } from "./slot-list.ts";

/**
 * Slots in the order of their counts, those with the same count in a bucket, the oldest first: every step takes
 * constant time.
 * ```
 *  lowest [count 1: a <-> d] <-> [count 2: c] <-> [count 7: b] highest
 * ```
 * After "An O(1) algorithm for implementing the LFU cache eviction scheme", Shah, Mitra, Matani, 2010.
 */
export class Buckets {
  /** All slots, bucket after bucket. */
  #order = new SlotList();
  /** By slot; 0 for none. */
  #bucketOf = new Int32Array(1);
  /** By bucket: its count, and where it begins and ends. Bucket 0 is none. */
  #counts = [0];
  #oldest = [0];
  #newest = [0];
  #freeBuckets: number[] = [];

  reserve(lastSlot: number): void {
    this.#order.reserve(lastSlot);
    this.#bucketOf = filledFrom(new Int32Array(lastSlot + 1), this.#bucketOf);
  }

  /** The slot that came first to the bucket with the lowest count; 0 when there is none. */
  get leastCounted(): number {
    return this.#order.oldest;
  }

  /** The slot that came first to the bucket with the highest count; 0 when there is none. */
  get mostCounted(): number {
    return this.#oldest[this.#bucketOf[this.#order.newest]!]!;
  }

  /** Adds a slot with a count of 1, the lowest there is. */
  add(slot: number): void {
    this.#insert(slot, 0, 1);
  }

  /** Counts up. A slot that is not here stays out. */
  up(slot: number): void {
    const bucket = this.#bucketOf[slot]!;
    if (bucket === 0) return;
    const count = this.#counts[bucket]! + 1;
    const newest = this.#newest[bucket]!;
    const next = this.#bucketOf[this.#order.newerThan(newest)]!;
    // Alone in its bucket, with no bucket for the next count: the bucket itself moves.
    if (this.#oldest[bucket] === newest && this.#counts[next] !== count) this.#counts[bucket] = count;
    else {
      const lower = newest === slot ? this.#order.olderThan(slot) : newest;
      this.remove(slot);
      this.#insert(slot, lower, count);
    }
  }

  remove(slot: number): void {
    const bucket = this.#bucketOf[slot]!;
    const isOldest = this.#oldest[bucket] === slot;
    const isNewest = this.#newest[bucket] === slot;
    if (isOldest && isNewest) this.#freeBuckets.push(bucket);
    else if (isOldest) this.#oldest[bucket] = this.#order.newerThan(slot);
    else if (isNewest) this.#newest[bucket] = this.#order.olderThan(slot);
    this.#bucketOf[slot] = 0;
    this.#order.remove(slot);
  }

  /** Halves every count, to 1 at least. Takes time for every slot. */
  halve(): void {
    const slots = Array.from(this.slots(), (slot) => ({ slot, count: this.#counts[this.#bucketOf[slot]!]! }));
    for (const { slot } of slots) this.remove(slot);
    for (const { slot, count } of slots) this.#insert(slot, this.#order.newest, Math.max(1, Math.floor(count / 2)));
  }

  /** The slots by count, the lowest first, and each bucket from its oldest. */
  slots(): Iterable<number> {
    return this.#order.slots();
  }

  /** The same from the highest count. */
  *slotsFromHighest(): Generator<number, undefined> {
    let newest = this.#order.newest;
    while (newest !== 0) {
      const oldest = this.#oldest[this.#bucketOf[newest]!]!;
      for (let slot = oldest; slot !== newest; slot = this.#order.newerThan(slot)) yield slot;
      yield newest;
      newest = this.#order.olderThan(oldest);
    }
  }

  /** Adds a slot behind the newest one of a bucket whose count is at most as high, where the next one's is not lower. */
  #insert(slot: number, lower: number, count: number): void {
    let bucket = this.#bucketOf[lower]!;
    if (this.#counts[bucket] !== count) bucket = this.#bucketOf[this.#order.newerThan(lower)]!;
    const isThere = this.#counts[bucket] === count;
    if (!isThere) {
      bucket = this.#freeBuckets.pop() ?? this.#counts.length;
      this.#counts[bucket] = count;
      this.#oldest[bucket] = slot;
    }
    this.#order.addAfter(isThere ? this.#newest[bucket]! : lower, slot);
    this.#newest[bucket] = slot;
    this.#bucketOf[slot] = bucket;
  }
}
