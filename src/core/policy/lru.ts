import type { Policy, Strategy } from "./policy.ts";
import { SlotList } from "./slot-list.ts";

/** Evicts the entry that was read or written longest ago. */
class Lru implements Policy {
  readonly hit = "relink";
  readonly list: SlotList = new SlotList();

  reserve(lastSlot: number): void {
    this.list.reserve(lastSlot);
  }

  add(slot: number): void {
    this.list.add(slot);
  }

  remove(slot: number): void {
    this.list.remove(slot);
  }

  victim(): number {
    return this.list.oldest;
  }

  slots(): Iterable<number> {
    return this.list.slots();
  }
}

/** Least recently used: evicts the entry that was read or written longest ago. The default. */
export function lru(): Strategy {
  return { name: "lru", create: () => new Lru() };
}
