import { type PolicyName, TraceCache, TraceLru } from "macho-cache/simulate";
import { type Block, blocksOf, type SpoolPlace } from "./spool.ts";

/** Parts of the keys, for the spread of a figure. */
export const GROUPS = 16;

/** What is simulated in one pass over a trace: a policy at one size, or LRU at many. */
export interface Simulation {
  readonly policy: PolicyName;
  /** Of the whole cache, in ascending order. */
  readonly sizes: readonly number[];
  /** Whether LRU is measured at all sizes at once, which only entries without weights that do not expire allow. */
  readonly isStack: boolean;
  /** The share of keys that are in the trace: caches are as small a part of their size. */
  readonly sampleRate: number;
  readonly keyCount: number;
  /** Whether sizes are weights. */
  readonly isWeighed: boolean;
  /** Ms. */
  readonly ttl: number;
}

/** Misses at a size, of the keys that are in. */
export interface Point {
  readonly size: number;
  readonly misses: number;
  /** By parts of the keys. */
  readonly groups: readonly number[];
  /** Weight of what missed; of as many requests without weights. */
  readonly missedWeight: number;
}

/** Runs a pass. Each step is a block of requests; gives how many. */
export function* simulate(place: SpoolPlace, simulation: Simulation): Generator<number, readonly Point[], undefined> {
  const pass = simulation.isStack ? new StackPass(simulation) : new CachePass(simulation);
  for (const block of blocksOf(place)) {
    pass.add(block);
    yield block.length;
  }
  return pass.points();
}

/** The part of a size that a sample of the keys is simulated with. */
function partOf(size: number, { sampleRate, keyCount, isWeighed }: Simulation): number {
  const part = Math.max(1, Math.round(size * sampleRate));
  // Where all keys fit, nothing leaves any more.
  return isWeighed ? part : Math.min(part, keyCount);
}

/**
 * As if by chance. Numbers are in the order of first appearance: groups that share those of the most frequent keys evenly
 * would be more alike than samples are.
 */
function groupOf(key: number): number {
  let hash = Math.imul(key ^ (key >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) & (GROUPS - 1);
}

/** One cache. */
class CachePass {
  #simulation: Simulation;
  #cache: TraceCache;
  #groups = new Float64Array(GROUPS);
  #missedWeight = 0;

  constructor(simulation: Simulation) {
    const { policy: strategy, sizes, isWeighed, ttl } = simulation;
    const size = partOf(sizes[0]!, simulation);
    this.#simulation = simulation;
    this.#cache = new TraceCache({ strategy, ttl, ...(isWeighed ? { maxWeight: size } : { maxCacheSize: size }) });
  }

  add({ length, keys, weights, times }: Block): void {
    const cache = this.#cache;
    const hasWeights = weights.length > 0;
    const hasTimes = times.length > 0;
    for (let at = 0; at < length; at++) {
      const key = keys[at]!;
      const weight = hasWeights ? weights[at]! : 1;
      if (cache.access(key, weight, hasTimes ? times[at] : 0)) continue;
      this.#groups[groupOf(key)]!++;
      this.#missedWeight += weight;
    }
  }

  points(): readonly Point[] {
    const size = this.#simulation.sizes[0]!;
    return [{ size, misses: this.#cache.misses, groups: [...this.#groups], missedWeight: this.#missedWeight }];
  }
}

/** LRU at all sizes. */
class StackPass {
  #sizes: readonly number[];
  #parts: Float64Array;
  #stack: TraceLru;
  /** Requests by the place of the least size that hits them, one more than sizes; for each part of the keys. */
  #counts: Float64Array;

  constructor(simulation: Simulation) {
    this.#sizes = simulation.sizes;
    this.#parts = Float64Array.from(simulation.sizes, (size) => partOf(size, simulation));
    this.#stack = new TraceLru({ keyCount: simulation.keyCount });
    this.#counts = new Float64Array(GROUPS * (this.#sizes.length + 1));
  }

  add({ length, keys }: Block): void {
    const row = this.#sizes.length + 1;
    for (let at = 0; at < length; at++) {
      const key = keys[at]!;
      this.#counts[groupOf(key) * row + this.#placeOf(this.#stack.access(key))]!++;
    }
  }

  points(): readonly Point[] {
    const row = this.#sizes.length + 1;
    return this.#sizes.map((size, place) => {
      const groups = Array.from({ length: GROUPS }, (_, group) =>
        sumOf(this.#counts.subarray(group * row + place + 1, (group + 1) * row)),
      );
      const misses = sumOf(groups);
      return { size, misses, groups, missedWeight: misses };
    });
  }

  /** The place of the first size that is not below a distance. */
  #placeOf(distance: number): number {
    let low = 0;
    let high = this.#parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#parts[middle]! < distance) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
