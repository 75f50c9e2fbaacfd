import { KeyHasher, mix, placeOf } from "../core/hash.ts";
import type { Seed } from "../core/lru/seed.ts";

/** Symbols that are told apart at a time. */
const MAX_SYMBOLS = 65_536;

/**
 * A number of 32 bits, never 0, that stands for a key in a record: the hash by which the cache chooses a shard. Keys
 * are told apart by nothing else, so that a record holds no key of the user's.
 */
export class KeyIds {
  #hasher: KeyHasher;
  #salt: number;
  #stores: number;
  /** A symbol has no hash of its own: what is hashed in its place. */
  #symbols = new Map<unknown, object>();

  /** @param stores how many the cache is made of */
  constructor(seed: Seed, stores: number) {
    this.#hasher = new KeyHasher(seed);
    this.#salt = seed.value;
    this.#stores = stores;
  }

  /** @param store the place of the key's store among the stores */
  of(key: unknown, store: number): number {
    // As `KeyHasher` does it, without the second number, which only filters need.
    if (typeof key === "string") return this.#ofText(key);
    if (typeof key === "number" && (key | 0) === key) return mix(key ^ this.#salt) || 1;
    const hasher = this.#hasher;
    hasher.hash(typeof key === "symbol" ? this.#standInFor(key) : key);
    const id = hasher.byValue ? hasher.first : this.#inStore(hasher.first, store);
    return id | 0 || 1;
  }

  #ofText(text: string): number {
    let hash = 1 ^ this.#salt;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return mix(hash ^ text.length) || 1;
  }

  #standInFor(symbol: symbol): object {
    if (this.#symbols.size >= MAX_SYMBOLS) this.#symbols.clear();
    const standIn = this.#symbols.get(symbol) ?? {};
    this.#symbols.set(symbol, standIn);
    return standIn;
  }

  /** The cache numbers objects by itself, so the hash of one leads to another store. The number is moved to this one. */
  #inStore(hash: number, store: number): number {
    if (this.#stores === 1) return hash;
    const id = Math.floor((store * 2 ** 32 + hash) / this.#stores);
    return placeOf(id, this.#stores) < store ? id + 1 : id;
  }
}

/** A whole number whose hash is this id, where the seed has this value: it stands for the key, in the same shard. */
export function standInOf(id: number, seed: number): number {
  return unmix(id) ^ seed;
}

/** Undoes `mix` of `core/hash.ts`: the multipliers are the inverses of those there, modulo 2^32. */
function unmix(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x7ed1b41d);
  h ^= (h >>> 13) ^ (h >>> 26);
  h = Math.imul(h, 0xa5cb9243);
  return h ^ (h >>> 16);
}
