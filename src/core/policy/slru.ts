import { SHARE } from "../checks.ts";
import { checkOptions, type OptionTable } from "../lru/checks.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";
import { Segments } from "./segments.ts";

const PROBATION = 0;
const PROTECTED = 1;

/**
 * ```
 *  new -> [probation] -> out        read: to the newest of protected
 *              ^ too many: the oldest of protected
 *         [protected, 80%]
 * ```
 */
/** `slru`, made. */
export class Slru implements Policy {
  readonly hit = "call";
  #segments = new Segments(2);
  #context: PolicyContext;
  #protectedShare: number;

  constructor(context: PolicyContext, protectedShare: number = 0.8) {
    this.#context = context;
    this.#protectedShare = protectedShare;
  }

  reserve(lastSlot: number): void {
    this.#segments.reserve(lastSlot);
  }

  add(slot: number): void {
    this.#segments.add(PROBATION, slot);
  }

  touch(slot: number): void {
    const segments = this.#segments;
    segments.move(PROTECTED, slot);
    if (segments.size(PROTECTED) > Math.floor(this.#protectedShare * this.#context.capacity))
      segments.move(PROBATION, segments.oldest(PROTECTED));
  }

  remove(slot: number): void {
    this.#segments.remove(slot);
  }

  victim(): number {
    return this.#segments.oldest(PROBATION) || this.#segments.oldest(PROTECTED);
  }

  *slots(): Generator<number, undefined> {
    yield* this.#segments.slots(PROBATION);
    yield* this.#segments.slots(PROTECTED);
  }
}

/** How `slru` is set up. */
export interface SlruOptions {
  /** Share of the entries that are protected. Above 0 and below 1. @defaultValue 0.8 */
  protectedShare?: number | undefined;
}

const OPTIONS: OptionTable<SlruOptions> = { protectedShare: [SHARE, undefined, "0.8"] };

/**
 * Segmented LRU: entries that were read again are protected from those that never were.
 * Karedla, Love, Wherry, Caching strategies to improve disk system performance, IEEE Computer 27(3), 1994.
 * @throws MachoOptionError for an option that cannot be used
 */
export function slru(options: SlruOptions = {}): Strategy {
  checkOptions("slru", OPTIONS, options);
  const { protectedShare } = options;
  return { name: "slru", create: (context) => new Slru(context, protectedShare) };
}
