import type { Ticker } from "./clock.ts";
import { MachoError } from "./errors.ts";
import type { Outbox } from "./events.ts";
import { filledFrom, LinkedSlots, NO_LINKS } from "./linked-slots.ts";
import type { Index, StoreSetup } from "./store-setup.ts";

/** What one `Map` of V8 holds at most, less one slot: slots count from 1. */
export const MAX_SLOTS: number = 2 ** 24 - 1;
const FIRST_SLOTS = 8;

/** A column of numbers with `Infinity` in every slot, or in what is new. */
export function numbers(lastSlot: number, column: Float64Array = new Float64Array(0)): Float64Array {
  return filledFrom(new Float64Array(lastSlot + 1).fill(Infinity), column);
}

/** Before the first entry there is one column of numbers for all caches: an array is larger than a small cache. */
const NONE = numbers(0);

/**
 * Entries: parallel arrays by slot number, from 1, and the list of the slots by recency, which the columns themselves
 * are. Pinned entries are out of the list. The columns double as entries come, and the last step stops at the capacity.
 * Slot 0 is no entry, and has no value. A column that nothing needs is not there.
 * ```
 *  slot      1     2     3
 *  keys     "a"   "b"  (free)
 *  values    A     B
 *  times    120   450  Infinity   (only where an entry can expire, or its age is asked for)
 *  ttls                           (only once one differs from the cache's)
 *  weights   3     5              (only with a bound on weight)
 * ```
 */
export class Columns<K, V> extends LinkedSlots {
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
  /** Of all entries; 0 where they have none. */
  weight = 0;
  index: Index<K> = new Map<K, number>();
  /** By slot. */
  pins: Map<number, { count: number }> = new Map();
  /** The size at which the columns stop to double; `Infinity` where only weight bounds it. */
  capacity: number;
  maxWeight: number;
  /** Slots that there can be. */
  readonly most: number;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  #free: number[] = [];

  /** @param isTimed whether the time of each write is needed */
  constructor(setup: StoreSetup<K, V>, isTimed: boolean = setup.ttl < Infinity) {
    super();
    this.capacity = setup.capacity;
    this.maxWeight = setup.maxWeight;
    this.ttl = setup.ttl;
    this.most = setup.most ?? MAX_SLOTS;
    this.ticker = setup.ticker;
    this.outbox = setup.outbox;
    if (isTimed) this.times = NONE;
    if (setup.maxWeight < Infinity) this.weights = NONE;
  }

  /** Makes the columns longer, and those of others with them. */
  override reserve(lastSlot: number): void {
    this.reserveOrder(lastSlot);
    // Exactly so many: `push` would reserve half as much again.
    this.keys.length = this.values.length = lastSlot + 1;
    this.times &&= numbers(lastSlot, this.times);
    this.ttls &&= numbers(lastSlot, this.ttls);
    this.weights &&= numbers(lastSlot, this.weights);
    this.reserved = lastSlot;
  }

  /** Makes longer what orders the entries. */
  reserveOrder(lastSlot: number): void {
    super.reserve(lastSlot);
  }

  /**
   * A slot for a new entry; grows the columns when there is none.
   * @throws MachoError "full" when they cannot grow; nothing has changed then
   */
  take(): number {
    const free = this.#free.pop();
    if (free) return free;
    const { reserved, capacity, most } = this;
    if (this.lastUsed === reserved) {
      if (reserved === most) {
        throw new MachoError("full", `A cache holds ${most} pinned entries at most, got one more. Unpin some.`);
      }
      // Pinned entries may exceed the capacity; only then the columns outgrow it.
      this.reserve(Math.min(Math.max(FIRST_SLOTS, 2 * reserved), reserved < capacity ? capacity : most, most));
    }
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
    this.index = new Map<K, number>();
    this.keys = [undefined];
    this.values = [undefined];
    this.times &&= NONE;
    this.weights &&= NONE;
    this.ttls = undefined;
    this.links = NO_LINKS;
    // Pins of before undo nothing any more.
    this.pins = new Map();
    this.#free = [];
    this.lastUsed = this.reserved = this.weight = 0;
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    return this.times ? this.times[slot]! + this.ttlOf(slot) : Infinity;
  }

  /** Ms that an entry lives from its write. */
  ttlOf(slot: number): number {
    return this.ttls ? this.ttls[slot]! : this.ttl;
  }
}
