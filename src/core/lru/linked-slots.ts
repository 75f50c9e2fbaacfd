/** The end mark alone: one for all lists, which no one writes to: a slot must be reserved before it is added. */
export const NO_LINKS: Int32Array = new Int32Array(2);

/** A column that was made longer, with what the shorter one held. */
export function filledFrom<C extends { set(column: C): void }>(longer: C, column: C): C {
  longer.set(column);
  return longer;
}

/**
 * A doubly linked list of slots in one typed array; slot 0 is its end mark, so no link is ever missing.
 * ```
 *        links: next of slot s at 2s, previous at 2s + 1
 * [0] -> [oldest] <-> [ ] <-> [newest] -> [0]
 * ```
 * A slot that is not in the list has 0 as its next, like the newest one: `renew` leaves both alone.
 */
export class LinkedSlots {
  /** Next and previous of each slot. */
  links: Int32Array = NO_LINKS;

  reserve(lastSlot: number): void {
    this.links = filledFrom(new Int32Array(2 * (lastSlot + 1)), this.links);
  }

  /** Adds a slot that is not in the list. */
  add(slot: number): void {
    link(this.links, this.links[1]!, slot);
  }

  /** Removes a slot that is in the list. @param _isEvicted for subclasses that care */
  remove(slot: number, _isEvicted?: boolean): void {
    const { links } = this;
    const next = links[2 * slot]!;
    const previous = links[2 * slot + 1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
    links[2 * slot] = 0;
  }

  /** Makes a slot the newest. One that is not in the list stays out. */
  renew(slot: number): void {
    const { links } = this;
    const next = links[2 * slot]!;
    // Undefined: not even reserved, since a clock that calls its cache emptied it under the running operation's feet.
    if (!next) return;
    const previous = links[2 * slot + 1]!;
    const newest = links[1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
    links[2 * newest] = slot;
    links[2 * slot + 1] = newest;
    links[2 * slot] = 0;
    links[1] = slot;
  }

  /** The slots, the oldest first. */
  *slots(): Generator<number, undefined> {
    for (let slot = this.links[0]!; slot !== 0; slot = this.links[2 * slot]!) yield slot;
  }
}

/** Puts a slot behind another one, or first behind 0. */
export function link(links: Int32Array, older: number, slot: number): void {
  // A clock that calls its cache emptied it under the running operation's feet: the list of all empty caches stays empty.
  if (2 * slot >= links.length) return;
  const newer = links[2 * older]!;
  links[2 * older] = slot;
  links[2 * slot + 1] = older;
  links[2 * slot] = newer;
  links[2 * newer + 1] = slot;
}
