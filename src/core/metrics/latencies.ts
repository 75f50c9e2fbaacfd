import type { Clock } from "../lru/clock.ts";

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

class Samples {
  #count = 0;
  #total = 0;
  #squares = 0;
  #min = Infinity;
  #max = 0;

  add(duration: number): void {
    this.#count++;
    this.#total += duration;
    this.#squares += duration * duration;
    this.#min = Math.min(this.#min, duration);
    this.#max = Math.max(this.#max, duration);
  }

  report(): Latency | null {
    const count = this.#count;
    if (count < ENOUGH) return null;
    const mean = this.#total / count;
    const variance = Math.max(0, (this.#squares - count * mean * mean) / (count - 1));
    return Object.freeze({ count, mean, error: Math.sqrt(variance / count), min: this.#min, max: this.#max });
  }
}

/** The samples of one shard, or of all. */
class OperationSamples {
  readonly get: Samples = new Samples();
  readonly set: Samples = new Samples();

  report(): OperationLatencies {
    return Object.freeze({ get: this.get.report(), set: this.set.report() });
  }
}

/** Times one operation in 251. A single one is shorter than a browser's clock can tell; many of them are not. */
export class LatencySampler {
  #clock: Clock;
  /** From the first sample on. */
  #all: OperationSamples | undefined;
  #shards: (OperationSamples | undefined)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  time<T>(operation: "get" | "set", shard: number, run: () => T): T {
    const began = this.#clock.now();
    const result = run();
    const duration = this.#clock.now() - began;
    this.#all ??= new OperationSamples();
    this.#all[operation].add(Math.max(0, duration));
    (this.#shards[shard] ??= new OperationSamples())[operation].add(Math.max(0, duration));
    return result;
  }

  clear(): void {
    this.#all = undefined;
    this.#shards = [];
  }

  report(shardCount: number): Latencies | null {
    const all = this.#all?.report();
    if (!all?.get && !all?.set) return null;
    const none = new OperationSamples();
    const shards = Array.from({ length: shardCount }, (_, shard) => (this.#shards[shard] ?? none).report());
    return Object.freeze({ resolution: this.#resolution(), ...all, shards: Object.freeze(shards) });
  }

  /** The step that the clock was seen to make now; 0 when it made none. */
  #resolution(): number {
    const began = this.#clock.now();
    let step = 0;
    for (let read = 0; read < MAX_READS && step === 0; read++) step = this.#clock.now() - began;
    return step;
  }
}
