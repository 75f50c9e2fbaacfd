import { filledFrom, link, LinkedSlots } from "../lru/linked-slots.ts";
import type { Policy } from "./policy.ts";

/**
 * Counts the accesses of each entry, and evicts the one with the fewest or the most; of several the one that has had its
 * count for the longest. The list is in the order of counts, those with the same one in a bucket, so that every step takes
 * constant time. The victim is at one of the ends.
 * ```
 *  fewest   -> [count 1: a <-> d] <-> [count 2: c] <-> [count 7: b <-> e]        each bucket from its oldest
 *              [count 1: d <-> a] <-> [count 2: c] <-> [count 7: e <-> b] <- most     and to its oldest
 * ```
 * After "An O(1) algorithm for implementing the LFU cache eviction scheme", Shah, Mitra, Matani, 2010.
 */
export class FrequencyPolicy extends LinkedSlots implements Policy {
  readonly hit = "call";
  /** By slot; 0 for none. */
  protected bucketOf: Int32Array = new Int32Array(1);
  /** By bucket: its count, and its last slot. Bucket 0 is none. */
  protected counts: number[] = [0];
  protected last: number[] = [0];
  /** Buckets that were left. */
  protected free: number[] = [];
  /** Where the victim is: 0 for the end with the fewest accesses, 1 for that with the most. */
  #end: 0 | 1;

  constructor(end: 0 | 1) {
    super();
    this.#end = end;
  }

  override reserve(lastSlot: number): void {
    super.reserve(lastSlot);
    this.bucketOf = filledFrom(new Int32Array(lastSlot + 1), this.bucketOf);
  }

  override add(slot: number): void {
    this.#insert(slot, 0, 1);
  }

  touch(slot: number): void {
    const { links } = this;
    const bucket = this.bucketOf[slot]!;
    const last = this.last[bucket]!;
    const lower = last === slot ? links[2 * slot + 1]! : last;
    const count = this.counts[bucket]! + 1;
    const isAlone = last === slot && this.bucketOf[lower] !== bucket;
    // With no bucket for the next count either, the bucket itself moves.
    if (isAlone && this.counts[this.bucketOf[links[2 * slot]!]!] !== count) this.counts[bucket] = count;
    else {
      this.#leave(slot);
      this.#insert(slot, lower, count);
    }
  }

  override remove(slot: number): void {
    this.#leave(slot);
  }

  victim(): number {
    return this.links[this.#end]!;
  }

  override *slots(): Generator<number, undefined> {
    const end = this.#end;
    for (let slot = this.links[end]!; slot !== 0; slot = this.links[2 * slot + end]!) yield slot;
  }

  #leave(slot: number): void {
    const bucket = this.bucketOf[slot]!;
    if (this.last[bucket] === slot) {
      const lower = this.links[2 * slot + 1]!;
      if (this.bucketOf[lower] === bucket) this.last[bucket] = lower;
      else this.free.push(bucket);
    }
    super.remove(slot);
  }

  /** Adds a slot to the bucket of a count. @param lower the last slot of those with lower counts */
  #insert(slot: number, lower: number, count: number): void {
    let bucket = this.bucketOf[this.links[2 * lower]!]!;
    let after = lower;
    if (this.counts[bucket] !== count) {
      bucket = this.free.pop() ?? this.counts.length;
      this.counts[bucket] = count;
      this.last[bucket] = slot;
    } else if (this.#end === 0) {
      after = this.last[bucket]!;
      this.last[bucket] = slot;
    }
    link(this.links, after, slot);
    this.bucketOf[slot] = bucket;
  }
}
