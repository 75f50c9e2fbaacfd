import { NumberRing } from "./ring.ts";

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

/** The ages of the last 1,000 values that left, whatever their cause but "cleared". */
export class LifespanLog {
  #ages = new NumberRing(MAX_VALUES);
  #shards = new NumberRing(MAX_VALUES);

  record(age: number, shard: number): void {
    // A kept time can be a little older than the write.
    this.#ages.push(age > 0 ? age : 0);
    this.#shards.push(shard);
  }

  clear(): void {
    this.#ages.clear();
    this.#shards.clear();
  }

  report(shardCount: number): Lifespans | null {
    const ages = this.#ages.toArray();
    const shards = this.#shards.toArray();
    const all = summarise(ages);
    if (!all) return null;
    const parts = Array.from({ length: shardCount }, (_, shard) =>
      summarise(ages.filter((_age, at) => shards[at] === shard)),
    );
    return Object.freeze({ ...all, shards: Object.freeze(parts) });
  }
}

function summarise(values: readonly number[]): Lifespan | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const total = values.reduce((sum, value) => sum + value, 0);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Object.freeze({
    max: sorted.at(-1)!,
    min: sorted[0]!,
    count: values.length,
    total,
    average: total / values.length,
    median,
    values: Object.freeze([...values]),
  });
}
