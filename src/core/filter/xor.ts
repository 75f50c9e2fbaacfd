import { checkIterable, SHARE } from "../checks.ts";
import { check, checkKind, checkNames } from "../lru/checks.ts";
import { KeyHasher } from "../hash.ts";
import { peeled, Places } from "./peeling.ts";

/** How an `XorFilter` is set up. */
export interface XorFilterOptions {
  /**
   * The most false positives in one question for an absent key. From 2 ** -32 to below 1: fingerprints have 8, 16 or 32
   * bits, and so the rate is 0.0039, 0.000015 or 2 ** -32, whichever is low enough. @defaultValue 0.01
   */
  probability?: number | undefined;
}

const NAMES = { probability: true } satisfies Record<keyof XorFilterOptions, true>;
/** Fingerprints for each key, and for chance. */
const ROOM = 1.23;
const MORE_ROOM = 32;

/**
 * A set that is made once of all its keys, and then only asked: 9.9 bits a key at the default rate, less than any filter
 * that can change. `false` is certain.
 * ```
 *   fingerprints  [  third 0  |  third 1  |  third 2  ]
 *   key                 ^ a   xor   ^ b   xor  ^ c   = its own fingerprint
 * ```
 * Graf and Lemire, "Xor Filters: Faster and Smaller Than Bloom and Cuckoo Filters", ACM JEA 25, 2020, algorithms 1 to 4.
 * @example
 * const known = XorFilter.from(ids);
 * if (known.has(id)) await store.get(id);
 */
export class XorFilter<K = unknown> {
  #hasher = new KeyHasher();
  #places: Places;
  #prints: Uint8Array | Uint16Array | Uint32Array;
  /** As many bits as a fingerprint has. */
  #ones: number;

  /** The same as `XorFilter.from`. */
  constructor(keys: Iterable<K>, options: XorFilterOptions = {}) {
    checkIterable("XorFilter.from", "keys", keys);
    checkNames("XorFilter", options, NAMES);
    const { probability = 0.01 } = options;
    checkKind("probability", probability, SHARE);
    check(probability >= 2 ** -32, "probability", "must be at least 2 ** -32", probability, "probability: 0.01");
    const hashes = this.#hashesOf(keys);
    this.#places = new Places(Math.ceil((ROOM * (hashes.length / 2) + MORE_ROOM) / 3));
    let order: Uint32Array | undefined;
    // Some four of five seeds will do.
    while ((order = peeled(hashes, this.#places)) === undefined) this.#places.seed++;
    const Prints = probability >= 2 ** -8 ? Uint8Array : probability >= 2 ** -16 ? Uint16Array : Uint32Array;
    this.#prints = new Prints(3 * this.#places.third);
    this.#ones = 2 ** (8 * Prints.BYTES_PER_ELEMENT) - 1;
    this.#assign(hashes, order);
  }

  /**
   * Makes a filter of all its keys. One that comes twice counts once. Objects, functions and symbols are told apart by
   * identity, within this filter.
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  static from<K>(keys: Iterable<K>, options: XorFilterOptions = {}): XorFilter<K> {
    return new XorFilter(keys, options);
  }

  /** Bytes of the fingerprints. */
  get byteLength(): number {
    return this.#prints.byteLength;
  }

  /** `false` is certain; `true` is wrong at the asked rate, or less. */
  has(key: K): boolean {
    this.#hasher.hash(key);
    this.#places.find(this.#hasher.first, this.#hasher.second);
    return this.#missing() === 0;
  }

  /** The two numbers of each key, without those that come twice: of them no seed could make a filter. */
  #hashesOf(keys: Iterable<K>): Uint32Array {
    const numbers: number[] = [];
    for (const key of keys) {
      this.#hasher.hash(key);
      numbers.push(this.#hasher.first, this.#hasher.second);
    }
    const hashes = Uint32Array.from(numbers);
    const pairs = new BigUint64Array(hashes.buffer).sort();
    let kept = 0;
    for (const pair of pairs) if (kept === 0 || pair !== pairs[kept - 1]) pairs[kept++] = pair;
    return hashes.subarray(0, 2 * kept);
  }

  /** Gives each key's place its fingerprint, the one that was peeled last first: its other places are settled then. */
  #assign(hashes: Uint32Array, order: Uint32Array): void {
    for (let at = order.length - 2; at >= 0; at -= 2) {
      const key = order[at]!;
      this.#places.find(hashes[2 * key]!, hashes[2 * key + 1]!);
      this.#prints[order[at + 1]!] = this.#missing();
    }
  }

  /** What the fingerprints of the places lack to make that of the key; 0 where nothing. */
  #missing(): number {
    const prints = this.#prints;
    const { a, b, c, print } = this.#places;
    return (prints[a]! ^ prints[b]! ^ prints[c]! ^ print) & this.#ones;
  }
}
