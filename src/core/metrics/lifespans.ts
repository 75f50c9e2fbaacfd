import { filledFrom } from "../lru/linked-slots.ts";
import { frozenList } from "./frozen-list.ts";

/** Removals that are remembered. */
const MAX_VALUES = 1_000;

/** How old values were when they left, in ms since they were written. */
export interface Lifespan {
  /** The longest life, in ms. */
  readonly max: number;
  /** The shortest life, in ms. */
  readonly min: number;
  /** The number of lives that were counted. */
  readonly count: number;
  /** The sum of all lives, in ms. */
  readonly total: number;
  /** The mean life, in ms. */
  readonly average: number;
  /** The median of the lives that are kept, in ms. */
  readonly median: number;
  /** Oldest removal first. */
  readonly values: readonly number[];
}

/** The same over all shards and for each; `null` where nothing left yet. */
export interface Lifespans extends Lifespan {
  /** The same for each shard. */
  readonly shards: readonly (Lifespan | null)[];
}

const RING = 1_024;
/** One for all logs that are still empty. */
const EMPTY = new Float64Array(0);

/** The ages of the last 1,000 values that left, whatever their cause but "cleared". */
export class LifespanLog {
  /** Age and shard of each, behind one another. Empty until something left, and then a ring. */
  #ring = EMPTY;
  #count = 0;

  record(age: number, shard: number): void {
    const at = 2 * (this.#count++ & (RING - 1));
    if (at === this.#ring.length) this.#ring = filledFrom(new Float64Array(Math.max(32, 2 * at)), this.#ring);
    // A kept time can be a little older than the write.
    this.#ring[at] = age > 0 ? age : 0;
    this.#ring[at + 1] = shard;
  }

  clear(): void {
    this.#count = 0;
  }

  report(shardCount: number): Lifespans | null {
    const all = this.#summary();
    return all && Object.freeze({ ...all, shards: frozenList(shardCount, (shard) => this.#summary(shard)) });
  }

  /** The last 1,000, or those of one shard among them; the oldest first. Frozen, and made anew. */
  values(shard?: number): readonly number[] {
    const values: number[] = [];
    for (let index = Math.max(0, this.#count - MAX_VALUES); index < this.#count; index++) {
      const at = 2 * (index & (RING - 1));
      if (shard === undefined || this.#ring[at + 1] === shard) values.push(this.#ring[at]!);
    }
    return Object.freeze(values);
  }

  #summary(shard?: number): Lifespan | null {
    const values = this.values(shard);
    const count = values.length;
    if (count === 0) return null;
    const sorted = Float64Array.from(values).sort();
    const total = sorted.reduce((sum, age) => sum + age);
    return Object.freeze({
      max: sorted[count - 1]!,
      min: sorted[0]!,
      count,
      total,
      average: total / count,
      median: (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2,
      values,
    });
  }
}
