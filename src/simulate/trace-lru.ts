import { checkKind, checkNames, countTo, type Kind } from "../core/lru/checks.ts";
import { LruStack } from "./lru-stack.ts";

/** Accesses for each key before the stack is made anew: a quarter of them is done twice. */
const MOVES_PER_KEY = 4;
/** Few keys do not use them up all the time. */
const LEAST_MOVES = 4_096;

/** How LRU at all sizes is set up. */
export interface TraceLruOptions {
  /** Keys are whole numbers from 0 to below this one. An integer from 1 to 2^28. */
  readonly keyCount: number;
}

const KEY_COUNT: Kind = /* @__PURE__ */ countTo(2 ** 28, undefined, "10_000");

/**
 * LRU caches of all sizes at once, for a trace that is too long to be held: it is given one access after the other, like
 * `TraceCache`, and tells the least size that hits. It takes 40 bytes a key, however long the trace is.
 *
 * @example
 * const all = new TraceLru({ keyCount: 10_000 });
 * let misses = 0;
 * for (const key of keys) if (all.access(key) > 1_000) misses++;
 * console.log(misses); // of an LRU cache of 1,000 entries
 */
export class TraceLru {
  #stack: LruStack;
  #keyCount: number;
  /** The key of each access since the stack was made. */
  #keys: Int32Array;
  /** By key: the last of these accesses. */
  #last: Int32Array;
  #moves = 0;

  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: TraceLruOptions) {
    checkNames("TraceLru", options, { keyCount: true });
    const { keyCount } = options;
    checkKind("keyCount", keyCount, KEY_COUNT);
    const moves = Math.max(LEAST_MOVES, MOVES_PER_KEY * keyCount);
    this.#keyCount = keyCount;
    this.#stack = new LruStack(keyCount, moves);
    this.#keys = new Int32Array(moves);
    this.#last = new Int32Array(keyCount);
  }

  /** Looks a key up, and stores it where it is not there. Gives the least size that hits; `Infinity` the first time. */
  access(key: number): number {
    if (this.#moves === this.#keys.length) this.#renew();
    const isKnown = this.#stack.has(key);
    this.#move(key);
    return isKnown ? this.#stack.distance : Infinity;
  }

  #move(key: number): void {
    this.#stack.use(key);
    this.#keys[this.#moves] = key;
    this.#last[key] = this.#moves++;
  }

  /** A stack counts so many accesses and no more. The last one of each key says it all. */
  #renew(): void {
    this.#stack = new LruStack(this.#keyCount, this.#keys.length);
    const count = this.#moves;
    this.#moves = 0;
    // Read in front of where `#move` writes.
    for (let at = 0; at < count; at++) {
      const key = this.#keys[at]!;
      if (this.#last[key] === at) this.#move(key);
    }
  }
}
