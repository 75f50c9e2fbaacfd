import { type Policy, SlotList } from "./policy.ts";

/** Evicts the entry that was added longest ago. An overwrite keeps its place. */
export class Fifo implements Policy {
  readonly hit = "nothing";
  readonly list: undefined;
  #order = new SlotList();

  reserve(lastSlot: number): void {
    this.#order.reserve(lastSlot);
  }

  add(slot: number): void {
    this.#order.add(slot);
  }

  remove(slot: number): void {
    this.#order.remove(slot);
  }

  victim(): number {
    return this.#order.oldest;
  }
}
