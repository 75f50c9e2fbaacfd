import { Marks } from "./marks.ts";
import type { Policy, Strategy } from "./policy.ts";
import { SlotList } from "./slot-list.ts";

/**
 * ```
 *  oldest [a*] <-> [b] <-> [c*] newest     * marked: read since the hand was here
 *          ^ hand: clears marks on its way to the newest, and starts again at the oldest
 * ```
 */
class Sieve implements Policy {
  readonly hit = "mark";
  readonly marks: Marks = new Marks(1);
  #order = new SlotList();
  /** Where the search goes on; 0 for the oldest. */
  #hand = 0;

  reserve(lastSlot: number): void {
    this.marks.reserve(lastSlot);
    this.#order.reserve(lastSlot);
  }

  add(slot: number): void {
    this.marks.bytes[slot] = 0;
    this.#order.add(slot);
  }

  remove(slot: number): void {
    if (slot === this.#hand) this.#hand = this.#order.newerThan(slot);
    this.#order.remove(slot);
  }

  victim(): number {
    const { bytes } = this.marks;
    let hand = this.#hand || this.#order.oldest;
    while (bytes[hand] !== 0) {
      bytes[hand] = 0;
      hand = this.#order.newerThan(hand) || this.#order.oldest;
    }
    this.#hand = hand;
    return hand;
  }

  slots(): Iterable<number> {
    const { bytes } = this.marks;
    const order = [...this.#order.slots()];
    const at = Math.max(0, order.indexOf(this.#hand));
    const fromHand = [...order.slice(at), ...order.slice(0, at)];
    // One turn of the hand takes those that are not marked, the next one the others.
    return fromHand.sort((one, other) => bytes[one]! - bytes[other]!);
  }
}

/**
 * Evicts the next entry, from the oldest to the newest, that was not read since the hand passed it last. A hit writes
 * one byte and moves nothing. SIEVE, Zhang et al., NSDI 2024, algorithm 1.
 */
export function sieve(): Strategy {
  return { name: "sieve", create: () => new Sieve() };
}
