import { filledFrom } from "../lru/linked-slots.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";

class Random implements Policy {
  readonly hit = "nothing";
  /**
   * Places count from 1 and have no gaps: the last slot fills one. At twice a place is its slot, which is 0 for place 0,
   * and behind twice a slot its place.
   */
  #table = new Int32Array(2);
  #count = 0;
  #context: PolicyContext;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  reserve(lastSlot: number): void {
    this.#table = filledFrom(new Int32Array(2 * lastSlot + 2), this.#table);
  }

  add(slot: number): void {
    this.#table[2 * slot + 1] = ++this.#count;
    this.#table[2 * this.#count] = slot;
  }

  remove(slot: number): void {
    const table = this.#table;
    const place = table[2 * slot + 1]!;
    const last = table[2 * this.#count--]!;
    table[2 * place] = last;
    table[2 * last + 1] = place;
  }

  victim(): number {
    const count = this.#count;
    // A generator of the user's own may return 1, or no number at all.
    const drawn = count && Math.max(0, (this.#context.random() * count) | 0) + 1;
    return this.#table[2 * Math.min(count, drawn)]!;
  }

  /** Any order is as good as another. */
  slots(): Iterable<number> {
    return this.#table.filter((_, at) => at % 2 === 0 && at > 0 && at <= 2 * this.#count);
  }
}

/**
 * Evicts any entry, each with the same probability, in constant time.
 *
 * RAND in Belady, "A Study of Replacement Algorithms for a Virtual-Storage Computer", IBM Systems Journal 5(2), 1966.
 */
export function random(): Strategy {
  return { name: "random", create: (context) => new Random(context) };
}
