import type { RemovalCause } from "../core/index.ts";

/** Values that left and are remembered. A power of two. */
export const MAX_AGES = 1_024;

/** How old a value was when it left, and why it did; `unseen` for one that left before the panel recorded. */
export interface Lifetime {
  /** Ms since it was written. */
  readonly age: number;
  readonly cause: Exclude<RemovalCause, "cleared"> | "unseen";
  readonly shard: number;
}

/** The ages of the last values that left by anything but a clear, an overwrite included. */
export class Ages {
  #ages = new Float64Array(0);
  #causes: RemovalCause[] = [];
  #shards: number[] = [];
  #count = 0;

  record(age: number, cause: RemovalCause, shard: number): void {
    if (this.#ages.length === 0) this.#ages = new Float64Array(MAX_AGES);
    const at = this.#count++ & (MAX_AGES - 1);
    this.#ages[at] = Math.max(0, age);
    this.#causes[at] = cause;
    this.#shards[at] = shard;
  }

  clear(): void {
    this.#count = 0;
  }

  /** The oldest removal first. */
  read(most: number = MAX_AGES): Lifetime[] {
    const kept = Math.min(this.#count, most, MAX_AGES);
    return Array.from({ length: kept }, (_, index) => {
      const at = (this.#count - kept + index) & (MAX_AGES - 1);
      return { age: this.#ages[at]!, cause: this.#causes[at] as Lifetime["cause"], shard: this.#shards[at]! };
    });
  }
}
