import { filledFrom } from "../lru/linked-slots.ts";

/**
 * Several lists over the same slots, each slot in one of them at most: the segments of a policy. Like `SlotList`, with
 * one end mark for each list, at the positions 0 to count - 1 of the links.
 */
export class Segments {
  readonly #sizes: number[];
  #links: Int32Array;
  /** The list that each slot is in, from 1; 0 for none. */
  #of = new Uint8Array(1);

  /** @param count of lists, from 1 to 255; they are numbered from 0 */
  constructor(count: number) {
    this.#sizes = Array.from({ length: count }, () => 0);
    this.#links = new Int32Array(2 * count);
    for (let list = 0; list < count; list++) this.#links[2 * list] = this.#links[2 * list + 1] = list;
  }

  /** Makes room for slots up to and including `lastSlot`. */
  reserve(lastSlot: number): void {
    this.#links = filledFrom(new Int32Array(2 * (lastSlot + this.#sizes.length)), this.#links);
    this.#of = filledFrom(new Uint8Array(lastSlot + 1), this.#of);
  }

  /** The number of slots of a segment. */
  size(list: number): number {
    return this.#sizes[list]!;
  }

  /** The list that a slot is in, or -1. */
  of(slot: number): number {
    return this.#of[slot]! - 1;
  }

  /** The slot that was added to a list longest ago; 0 when it is empty. */
  oldest(list: number): number {
    return this.#slotAt(this.#links[2 * list]!);
  }

  /** Makes a slot the newest of a list. It must be in none. */
  add(list: number, slot: number): void {
    this.#link(list, slot);
  }

  /** Takes a slot out of its list. */
  remove(slot: number): void {
    this.#unlink(slot);
  }

  /** Makes a slot the newest of a list, out of whichever it was in. */
  move(list: number, slot: number): void {
    this.#unlink(slot);
    this.#link(list, slot);
  }

  #link(list: number, slot: number): void {
    const links = this.#links;
    const place = slot + this.#sizes.length - 1;
    const newest = links[2 * list + 1]!;
    links[2 * newest] = place;
    links[2 * place + 1] = newest;
    links[2 * place] = list;
    links[2 * list + 1] = place;
    this.#of[slot] = list + 1;
    this.#sizes[list]!++;
  }

  #unlink(slot: number): void {
    const links = this.#links;
    const place = slot + this.#sizes.length - 1;
    const next = links[2 * place]!;
    const previous = links[2 * place + 1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
    this.#sizes[this.#of[slot]! - 1]!--;
    this.#of[slot] = 0;
  }

  /** The slots of a list, the oldest first. */
  *slots(list: number): Generator<number, undefined> {
    for (let place = this.#links[2 * list]!; place !== list; place = this.#links[2 * place]!) yield this.#slotAt(place);
  }

  /** An end mark is slot 0. */
  #slotAt(place: number): number {
    return Math.max(0, place - this.#sizes.length + 1);
  }
}
