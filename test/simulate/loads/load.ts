import type { CacheOptions } from "macho-cache";
import type { AdviceKind } from "macho-cache/simulate";

export type Key = number | string;

/**
 * What an app does with its cache. `read` is a get, and where that misses, a set of what a backend brought; `load` is a
 * `getOrLoad`.
 */
export type Operation =
  | { readonly type: "get"; readonly key: Key }
  | {
      readonly type: "read";
      readonly key: Key;
      readonly ttl?: number;
      readonly weight?: number;
      readonly isAbsent?: true;
    }
  | { readonly type: "load"; readonly key: Key; readonly brings: "value" | "nothing" | "failure" }
  | { readonly type: "set"; readonly key: Key; readonly ttl?: number; readonly weight?: number }
  | { readonly type: "delete"; readonly key: Key }
  | { readonly type: "clear" }
  | { readonly type: "pin"; readonly key: Key }
  | { readonly type: "wait"; readonly ms: number };

/** What the advice comes to. */
export type Headline = AdviceKind;

/** From 0 to below 1, the same for each seed. */
export type Draw = () => number;

export interface Load {
  readonly name: string;
  /** Loads of a kind have one cause. There is one of each kind for tuning, and one held out. */
  readonly kind: string;
  /** Whether the second window is like the first. */
  readonly isStationary: boolean;
  readonly cache: CacheOptions<Key, number>;
  /** Operations of each of the two windows; waits do not count. @defaultValue 70_000, more than a record keeps */
  readonly window?: number;
  /** Operations before the record begins. @defaultValue 0 */
  readonly warmUp?: number;
  /** Ms from one operation to the next. @defaultValue 1 */
  readonly msPerOperation?: number;
  readonly seed: number;
  /** The headlines that are right, the best first. */
  readonly expected: readonly Headline[];
  /** Without an end. */
  operations(draw: Draw): Generator<Operation>;
}

export const WINDOW = 70_000;

/** xorshift32. */
export function drawsOf(seed: number): Draw {
  let x = Math.imul(seed, 0x9e3779b1) || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}
