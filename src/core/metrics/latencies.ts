import type { Clock } from "../lru/clock.ts";
import { frozenList } from "./frozen-list.ts";

/** Operations between two samples; a prime, so that no loop of the caller keeps step with it. */
export const SAMPLE_EVERY: number = 251;
/** Samples below which a mean would say nothing. */
const ENOUGH = 100;
/** Reads in which the clock's step is looked for: about a ms. */
const MAX_READS = 20_000;

/** The duration of one kind of operation, in ms, from samples. */
export interface Latency {
  /** Samples. */
  readonly count: number;
  readonly mean: number;
  /** Standard error of the mean. It falls with the square root of the samples, also below the clock's step. */
  readonly error: number;
  /** The shortest sample: often 0, as a browser's clock steps 100 us. */
  readonly min: number;
  readonly max: number;
}

/** Latencies of `get` and `set`; `null` until there are 100 samples. */
export interface OperationLatencies {
  readonly get: Latency | null;
  readonly set: Latency | null;
}

/** The same over all shards and for each, and the step of the clock that they were measured with, in ms. */
export interface Latencies extends OperationLatencies {
  readonly resolution: number;
  readonly shards: readonly OperationLatencies[];
}

const NOTHING: Latency = { count: 0, mean: 0, error: 0, min: Infinity, max: 0 };

/** Keeps what single operations took. One is shorter than a browser's clock can tell; many of them are not. */
export class LatencySampler {
  /** By operation, and by operation and shard: "get", "get0". */
  #samples: Record<string, Latency> = {};

  record(operation: "get" | "set", shard: number, ms: number): void {
    for (const name of [operation, operation + shard]) {
      const { count: before, mean: last, error, min, max } = this.#samples[name] ?? NOTHING;
      const count = before + 1;
      const mean = last + (ms - last) / count;
      // Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4(3), 1962.
      const squares = error ** 2 * before * (before - 1) + (ms - last) * (ms - mean);
      this.#samples[name] = Object.freeze({
        count,
        mean,
        error: Math.sqrt(squares / (before || 1) / count),
        min: Math.min(min, ms),
        max: Math.max(max, ms),
      });
    }
  }

  clear(): void {
    this.#samples = {};
  }

  report(clock: Clock, shardCount: number): Latencies | null {
    const all = this.#both("");
    if (!all.get && !all.set) return null;
    const began = clock.now();
    let resolution = 0;
    // The step that the clock makes now; 0 when it makes none.
    for (let reads = MAX_READS; reads > 0 && resolution === 0; reads--) resolution = clock.now() - began;
    return Object.freeze({ resolution, ...all, shards: frozenList(shardCount, (shard) => this.#both(shard)) });
  }

  #both(shard: number | ""): OperationLatencies {
    return Object.freeze({ get: this.#of("get", shard), set: this.#of("set", shard) });
  }

  #of(operation: string, shard: number | ""): Latency | null {
    const latency = this.#samples[operation + shard];
    return latency && latency.count >= ENOUGH ? latency : null;
  }
}
