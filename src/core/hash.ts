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
    if (this.#salt === 0) this.#salt = this.#seed.value;
    this.byValue = this.#hashed(key);
  }

  /** Returns whether it was by value. */
  #hashed(key: unknown): boolean {
    const kind = typeof key;
    // Each kind starts from another number.
    if (kind === "string") this.#text(key as string, 1);
    else if (kind === "number") this.#number(key as number);
    else if (Object(key) === key) return this.#identity(key as object);
    else this.#text(kind + String(key), 2);
    // A symbol is not, nor by identity: a registered one is no key of a WeakMap.
    return kind !== "symbol";
  }

  #text(text: string, kind: number): void {
    let one = kind ^ this.#salt;
    let other = ~one;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      one = Math.imul(one ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x85ebca6b) + (other >>> 15);
    }
    this.first = mix(one ^ text.length) >>> 0;
    this.second = mix(other) >>> 0;
  }

  #number(key: number): void {
    if ((key | 0) === key) return this.#numbers(key, 3);
    // One pattern for every NaN.
    DOUBLE[0] = Number.isNaN(key) ? Number.NaN : key;
    this.#numbers(WORDS[0]! ^ mix(WORDS[1]! ^ this.#salt), 4 ^ WORDS[1]!);
  }

  #numbers(one: number, other: number): void {
    const salt = this.#salt;
    this.first = mix(one ^ salt) >>> 0;
    this.second = mix(Math.imul(one ^ ~salt, 0x27d4eb2f) ^ other) >>> 0;
  }

  #identity(key: object): false {
    this.#identities ??= new WeakMap();
    let identity = this.#identities.get(key);
    if (identity === undefined) {
      identity = this.#nextIdentity++;
      this.#identities.set(key, identity);
    }
    this.#numbers(identity, 5);
    return false;
  }
}
