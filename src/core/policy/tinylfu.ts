import { SHARE } from "../checks.ts";
import { checkOptions, FUNCTION, type OptionTable } from "../lru/checks.ts";
import { filledFrom } from "../lru/linked-slots.ts";
import { type FrequencyCounter, FrequencySketch } from "./frequency-sketch.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";
import { Segments } from "./segments.ts";

const WINDOW = 0;
const PROBATION = 1;
const PROTECTED = 2;
const PROTECTED_SHARE = 0.8;
/** A candidate with at least this many accesses is let in once in so many times though it lost. */
const WARM = 6;
const ONE_IN = 128;

/**
 * ```
 *  new -> [window: LRU, 1%] -- the candidate --> [probation] <-> [protected, 80% of the rest]
 *                                    asked for more often than the oldest of probation? else it is the victim
 * ```
 * Counts of a sketch are shared: keys that collide with one another would keep each other out for ever. So a candidate
 * that is asked for a lot is let in now and then, by numbers that the cache's seed gives.
 */
export class TinyLfu implements Policy {
  readonly hit = "call";
  #segments = new Segments(3);
  #hashes = new Int32Array(1);
  #frequency: FrequencyCounter;
  #context: PolicyContext;
  #windowShare: number;
  #draws = 0;

  constructor(context: PolicyContext, windowShare: number = 0.01, counter?: TinyLfuOptions["frequency"]) {
    this.#context = context;
    this.#windowShare = windowShare;
    this.#frequency = counter ? counter(context) : new FrequencySketch(context);
  }

  reserve(lastSlot: number): void {
    this.#segments.reserve(lastSlot);
    this.#frequency.reserve(lastSlot);
    this.#hashes = filledFrom(new Int32Array(lastSlot + 1), this.#hashes);
  }

  expect(key: unknown): void {
    this.#frequency.add(this.#context.hash(key) | 0, key);
  }

  add(slot: number): void {
    this.#hashes[slot] = this.#context.hash(this.#context.keyOf(slot));
    this.#segments.add(WINDOW, slot);
    if (this.#segments.size(WINDOW) > this.#windowCapacity) this.#leaveWindow();
  }

  touch(slot: number): void {
    const segments = this.#segments;
    this.#frequency.add(this.#hashes[slot]!, this.#context.keyOf(slot));
    segments.move(segments.of(slot) === WINDOW ? WINDOW : PROTECTED, slot);
    if (segments.size(PROTECTED) > PROTECTED_SHARE * (this.#context.capacity - this.#windowCapacity))
      segments.move(PROBATION, segments.oldest(PROTECTED));
  }

  remove(slot: number): void {
    this.#segments.remove(slot);
  }

  victim(): number {
    const segments = this.#segments;
    let candidate = 0;
    // The new entry will need a place in the window, which has room for one at least.
    while (segments.size(WINDOW) >= this.#windowCapacity) candidate = this.#leaveWindow();
    const oldest = segments.oldest(PROBATION) || segments.oldest(PROTECTED) || segments.oldest(WINDOW);
    if (candidate === 0 || candidate === oldest) return oldest;
    const count = this.#frequencyOf(candidate);
    if (count > this.#frequencyOf(oldest)) return oldest;
    // Not asked where counts decide, so that the numbers are drawn alike each time.
    const isLucky =
      this.#frequency instanceof FrequencySketch && count >= WARM && this.#context.hash(this.#draws++) % ONE_IN === 0;
    return isLucky ? oldest : candidate;
  }

  *slots(): Generator<number, undefined> {
    for (const list of [PROBATION, WINDOW, PROTECTED]) yield* this.#segments.slots(list);
  }

  get #windowCapacity(): number {
    const { capacity } = this.#context;
    return Math.max(1, capacity - Math.floor((1 - this.#windowShare) * capacity));
  }

  /** The oldest of the window goes on probation. */
  #leaveWindow(): number {
    const slot = this.#segments.oldest(WINDOW);
    this.#segments.move(PROBATION, slot);
    return slot;
  }

  #frequencyOf(slot: number): number {
    return this.#frequency.of(this.#hashes[slot]!, this.#context.keyOf(slot));
  }
}

/** How `tinylfu` is set up. */
export interface TinyLfuOptions {
  /** Share of the entries for what is new, where recency alone counts. Above 0 and below 1. @defaultValue 0.01 */
  windowShare?: number | undefined;
  /**
   * Makes the counter of accesses, of a shard with so many entries. With a counter of your own no key is let in by
   * chance.
   * @defaultValue a sketch of 8 bytes for each entry
   */
  frequency?: ((bounds: { readonly capacity: number }) => FrequencyCounter) | undefined;
}

const OPTIONS: OptionTable<TinyLfuOptions> = {
  windowShare: [SHARE],
  frequency: [FUNCTION, undefined, "(bounds) => new MyCounter(bounds)"],
};

/**
 * W-TinyLFU: an entry that leaves the small window for what is new stays only if it was asked for more often than the
 * entry that would make room for it. So it is often the newer entry that goes.
 * Einziger, Friedman, Manes, TinyLFU: a highly efficient cache admission policy, ACM ToS 13(4), 2017.
 * @throws MachoOptionError for an option that cannot be used
 */
export function tinylfu(options: TinyLfuOptions = {}): Strategy {
  checkOptions("tinylfu", OPTIONS, options);
  const { windowShare, frequency } = options;
  return { name: "tinylfu", create: (context) => new TinyLfu(context, windowShare, frequency) };
}
