import type { Policy } from "./policy/policy.ts";

/** What one `Map` of V8 holds at most, less one slot: slots count from 1. */
const MAX_SLOTS: number = 2 ** 24 - 1;
const FIRST_SLOTS = 8;

/** The columns that not every cache needs. */
export interface EntriesSetup {
  /** Whether entries expire when they are not read. */
  readonly idles: boolean;
  /** Whether entries have weights. */
  readonly weighs: boolean;
}

/**
 * The columns of a shard: parallel arrays by slot number, from 1. They double as entries come, the last step
 * stops at the capacity, and a column exists only where it is needed.
 * ```
 *  slot      1     2     3
 *  keys     "a"   "b"  (free)
 *  values    A     B
 *  written  90   120   Infinity
 * ```
 */
export class Entries<K, V> {
  keys: (K | undefined)[] = [undefined];
  values: (V | undefined)[] = [undefined];
  /** When each value was written, in ms; `Infinity` for a free slot, which so never expires. */
  written: Float64Array = new Float64Array(1);
  /** Each entry's own TTL, once one differs from the cache's. */
  ttls: Float64Array | undefined;
  /** When each entry was written or read last, where that matters; `Infinity` for a free slot. */
  touched: Float64Array | undefined;
  weights: Float64Array | undefined;
  /** Slots from 1 to here were used at least once. */
  lastUsed = 0;
  /** The size at which the columns stop to double. */
  capacity: number;
  #reserved = 0;
  #free: number[] = [];

  constructor(capacity: number, { idles, weighs }: EntriesSetup) {
    this.capacity = capacity;
    if (idles) this.touched = new Float64Array(1);
    if (weighs) this.weights = new Float64Array(1);
  }

  /** Slots that there is room for. */
  get reserved(): number {
    return this.#reserved;
  }

  /** Bytes of a slot in the columns of numbers. */
  get bytesPerSlot(): number {
    return 8 * [this.written, this.ttls, this.touched, this.weights].filter((column) => column !== undefined).length;
  }

  /** Whether a slot holds an entry. */
  has(slot: number): boolean {
    return (slot | 0) === slot && this.written[slot]! < Infinity;
  }

  /** A slot for a new entry; grows the columns, and those of the policy, when there is none. */
  take(policy: Policy): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.lastUsed === this.#reserved) this.#grow(policy);
    return ++this.lastUsed;
  }

  /** Forgets a slot's key and value. It can be taken again. */
  release(slot: number): void {
    this.keys[slot] = undefined;
    this.values[slot] = undefined;
    this.written[slot] = Infinity;
    if (this.touched) this.touched[slot] = Infinity;
    this.#free.push(slot);
  }

  /** From now on each entry has a TTL of its own; those that are here had this one. */
  addTtls(ttl: number): Float64Array {
    this.ttls = new Float64Array(this.#reserved + 1).fill(ttl);
    return this.ttls;
  }

  #grow(policy: Policy): void {
    const doubled = Math.max(FIRST_SLOTS, 2 * this.#reserved);
    // Pinned entries may exceed the capacity; only then the columns outgrow it.
    const limit = this.#reserved < this.capacity ? Math.min(this.capacity, MAX_SLOTS) : MAX_SLOTS;
    this.#reserved = Math.min(doubled, limit);
    policy.reserve(this.#reserved);
    this.keys = longer(this.keys, this.#reserved);
    this.values = longer(this.values, this.#reserved);
    this.written = longerNumbers(this.written, this.#reserved);
    if (this.ttls) this.ttls = longerNumbers(this.ttls, this.#reserved);
    if (this.touched) this.touched = longerNumbers(this.touched, this.#reserved);
    if (this.weights) this.weights = longerNumbers(this.weights, this.#reserved);
  }
}

/** A copy of exactly `lastSlot + 1` elements: `push` would reserve half as much again. */
function longer<T>(column: (T | undefined)[], lastSlot: number): (T | undefined)[] {
  const grown: (T | undefined)[] = Array.from({ length: lastSlot + 1 });
  for (let slot = 0; slot < column.length; slot++) grown[slot] = column[slot];
  return grown;
}

function longerNumbers(column: Float64Array, lastSlot: number): Float64Array {
  const grown = new Float64Array(lastSlot + 1).fill(Infinity, column.length);
  grown.set(column);
  return grown;
}
