import "../support/fixed-seeds.ts";
import { LruCache } from "macho-cache/lru";
import { allPolicies } from "macho-cache/policies";
import { type AccessRecord, missRatioCurve, record, replay } from "macho-cache/simulate";
import { expect, test } from "vitest";
import {
  RECORDED_PRESENT,
  recordedCounts,
  recordedTrace,
  sizedTrace,
  SYNTHETIC,
  weightedCounts,
} from "../support/traces.ts";

/** Of some policies by the names of the reference counts. */
const POLICIES = {
  lru: allPolicies.lru,
  fifo: allPolicies.fifo,
  lfu: allPolicies.lfu,
  mfu: allPolicies.mfu,
  sieve: allPolicies.sieve,
  clock: () => allPolicies.clock(),
  s3fifo: allPolicies.s3fifo,
  arc: allPolicies.arc,
  "2q": allPolicies.twoQueue,
  "slru-80": allPolicies.slru,
} as const;

/** A record of gets, and sets where they miss, of a cache of any size. */
function recordOf(keys: Int32Array): AccessRecord {
  const cache = new LruCache<number, true>({ maxCacheSize: 100, ttl: Infinity });
  // A write that the machine delays is an operation of its own.
  const recording = record(cache, { size: 2 * keys.length });
  for (const key of keys) if (cache.get(key) === undefined) cache.set(key, true);
  return recording.read();
}

const missesOf = (recorded: AccessRecord, settings: Parameters<typeof replay>[1]): number => {
  const { lookups, hits } = replay(recorded, settings);
  return lookups - hits;
};

/** Misses at 50, 200, 500, 1,000 and 2,000 entries, counted by libCacheSim, and by Caffeine for slru. */
const COUNTS = [
  ["skew", "lru", [175_781, 161_691, 147_314, 132_514, 113_644]],
  ["skew", "sieve", [159_217, 142_568, 128_936, 115_713, 99_867]],
  ["drift", "arc", [169_337, 139_867, 112_271, 84_563, 41_683]],
  ["scan", "s3fifo", [170_818, 159_230, 149_282, 139_961, 129_720]],
  ["scan", "slru", [171_936, 160_228, 150_460, 141_396, 130_571]],
] as const;

test.each(COUNTS)("%s: a replay with %s misses as often as the reference engine", (trace, strategy, expected) => {
  const keys = SYNTHETIC[trace]();
  const recorded = recordOf(keys);
  const misses = [50, 200, 500, 1_000, 2_000].map((maxCacheSize) => missesOf(recorded, { strategy, maxCacheSize }));
  expect(misses).toEqual(expected);
  if (strategy !== "lru") return;
  const curve = missRatioCurve(recorded, { sizes: [50, 200, 500, 1_000, 2_000] });
  expect(curve.map(({ missRatio }) => Math.round(missRatio * keys.length))).toEqual(expected);
});

if (!RECORDED_PRESENT) {
  test.skip("the recorded traces are not beside the checkout: replays of them were not compared", () => undefined);
} else {
  const counts = recordedCounts(Object.keys(POLICIES));
  const traces = [...new Set(counts.map(({ trace }) => trace))].filter(
    (trace) => recordedTrace(trace).length <= 150_000,
  );

  test.each(traces)(
    "%s: replays miss as often as the reference engines, row by row",
    (trace) => {
      const keys = recordedTrace(trace);
      const recorded = recordOf(keys);
      for (const { policy, maxCacheSize, misses } of counts.filter((each) => each.trace === trace)) {
        const strategy = POLICIES[policy as keyof typeof POLICIES]();
        expect([policy, maxCacheSize, missesOf(recorded, { strategy, maxCacheSize })]).toEqual([
          policy,
          maxCacheSize,
          misses,
        ]);
      }
    },
    600_000,
  );

  test("under a bound on weight, replays miss as often as the reference", () => {
    const requests = sizedTrace();
    const cache = new LruCache<number, true>({ maxCacheSize: Infinity, maxWeight: 2 ** 20, ttl: Infinity });
    const recording = record(cache, { size: 2 ** 18, sampleRate: 1 });
    for (const { key, weight } of requests) if (cache.get(key) === undefined) cache.set(key, true, { weight });
    const recorded = recording.read();
    for (const [name, strategy] of [
      ["LRU", "lru"],
      ["FIFO", "fifo"],
      ["Sieve", "sieve"],
    ] as const) {
      for (const { maxWeight, misses } of weightedCounts([name])) {
        expect([name, maxWeight, missesOf(recorded, { strategy, maxWeight })]).toEqual([name, maxWeight, misses]);
      }
    }
  }, 600_000);
}
