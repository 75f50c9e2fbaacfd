import type { Policy, Strategy } from "./policy.ts";
import { SlotList } from "./slot-list.ts";

class Fifo implements Policy {
  readonly hit = "nothing";
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

  slots(): Iterable<number> {
    return this.#order.slots();
  }
}

/** First in, first out: evicts the entry that was added longest ago. An overwrite keeps its place. */
export function fifo(): Strategy {
  return { name: "fifo", create: () => new Fifo() };
}
