import { filledFrom } from "../lru/columns.ts";
import { sum } from "./sum.ts";

/** Removals that are remembered. */
const MAX_VALUES = 1_000;

/** How old values were when they left, in ms since they were written. */
export interface Lifespan {
  readonly max: number;
  readonly min: number;
  readonly count: number;
  readonly total: number;
  readonly average: number;
  readonly median: number;
  /** Oldest removal first. */
  readonly values: readonly number[];
}

/** The same over all shards and for each; `null` where nothing left yet. */
export interface Lifespans extends Lifespan {
  readonly shards: readonly (Lifespan | null)[];
}

const RING = 1_024;
/** One for all logs that are still empty. */
const NO_AGES = new Float64Array(0);
const NO_SHARDS = new Uint32Array(0);

/** The ages of the last 1,000 values that left, whatever their cause but "cleared". */
export class LifespanLog {
  /** A ring; empty until something left. */
  #ages: Float64Array = NO_AGES;
  #shards: Uint32Array = NO_SHARDS;
  #count = 0;

  record(age: number, shard: number): void {
    if (this.#count === this.#ages.length) this.#grow();
    const at = this.#count++ & (RING - 1);
    // A kept time can be a little older than the write.
    this.#ages[at] = age > 0 ? age : 0;
    this.#shards[at] = shard;
  }

  clear(): void {
    this.#count = 0;
  }

  report(shardCount: number): Lifespans | null {
    const all = summarise(this.values());
    if (!all) return null;
    const parts = Array.from({ length: shardCount }, (_, shard) => summarise(this.values(shard)));
    return Object.freeze({ ...all, shards: Object.freeze(parts) });
  }

  /** The last 1,000, or those of one shard among them; the oldest first. A fresh array. */
  values(shard?: number): number[] {
    const values: number[] = [];
    for (let index = Math.max(0, this.#count - MAX_VALUES); index < this.#count; index++) {
      const at = index & (RING - 1);
      if (shard === undefined || this.#shards[at] === shard) values.push(this.#ages[at]!);
    }
    return values;
  }

  #grow(): void {
    if (this.#ages.length === RING) return;
    const length = Math.max(16, 2 * this.#ages.length);
    this.#ages = filledFrom(new Float64Array(length), this.#ages);
    this.#shards = filledFrom(new Uint32Array(length), this.#shards);
  }
}

function summarise(values: readonly number[]): Lifespan | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const total = sum(values);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Object.freeze({
    max: sorted[sorted.length - 1]!,
    min: sorted[0]!,
    count: values.length,
    total,
    average: total / values.length,
    median,
    values: Object.freeze([...values]),
  });
}
