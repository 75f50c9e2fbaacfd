/** A key that is not in the stack is further down than any size. */
const ABSENT = 2 ** 30;

/**
 * The contents of LRU caches of all sizes at once: a cache of n entries holds the first n places of the stack. A place is
 * empty where a key was deleted, until a key from further down, or a new one, goes to the top.
 * ```
 *  top  c  a  -  d  b      sizes 1, 2: full; from 3 on there is room for one more
 *       1  2  3  4  5      d is a hit for sizes of 4 or more, and leaves the empty place to them
 * ```
 * Stack distances of Mattson, Gecsei, Slutz, Traiger, IBM Systems Journal 9(2), 1970, counted in a tree of Fenwick,
 * Software: Practice and Experience 24(3), 1994; empty places as in Thompson and Smith, ACM TOCS 7(1), 1989.
 */
export class LruStack {
  /** The distance of the key that was asked for last: the least size that has it. */
  distance = 0;
  /** Sizes up to here have evicted something. */
  evicted = 0;
  /** Sums of places by the time at which they came to the top, from 1. */
  #sums: Int32Array;
  #now = 0;
  /** Places of this time and before are gone. */
  #floor = 0;
  /** By key: when it came to the top; 0 when it never did. */
  #times: Int32Array;
  /** Times of the empty places: a heap, the newest first. */
  #empty: number[] = [];

  /** @param moves the most that can be made */
  constructor(keys: number, moves: number) {
    this.#sums = new Int32Array(moves + 1);
    this.#times = new Int32Array(keys);
  }

  has(key: number): boolean {
    return this.#times[key]! > this.#floor;
  }

  /** Brings a key to the top. */
  use(key: number): void {
    const time = this.has(key) ? this.#times[key]! : 0;
    const empty = this.#empty[0] ?? 0;
    this.distance = time === 0 ? ABSENT : this.#above(time - 1);
    const full = this.#above(empty === 0 ? this.#floor : empty);
    this.evicted = Math.max(this.evicted, Math.min(this.distance - 1, full));
    if (empty > time) {
      // The key, or those above the empty place, fill it; the key's own place is left empty to the sizes that had it.
      this.#add(empty, -1);
      this.#pop();
      if (time !== 0) this.#push(time);
    } else if (time !== 0) this.#add(time, -1);
    this.#times[key] = ++this.#now;
    this.#add(this.#now, 1);
  }

  delete(key: number): void {
    if (!this.has(key)) return;
    this.#push(this.#times[key]!);
    this.#times[key] = 0;
  }

  clear(): void {
    this.#floor = this.#now;
    this.#empty = [];
  }

  /** Places that came to the top after this time. */
  #above(time: number): number {
    return this.#upTo(this.#now) - this.#upTo(time);
  }

  #upTo(time: number): number {
    let sum = 0;
    for (let at = time; at > 0; at &= at - 1) sum += this.#sums[at]!;
    return sum;
  }

  #add(time: number, count: number): void {
    for (let at = time; at < this.#sums.length; at += at & -at) this.#sums[at]! += count;
  }

  #push(time: number): void {
    const heap = this.#empty;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! >= time) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = time;
  }

  #pop(): void {
    const heap = this.#empty;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && heap[child + 1]! > heap[child]!) child++;
      if (child >= heap.length || heap[child]! <= last) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
