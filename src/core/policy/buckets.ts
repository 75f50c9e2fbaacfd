/**
 * Slots in buckets by count, the buckets in the order of their counts: every step takes constant time.
 * ```
 *  lowest [count 1: a <-> d] <-> [count 2: c] <-> [count 7: b] highest
 * ```
 * After "An O(1) algorithm for implementing the LFU cache eviction scheme", Shah, Mitra, Matani, 2010.
 */
export class Buckets {
  /** By slot: the bucket, and the neighbours in it. */
  #bucketOf = new Int32Array(1);
  #older = new Int32Array(1);
  #newer = new Int32Array(1);
  /** By bucket; 0 is the end mark, before the lowest and after the highest. */
  #counts = [0];
  #oldest = [0];
  #newest = [0];
  #lower = [0];
  #higher = [0];
  #freeBuckets: number[] = [];

  reserve(lastSlot: number): void {
    this.#bucketOf = longer(this.#bucketOf, lastSlot);
    this.#older = longer(this.#older, lastSlot);
    this.#newer = longer(this.#newer, lastSlot);
  }

  /** The slot that came first to the bucket with the lowest count; 0 when there is none. */
  get leastCounted(): number {
    return this.#oldest[this.#higher[0]!]!;
  }

  /** The slot that came first to the bucket with the highest count; 0 when there is none. */
  get mostCounted(): number {
    return this.#oldest[this.#lower[0]!]!;
  }

  /** Adds a slot with a count of 1, the lowest there is. */
  add(slot: number): void {
    this.#append(this.#bucketAfter(0, 1), slot);
  }

  /** Counts up. A slot that is not here stays out. */
  up(slot: number): void {
    const bucket = this.#bucketOf[slot]!;
    if (bucket === 0) return;
    const count = this.#counts[bucket]!;
    // Alone in its bucket, with no bucket for the next count: the bucket itself moves.
    if (this.#oldest[bucket] === this.#newest[bucket] && this.#counts[this.#higher[bucket]!] !== count + 1) {
      this.#counts[bucket] = count + 1;
      return;
    }
    const next = this.#bucketAfter(bucket, count + 1);
    this.remove(slot);
    this.#append(next, slot);
  }

  remove(slot: number): void {
    const bucket = this.#bucketOf[slot]!;
    const older = this.#older[slot]!;
    const newer = this.#newer[slot]!;
    if (older === 0) this.#oldest[bucket] = newer;
    else this.#newer[older] = newer;
    if (newer === 0) this.#newest[bucket] = older;
    else this.#older[newer] = older;
    this.#bucketOf[slot] = 0;
    if (this.#oldest[bucket] === 0) this.#drop(bucket);
  }

  /** Halves every count, to 1 at least. Takes time for every slot. */
  halve(): void {
    const slots = [...this.slots()].map((slot) => ({ slot, count: this.#counts[this.#bucketOf[slot]!]! }));
    for (const { slot } of slots) this.remove(slot);
    // From the lowest: each bucket is the highest so far.
    for (const { slot, count } of slots) {
      const highest = this.#lower[0]!;
      const halved = Math.max(1, Math.floor(count / 2));
      this.#append(this.#counts[highest] === halved ? highest : this.#bucketAfter(highest, halved), slot);
    }
  }

  /** The slots by count, the lowest first, and each bucket from its oldest. */
  *slots(): Generator<number, undefined> {
    for (let bucket = this.#higher[0]!; bucket !== 0; bucket = this.#higher[bucket]!) yield* this.#slotsOf(bucket);
  }

  /** The same from the highest count. */
  *slotsFromHighest(): Generator<number, undefined> {
    for (let bucket = this.#lower[0]!; bucket !== 0; bucket = this.#lower[bucket]!) yield* this.#slotsOf(bucket);
  }

  *#slotsOf(bucket: number): Generator<number, undefined> {
    for (let slot = this.#oldest[bucket]!; slot !== 0; slot = this.#newer[slot]!) yield slot;
  }

  /** The bucket for a count that belongs right after another bucket; made when it is not there. */
  #bucketAfter(lower: number, count: number): number {
    const higher = this.#higher[lower]!;
    if (higher !== 0 && this.#counts[higher] === count) return higher;
    const bucket = this.#freeBuckets.pop() ?? this.#counts.length;
    this.#counts[bucket] = count;
    this.#oldest[bucket] = 0;
    this.#newest[bucket] = 0;
    this.#lower[bucket] = lower;
    this.#higher[bucket] = higher;
    this.#higher[lower] = bucket;
    this.#lower[higher] = bucket;
    return bucket;
  }

  #append(bucket: number, slot: number): void {
    const newest = this.#newest[bucket]!;
    this.#bucketOf[slot] = bucket;
    this.#older[slot] = newest;
    this.#newer[slot] = 0;
    this.#newest[bucket] = slot;
    if (newest === 0) this.#oldest[bucket] = slot;
    else this.#newer[newest] = slot;
  }

  #drop(bucket: number): void {
    const lower = this.#lower[bucket]!;
    const higher = this.#higher[bucket]!;
    this.#higher[lower] = higher;
    this.#lower[higher] = lower;
    this.#freeBuckets.push(bucket);
  }
}

function longer(column: Int32Array<ArrayBuffer>, lastSlot: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(lastSlot + 1);
  grown.set(column);
  return grown;
}
