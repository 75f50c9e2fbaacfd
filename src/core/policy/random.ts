import { filledFrom } from "../lru/columns.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";

class Random implements Policy {
  readonly hit = "nothing";
  /** The slots in no order, without gaps; the last one fills a gap. */
  #slots = new Int32Array(1);
  /** Where each slot stands in `#slots`. */
  #places = new Int32Array(1);
  #count = 0;
  #context: PolicyContext;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  reserve(lastSlot: number): void {
    this.#slots = filledFrom(new Int32Array(lastSlot + 1), this.#slots);
    this.#places = filledFrom(new Int32Array(lastSlot + 1), this.#places);
  }

  add(slot: number): void {
    this.#slots[this.#count] = slot;
    this.#places[slot] = this.#count++;
  }

  remove(slot: number): void {
    const place = this.#places[slot]!;
    const last = this.#slots[--this.#count]!;
    this.#slots[place] = last;
    this.#places[last] = place;
  }

  victim(): number {
    if (this.#count === 0) return 0;
    const drawn = Math.floor(this.#context.random() * this.#count);
    // A generator of the user's own may return 1, or no number at all.
    return this.#slots[Math.min(this.#count - 1, Math.max(0, drawn || 0))]!;
  }

  /** Any order is as good as another. */
  slots(): Iterable<number> {
    return this.#slots.subarray(0, this.#count);
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
