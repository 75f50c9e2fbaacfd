import { checkCount, SHARE } from "../checks.ts";
import { check, checkKind, checkNames } from "../lru/checks.ts";
import { KeyHasher } from "../hash.ts";
import type { Filter, FilterCells } from "./filter.ts";

/** How a `CuckooFilter` is set up. */
export interface CuckooFilterOptions {
  /** The most keys for which the rate holds. An integer of 1 or more; what fits in 512 MB at most. */
  capacity: number;
  /** The rate of false positives when it is full. From 2e-9 to below 1. @defaultValue 0.01 */
  probability?: number | undefined;
}

const NAMES = { capacity: true, probability: true } satisfies Record<keyof CuckooFilterOptions, true>;
/** Fingerprints in a bucket, and the share of all places up to which nearly every key finds one. */
const WIDTH = 4;
const MAX_LOAD = 0.95;
/** In a small filter chance is less even. */
const SMALL = 1_000;
const MAX_LOAD_OF_SMALL = 0.85;
/** Fingerprints that are moved to make room for one. */
const MAX_KICKS = 500;
const MAX_BITS = 32;
const MIN_BITS = 4;
/** Bits of the largest filter. */
const MAX_SIZE = 2 ** 32;

/** Buckets, and the bits of a fingerprint: each of two buckets has up to four chances to be wrong. */
function measures(capacity: number, probability: number): { buckets: number; bits: number } {
  const load = capacity < SMALL ? MAX_LOAD_OF_SMALL : MAX_LOAD;
  const buckets = 2 ** Math.max(0, Math.ceil(Math.log2(capacity / load / WIDTH)));
  const bits = Math.ceil(Math.log2((2 * capacity) / buckets / probability));
  return { buckets, bits: Math.max(MIN_BITS, bits) };
}

/** @throws MachoOptionError for a filter that cannot be made */
function checkMeasures(capacity: number, probability: number): void {
  const { buckets, bits } = measures(capacity, probability);
  check(bits <= MAX_BITS, "probability", "must be at least 2e-9 for a cuckoo filter", probability, "probability: 0.01");
  const most = 2 ** Math.floor(Math.log2(MAX_SIZE / WIDTH / bits)) * WIDTH * MAX_LOAD;
  const must = `must be at most ${Math.floor(most)} at a probability of ${probability}`;
  check(buckets * WIDTH * bits <= MAX_SIZE, "capacity", must, capacity, `capacity: ${Math.floor(most)}`);
}

/**
 * Fingerprints of keys, without gaps between their bits, in buckets of four. A key has two buckets, each of which leads
 * to the other by the fingerprint alone; a new key that finds both full moves others to theirs.
 * ```
 *   bucket i  [ f ][ g ][ h ][ 0 ]       0: free; no fingerprint is 0
 *   its other one: i xor hash(f)         and back: the number of buckets is a power of two
 * ```
 * Fan, Andersen, Kaminsky, Mitzenmacher, "Cuckoo Filter: Practically Better Than Bloom", CoNEXT 2014, algorithms 1 to
 * 3. Departures: an insertion that fails takes its moves back, and the two buckets of a key are never one, as far as
 * there are two.
 */
export class CuckooCells implements FilterCells {
  readonly capacity: number;
  #words: Uint32Array;
  #bits: number;
  #ones: number;
  #mask: number;
  /** Chooses which fingerprint is moved. */
  #turn = 1;

  constructor(capacity: number, probability: number) {
    const { buckets, bits } = measures(capacity, probability);
    this.capacity = capacity;
    this.#bits = bits;
    this.#ones = 2 ** bits - 1;
    this.#mask = buckets - 1;
    this.#words = new Uint32Array(Math.ceil((buckets * WIDTH * bits) / 32));
  }

  get byteLength(): number {
    return this.#words.byteLength;
  }

  /** Part of the places that are taken. */
  get fill(): number {
    const places = WIDTH * (this.#mask + 1);
    let taken = 0;
    for (let place = 0; place < places; place++) if (this.#read(place) > 0) taken++;
    return taken / places;
  }

  has(first: number, second: number): boolean {
    return this.#placeOf(first, second) >= 0;
  }

  /** Returns whether there was room. If not, nothing has changed. */
  add(first: number, second: number): boolean {
    let fingerprint = this.#fingerprintOf(second);
    let bucket = first & this.#mask;
    if (this.#put(this.#otherOf(bucket, fingerprint), fingerprint)) return true;
    const path: number[] = [];
    while (!this.#put(bucket, fingerprint)) {
      if (path.length === MAX_KICKS) return this.#undo(path, fingerprint);
      this.#turn = Math.imul(this.#turn, 0x9e3779b1) + 1;
      const place = WIDTH * bucket + (this.#turn >>> 30);
      fingerprint = this.#swap(place, fingerprint);
      bucket = this.#otherOf(bucket, fingerprint);
      path.push(place);
    }
    return true;
  }

  /** Returns whether such a fingerprint was there. */
  remove(first: number, second: number): boolean {
    const place = this.#placeOf(first, second);
    if (place >= 0) this.#swap(place, 0);
    return place >= 0;
  }

  /** Where a key's fingerprint is; -1 when it is nowhere. */
  #placeOf(first: number, second: number): number {
    const fingerprint = this.#fingerprintOf(second);
    const bucket = first & this.#mask;
    const place = this.#find(bucket, fingerprint);
    return place >= 0 ? place : this.#find(this.#otherOf(bucket, fingerprint), fingerprint);
  }

  #fingerprintOf(second: number): number {
    return second >>> (32 - this.#bits) || 1;
  }

  #otherOf(bucket: number, fingerprint: number): number {
    const hash = Math.imul(fingerprint, 0x85ebca6b);
    return bucket ^ ((hash ^ (hash >>> 15)) & this.#mask || this.#mask & 1);
  }

  #find(bucket: number, fingerprint: number): number {
    const end = WIDTH * (bucket + 1);
    for (let place = WIDTH * bucket; place < end; place++) if (this.#read(place) === fingerprint) return place;
    return -1;
  }

  #put(bucket: number, fingerprint: number): boolean {
    const place = this.#find(bucket, 0);
    if (place >= 0) this.#swap(place, fingerprint);
    return place >= 0;
  }

  #undo(path: number[], homeless: number): false {
    for (const place of path.reverse()) homeless = this.#swap(place, homeless);
    return false;
  }

  #read(place: number): number {
    const at = place * this.#bits;
    const shift = at & 31;
    let bits = this.#words[at >>> 5]! >>> shift;
    // The rest is in the next word.
    if (shift + this.#bits > 32) bits |= this.#words[(at >>> 5) + 1]! << (32 - shift);
    return (bits & this.#ones) >>> 0;
  }

  /** Writes a fingerprint, and returns the one that was there. */
  #swap(place: number, fingerprint: number): number {
    const words = this.#words;
    const before = this.#read(place);
    const change = before ^ fingerprint;
    const at = place * this.#bits;
    const shift = at & 31;
    words[at >>> 5]! ^= change << shift;
    if (shift + this.#bits > 32) words[(at >>> 5) + 1]! ^= change >>> (32 - shift);
    return before;
  }
}

/**
 * The cells of a shard, which may not refuse a key: what finds no room is kept by its numbers.
 * A stash: Kirsch, Mitzenmacher, Wieder, "More Robust Hashing: Cuckoo Hashing with a Stash", ESA 2008.
 */
class StashedCells extends CuckooCells {
  #stash = new Map<string, number>();

  override has(first: number, second: number): boolean {
    return super.has(first, second) || this.#stashed(first, second) > 0;
  }

  override add(first: number, second: number): true {
    if (!super.add(first, second)) this.#stash.set(`${first},${second}`, this.#stashed(first, second) + 1);
    return true;
  }

  override remove(first: number, second: number): true {
    const count = this.#stashed(first, second);
    if (count > 1) this.#stash.set(`${first},${second}`, count - 1);
    // Keys with the same numbers stand for each other: it is all the same which one is where.
    else if (count === 0 || !this.#stash.delete(`${first},${second}`)) super.remove(first, second);
    return true;
  }

  #stashed(first: number, second: number): number {
    return this.#stash.size === 0 ? 0 : (this.#stash.get(`${first},${second}`) ?? 0);
  }
}

/**
 * A cuckoo filter for the option `filter` of a cache: about a third of the memory of `bloom`.
 * @example
 * new Cache({ filter: cuckoo(), probability: 0.001 });
 */
export function cuckoo(): Filter {
  return {
    name: "cuckoo",
    create(capacity, probability) {
      checkMeasures(capacity, probability);
      return new StashedCells(capacity, probability);
    },
  };
}

/**
 * A set that says "surely absent" or "maybe there", and can forget. Takes less room than a `BloomFilter`, and can be
 * full: `add` says so.
 */
export class CuckooFilter<K = unknown> {
  /** The number of keys that it was made for. */
  readonly capacity: number;
  /** The rate of false positives that was asked for, from 0 to 1. */
  readonly probability: number;
  #cells: CuckooCells;
  #hasher = new KeyHasher();

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: CuckooFilterOptions) {
    checkNames("CuckooFilter", options, NAMES);
    const { capacity, probability = 0.01 } = options;
    checkCount("capacity", capacity, "10_000");
    checkKind("probability", probability, SHARE);
    checkMeasures(capacity, probability);
    this.capacity = capacity;
    this.probability = probability;
    this.#cells = new CuckooCells(capacity, probability);
  }

  /** Bytes of the filter's buckets. */
  get byteLength(): number {
    return this.#cells.byteLength;
  }

  /**
   * Objects, functions and symbols are told apart by identity, within this filter.
   * @returns whether there was room; if not, nothing has changed. Up to the capacity there nearly always is, but never
   * for one key more than eight times
   */
  add(key: K): boolean {
    this.#hasher.hash(key);
    return this.#cells.add(this.#hasher.first, this.#hasher.second);
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
    return this.#cells.remove(this.#hasher.first, this.#hasher.second);
  }

  /** Forgets all keys. */
  clear(): void {
    this.#cells = new CuckooCells(this.capacity, this.probability);
  }
}
