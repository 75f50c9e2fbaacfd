/** All 32 bits. */
const ALL = 2 ** 32;
const FIRST_SLOTS = 1_024;

/**
 * Numbers for keys, in the order of their first appearance, without the keys: 64 bits of hash tell them apart. A million
 * keys share one with a chance of 1 in 36 million. A distinct key costs 16 to 32 bytes.
 *
 * Above a number of keys it goes on with half of them, chosen by their hash, and with half of those, and so on: the key is
 * in or out for the whole trace. SHARDS, Waldspurger et al., FAST 2015, where the bound lowers the rate as well.
 */
export class KeyTable {
  /** Numbers that were given, of keys that are left out now as well. */
  issued = 0;
  /** Keys that are in. */
  size = 0;
  #max: number;
  /** The second hash of a key that is in is below. */
  #threshold: number;
  /** By number. */
  #firsts = new Int32Array(FIRST_SLOTS / 2);
  #seconds = new Int32Array(FIRST_SLOTS / 2);
  /** Open addressing with linear probing: a number and 1, 0 where nothing is. Half full at most. */
  #slots = new Int32Array(FIRST_SLOTS);

  /**
   * @param max the most keys that are in
   * @param rate the share of keys to begin with
   */
  constructor(max: number, rate: number) {
    this.#max = max;
    this.#threshold = Math.max(1, Math.round(rate * ALL));
  }

  /** The share of keys that are in. */
  get rate(): number {
    return this.#threshold / ALL;
  }

  /** The number of a key that is in; -1 for one that is not. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    // Two hashes that differ in what each byte is multiplied by: FNV-1a, Fowler, Noll and Vo, with other factors.
    let first = 0x2c1b3c6d;
    let second = 0x297a2d39 ^ (end - start);
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      first = Math.imul(first ^ byte, 0x5bd1e995);
      second = Math.imul(second ^ byte, 0x7feb352d);
      second ^= second >>> 15;
    }
    return this.#find(spread(first), spread(second));
  }

  /** Whether the key of a number is still in. */
  isIn(number: number): boolean {
    return this.#seconds[number]! >>> 0 < this.#threshold;
  }

  #find(first: number, second: number): number {
    if (second >>> 0 >= this.#threshold) return -1;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = first & mask;
    for (let number = slots[at]! - 1; number >= 0; number = slots[at]! - 1) {
      if (this.#firsts[number] === first && this.#seconds[number] === second) return number;
      at = (at + 1) & mask;
    }
    return this.#add(first, second, at);
  }

  #add(first: number, second: number, at: number): number {
    const number = this.issued++;
    if (number === this.#firsts.length) {
      this.#firsts = grown(this.#firsts);
      this.#seconds = grown(this.#seconds);
    }
    this.#firsts[number] = first;
    this.#seconds[number] = second;
    this.#slots[at] = number + 1;
    this.size++;
    if (this.size > this.#max) this.#halve();
    else if (2 * this.size > this.#slots.length) this.#place(2 * this.#slots.length);
    return this.isIn(number) ? number : -1;
  }

  #halve(): void {
    this.#threshold = Math.max(1, Math.floor(this.#threshold / 2));
    this.#place(this.#slots.length);
  }

  /** Places all keys that are in anew. */
  #place(length: number): void {
    const slots = new Int32Array(length);
    this.size = 0;
    for (let number = 0; number < this.issued; number++) {
      if (!this.isIn(number)) continue;
      let at = this.#firsts[number]! & (length - 1);
      while (slots[at] !== 0) at = (at + 1) & (length - 1);
      slots[at] = number + 1;
      this.size++;
    }
    this.#slots = slots;
  }
}

/** Every bit of a hash depends on all of its bits then. A finalizer in the manner of MurmurHash3. */
function spread(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
