import { MachoError } from "./errors.ts";

/** What one `Map` of V8 holds at most, less one slot: slots count from 1. */
export const MAX_SLOTS: number = 2 ** 24 - 1;
const FIRST_SLOTS = 8;

/** A column that was made longer, with what the shorter one held. */
export function filledFrom<C extends { set(column: C): void }>(longer: C, column: C): C {
  longer.set(column);
  return longer;
}

/** A column of numbers with `Infinity` in every slot, or in what is new. */
export function numbers(lastSlot: number, column: Float64Array = new Float64Array(0)): Float64Array {
  return filledFrom(new Float64Array(lastSlot + 1).fill(Infinity, column.length), column);
}

/** Before the first entry there is one column of numbers for all caches: an array is larger than a small cache. */
const NONE = numbers(0);

/**
 * The entries of a store: parallel arrays by slot number, from 1. They double as entries come, and the last step stops
 * at the capacity. Slot 0 is no entry, and has no value. A column that nothing needs is not there.
 * ```
 *  slot      1     2     3
 *  keys     "a"   "b"  (free)
 *  values    A     B
 *  times    120   450  Infinity   (only where an entry can expire, or its age is asked for)
 *  ttls                           (only once one differs from the cache's)
 *  weights   3     5              (only with a bound on weight)
 * ```
 */
export abstract class Columns<K, V> {
  keys: (K | undefined)[] = [undefined];
  values: (V | undefined)[] = [undefined];
  /** When each value was written, in ms; `Infinity` for a free slot, which so never expires. */
  times: Float64Array | undefined;
  ttls: Float64Array | undefined;
  weights: Float64Array | undefined;
  /** Slots from 1 to here were used at least once. */
  lastUsed = 0;
  /** Slots that there is room for. */
  reserved = 0;
  /** The size at which the columns stop to double; `Infinity` where only weight bounds it. */
  capacity: number;
  /** Slots that there can be. */
  readonly most: number;
  #free: number[] = [];

  constructor(capacity: number, most: number, isTimed: boolean, isWeighed: boolean) {
    this.capacity = capacity;
    this.most = most;
    if (isTimed) this.times = NONE;
    if (isWeighed) this.weights = NONE;
  }

  /** Makes the columns longer, and those of others with them. */
  reserve(lastSlot: number): void {
    // Exactly so many: `push` would reserve half as much again.
    this.keys.length = this.values.length = lastSlot + 1;
    if (this.ttls) this.ttls = numbers(lastSlot, this.ttls);
    if (this.times) this.times = numbers(lastSlot, this.times);
    if (this.weights) this.weights = numbers(lastSlot, this.weights);
    this.reserved = lastSlot;
  }

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
    this.keys[slot] = this.values[slot] = undefined;
    if (this.times) this.times[slot] = Infinity;
    this.#free.push(slot);
  }

  /** Forgets all slots, and the columns with them. */
  empty(): void {
    this.keys = [undefined];
    this.values = [undefined];
    if (this.times) this.times = NONE;
    if (this.weights) this.weights = NONE;
    this.ttls = undefined;
    this.lastUsed = this.reserved = 0;
    this.#free = [];
  }

  #grow(): void {
    const { reserved, capacity, most } = this;
    if (reserved === most) {
      throw new MachoError(
        "full",
        `A cache has no room for more than ${most} pinned entries, got one more. Unpin some.`,
      );
    }
    // Pinned entries may exceed the capacity; only then the columns outgrow it.
    this.reserve(Math.min(Math.max(FIRST_SLOTS, 2 * reserved), reserved < capacity ? capacity : most, most));
  }
}
