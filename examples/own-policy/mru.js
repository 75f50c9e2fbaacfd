// A policy of one's own: most recently used. It keeps what came first, which is right for a loop that does not fit.
import { SlotList } from "macho-cache/policies";

/** @implements {import("macho-cache/policies").Policy} */
class Mru {
  /** A hit makes the slot the newest of `list`: the cache does that by itself. */
  hit = /** @type {const} */ ("relink");
  list = new SlotList();

  reserve(lastSlot) {
    this.list.reserve(lastSlot);
  }

  add(slot) {
    this.list.add(slot);
  }

  remove(slot) {
    this.list.remove(slot);
  }

  victim() {
    return this.list.newest;
  }

  slots() {
    return [...this.list.slots()].reverse();
  }
}

/** @returns {import("macho-cache/policies").Strategy} */
export function mru() {
  return { name: "mru", create: () => new Mru() };
}
