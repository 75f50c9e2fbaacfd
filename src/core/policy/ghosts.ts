/** Places of removed ghosts that are kept before the queue is written anew. */
const MIN_GAPS = 32;

/**
 * Keys of entries that were evicted, in the order in which that happened. A key stays alive as long as its ghost.
 * The order is an array, not that of a `Map`, whose first key is slow to find after many deletions.
 */
export class Ghosts<K = unknown> {
  /** When each ghost was added: its place in the queue, counted from the beginning of time. */
  #times = new Map<K, number>();
  #queue: K[] = [];
  /** The time of the queue's first place. */
  #first = 0;
  /** Places at the front that are empty. */
  #head = 0;

  /** The number of keys that it remembers. */
  get size(): number {
    return this.#times.size;
  }

  /** Whether it remembers a key. */
  has(key: K): boolean {
    return this.#times.has(key);
  }

  /** Adds a key as the newest. */
  add(key: K): void {
    this.#times.set(key, this.#first + this.#queue.push(key) - 1);
    if (this.#queue.length > 2 * this.#times.size + MIN_GAPS) this.#closeGaps();
  }

  /** Returns whether it was there. */
  delete(key: K): boolean {
    return this.#times.delete(key);
  }

  /** Drops the oldest ones until `count` are left. */
  trim(count: number): void {
    const most = Math.max(0, count);
    while (this.#times.size > most) {
      const key = this.#queue[this.#head]!;
      if (this.#times.get(key) === this.#first + this.#head) this.#times.delete(key);
      this.#head++;
    }
  }

  #closeGaps(): void {
    const time = this.#first;
    const kept = this.#queue.filter((key, place) => this.#times.get(key) === time + place);
    this.#first = time + this.#queue.length;
    this.#head = 0;
    this.#queue = kept;
    kept.forEach((key, place) => this.#times.set(key, this.#first + place));
  }
}
