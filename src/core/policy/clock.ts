import { checkOptions, countTo, type OptionTable } from "../lru/checks.ts";
import { LinkedSlots } from "../lru/linked-slots.ts";
import { Marks } from "./marks.ts";
import type { Policy, Strategy } from "./policy.ts";

/** `clock`, made. */
export class Clock implements Policy {
  readonly hit = "mark";
  readonly marks: Marks;
  #order = new LinkedSlots();

  /** @param limit hits of one entry that are remembered */
  constructor(limit: number = 1) {
    this.marks = new Marks(limit);
  }

  reserve(lastSlot: number): void {
    this.marks.reserve(lastSlot);
    this.#order.reserve(lastSlot);
  }

  add(slot: number): void {
    this.marks.bytes[slot] = 0;
    this.#order.add(slot);
  }

  remove(slot: number): void {
    this.#order.remove(slot);
  }

  victim(): number {
    const { bytes } = this.marks;
    for (;;) {
      const oldest = this.#order.links[0]!;
      if (bytes[oldest] === 0) return oldest;
      bytes[oldest]!--;
      this.#order.renew(oldest);
    }
  }

  *slots(): Generator<number, undefined> {
    const { bytes, limit } = this.marks;
    // Each turn takes one from every mark.
    for (let mark = 0; mark <= limit; mark++) {
      for (const slot of this.#order.slots()) if (bytes[slot] === mark) yield slot;
    }
  }
}

/** How `clock` is set up. */
export interface ClockOptions {
  /** Hits of one entry that are remembered, each for one turn. An integer from 1 to 255. @defaultValue 1 */
  maxHits?: number | undefined;
}

const OPTIONS: OptionTable<ClockOptions> = { maxHits: [/* @__PURE__ */ countTo(255), undefined, "3"] };

/**
 * Like `fifo`, and an entry that was read gets a second chance: it goes to the end instead.
 * CLOCK, Corbato, A paging experiment with the Multics system, 1968.
 * @throws MachoOptionError for an option that cannot be used
 */
export function clock(options: ClockOptions = {}): Strategy {
  checkOptions("clock", OPTIONS, options);
  const { maxHits } = options;
  return { name: "clock", create: () => new Clock(maxHits) };
}
