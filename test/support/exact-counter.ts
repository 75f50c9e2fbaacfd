import type { FrequencyCounter } from "macho-cache/policies";

/** Counts every access of every key, and halves the counts every 10 accesses for each entry that fits. */
export class ExactCounter implements FrequencyCounter {
  #counts = new Map<unknown, number>();
  #accesses = 0;
  #sample: number;

  constructor({ capacity }: { readonly capacity: number }) {
    this.#sample = 10 * capacity;
  }

  reserve(): void {}

  add(_hash: number, key: unknown): void {
    this.#counts.set(key, this.of(_hash, key) + 1);
    if (++this.#accesses < this.#sample) return;
    this.#accesses = Math.floor(this.#accesses / 2);
    for (const [each, count] of this.#counts) {
      if (count > 1) this.#counts.set(each, Math.floor(count / 2));
      else this.#counts.delete(each);
    }
  }

  of(_hash: number, key: unknown): number {
    return this.#counts.get(key) ?? 0;
  }
}
