import { type PolicyName, TraceCache, TraceLru } from "macho-cache/simulate";
import type { Trace } from "./trace.ts";

/** What a policy would have given. */
export interface PolicyResult {
  readonly policy: PolicyName;
  /** By the place of the size: from 0 to 1. */
  readonly hitRatios: readonly number[];
}

/** The order of the table, the best known first. */
export const POLICIES: readonly PolicyName[] = [
  "lru",
  "fifo",
  "random",
  "sieve",
  "clock",
  "lfu",
  "mfu",
  "s3fifo",
  "tinylfu",
  "twoQueue",
  "arc",
  "slru",
];

/** Parts of all keys that fit, beside the size that a reader asks for. */
const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1];

/** Sizes to be tried, in their order. */
export function sizesFor(keyCount: number, own: number): number[] {
  const sizes = new Set([own, ...SHARES.map((share) => Math.max(1, Math.round(keyCount * share)))]);
  return [...sizes].sort((one, other) => one - other);
}

/** LRU at all sizes, in one pass. */
export class LruCurve {
  /** By size: hits that need just this size. */
  readonly #hits: Float64Array;
  readonly #accesses: number;

  constructor({ keys, keyCount }: Trace) {
    const all = new TraceLru({ keyCount });
    this.#hits = new Float64Array(keyCount + 1);
    this.#accesses = keys.length;
    for (const key of keys) {
      const size = all.access(key);
      if (size !== Infinity) this.#hits[size]! += 1;
    }
    for (let size = 1; size <= keyCount; size++) this.#hits[size]! += this.#hits[size - 1]!;
  }

  hitRatio(size: number): number {
    return this.#hits[Math.min(size, this.#hits.length - 1)]! / this.#accesses;
  }

  /** The least size that hits as often; `undefined` where none does. */
  sizeFor(hitRatio: number): number | undefined {
    const size = this.#hits.findIndex((hits) => hits / this.#accesses >= hitRatio);
    return size < 0 ? undefined : size;
  }
}

/** Hits of a cache of this size, over all accesses. */
function hitRatioOf({ keys }: Trace, strategy: PolicyName, maxCacheSize: number): number {
  const cache = new TraceCache({ strategy, maxCacheSize });
  for (const key of keys) cache.access(key);
  return cache.hits / keys.length;
}

/** Replays a trace through each policy at each size. Gives the result of a policy as it comes. */
export function* replays(trace: Trace, sizes: readonly number[], lru: LruCurve): Generator<PolicyResult> {
  for (const policy of POLICIES) {
    const ratio = (size: number): number => (policy === "lru" ? lru.hitRatio(size) : hitRatioOf(trace, policy, size));
    yield { policy, hitRatios: sizes.map(ratio) };
  }
}
