import { type Policy, SlotList } from "./policy.ts";

/** Evicts the entry that was read or written longest ago. */
export class Lru implements Policy {
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
}
