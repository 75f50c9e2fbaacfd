import { filledFrom } from "./lru/columns.ts";
import { MachoError } from "./lru/errors.ts";

/** What one `Map` of V8 holds at most, less one slot: slots count from 1. */
export const MAX_SLOTS: number = 2 ** 24 - 1;
const FIRST_SLOTS = 8;

/**
 * The columns of a shard: parallel arrays by slot number, from 1. They double as entries come, and the last step stops
 * at the capacity. Slot 0 is no entry, and has no value.
 * ```
 *  slot      1     2     3
 *  keys     "a"   "b"  (free)
 *  values    A     B
 *  written  120   450  Infinity
 *  weights   3     5              (only with a bound on weight)
 * ```
 */
export class Entries<K, V> {
  keys: (K | undefined)[] = [undefined];
  values: (V | undefined)[] = [undefined];
  /** When each value was written, in ms; `Infinity` for a free slot, which so never expires. */
  written: Float64Array = NO_NUMBERS;
  weights: Float64Array | undefined;
  /** Slots from 1 to here were used at least once. */
  lastUsed = 0;
  /** The size at which the columns stop to double. */
  capacity: number;
  #reserved = 0;
  #free: number[] = [];
  #most: number;
  #onGrowth: (lastSlot: number) => void;

  /**
   * @param onGrowth makes other columns as long
   * @param most slots that there can be
   */
  constructor(capacity: number, weighs: boolean, onGrowth: (lastSlot: number) => void, most: number = MAX_SLOTS) {
    this.capacity = capacity;
    this.#most = most;
    this.#onGrowth = onGrowth;
    if (weighs) this.weights = NO_NUMBERS;
  }

  /** Slots that there is room for. */
  get reserved(): number {
    return this.#reserved;
  }

  /**
   * A slot for a new entry; grows the columns when there is none.
   * @throws MachoError "full" when they cannot grow; nothing has changed then
   */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.lastUsed === this.#reserved) this.#grow();
    return ++this.lastUsed;
  }

  /** Forgets a slot's key and value. It can be taken again. */
  release(slot: number): void {
    this.keys[slot] = undefined;
    this.values[slot] = undefined;
    this.#free.push(slot);
  }

  #grow(): void {
    if (this.#reserved === this.#most) throw fullError(this.#most);
    const doubled = Math.max(FIRST_SLOTS, 2 * this.#reserved);
    // Pinned entries may exceed the capacity; only then the columns outgrow it.
    const lastSlot = Math.min(doubled, this.#reserved < this.capacity ? this.capacity : Infinity, this.#most);
    this.#onGrowth(lastSlot);
    this.keys = longer(this.keys, lastSlot);
    this.values = longer(this.values, lastSlot);
    this.written = longerNumbers(this.written, lastSlot);
    if (this.weights) this.weights = longerNumbers(this.weights, lastSlot);
    this.#reserved = lastSlot;
  }
}

function fullError(most: number): MachoError {
  const message = `A shard holds at most ${most} entries, got one more. Pass a larger shardCount, or a finite maxCacheSize.`;
  return new MachoError("full", message);
}

/** A copy of exactly `lastSlot + 1` elements: `push` would reserve half as much again. */
function longer<T>(column: (T | undefined)[], lastSlot: number): (T | undefined)[] {
  const grown: (T | undefined)[] = Array.from({ length: lastSlot + 1 });
  for (let slot = 0; slot < column.length; slot++) grown[slot] = column[slot];
  return grown;
}

/** What a column of numbers is before its first entry: one for all, since an array is larger than a small cache. */
export const NO_NUMBERS: Float64Array = new Float64Array(1);

/** A longer copy, with `Infinity` in what is new. */
export function longerNumbers(column: Float64Array, lastSlot: number): Float64Array {
  return filledFrom(new Float64Array(lastSlot + 1).fill(Infinity, column.length), column);
}
