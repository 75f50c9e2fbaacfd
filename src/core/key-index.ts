import { LinkedSlots } from "./lru/linked-slots.ts";
import type { Index } from "./lru/store-setup.ts";
import { Seed } from "./lru/seed.ts";

/**
 * Places in a row that a new key may find taken. At most half full, a table of 2^23 keys has such a row once in 6,000
 * times by chance: where one is met, the keys are bad for the table.
 */
const LONGEST_WAY = 128;

/** One for all tables that are still empty. */
const EMPTY = new Int32Array(2);

/**
 * The slots of a store by key. As long as all keys are whole numbers of 32 bits, they are in a table of pairs that is
 * faster and smaller than a `Map`, and at most half full. The first other key moves them all to a `Map`, and so does a
 * whole number that finds too many places taken.
 * ```
 *          place 0      place 1      place 2
 * cells    key  slot    key  slot    key  slot     slot 0: free
 * ```
 * Multiplicative hashing and linear probing, where a removal moves back what comes behind it, so that no mark is left:
 * Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithms L and R.
 */
export class KeyIndex<K> implements Index<K> {
  #entries: { readonly keys: unknown[] };
  #map: Map<K, number> | undefined;
  #cells: Int32Array = EMPTY;
  #mask = 1;
  #shift = 31;
  #numbers = 0;
  /** What keys are mixed with, from the first on. */
  #salt = 0;
  #seed: Seed;
  /** The slots of the table, in the order of their insertion. */
  #order = new LinkedSlots();

  /** @param entries hold the key of each slot */
  constructor(entries: { readonly keys: unknown[] }, seed: Seed = new Seed()) {
    this.#entries = entries;
    this.#seed = seed;
  }

  get size(): number {
    return this.#map === undefined ? this.#numbers : this.#map.size;
  }

  /** The slot of a key; 0 or `undefined` when it is absent: who asks has to look anyway. */
  get(key: K): number | undefined {
    if (this.#map !== undefined) return this.#map.get(key);
    return isWhole(key) ? this.#cells[this.#find(key) + 1]! : 0;
  }

  /** Adds a key that is absent, whose slot is at most as high as there were keys at once. */
  set(key: K, slot: number): void {
    if (this.#map !== undefined || !isWhole(key)) return void (this.#map ?? this.#toMap()).set(key, slot);
    if (4 * ++this.#numbers > this.#cells.length) this.#grow();
    const way = this.#put(key, slot);
    this.#order.add(slot);
    if (way > 2 * LONGEST_WAY) {
      // The store puts it there only later.
      this.#entries.keys[slot] = key;
      this.#toMap();
    }
  }

  /** Removes a key. */
  delete(key: K): void {
    if (this.#map !== undefined) return void this.#map.delete(key);
    const cells = this.#cells;
    const mask = this.#mask;
    let hole = this.#find(key as number);
    if (cells[hole + 1] === 0) return;
    this.#order.remove(cells[hole + 1]!);
    for (let at = (hole + 2) & mask; cells[at + 1] !== 0; at = (at + 2) & mask) {
      const way = (at - this.#homeOf(cells[at]!)) & mask;
      if (way < ((at - hole) & mask)) continue;
      cells[hole] = cells[at]!;
      cells[hole + 1] = cells[at + 1]!;
      hole = at;
    }
    cells[hole + 1] = 0;
    this.#numbers--;
  }

  /** The keys in the order of their insertion. Some may be absent when they come, after changes on the way. */
  *keys(): Generator<K, undefined> {
    if (this.#map !== undefined) yield* this.#map.keys();
    // -0 is 0, as in a `Map`.
    else yield* Array.from(this.#order.slots(), (slot) => ((this.#entries.keys[slot] as number) | 0) as K);
  }

  /** Keys with their slots, as a `Map` gives them. */
  *[Symbol.iterator](): Generator<[K, number], undefined> {
    for (const key of this.keys()) yield [key, this.get(key)!];
  }

  /** The slots in the order of their keys' insertion, while nothing changes. */
  values(): Iterable<number> {
    return this.#map === undefined ? this.#order.slots() : this.#map.values();
  }

  /** Twice the place where a key is looked for first. */
  #homeOf(key: number): number {
    // 2^32 by the golden ratio spreads what is evenly spaced. The salt leaves runs of keys together, and so as well spread.
    return (Math.imul(key ^ this.#salt, 0x9e3779b1) >>> this.#shift) & -2;
  }

  /** Twice the place where a key is, or would be. */
  #find(key: number): number {
    const cells = this.#cells;
    let at = this.#homeOf(key);
    while (cells[at] !== key && cells[at + 1] !== 0) at = (at + 2) & this.#mask;
    return at;
  }

  /** Puts a key that is absent in the first free place. Returns twice how far that is from where it is looked for. */
  #put(key: number, slot: number): number {
    const cells = this.#cells;
    const home = this.#homeOf(key);
    let at = home;
    while (cells[at + 1] !== 0) at = (at + 2) & this.#mask;
    cells[at] = key;
    cells[at + 1] = slot;
    return (at - home) & this.#mask;
  }

  #grow(): void {
    // Of 30 bits: a browser keeps a number of more in an object of its own, and each look-up would fetch it from there.
    if (this.#cells === EMPTY) this.#salt = this.#seed.value & 0x3fffffff;
    const length = 2 * this.#cells.length;
    this.#cells = new Int32Array(length);
    this.#mask = length - 1;
    this.#shift = Math.clz32(length) + 1;
    for (const slot of this.#order.slots()) this.#put(this.#entries.keys[slot] as number, slot);
    this.#order.reserve(length / 4);
  }

  #toMap(): Map<K, number> {
    const map = new Map<K, number>(this);
    this.#cells = EMPTY;
    this.#order = new LinkedSlots();
    return (this.#map = map);
  }
}

function isWhole(key: unknown): key is number {
  return typeof key === "number" && (key | 0) === key;
}
