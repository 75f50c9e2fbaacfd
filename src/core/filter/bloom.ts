import { checkCount, checkNames, checkShare } from "../checks.ts";
import { KeyHasher } from "../hash.ts";

/** How a `BloomFilter` is set up. */
export interface BloomFilterOptions {
  /** The most keys for which the rate holds. An integer of 1 or more. */
  capacity: number;
  /** The rate of false positives when it is full. Above 0 and below 1. @defaultValue 0.01 */
  probability?: number | undefined;
}

const NAMES = { capacity: true, probability: true } satisfies Record<keyof BloomFilterOptions, true>;
const FULL = 15;

/**
 * Counters of a Bloom filter, 4 bits each, over hashes: says "surely absent" or "maybe there", and forgets what is
 * removed. A counter that is full stays full: never a false negative, however often a key comes.
 *
 * Counting filter: Fan et al., "Summary Cache", 2000, section V-C; k cells by double hashing: Kirsch and
 * Mitzenmacher, 2006, in the enhanced form of Dillinger and Manolios, 2004. Departure: sized for 0.9 of the asked
 * rate, as double hashing costs a little.
 */
export class BloomCells {
  #cells: Uint8Array;
  /** The keys for which the rate holds. */
  readonly capacity: number;
  readonly #cellCount: number;
  readonly #hashCount: number;

  constructor(capacity: number, probability: number) {
    this.capacity = capacity;
    const perKey = -Math.log(0.9 * probability) / Math.LN2 ** 2;
    this.#hashCount = Math.max(1, Math.round(perKey * Math.LN2));
    this.#cellCount = Math.max(8, Math.ceil(capacity * perKey));
    this.#cells = new Uint8Array((this.#cellCount + 1) >> 1);
  }

  /** Bytes of the counters. */
  get byteLength(): number {
    return this.#cells.byteLength;
  }

  /** Whether a key with these hashes may be there; false is certain. */
  has(first: number, second: number): boolean {
    return this.#change(first, second, 0);
  }

  add(first: number, second: number): void {
    this.#change(first, second, 1);
  }

  /** Forgets a key that was added once more than it was removed. */
  remove(first: number, second: number): void {
    this.#change(first, second, -1);
  }

  clear(): void {
    this.#cells.fill(0);
  }

  /** Looks whether a key may be there, or changes its counters. Returns false only for a look. */
  #change(first: number, second: number, by: 1 | -1 | 0): boolean {
    const cells = this.#cells;
    let cell = first % this.#cellCount;
    let step = second % this.#cellCount;
    for (let hash = 0; hash < this.#hashCount; hash++) {
      const shift = (cell & 1) * 4;
      const count = (cells[cell >> 1]! >> shift) & FULL;
      if (by === 0 && count === 0) return false;
      if (by !== 0 && count !== FULL) cells[cell >> 1]! += by << shift;
      cell = (cell + step) % this.#cellCount;
      step = (step + hash + 1) % this.#cellCount;
    }
    return true;
  }
}

/**
 * A set that says "surely absent" or "maybe there" in a few bits a key, and can forget.
 * In front of a `Map` in memory it seldom pays; in front of a slower store it saves the way there.
 */
export class BloomFilter<K = unknown> {
  readonly capacity: number;
  readonly probability: number;
  #cells: BloomCells;
  #hasher = new KeyHasher();

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: BloomFilterOptions) {
    checkNames("BloomFilter", options, NAMES);
    const { capacity, probability = 0.01 } = options;
    checkCount("capacity", capacity, "10_000");
    checkShare("probability", probability, "0.01");
    this.capacity = capacity;
    this.probability = probability;
    this.#cells = new BloomCells(capacity, probability);
  }

  /** Bytes of the filter's cells. */
  get byteLength(): number {
    return this.#cells.byteLength;
  }

  /** Objects, functions and symbols are told apart by identity, within this filter. */
  add(key: K): this {
    this.#hasher.hash(key);
    this.#cells.add(this.#hasher.first, this.#hasher.second);
    return this;
  }

  /** `false` is certain; `true` is wrong at the asked rate, or less while the filter is not full. */
  has(key: K): boolean {
    this.#hasher.hash(key);
    return this.#cells.has(this.#hasher.first, this.#hasher.second);
  }

  /**
   * Forgets a key that was added. Returns whether it may have been there.
   * Removing a key that was never added can take another one with it: only remove what you added.
   */
  delete(key: K): boolean {
    if (!this.has(key)) return false;
    this.#cells.remove(this.#hasher.first, this.#hasher.second);
    return true;
  }

  clear(): void {
    this.#cells.clear();
  }
}
