import type { Clock } from "../clock.ts";

/** Operations between two samples; a prime, so that no loop of the caller keeps step with it. */
const SAMPLE_EVERY = 251;
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
  count = 0;
  total = 0;
  squares = 0;
  min = Infinity;
  max = 0;

  add(duration: number): void {
    this.count++;
    this.total += duration;
    this.squares += duration * duration;
    if (duration < this.min) this.min = duration;
    if (duration > this.max) this.max = duration;
  }

  addAll(other: Samples): void {
    this.count += other.count;
    this.total += other.total;
    this.squares += other.squares;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  report(): Latency | null {
    const { count, total, squares, min, max } = this;
    if (count < ENOUGH) return null;
    const mean = total / count;
    const variance = Math.max(0, (squares - count * mean * mean) / (count - 1));
    return Object.freeze({ count, mean, error: Math.sqrt(variance / count), min, max });
  }
}

/** Times one operation in 251. A single one is shorter than a browser's clock can tell; many of them are not. */
export class LatencySampler {
  #clock: Clock;
  #left = SAMPLE_EVERY;
  #gets: Samples[] = [];
  #sets: Samples[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts an operation. Returns whether it is one to time. */
  isDue(): boolean {
    if (--this.#left > 0) return false;
    this.#left = SAMPLE_EVERY;
    return true;
  }

  time<T>(operation: "get" | "set", shard: number, run: () => T): T {
    const began = this.#clock.now();
    const result = run();
    const duration = this.#clock.now() - began;
    const samples = operation === "get" ? this.#gets : this.#sets;
    (samples[shard] ??= new Samples()).add(Math.max(0, duration));
    return result;
  }

  clear(): void {
    this.#gets = [];
    this.#sets = [];
  }

  report(shardCount: number): Latencies | null {
    const get = merged(this.#gets);
    const set = merged(this.#sets);
    if (!get && !set) return null;
    const shards = Array.from({ length: shardCount }, (_, shard) =>
      Object.freeze({ get: this.#gets[shard]?.report() ?? null, set: this.#sets[shard]?.report() ?? null }),
    );
    return Object.freeze({ resolution: this.#resolution(), get, set, shards: Object.freeze(shards) });
  }

  /** The smallest step that the clock was seen to make now; 0 when it made none. */
  #resolution(): number {
    let smallest = Infinity;
    let last = this.#clock.now();
    for (let read = 0, steps = 0; read < MAX_READS && steps < 3; read++) {
      const now = this.#clock.now();
      if (now === last) continue;
      smallest = Math.min(smallest, now - last);
      last = now;
      steps++;
    }
    return smallest === Infinity ? 0 : smallest;
  }
}

function merged(parts: readonly (Samples | undefined)[]): Latency | null {
  const all = new Samples();
  for (const part of parts) if (part) all.addAll(part);
  return all.report();
}
