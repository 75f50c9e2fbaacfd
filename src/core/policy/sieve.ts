import { filledFrom, LinkedSlots } from "../lru/linked-slots.ts";
import type { Policy, Strategy } from "./policy.ts";

/**
 * ```
 *  oldest [a*] <-> [b] <-> [c*] newest     * marked: read since the hand was here
 *          ^ hand: clears marks on its way to the newest, and starts again at the oldest
 * ```
 */
class Sieve extends LinkedSlots implements Policy {
  readonly hit = "mark";
  /** These are its own: `bytes` and `limit`. */
  readonly marks: Sieve = this;
  bytes: Uint8Array = new Uint8Array(1);
  readonly limit = 1;
  /** Where the search goes on; 0 for the oldest. */
  #hand = 0;

  override reserve(lastSlot: number): void {
    super.reserve(lastSlot);
    this.bytes = filledFrom(new Uint8Array(lastSlot + 1), this.bytes);
  }

  override add(slot: number): void {
    this.bytes[slot] = 0;
    super.add(slot);
  }

  override remove(slot: number): void {
    if (slot === this.#hand) this.#hand = this.links[2 * slot]!;
    super.remove(slot);
  }

  victim(): number {
    const { bytes, links } = this;
    let hand = this.#hand || links[0]!;
    for (; bytes[hand] !== 0; hand = links[2 * hand]! || links[0]!) bytes[hand] = 0;
    return (this.#hand = hand);
  }

  override *slots(): Generator<number, undefined> {
    const { bytes } = this;
    const order = [...super.slots()];
    const fromHand = order.splice(Math.max(0, order.indexOf(this.#hand)));
    // One turn of the hand takes those that are not marked, the next one the others.
    yield* [...fromHand, ...order].sort((one, other) => bytes[one]! - bytes[other]!);
  }
}

/**
 * Evicts the next entry, from the oldest to the newest, that was not read since the hand passed it last. A hit writes
 * one byte and moves nothing. SIEVE, Zhang et al., NSDI 2024, algorithm 1.
 */
export function sieve(): Strategy {
  return { name: "sieve", create: () => new Sieve() };
}
