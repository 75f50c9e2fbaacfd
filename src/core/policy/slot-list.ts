import { MachoError } from "../lru/errors.ts";
import { link, LinkedSlots } from "../lru/linked-slots.ts";

/** A doubly linked list of slots in one typed array. A slot is in it once at most, and must be reserved before. */
export class SlotList extends LinkedSlots {
  /** The slot that was added or renewed longest ago; 0 when empty. */
  get oldest(): number {
    return this.links[0]!;
  }

  /** The slot that was added or renewed last; 0 when empty. */
  get newest(): number {
    return this.links[1]!;
  }

  /** The slot that was added or renewed after this one; 0 after the newest. */
  newerThan(slot: number): number {
    return this.links[2 * slot]!;
  }

  /** The slot that was added or renewed before this one; 0 before the oldest. */
  olderThan(slot: number): number {
    return this.links[2 * slot + 1]!;
  }

  /**
   * Adds a slot that is not in the list behind one that is, or as the oldest behind 0.
   * @throws MachoError "invalid-policy" for a slot that was not reserved
   */
  addAfter(older: number, slot: number): void {
    insert(this.links, older, slot);
  }

  /** @throws MachoError "invalid-policy" for a slot that was not reserved */
  override add(slot: number): void {
    insert(this.links, this.links[1]!, slot);
  }
}

function insert(links: Int32Array, older: number, slot: number): void {
  if (2 * slot >= links.length) {
    const message = `A SlotList was given slot ${slot} before it was reserved. Call its reserve(lastSlot) in the policy's reserve.`;
    throw new MachoError("invalid-policy", message);
  }
  link(links, older, slot);
}
