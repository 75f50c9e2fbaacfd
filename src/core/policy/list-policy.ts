import type { Policy } from "./policy.ts";
import { SlotList } from "./slot-list.ts";

/** Evicts the oldest of a list, in which a hit renews an entry or does nothing. */
export class ListPolicy implements Policy {
  readonly hit: "relink" | "nothing";
  readonly list: SlotList = new SlotList();

  constructor(hit: "relink" | "nothing") {
    this.hit = hit;
  }

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
