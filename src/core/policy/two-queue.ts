import { Ghosts } from "./ghosts.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";
import { Segments } from "./segments.ts";

const IN = 0;
const MAIN = 1;
/** Shares of the capacity: of the queue for what is new, and of the ghosts that it leaves. */
const IN_SHARE = 0.25;
const GHOST_SHARE = 0.5;

/**
 * ```
 *  new ------> [in: FIFO, 25%] -> ghosts, 50%
 *  was a ghost -> [main: LRU] -> out
 * ```
 */
class TwoQueue implements Policy {
  readonly hit = "call";
  #segments = new Segments(2);
  #ghosts = new Ghosts();
  #context: PolicyContext;
  /** Whether the key that is being added was a ghost. */
  #comesBack = false;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  reserve(lastSlot: number): void {
    this.#segments.reserve(lastSlot);
  }

  expect(key: unknown): void {
    this.#comesBack = this.#ghosts.delete(key);
  }

  add(slot: number): void {
    this.#segments.add(this.#comesBack ? MAIN : IN, slot);
    this.#comesBack = false;
  }

  touch(slot: number): void {
    // A read of something new may belong to the same burst as its arrival, and says nothing.
    if (this.#segments.of(slot) === MAIN) this.#segments.move(MAIN, slot);
  }

  remove(slot: number, evicted: boolean): void {
    const isNew = this.#segments.of(slot) === IN;
    this.#segments.remove(slot);
    if (!evicted || !isNew) return;
    this.#ghosts.add(this.#context.keyOf(slot));
    this.#ghosts.trim(Math.max(1, Math.floor(GHOST_SHARE * this.#context.capacity)));
  }

  victim(): number {
    const segments = this.#segments;
    const isInFull = segments.size(IN) > Math.floor(IN_SHARE * this.#context.capacity);
    const [first, second] = isInFull ? [IN, MAIN] : [MAIN, IN];
    return segments.oldest(first) || segments.oldest(second);
  }

  *slots(): Generator<number, undefined> {
    yield* this.#segments.slots(IN);
    yield* this.#segments.slots(MAIN);
  }
}

/**
 * 2Q: what is new waits in a small queue, and only what is asked for again soon after it left moves to the main one.
 * Johnson and Shasha, 2Q: a low overhead high performance buffer management replacement algorithm, VLDB 1994.
 */
export function twoQueue(): Strategy {
  return { name: "twoQueue", create: (context) => new TwoQueue(context) };
}
