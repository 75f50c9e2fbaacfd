/** Estimates how often keys were asked for lately, entries or not. */
export interface FrequencyCounter {
  /** Makes room for so many entries. Only ever grows. */
  reserve(entries: number): void;
  /** Counts one access. `hash` is a 32-bit number of the key. */
  add(hash: number, key: unknown): void;
  /** The estimate, of any scale: it is only compared. */
  of(hash: number, key: unknown): number;
}

/** Odd multipliers that make four numbers of one. */
const SEEDS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;
const MAX_COUNT = 15;
const MAX_WORDS = 2 ** 22;
/** Accesses, for each entry that fits, after which all counts are halved. */
const SAMPLE = 10;

/**
 * A count-min sketch of 4-bit counters, eight to a word, 16 for each entry, which are halved now and then.
 * Cormode and Muthukrishnan, 2005; the halving is that of TinyLFU, Einziger, Friedman, Manes, ACM ToS 13(4), 2017.
 */
export class FrequencySketch implements FrequencyCounter {
  #words = new Uint32Array(16);
  #accesses = 0;
  #bounds: { readonly capacity: number };

  constructor(bounds: { readonly capacity: number }) {
    this.#bounds = bounds;
  }

  reserve(entries: number): void {
    while (this.#words.length < Math.min(2 * entries, MAX_WORDS)) {
      // A key's word is chosen by the low bits of its numbers: in a table of twice the size, both halves may be meant.
      const words = new Uint32Array(2 * this.#words.length);
      words.set(this.#words);
      words.set(this.#words, this.#words.length);
      this.#words = words;
    }
  }

  add(hash: number): void {
    this.#count(hash, 1);
    if (++this.#accesses < SAMPLE * this.#bounds.capacity) return;
    this.#words = this.#words.map((word) => (word >>> 1) & 0x77777777);
    this.#accesses >>>= 1;
  }

  of(hash: number): number {
    return this.#count(hash, 0);
  }

  /** The least of a key's counts, each of which goes up by so much. */
  #count(hash: number, by: number): number {
    const words = this.#words;
    let least = MAX_COUNT;
    for (const seed of SEEDS) {
      let mixed = Math.imul(hash ^ (hash >>> 15), seed);
      mixed ^= mixed >>> 13;
      const place = mixed & (words.length - 1);
      const shift = (mixed >>> 29) << 2;
      const count = (words[place]! >>> shift) & MAX_COUNT;
      if (count < MAX_COUNT) words[place]! += by << shift;
      least = Math.min(least, count);
    }
    return least;
  }
}
