import { Cache, estimateBytes, exportCache, getMany, importCache, setMany } from "macho-cache";
import { LruCache, MachoError, MachoOptionError } from "macho-cache/lru";
import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { ManualClock } from "../../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

describe("the small core", () => {
  test("evicts the least recently used entry, and counts", () => {
    const removed: unknown[] = [];
    const cache = new LruCache<string, number>({ maxCacheSize: 2, onRemoval: (...removal) => removed.push(removal) });
    cache.set("a", 1).set("b", 2);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3);
    expect([cache.get("b"), cache.has("a"), [...cache.keys()]]).toEqual([undefined, true, ["a", "c"]]);
    expect(removed).toEqual([["b", 2, "evicted"]]);
    expect(cache.metrics).toMatchObject({ gets: 2, hits: 1, misses: 1, hitRatio: 0.5, sets: 3, size: 2, capacity: 2 });
    expect(cache.metrics.loads).toEqual({ started: 0, succeeded: 0, failed: 0, aborted: 0, joined: 0, duration: 0 });
    cache.resetMetrics();
    expect(cache.metrics).toMatchObject({ gets: 0, sets: 0, removals: { evicted: 0 }, size: 2 });
  });

  test("says its options, its size and its bounds, and nothing of what only a Cache has", () => {
    const cache = new LruCache<string, number>({ maxCacheSize: 3, maxWeight: 9 });
    expect(cache.options).toEqual({ maxCacheSize: 3, ttl: 600_000, maxWeight: 9, exactClock: false });
    expect(cache.toJSON()).toEqual({ size: 0, maxCacheSize: 3, maxWeight: 9, ttl: 600_000 });
    expect(Object.keys(cache.metrics)).not.toContain("shards");
    cache.resize(1, 5);
    expect(cache.options).toMatchObject({ maxCacheSize: 1, maxWeight: 5 });
  });

  test.each(["strategy", "shardCount", "bloom", "timeToIdle", "timeout", "keepTtl"])(
    "has no option %s, and says where it is",
    (name) => {
      const make = (): unknown => new LruCache({ [name]: 1 });
      expect(make).toThrow(MachoOptionError);
      expect(make).toThrow(new RegExp(`^${name} is not an option of LruCache, got 1.*new Cache`));
    },
  );

  test("has no keepTtl in a set, which a Cache has", () => {
    const cache = new LruCache<string, number>({ clock });
    expect(() => cache.set("a", 1, { keepTtl: true } as never)).toThrow(/keepTtl is not an option of set/);
    expect(cache.size).toBe(0);
  });

  test("expires, also where only one entry has a ttl, and nobody reads", () => {
    const cache = new LruCache<string, number>({ ttl: Infinity, clock });
    cache.set("a", 1).set("b", 2, { ttl: 50 }).set("c", 3);
    expect([cache.remainingTtl("a"), cache.remainingTtl("b")]).toEqual([Infinity, 50]);
    clock.advance(51);
    expect([cache.size, [...cache.keys()]]).toEqual([2, ["a", "c"]]);
    expect([cache.metrics.removals.expired, clock.timers]).toEqual([1, []]);
  });

  test("keeps no times where nothing expires, and reads the clock once", () => {
    let reads = 0;
    const cache = new LruCache<number, number>({ ttl: Infinity, clock: { now: () => ++reads }, exactClock: false });
    for (let key = 0; key < 1_000; key++) cache.set(key, key).get(key);
    expect(cache.parts.stores[0]!.times).toBeUndefined();
    expect(reads).toBeLessThanOrEqual(3);
    expect(cache.metrics.since).not.toBeNull();
  });

  test("after dispose, reads find nothing and writes throw", () => {
    const cache = new LruCache<string, number>().set("a", 1);
    cache.dispose();
    expect([cache.get("a"), cache.size, cache.disposed]).toEqual([undefined, 0, true]);
    expect(() => cache.set("a", 1)).toThrow(MachoError);
  });
});

describe("functions of the engine", () => {
  test("take an LruCache as well", () => {
    const cache = setMany(new LruCache<string, number>({ clock, ttl: 1_000 }), [
      ["a", 1],
      ["b", 2],
    ]);
    expectTypeOf(cache).toEqualTypeOf<LruCache<string, number>>();
    expect(getMany(cache, ["a", "c"])).toEqual([1, undefined]);
    expect(estimateBytes(cache).estimate).toBeGreaterThan(0);
    clock.advance(10);
    const dump = exportCache(cache);
    expect(dump.entries).toEqual([
      { key: "b", value: 2, age: 10, ttl: 1_000 },
      { key: "a", value: 1, age: 10, ttl: 1_000 },
    ]);
    const other = new Cache<string, number>({ clock });
    expect([importCache(other, dump), other.remainingTtl("a")]).toEqual([2, 990]);
  });

  test("tell no age that nobody knows: an import replaces nothing, and what is exported replaces nothing", () => {
    const cache = new LruCache<string, number>({ ttl: Infinity, clock }).set("a", 1);
    clock.advance(100);
    cache.set("b", 2);
    const dump = exportCache(cache);
    expect(dump.entries.map(({ age }) => age)).toEqual([100, 100]);
    const newer = new Cache<string, number>({ ttl: Infinity, clock }).set("a", 3);
    expect([importCache(newer, dump), newer.peek("a")]).toEqual([1, 3]);
    const later = new Cache<string, number>({ ttl: Infinity, clock });
    clock.advance(100);
    expect([importCache(cache, exportCache(later.set("a", 4))), cache.peek("a")]).toEqual([0, 1]);
  });
});

test.each([
  ["LruCache", () => new LruCache<string, number>({ ttl: 50, clock })],
  ["Cache", () => new Cache<string, number>({ ttl: 50, clock, shardCount: 2, bloom: true })],
])("a recorder of %s hears every operation, and each value that leaves", (_name, make) => {
  const cache = make();
  const heard: unknown[] = [];
  for (const store of cache.parts.stores) {
    store.recorder = {
      hit: (key, slot) => heard.push(["hit", key, store.values[slot]]),
      miss: (key, hasExpired) => heard.push(["miss", key, hasExpired]),
      set: (key, { ttl }, slot) => heard.push(["set", key, ttl, slot > 0]),
      delete: (key) => heard.push(["delete", key]),
      clear: () => heard.push(["clear"]),
      removed: (key, cause) => heard.push(["removed", key, cause]),
    };
  }
  cache.set("a", 1).get("a");
  cache.get("b");
  cache.peek("a");
  cache.set("a", 2, { ttl: 40 });
  clock.busy(60);
  cache.get("a");
  cache.delete("b");
  cache.set("b", 3);
  cache.delete("b");
  cache.clear();
  expect(heard).toEqual([
    ["set", "a", 50, true],
    ["hit", "a", 1],
    ["miss", "b", false],
    ["removed", "a", "replaced"],
    ["set", "a", 40, true],
    ["miss", "a", true],
    ["removed", "a", "expired"],
    ["delete", "b"],
    ["set", "b", 50, true],
    ["delete", "b"],
    ["removed", "b", "deleted"],
    ["clear"],
    ...(cache.parts.stores.length > 1 ? [["clear"]] : []),
  ]);
});

test("a recorder hears of an eviction before the write that needs the room, and of a value that is too heavy", () => {
  const cache = new LruCache<string, number>({ maxCacheSize: 1, maxWeight: 2, clock });
  const heard: unknown[] = [];
  cache.set("a", 1, { weight: 1 });
  cache.parts.stores[0]!.recorder = {
    hit: () => undefined,
    miss: () => undefined,
    set: (key, { weight }, slot) => heard.push(["set", key, weight, slot > 0]),
    delete: () => undefined,
    clear: () => undefined,
    removed: (key, cause) => heard.push(["removed", key, cause]),
  };
  cache.set("b", 1, { weight: 2 }).set("b", 1, { weight: 3 });
  expect(heard).toEqual([
    ["removed", "a", "evicted"],
    ["set", "b", 2, true],
    ["removed", "b", "replaced"],
    ["set", "b", 3, false],
  ]);
});
