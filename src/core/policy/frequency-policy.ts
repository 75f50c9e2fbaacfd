import { Buckets } from "./buckets.ts";
import type { Policy, PolicyContext } from "./policy.ts";

/** Counts the accesses of each entry, and evicts the one with the fewest or the most. */
export class FrequencyPolicy implements Policy {
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
