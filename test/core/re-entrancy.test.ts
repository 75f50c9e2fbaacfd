// What a listener may do: anything. What clock and random may not do: call the cache, which must hurt no other one.
import {
  Cache,
  type CacheDump,
  type CacheEvent,
  type CacheOptions,
  exportCache,
  importCache,
  getMany,
  setMany,
} from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

type Act = (cache: Cache<string, number>) => unknown;

const dump = (): CacheDump<string, number> => ({
  version: 1,
  exportedAt: clock.wallNow(),
  entries: Array.from({ length: 20 }, (_, index) => ({ key: `key ${index * 3}`, value: index, age: 0, ttl: 500 })),
});

const ACTS: Record<string, Act> = {
  set: (cache) => cache.set("key 1", -1),
  setMany: (cache) =>
    setMany(
      cache,
      Array.from({ length: 20 }, (_, index) => [`key ${index * 2}`, index]),
    ),
  import: (cache) => importCache(cache, dump()),
  "resize down": (cache) => cache.resize(8),
  "resize up": (cache) => cache.resize(60),
  delete: (cache) => cache.delete("key 2"),
  clear: (cache) => cache.clear(),
  purgeExpired: (cache) => cache.purgeExpired(),
  "pin and unpin": (cache) => cache.pin("key 3")?.(),
  get: (cache) => getMany(cache, ["key 1", "key 4", "key 9"]),
  dispose: (cache) => cache.dispose(),
};

/** What holds of every cache between two operations, whatever happened. */
function expectConsistent(cache: Cache<string, number>, told: readonly CacheEvent<string, number>[]): void {
  const { metrics } = cache;
  const removals = Object.values(metrics.removals).reduce((one, other) => one + other);
  expect(metrics.sets).toBe(metrics.size + removals);
  expect(metrics.shards.map(({ capacity }) => capacity).reduce((one, other) => one + other)).toBe(
    metrics.options.maxCacheSize,
  );
  expect(metrics.size).toBeLessThanOrEqual(metrics.options.maxCacheSize);
  const keys = [...cache.keys()];
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(exportCache(cache).entries.map(({ key }) => key))).toEqual(new Set(keys));
  for (const key of keys) expect(cache.has(key)).toBe(true);
  if (cache.disposed) return;
  // Every value that was told as stored and did not leave is there.
  const stored = new Map<string, number>();
  for (const event of told) {
    if (event.type === "set") stored.set(event.key, event.value);
    else if (event.type === "removal" && stored.get(event.key) === event.value && event.cause !== "replaced")
      stored.delete(event.key);
  }
  for (const key of keys) expect(stored.has(key)).toBe(true);
}

describe.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])("under %s a listener may call", (name) => {
  test.each(Object.entries(ACTS))("%s", (_name, act) => {
    for (const cause of ["set", "evicted", "expired", "replaced", "deleted", "cleared"]) {
      const told: CacheEvent<string, number>[] = [];
      const cache = new Cache<string, number>({
        maxCacheSize: 20,
        shardCount: 4,
        ttl: 100,
        strategy: allPolicies[name](),
        clock,
      });
      let left = 3;
      cache.subscribe((event) => void told.push(event));
      cache.subscribe((event) => {
        const happened = event.type === "removal" ? event.cause : event.type;
        if (happened === cause && left-- > 0) act(cache);
      });
      const steps: Act[] = [
        (own) =>
          setMany(
            own,
            Array.from({ length: 40 }, (_, index) => [`key ${index}`, index]),
          ),
        (own) => own.set("key 5", 50),
        (own) => own.set("key 5", 51),
        () => clock.advance(101),
        (own) => importCache(own, dump()),
        (own) => own.delete("key 6"),
        (own) => own.resize(12),
        (own) => own.clear(),
        (own) => own.set("key 7", 7),
      ];
      for (const step of steps) {
        if (!cache.disposed) step(cache);
        expectConsistent(cache, told);
      }
      cache.dispose();
      expect(clock.timers).toEqual([]);
    }
  });
});

describe.each<[string, (call: () => void) => CacheOptions<number, number>]>([
  ["random", (call) => ({ strategy: "random", random: () => (call(), 0.5) })],
  [
    "the clock",
    (call) => {
      let time = 0;
      return { ttl: 20, clock: { now: () => (call(), time++), schedule: () => () => undefined } };
    },
  ],
])("when %s calls its cache, against its documentation,", (_name, options) => {
  const forbidden: [string, (cache: Cache<number, number>) => unknown][] = [
    ["clear", (cache) => cache.clear()],
    ["set", (cache) => cache.set(99, 99)],
    ["delete", (cache) => cache.delete(2)],
    ["resize", (cache) => cache.resize(1)],
    ["dispose", (cache) => cache.dispose()],
  ];
  test.each(forbidden)("%s hurts no other cache", (_call, act) => {
    const before = new Cache<number, number>({ maxCacheSize: 3 }).set(1, 1);
    for (const after of [1, 2, 3, 4, 5, 8, 13]) {
      let calls = 0;
      let isInside = false;
      const own: { cache?: Cache<number, number> } = {};
      const cache = new Cache<number, number>({
        maxCacheSize: 2,
        ...options(() => {
          if (own.cache === undefined || isInside || ++calls !== after) return;
          isInside = true;
          act(own.cache);
          isInside = false;
        }),
      });
      own.cache = cache;
      try {
        for (let key = 0; key < 30; key++) {
          cache.set(key % 7, key);
          cache.get(key % 5);
        }
      } catch {
        // Of the cache itself nothing is promised.
      }
    }
    const fresh = new Cache<number, number>({ maxCacheSize: 3 });
    for (let key = 0; key < 10; key++) expect([fresh.get(key), fresh.has(key)]).toEqual([undefined, false]);
    for (const cache of [before, fresh]) {
      cache.set(1, 1).set(2, 2).set(3, 3);
      cache.get(1);
      cache.set(4, 4);
      expect([...cache]).toEqual([
        [1, 1],
        [3, 3],
        [4, 4],
      ]);
      expect(exportCache(cache).entries.map(({ key }) => key)).toEqual([3, 1, 4]);
    }
  });
});
