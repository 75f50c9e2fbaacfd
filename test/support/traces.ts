import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { Cache, type CacheOptions } from "macho-cache";

/** Recorded traces and the counts of independent engines, beside the checkout; they are not part of the project. */
const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));
const COUNTS = `${SHARED}oracles/recorded.csv`;

export const RECORDED_PRESENT: boolean = existsSync(COUNTS) && existsSync(`${SHARED}traces`);

export interface ReferenceCount {
  readonly trace: string;
  readonly engine: string;
  readonly policy: string;
  readonly maxCacheSize: number;
  readonly misses: number;
}

/** The rows of some policies, by their names there. */
export function recordedCounts(
  policies: readonly string[],
  grade: "exact" | "tolerance" = "exact",
): readonly ReferenceCount[] {
  return rowsOf(COUNTS)
    .filter((row) => policies.includes(row[4] ?? "") && row[7] === grade)
    .map(([trace = "", , , engine = "", policy = "", size, misses]) => ({
      trace,
      engine,
      policy,
      maxCacheSize: Number(size),
      misses: Number(misses),
    }));
}

export interface WeightedCount {
  readonly policy: string;
  readonly maxWeight: number;
  readonly misses: number;
  readonly missedWeight: number;
}

/** Counts under a bound on weight, over `sizedTrace`. */
export function weightedCounts(policies: readonly string[]): readonly WeightedCount[] {
  return rowsOf(`${SHARED}oracles/weighted.csv`)
    .filter(([policy = ""]) => policies.includes(policy))
    .map(([policy = "", maxWeight, , misses, , missedWeight]) => ({
      policy,
      maxWeight: Number(maxWeight),
      misses: Number(misses),
      missedWeight: Number(missedWeight),
    }));
}

/** Keys and their sizes in bytes. */
export function sizedTrace(): readonly { readonly key: number; readonly weight: number }[] {
  return linesOf("lcs_cloudPhysicsIO_sized").map((line) => {
    const [key, weight] = line.split(" ");
    return { key: Number(key), weight: Number(weight) };
  });
}

function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => line.split(","));
}

function linesOf(trace: string): string[] {
  return gunzipSync(readFileSync(`${SHARED}traces/${trace}.txt.gz`))
    .toString()
    .trim()
    .split("\n");
}

export function recordedTrace(name: string): Int32Array {
  const lines = linesOf(name);
  // Keys beyond 32 bits are numbered by first appearance; only their equality matters.
  const numbers = new Map<string, number>();
  return Int32Array.from(lines, (line) => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  });
}

const REQUESTS = 200_000;

/** xorshift32, as u in [0, 1). */
function uniform(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

const skewed = (u: number): number => Math.floor(20_000 * u * u * u * u);

/** Three traces that anyone can generate: 200,000 requests each. */
export const SYNTHETIC: Readonly<Record<"skew" | "drift" | "scan", () => Int32Array>> = {
  skew() {
    const draw = uniform(0x9e3779b9);
    return Int32Array.from({ length: REQUESTS }, () => skewed(draw()));
  },
  drift() {
    const draw = uniform(0x51ed270b);
    return Int32Array.from({ length: REQUESTS }, (_, index) => {
      const u = draw();
      return Math.floor(index / 40) + Math.floor(3_000 * u * u * u);
    });
  },
  scan() {
    const draw = uniform(0x2545f491);
    let next = 0;
    return Int32Array.from({ length: REQUESTS }, (_, index) => {
      if (index % 5_000 >= 1_500) return skewed(draw());
      const key = 1_000_000 + next;
      next = (next + 1) % 8_000;
      return key;
    });
  },
};

/** Replays a trace: a get, and on a miss a set. Returns the misses. */
export function missesOf(trace: Int32Array, options: CacheOptions<number, true>): number {
  const cache = new Cache<number, true>({ ttl: Infinity, ...options });
  for (const key of trace) if (cache.get(key) === undefined) cache.set(key, true);
  return cache.metrics.misses;
}
