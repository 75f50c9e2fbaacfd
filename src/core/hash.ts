import { Seed } from "./lru/seed.ts";

/** Spreads a number over 32 bits. Constants of MurmurHash3's finaliser, Appleby, 2008 (public domain). */
export function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * A place from 0 to below `count` by the high bits of a hash: as even as a remainder, and without its division.
 * What was chosen by one hash leaves its low bits to others.
 */
export function placeOf(hash: number, count: number): number {
  return Math.floor((hash >>> 0) * (count / 2 ** 32));
}

const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);

/**
 * Two 32-bit numbers of a key, computed only where shards or filters need them. Keys that a `Map` calls equal have
 * equal hashes: numbers, strings, bigints and booleans by value (`1` is not `"1"`, `-0` is `0`), objects, functions
 * and symbols by identity. Another seed makes other numbers.
 */
export class KeyHasher {
  /** The first number of the key that was hashed last: chooses the shard. */
  first = 0;
  /** The second one: independent of the first, for filters. */
  second = 0;
  /** Whether the key that was hashed last was hashed by value: equal keys then have equal hashes, everywhere. */
  byValue = false;
  #identities: WeakMap<object, number> | undefined;
  #nextIdentity = 1;
  #seed: Seed;
  /** The seed's value, from the first hash on. */
  #salt = 0;

  constructor(seed: Seed = new Seed()) {
    this.#seed = seed;
  }

  /** Hashes a key; the outcome is in the fields, so that nothing is allocated. */
  hash(key: unknown): void {
    const salt = (this.#salt ||= this.#seed.value);
    const kind = typeof key;
    const isObject = kind === "function" || (kind === "object" && key !== null);
    // A symbol is not, nor by identity: a registered one is no key of a WeakMap.
    this.byValue = !isObject && kind !== "symbol";
    let one: number;
    let other: number;
    if (isObject || kind === "number") {
      one = isObject ? this.#identity(key as object) : (key as number);
      // Each kind starts from another number.
      let start = isObject ? 5 : 3;
      if ((one | 0) !== one) {
        // One pattern for every NaN, which no other number has here.
        DOUBLE[0] = one || 0;
        start = 4 ^ WORDS[1]!;
        one = WORDS[0]! ^ mix(WORDS[1]! ^ salt);
      }
      other = Math.imul(one ^ ~salt, 0x27d4eb2f) ^ start;
      one ^= salt;
    } else {
      const isText = kind === "string";
      const text = isText ? (key as string) : kind + String(key);
      one = Number(isText) ^ salt;
      other = ~one;
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        one = Math.imul(one ^ unit, 0x01000193);
        other = Math.imul(other ^ unit, 0x85ebca6b) + (other >>> 15);
      }
      one ^= text.length;
    }
    this.first = mix(one) >>> 0;
    this.second = mix(other) >>> 0;
  }

  #identity(key: object): number {
    this.#identities ??= new WeakMap();
    let identity = this.#identities.get(key);
    if (identity === undefined) this.#identities.set(key, (identity = this.#nextIdentity++));
    return identity;
  }
}
