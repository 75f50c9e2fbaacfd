import { Ghosts } from "./ghosts.ts";
import { Marks } from "./marks.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";
import { Segments } from "./segments.ts";

const SMALL = 0;
const MAIN = 1;
/** Shares of the capacity: of the small queue, and of the ghosts that it leaves. */
const SMALL_SHARE = 0.1;
const GHOST_SHARE = 0.9;
/** Reads after which an entry of the small queue moves to the main one. */
const PROMOTED_AT = 2;
const MAX_READS = 3;

/**
 * ```
 *  new ---------> [small, 10%] --- read twice --> [main] -> out, or around when it was read
 *                      |  else                      ^
 *                      +--> ghosts ---- asked for --+
 * ```
 */
class S3Fifo implements Policy {
  readonly hit = "mark";
  readonly marks: Marks = new Marks(MAX_READS);
  #segments = new Segments(2);
  #ghosts = new Ghosts();
  #context: PolicyContext;
  /** Whether the key that is being added was a ghost. */
  #comesBack = false;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  reserve(lastSlot: number): void {
    this.marks.reserve(lastSlot);
    this.#segments.reserve(lastSlot);
  }

  expect(key: unknown): void {
    this.#comesBack = this.#ghosts.delete(key);
  }

  add(slot: number): void {
    this.marks.bytes[slot] = 0;
    this.#segments.add(this.#comesBack ? MAIN : SMALL, slot);
    this.#comesBack = false;
  }

  remove(slot: number, evicted: boolean): void {
    const isNew = this.#segments.of(slot) === SMALL;
    this.#segments.remove(slot);
    if (!evicted || !isNew) return;
    this.#ghosts.add(this.#context.keyOf(slot));
    this.#ghosts.trim(Math.floor(GHOST_SHARE * this.#context.capacity));
  }

  victim(): number {
    const segments = this.#segments;
    const isMainFull = segments.size(MAIN) > this.#mainCapacity;
    const victim = isMainFull ? 0 : this.#smallVictim();
    return victim || this.#mainVictim();
  }

  *slots(): Generator<number, undefined> {
    const { bytes } = this.marks;
    const small = [...this.#segments.slots(SMALL)];
    for (const slot of small) if (bytes[slot]! < PROMOTED_AT) yield slot;
    const main = [...this.#segments.slots(MAIN), ...small.filter((slot) => bytes[slot]! >= PROMOTED_AT)];
    for (let reads = 0; reads <= MAX_READS; reads++) for (const slot of main) if (bytes[slot] === reads) yield slot;
  }

  get #mainCapacity(): number {
    const { capacity } = this.#context;
    return capacity - Math.max(1, Math.floor(SMALL_SHARE * capacity));
  }

  /** The oldest of the small queue that was not read twice; the others move on. 0 when there is none. */
  #smallVictim(): number {
    const { bytes } = this.marks;
    for (;;) {
      const slot = this.#segments.oldest(SMALL);
      if (slot === 0 || bytes[slot]! < PROMOTED_AT) return slot;
      bytes[slot] = 0;
      this.#segments.move(MAIN, slot);
    }
  }

  /** The oldest of the main queue that was not read since it came around. */
  #mainVictim(): number {
    const { bytes } = this.marks;
    for (;;) {
      const slot = this.#segments.oldest(MAIN);
      if (slot === 0 || bytes[slot] === 0) return slot;
      bytes[slot]!--;
      this.#segments.move(MAIN, slot);
    }
  }
}

/**
 * S3-FIFO: most new entries are never read again, and leave by a small queue before they reach the main one.
 * Yang et al., FIFO queues are all you need for cache eviction, SOSP 2023, algorithm 1, with promotion at the second
 * read as in the authors' own engine.
 */
export function s3fifo(): Strategy {
  return { name: "s3fifo", create: (context) => new S3Fifo(context) };
}
