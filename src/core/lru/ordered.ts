import { Columns } from "./columns.ts";
import { LinkedSlots } from "./linked-slots.ts";

/**
 * Entries in the order in which they would be evicted: by recency. A subclass may order them in another way: it overrides
 * all of these steps. Pinned entries are out of the order.
 */
export abstract class OrderedColumns<K, V> extends Columns<K, V> {
  /** Entries that may be evicted, the least recently used one first. */
  recency: LinkedSlots = new LinkedSlots();
  /** By slot. */
  pins: Map<number, { count: number }> = new Map();

  override reserve(lastSlot: number): void {
    this.reserveOrder(lastSlot);
    super.reserve(lastSlot);
  }

  override empty(): void {
    super.empty();
    this.recency = new LinkedSlots();
    // Pins of before undo nothing any more.
    this.pins = new Map();
  }

  /** The slots that may be evicted, the next victim first. */
  victims(): Iterable<number> {
    return this.recency.slots();
  }

  reserveOrder(lastSlot: number): void {
    this.recency.reserve(lastSlot);
  }

  /** An entry was read or overwritten. */
  touch(slot: number): void {
    this.recency.renew(slot);
  }

  /** A key that is absent will be added. */
  expect(_key: K): void {}

  /** The slot to evict next; 0 when everything is pinned. */
  victim(): number {
    return this.recency.oldest;
  }

  /** The victim left, and its slot goes to the next entry: `enter` follows, and may use its place in the order. */
  vacate(_slot: number, _isEvicted: boolean): void {}

  /** A new entry is in a slot. @param isReplacing whether that is the victim's */
  enter(slot: number, isReplacing: boolean): void {
    if (isReplacing) this.recency.renew(slot);
    else this.join(slot);
  }

  /** An entry may be evicted from now on. */
  join(slot: number): void {
    this.recency.add(slot);
  }

  /** An entry leaves the order: it is gone, or pinned. */
  leave(slot: number, _isEvicted: boolean): void {
    this.recency.remove(slot);
  }
}
