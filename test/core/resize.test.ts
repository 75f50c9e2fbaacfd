import { Cache, exportCache, setMany } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { describe, expect, test } from "vitest";

const numbers = (count: number): [number, number][] => Array.from({ length: count }, (_, index) => [index, index]);

describe("resize", () => {
  test("evicts at once what no longer fits, in the policy's order", () => {
    const removed: unknown[] = [];
    const cache = new Cache<number, number>({ maxCacheSize: 5, onRemoval: (...removal) => removed.push(removal) });
    setMany(cache, numbers(5));
    cache.get(0);
    cache.resize(2);
    expect([...cache.keys()]).toEqual([0, 4]);
    expect(removed).toEqual([
      [1, 1, "evicted"],
      [2, 2, "evicted"],
      [3, 3, "evicted"],
    ]);
    expect(cache.metrics).toMatchObject({ size: 2, capacity: 2, options: { maxCacheSize: 2 } });
  });

  test("makes room for more", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 2 });
    setMany(cache, numbers(9)).resize(5);
    setMany(cache, numbers(9));
    expect(cache.size).toBe(5);
  });

  test.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])("%s goes on down to 1 and up again", (name) => {
    const cache = new Cache<number, number>({ maxCacheSize: 64, strategy: allPolicies[name]() });
    for (const maxCacheSize of [64, 1, 2, 3, 200, 7]) {
      cache.resize(maxCacheSize);
      expect(cache.size).toBeLessThanOrEqual(maxCacheSize);
      for (const [key] of [...numbers(100), ...numbers(100), ...numbers(100)])
        if (cache.get(key) === undefined) cache.set(key, key);
      expect([cache.size, cache.metrics.overflow]).toEqual([Math.min(100, maxCacheSize), 0]);
      expect(new Set(exportCache(cache).entries.map(({ key }) => key))).toEqual(new Set(cache.keys()));
    }
  });

  test("splits the new bounds over the shards", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 100, maxWeight: 1_000, shardCount: 3 });
    setMany(cache, numbers(200));
    cache.resize(10, 100);
    expect(cache.metrics.shards.map(({ capacity }) => capacity)).toEqual([4, 3, 3]);
    expect(cache.size).toBe(10);
    expect(cache.metrics.options).toMatchObject({ maxCacheSize: 10, maxWeight: 100 });
  });

  test("bounds every shard before anybody hears of it, so that a resize within is the one that counts", () => {
    const seen: unknown[] = [];
    const cache: Cache<string, number> = new Cache<string, number>({
      maxCacheSize: 40,
      shardCount: 4,
      onRemoval: () => {
        const { size, capacity, options } = cache.metrics;
        seen.push([size <= capacity, capacity, options.maxCacheSize]);
        if (seen.length === 1) cache.resize(16);
      },
    });
    for (let key = 0; key < 400; key++) cache.set(`key ${key}`, key);
    seen.length = 0;
    cache.resize(8);
    expect(seen[0]).toEqual([true, 8, 8]);
    expect(new Set(seen.slice(1).map(String))).toEqual(new Set(["true,16,16"]));
    expect(cache.metrics.shards.map(({ capacity }) => capacity)).toEqual([4, 4, 4, 4]);
    for (let key = 0; key < 400; key++) cache.set(`key ${key}`, key);
    expect(cache.metrics).toMatchObject({ size: 16, capacity: 16, overflow: 0, options: { maxCacheSize: 16 } });
  });

  test("leaves pinned entries beyond the bound", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 3 });
    setMany(cache, numbers(3));
    const unpin = [cache.pin(0), cache.pin(1)];
    cache.resize(1);
    expect([...cache.keys()]).toEqual([0, 1]);
    expect(cache.metrics.overflow).toBe(1);
    unpin.forEach((undo) => undo?.());
    expect([...cache.keys()]).toEqual([1]);
  });

  test("checks the bounds before anything changes", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 6, shardCount: 3 });
    setMany(cache, numbers(6));
    const { size } = cache;
    for (const bad of [0, -1, 1.5, Number.NaN, "5", Infinity, 2, undefined, null]) {
      expect(() => cache.resize(bad as number)).toThrow(/must be/);
    }
    expect(() => cache.resize(6, 100)).toThrow(/maxWeight needs a cache that was made with one/);
    expect(cache.metrics).toMatchObject({ size, options: { maxCacheSize: 6, maxWeight: Infinity } });
  });
});
