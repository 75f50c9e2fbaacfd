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
  /** The mean duration, in ms. */
  readonly mean: number;
  /** Standard error of the mean. It falls with the square root of the samples, also below the clock's step. */
  readonly error: number;
  /** The shortest sample: often 0, as a browser's clock steps 100 us. */
  readonly min: number;
  /** The longest duration, in ms. */
  readonly max: number;
}

/** Latencies of `get` and `set`; `null` until there are 100 samples. */
export interface OperationLatencies {
  /** Of `get`; `null` until there are enough samples. */
  readonly get: Latency | null;
  /** Of `set`; `null` until there are enough samples. */
  readonly set: Latency | null;
}

/** The same over all shards and for each, and the step of the clock that they were measured with, in ms. */
export interface Latencies extends OperationLatencies {
  /** The step of the clock, in ms. */
  readonly resolution: number;
  /** The same for each shard. */
  readonly shards: readonly OperationLatencies[];
}

/** What a latency is told from: the same, with the squares of the distances from the mean. It changes in place. */
type Samples = { count: number; mean: number; squares: number; min: number; max: number };

/** Keeps what single operations took. One is shorter than a browser's clock can tell; many of them are not. */
export class LatencySampler {
  /** By operation; first those of all shards, then those of each. */
  #samples: Record<"get" | "set", Samples[]> = { get: [], set: [] };

  /** It makes nothing anew: what it costs is spread over 251 operations, and still felt. */
  record(operation: "get" | "set", shard: number, ms: number): void {
    for (const at of [0, shard + 1]) {
      const samples = (this.#samples[operation][at] ??= { count: 0, mean: 0, squares: 0, min: ms, max: ms });
      const off = ms - samples.mean;
      // Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4(3), 1962.
      samples.mean += off / ++samples.count;
      samples.squares += off * (ms - samples.mean);
      samples.min = Math.min(samples.min, ms);
      samples.max = Math.max(samples.max, ms);
    }
  }

  clear(): void {
    this.#samples = { get: [], set: [] };
  }

  report(clock: Clock, shardCount: number): Latencies | null {
    const all = this.#both(0);
    if (!all.get && !all.set) return null;
    const began = clock.now();
    let resolution = 0;
    // The step that the clock makes now; 0 when it makes none.
    for (let reads = MAX_READS; reads > 0 && resolution === 0; reads--) resolution = clock.now() - began;
    return Object.freeze({ resolution, ...all, shards: frozenList(shardCount, (shard) => this.#both(shard + 1)) });
  }

  #both(at: number): OperationLatencies {
    return Object.freeze({ get: this.#of("get", at), set: this.#of("set", at) });
  }

  #of(operation: "get" | "set", at: number): Latency | null {
    const samples = this.#samples[operation][at];
    if (!samples || samples.count < ENOUGH) return null;
    const { count, mean, squares, min, max } = samples;
    return Object.freeze({ count, mean, error: Math.sqrt(squares / (count - 1) / count), min, max });
  }
}
