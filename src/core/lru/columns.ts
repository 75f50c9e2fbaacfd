import { MachoError } from "./errors.ts";

/** What one `Map` of V8 holds at most, less one slot: slots count from 1. */
export const MAX_SLOTS: number = 2 ** 24 - 1;
const FIRST_SLOTS = 8;

/** A column that was made longer, with what the shorter one held. */
export function filledFrom<C extends { set(column: C): void }>(longer: C, column: C): C {
  longer.set(column);
  return longer;
}

/** A column of numbers before its first entry: one for all, since an array is larger than a small cache. */
export const NO_NUMBERS: Float64Array = new Float64Array(1);

/** A longer copy, with `Infinity` in what is new. */
export function longerNumbers(column: Float64Array, lastSlot: number): Float64Array {
  return filledFrom(new Float64Array(lastSlot + 1).fill(Infinity, column.length), column);
}

/** A copy of exactly `lastSlot + 1` elements: `push` would reserve half as much again. */
function lengthened<T>(column: (T | undefined)[], lastSlot: number): (T | undefined)[] {
  const grown: (T | undefined)[] = Array.from({ length: lastSlot + 1 });
  for (let slot = 0; slot < column.length; slot++) grown[slot] = column[slot];
  return grown;
}

/**
 * The entries of a store: parallel arrays by slot number, from 1. They double as entries come, and the last step stops
 * at the capacity. Slot 0 is no entry, and has no value. A column that nothing needs is not there.
 * ```
 *  slot      1     2     3
 *  keys     "a"   "b"  (free)
 *  values    A     B
 *  written  120   450  Infinity   (only where an entry can expire, or its age is asked for)
 *  ttls                           (only once one differs from the cache's)
 *  weights   3     5              (only with a bound on weight)
 * ```
 */
export abstract class Columns<K, V> {
  keys: (K | undefined)[] = [undefined];
  values: (V | undefined)[] = [undefined];
  /** When each value was written, in ms; `Infinity` for a free slot, which so never expires. */
  written: Float64Array | undefined;
  ttls: Float64Array | undefined;
  weights: Float64Array | undefined;
  /** Slots from 1 to here were used at least once. */
  lastUsed = 0;
  /** Slots that there is room for. */
  reserved = 0;
  /** The size at which the columns stop to double. */
  capacity: number;
  /** Slots that there can be. */
  readonly most: number;
  #free: number[] = [];

  constructor(capacity: number, most: number) {
    this.capacity = capacity;
    this.most = most;
  }

  /** Makes other columns as long. */
  abstract reserve(lastSlot: number): void;

  /**
   * A slot for a new entry; grows the columns when there is none.
   * @throws MachoError "full" when they cannot grow; nothing has changed then
   */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.lastUsed === this.reserved) this.#grow();
    return ++this.lastUsed;
  }

  /** Forgets a slot's key and value. It can be taken again. */
  release(slot: number): void {
    this.keys[slot] = undefined;
    this.values[slot] = undefined;
    if (this.written !== undefined) this.written[slot] = Infinity;
    this.#free.push(slot);
  }

  /** Forgets all slots, and the columns with them. */
  empty(): void {
    this.keys = [undefined];
    this.values = [undefined];
    if (this.written) this.written = NO_NUMBERS;
    if (this.weights) this.weights = NO_NUMBERS;
    this.ttls = undefined;
    this.lastUsed = this.reserved = 0;
    this.#free = [];
  }

  #grow(): void {
    const { reserved, capacity, most } = this;
    if (reserved === most) {
      const message = `A cache holds at most ${most} entries in one part, got one more while all are pinned. Unpin some.`;
      throw new MachoError("full", message);
    }
    // Pinned entries may exceed the capacity; only then the columns outgrow it.
    const lastSlot = Math.min(Math.max(FIRST_SLOTS, 2 * reserved), reserved < capacity ? capacity : Infinity, most);
    this.reserve(lastSlot);
    this.keys = lengthened(this.keys, lastSlot);
    this.values = lengthened(this.values, lastSlot);
    if (this.written) this.written = longerNumbers(this.written, lastSlot);
    if (this.ttls) this.ttls = longerNumbers(this.ttls, lastSlot);
    if (this.weights) this.weights = longerNumbers(this.weights, lastSlot);
    this.reserved = lastSlot;
  }
}
