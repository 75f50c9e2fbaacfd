// Caches of each kind, two of which do the same: what one of them is looked at must not tell them apart.
import fc from "fast-check";
import { type CacheOptions, cuckoo } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { SEED } from "../../src/core/internal.ts";
import type { ManualTime } from "./fake-source.ts";

const strategies = fc.constantFrom(...Object.values(allPolicies).map((policy) => policy()));
const filters = fc.constantFrom<CacheOptions<string, unknown>[]>({}, { bloom: true }, { filter: cuckoo() });
const WEIGHED = { maxWeight: 20, weigher: (value: unknown): number => 1 + (String(value).length % 4) };

/** Any policy, with one to three shards, with and without filters and weights. */
export const kinds: fc.Arbitrary<CacheOptions<string, unknown>> = fc
  .record({ strategy: strategies, shardCount: fc.constantFrom(1, 2, 3), filter: filters, isWeighed: fc.boolean() })
  .map(({ filter, isWeighed, ...others }) => Object.assign(others, filter, isWeighed ? WEIGHED : {}));

/** Options of caches that draw alike. `timers` hears of each timer that is set, and of each that is given up. */
export function seededOptions(time: ManualTime, timers: unknown[], seed: number): CacheOptions<string, unknown> {
  let state = seed;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  // The test moves the time, and nothing may run by itself.
  const schedule = (_: () => void, ms: number): (() => void) => {
    timers.push(ms);
    return () => void timers.push("given up");
  };
  const clock = { now: () => time.time - 1_000_000, wallNow: () => time.time, schedule };
  return { maxCacheSize: 5, ttl: 100, clock, random, exactClock: true, [SEED]: seed } as CacheOptions<string, unknown>;
}
