import { checkCount, SHARE } from "../checks.ts";
import { check, checkKind, checkNames } from "../lru/checks.ts";
import { KeyHasher, placeOf } from "../hash.ts";
import type { Filter, FilterCells } from "./filter.ts";

/** How a `BloomFilter` is set up. */
export interface BloomFilterOptions {
  /** The most keys for which the rate holds. An integer of 1 or more; 219 million at most at the default rate. */
  capacity: number;
  /** The rate of false positives when it is full. Above 0 and below 1. @defaultValue 0.01 */
  probability?: number | undefined;
}

const NAMES = { capacity: true, probability: true } satisfies Record<keyof BloomFilterOptions, true>;
const FULL = 15;
/** Cells of the largest filter: half of them are its bytes. */
const MAX_CELLS = 2 ** 31;

/** Sized for 0.9 of the asked rate, as a number of cells and of hashes is a whole one. */
function cellsPerKey(probability: number): number {
  return -Math.log(0.9 * probability) / Math.LN2 ** 2;
}

/**
 * Counters of a Bloom filter, 4 bits each. A counter that is full stays full: never a false negative, however often a
 * key comes.
 *
 * Bloom, CACM 13(7), 1970; counting: Fan et al., "Summary Cache", 2000, section V-C. The cells of a key come from a
 * generator that both of its numbers start, and not by adding one to the other (Kirsch and Mitzenmacher, 2006): in a
 * small filter, keys whose numbers agree in their remainders would share every cell.
 */
export class BloomCells implements FilterCells {
  readonly capacity: number;
  #cells: Uint8Array;
  readonly #cellCount: number;
  readonly #hashCount: number;

  constructor(capacity: number, probability: number) {
    this.capacity = capacity;
    const perKey = cellsPerKey(probability);
    this.#hashCount = Math.max(1, Math.round(perKey * Math.LN2));
    this.#cellCount = Math.min(MAX_CELLS, Math.max(8, Math.ceil(capacity * perKey)));
    this.#cells = new Uint8Array((this.#cellCount + 1) >>> 1);
  }

  get byteLength(): number {
    return this.#cells.byteLength;
  }

  /** Part of the counters that are above 0. */
  get fill(): number {
    let above = 0;
    for (const pair of this.#cells) above += +(pair > FULL) + +((pair & FULL) > 0);
    return above / this.#cellCount;
  }

  has(first: number, second: number): boolean {
    return this.#change(first, second, 0);
  }

  add(first: number, second: number): void {
    this.#change(first, second, 1);
  }

  remove(first: number, second: number): void {
    this.#change(first, second, -1);
  }

  /** Looks whether a key may be there, or changes its counters. Returns false only for a look. */
  #change(first: number, second: number, by: 1 | -1 | 0): boolean {
    const cells = this.#cells;
    // All keys of a shard have alike first numbers: they come in where they are mixed.
    let hash = second | 0;
    for (let left = this.#hashCount; left > 0; left--) {
      const cell = placeOf(hash, this.#cellCount);
      const shift = (cell & 1) * 4;
      const count = (cells[cell >>> 1]! >> shift) & FULL;
      if (by === 0 && count === 0) return false;
      if (by !== 0 && count !== FULL) cells[cell >>> 1]! += by << shift;
      hash = (Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) + first) | 0;
    }
    return true;
  }
}

/** The filter of the option `bloom`. */
export const bloom: Filter = {
  name: "bloom",
  create: (capacity, probability) => new BloomCells(capacity, probability),
};

/**
 * A set that says "surely absent" or "maybe there" in a few bits a key, and can forget.
 * In front of a `Map` in memory it seldom pays; in front of a slower store it saves the way there.
 */
export class BloomFilter<K = unknown> {
  /** The number of keys that it was made for. */
  readonly capacity: number;
  /** The rate of false positives that was asked for, from 0 to 1. */
  readonly probability: number;
  #cells: BloomCells;
  #hasher = new KeyHasher();

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: BloomFilterOptions) {
    checkNames("BloomFilter", options, NAMES);
    const { capacity, probability = 0.01 } = options;
    checkCount("capacity", capacity, "10_000");
    checkKind("probability", probability, SHARE);
    const most = Math.floor(MAX_CELLS / cellsPerKey(probability));
    const must = `must be at most ${most} at a probability of ${probability}`;
    check(capacity <= most, "capacity", must, capacity, `capacity: ${most}`);
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
    this.#hasher.hash(key);
    const { first, second } = this.#hasher;
    if (!this.#cells.has(first, second)) return false;
    this.#cells.remove(first, second);
    return true;
  }

  /** Forgets all keys. */
  clear(): void {
    this.#cells = new BloomCells(this.capacity, this.probability);
  }
}
