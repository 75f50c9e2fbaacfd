import { Cache, getMany, setMany } from "macho-cache";
import { describe, expect, test } from "vitest";

describe("getMany and setMany", () => {
  test("take any iterable, and answer in its order", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 3 });
    setMany(cache, new Map(Object.entries({ a: 1, b: 2 })));
    expect(getMany(cache, new Set(["b", "x", "a"]))).toEqual([2, undefined, 1]);
    expect(cache.metrics).toMatchObject({ gets: 3, hits: 2, misses: 1, sets: 2 });
  });

  test("store more than fits in order, so that the last ones stay", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 2 });
    setMany(
      cache,
      [1, 2, 3].map((each) => [each, each]),
    );
    expect([...cache.keys()]).toEqual([2, 3]);
  });

  test("apply the options to each, and check them first", () => {
    const cache = new Cache<string, number>();
    expect(() => setMany(cache, [["a", 1]], { ttl: -1 })).toThrow(/ttl must be/);
    expect(cache.size).toBe(0);
    setMany(cache, [["a", 1]], { ttl: Infinity });
    expect(cache.remainingTtl("a")).toBe(Infinity);
  });

  test("store nothing when the iterable throws on its way", () => {
    const cache = new Cache<string, number>();
    const error = new Error("no more");
    function* broken(): Generator<[string, number]> {
      yield ["a", 1];
      throw error;
    }
    expect(() => setMany(cache, broken())).toThrow(error);
    expect(cache.size).toBe(0);
    expect(() => setMany(cache, 5 as never)).toThrow(/setMany needs an iterable of \[key, value\] pairs, got 5/);
    expect(() => setMany(cache, [5] as never)).toThrow(/got 5/);
    expect(() => getMany(cache, 5 as never)).toThrow(/getMany needs an iterable of keys, got 5/);
  });
});
