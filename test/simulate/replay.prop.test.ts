import { Cache, type CacheOptions } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { allPolicies } from "macho-cache/policies";
import { type AccessRecord, record, type ReplayResult } from "macho-cache/simulate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyOf } from "../../src/simulate/history.ts";
import { KeyIds, standInOf } from "../../src/simulate/key-ids.ts";
import { Seed } from "../../src/core/lru/seed.ts";
import { lastOf, simulated } from "../../src/simulate/replay.ts";
import { Simulation } from "../../src/simulate/simulation.ts";
import { ManualClock } from "../support/manual-clock.ts";

type Key = number | string;
type Operation =
  | { readonly type: "get" | "fill" | "delete"; readonly key: Key }
  | {
      readonly type: "set";
      readonly key: Key;
      readonly ttl?: number;
      readonly weight?: number;
      readonly keepTtl?: boolean;
    }
  | { readonly type: "clear" }
  | { readonly type: "wait"; readonly ms: number };

interface Made {
  readonly options: CacheOptions<Key, number>;
  readonly hasWeights: boolean;
  readonly isSmall: boolean;
}

const keys = fc.oneof(
  fc.integer({ min: 0, max: 25 }),
  fc.integer({ min: 0, max: 25 }).map((n) => `key:${n}`),
);
const ttls = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(Infinity));

function operations({ hasWeights, isSmall }: Made): fc.Arbitrary<Operation[]> {
  const extras = {
    ttl: ttls,
    ...(hasWeights && { weight: fc.integer({ min: 0, max: 14 }) }),
  };
  const set = fc.record({ type: fc.constant("set" as const), key: keys, ...extras }, { requiredKeys: ["type", "key"] });
  const keeping = fc.record({ type: fc.constant("set" as const), key: keys, keepTtl: fc.constant(true) });
  const one = fc.oneof(
    { weight: 60, arbitrary: fc.record({ type: fc.constantFrom("get" as const, "fill" as const), key: keys }) },
    { weight: 20, arbitrary: set },
    { weight: isSmall ? 0 : 5, arbitrary: keeping },
    { weight: 5, arbitrary: fc.record({ type: fc.constant("delete" as const), key: keys }) },
    { weight: 1, arbitrary: fc.constant({ type: "clear" } as const) },
    { weight: 15, arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 12 }) }) },
  );
  return fc.array(one, { minLength: 1, maxLength: 300, size: "max" });
}

/** Not by chance, so that a policy that draws does the same again. */
const draws = (): (() => number) => {
  let next = 0;
  return () => (next = (next + 0.381) % 1);
};

const made = (strategy: keyof typeof allPolicies): fc.Arbitrary<Made> =>
  fc
    .record({
      hasWeights: fc.boolean(),
      maxCacheSize: fc.integer({ min: 1, max: 20 }),
      ttl: ttls,
      shardCount: fc.constantFrom(1, 1, 2, 3),
      keepTtl: fc.boolean(),
      timeToIdle: fc.constantFrom(Infinity, Infinity, 20),
    })
    .map(({ hasWeights, shardCount, ...options }) => ({
      hasWeights,
      isSmall: false,
      options: {
        ...options,
        shardCount: Math.min(shardCount, options.maxCacheSize),
        strategy: allPolicies[strategy](),
        ...(hasWeights && { maxWeight: 60 }),
      },
    }));

function drive(cache: Cache<Key, number> | LruCache<Key, number>, clock: ManualClock, operation: Operation): void {
  switch (operation.type) {
    case "get":
      cache.get(operation.key);
      return;
    case "fill":
      if (cache.get(operation.key) === undefined) cache.set(operation.key, 1);
      return;
    case "set": {
      const { ttl, weight, keepTtl } = operation;
      cache.set(operation.key, 1, { ttl, weight, ...(keepTtl && { keepTtl }) });
      return;
    }
    case "delete":
      cache.delete(operation.key);
      return;
    case "clear":
      cache.clear();
      return;
    case "wait":
      clock.advance(operation.ms);
  }
}

/** What a replay with the settings that the cache had gives, and how many keys are left. */
function replayed(recorded: AccessRecord, strategy: Made["options"]["strategy"]): [ReplayResult, string[]] {
  const history = historyOf(recorded);
  const policy = strategy as ReturnType<(typeof allPolicies)["lru"]> | undefined;
  const simulation = new Simulation(history, { strategy: policy, random: draws() }, {});
  const result = lastOf(simulated(history, simulation, 0));
  const left = simulation.stores.flatMap((store) =>
    Array.from(store.entries(), ([, number]) => String(history.standIns[number])),
  );
  return [result, left.toSorted()];
}

function check({ options }: Made, all: readonly Operation[], before: number, make = Cache<Key, number>): void {
  const clock = new ManualClock();
  const cache = new make({ ...options, clock, ...(make === Cache && { random: draws() }) });
  for (const operation of all.slice(0, before)) drive(cache, clock, operation);
  cache.purgeExpired();
  const { hits, misses, removals } = cache.metrics;
  const recording = record(cache);
  for (const operation of all.slice(before)) drive(cache, clock, operation);
  // JSON is as good.
  const recorded = JSON.parse(JSON.stringify(recording.read())) as AccessRecord;
  const [result, left] = replayed(recorded, options.strategy);
  const metrics = cache.metrics;
  const since = Object.entries(metrics.removals).map(([cause, count]) => [cause, count - removals[cause as "evicted"]]);
  expect({
    hits: result.hits,
    misses: Object.values(result.misses).reduce((sum, count) => sum + count, 0),
    removals: result.removals,
    left: left.length,
  }).toEqual({
    hits: metrics.hits - hits,
    misses: metrics.misses - misses,
    removals: Object.fromEntries(since),
    left: [...cache.keys()].length,
  });
  expect(left).toEqual(idsOf(cache, recorded));
}

/** The stand-ins of the keys that are there. */
function idsOf(cache: Cache<Key, number> | LruCache<Key, number>, { hashSeed }: AccessRecord): string[] {
  const ids = new KeyIds(new Seed(hashSeed), 1);
  return Array.from(cache.keys(), (key) => String(standInOf(ids.of(key, 0), hashSeed))).toSorted();
}

describe("a replay with the settings that the cache had does what the cache did", () => {
  test.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])("%s", (strategy) => {
    const property = fc.property(
      made(strategy).chain((each) => fc.tuple(fc.constant(each), operations(each))),
      ([each, all]) => check(each, all, 0),
    );
    fc.assert(property, { numRuns: 150, endOnFailure: true });
  });

  test.each(["lru", "fifo"] as const)("%s, from the middle of its life on", (strategy) => {
    const property = fc.property(
      made(strategy).chain((each) => fc.tuple(fc.constant(each), operations(each), fc.nat(150))),
      // When an entry was read last is not known of what was there before.
      ([each, all, before]) => check({ ...each, options: { ...each.options, timeToIdle: Infinity } }, all, before),
    );
    fc.assert(property, { numRuns: 200, endOnFailure: true });
  });

  test("an LruCache", () => {
    const options = fc.record({ maxCacheSize: fc.integer({ min: 1, max: 20 }), ttl: ttls });
    const each = options.map((all): Made => ({ hasWeights: false, isSmall: true, options: all }));
    const property = fc.property(
      each.chain((one) => fc.tuple(fc.constant(one), operations(one), fc.nat(100))),
      ([one, all, before]) => check(one, all, before, LruCache as never),
    );
    fc.assert(property, { numRuns: 200, endOnFailure: true });
  });
});
