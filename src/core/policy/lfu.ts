import { check, checkNames } from "../checks.ts";
import { Buckets } from "./buckets.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";

/** Counts the accesses of each entry, and evicts the one with the fewest or the most. */
class Frequency implements Policy {
  readonly hit = "call";
  #buckets = new Buckets();
  #context: PolicyContext;
  #evictsMost: boolean;
  #halveEvery: number;
  /** Accesses since the counts were halved. */
  #accesses = 0;

  constructor(context: PolicyContext, evictsMost: boolean, halveEvery: number) {
    this.#context = context;
    this.#evictsMost = evictsMost;
    this.#halveEvery = halveEvery;
  }

  reserve(lastSlot: number): void {
    this.#buckets.reserve(lastSlot);
  }

  add(slot: number): void {
    this.#buckets.add(slot);
    this.#age();
  }

  touch(slot: number): void {
    this.#buckets.up(slot);
    this.#age();
  }

  remove(slot: number): void {
    this.#buckets.remove(slot);
  }

  victim(): number {
    return this.#evictsMost ? this.#buckets.mostCounted : this.#buckets.leastCounted;
  }

  slots(): Iterable<number> {
    return this.#evictsMost ? this.#buckets.slotsFromHighest() : this.#buckets.slots();
  }

  #age(): void {
    if (++this.#accesses < this.#halveEvery * this.#context.capacity) return;
    this.#accesses = 0;
    this.#buckets.halve();
  }
}

/** How `lfu` is set up. */
export interface LfuOptions {
  /**
   * Accesses, for each entry that fits, after which every count is halved: without it, what was popular once stays
   * for ever. Above 0; 10 is usual. `Infinity` never ages. @defaultValue Infinity
   */
  halveEvery?: number | undefined;
}

/**
 * Least frequently used: evicts the entry that was accessed least often since it came, and of several the one that
 * has had its count for the longest. The worst choice when the load changes, unless it ages.
 * @throws MachoOptionError for an option that cannot be used
 */
export function lfu(options: LfuOptions = {}): Strategy {
  checkNames("lfu", options, { halveEvery: true } satisfies Record<keyof LfuOptions, true>);
  const { halveEvery = Infinity } = options;
  const isGood = typeof halveEvery === "number" && halveEvery > 0;
  check(isGood, "halveEvery", "must be a number above 0, or Infinity", halveEvery, "halveEvery: 10");
  return { name: "lfu", create: (context) => new Frequency(context, false, halveEvery) };
}

/** Most frequently used: evicts the entry that was accessed most often since it came. For loads that never ask twice. */
export function mfu(): Strategy {
  return { name: "mfu", create: (context) => new Frequency(context, true, Infinity) };
}
