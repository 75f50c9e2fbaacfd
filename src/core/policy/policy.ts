/**
 * What a hit does. It is a name and not a method, so that the hit path of a shard stays monomorphic
 * however many policies a page uses.
 * `nothing`: the order does not depend on hits. `relink`: the slot becomes the newest of `list`.
 */
type HitEffect = "nothing" | "relink";

/**
 * Orders the slots of one shard and names the victim. Slots are numbers from 1.
 * A policy never sees keys or values, and never hears of an entry while it is pinned.
 */
export interface Policy {
  readonly hit: HitEffect;
  /** The order of `relink`. */
  readonly list: SlotList | undefined;
  /** Makes room for slots up to and including `lastSlot`. Only ever grows. */
  reserve(lastSlot: number): void;
  /** A new entry, or one whose last pin is gone. */
  add(slot: number): void;
  /** The entry left, for whatever reason, or was pinned. */
  remove(slot: number): void;
  /** The slot to evict next, or 0 when the policy holds none. Does not remove it. */
  victim(): number;
}

/** What a policy may use from outside. */
export interface PolicyContext {
  /** From 0 to below 1. */
  random(): number;
}

/**
 * A doubly linked list of slots in one typed array; slot 0 is its end mark, so no link is ever missing.
 * ```
 *        links: next of slot s at 2s, previous at 2s + 1
 * [0] -> [oldest] <-> [ ] <-> [newest] -> [0]
 * ```
 * A slot that is not in the list has 0 as its next, like the newest one: `renew` leaves both alone.
 */
export class SlotList {
  #links = new Int32Array(2);

  reserve(lastSlot: number): void {
    const links = new Int32Array(2 * (lastSlot + 1));
    links.set(this.#links);
    this.#links = links;
  }

  /** The slot that was added or renewed longest ago; 0 when empty. */
  get oldest(): number {
    return this.#links[0]!;
  }

  /** Adds a slot that is not in the list. */
  add(slot: number): void {
    const links = this.#links;
    const newest = links[1]!;
    links[2 * newest] = slot;
    links[2 * slot + 1] = newest;
    links[2 * slot] = 0;
    links[1] = slot;
  }

  /** Removes a slot that is in the list. */
  remove(slot: number): void {
    const links = this.#links;
    const next = links[2 * slot]!;
    const previous = links[2 * slot + 1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
    links[2 * slot] = 0;
  }

  /** Makes a slot the newest. One that is not in the list stays out. */
  renew(slot: number): void {
    const links = this.#links;
    const next = links[2 * slot]!;
    if (next === 0) return;
    const previous = links[2 * slot + 1]!;
    const newest = links[1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
    links[2 * newest] = slot;
    links[2 * slot + 1] = newest;
    links[2 * slot] = 0;
    links[1] = slot;
  }
}
