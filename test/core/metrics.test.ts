import "../support/fixed-seeds.ts";
import { Cache, estimateBytes } from "macho-cache";
import { describe, expect, test } from "vitest";
import { deferred } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

describe("metricLifespan", () => {
  test("tells how old values were when they left, since their last write, cleared ones apart", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ maxCacheSize: 2, ttl: 100, clock });
    expect(cache.metricLifespan).toBeNull();
    cache.set("a", 1);
    clock.advance(10);
    cache.set("a", 2).set("b", 1);
    clock.advance(30);
    cache.set("c", 1).delete("b");
    clock.advance(100);
    cache.set("d", 1).clear();
    expect(cache.metricLifespan).toEqual({
      max: 100,
      min: 10,
      count: 4,
      total: 170,
      average: 42.5,
      median: 30,
      values: [10, 30, 30, 100],
      shards: [{ max: 100, min: 10, count: 4, total: 170, average: 42.5, median: 30, values: [10, 30, 30, 100] }],
    });
    cache.resetMetrics();
    expect(cache.metricLifespan).toBeNull();
  });

  test("remembers the last 1,000, and which shard they were in", () => {
    const clock = new ManualClock();
    const cache = new Cache<number, number>({ maxCacheSize: 4, shardCount: 2, clock, ttl: Infinity });
    for (let index = 0; index < 3_000; index++) {
      clock.advance(1);
      cache.set(index, index);
    }
    const lifespan = cache.metricLifespan;
    expect(lifespan?.count).toBe(1_000);
    expect(lifespan?.shards.map((shard) => shard?.count ?? 0).reduce((sum, count) => sum + count, 0)).toBe(1_000);
    expect(lifespan?.shards.every((shard) => (shard?.count ?? 0) > 300)).toBe(true);
    expect(lifespan?.average).toBeCloseTo(4, 0);
  });
});

describe("latencies", () => {
  test("are null until there are 100 samples of a kind, then a mean with its error", () => {
    let now = 0;
    // Each read takes 0.5 ms: a timed operation has one between its two.
    const cache = new Cache<number, number>({ ttl: Infinity, clock: { now: () => (now += 0.5) } });
    for (let index = 0; index < 251 * 99; index++) cache.get(index);
    expect(cache.latencies).toBeNull();
    for (let index = 0; index < 251 * 2; index++) cache.get(index);
    expect(cache.latencies).toEqual({
      resolution: 0.5,
      get: { count: 101, mean: 0.5, error: 0, min: 0.5, max: 0.5 },
      set: null,
      shards: [{ get: { count: 101, mean: 0.5, error: 0, min: 0.5, max: 0.5 }, set: null }],
    });
    cache.resetMetrics();
    expect(cache.latencies).toBeNull();
  });

  test("count sets apart, by shard", () => {
    const cache = new Cache<number, number>({ shardCount: 2 });
    for (let index = 0; index < 251 * 400; index++) cache.set(index, index);
    const { set, get, shards } = cache.latencies ?? {};
    expect([set?.count, get]).toEqual([400, null]);
    expect(shards?.reduce((sum, shard) => sum + (shard.set?.count ?? 0), 0)).toBe(400);
    expect(set?.mean).toBeGreaterThanOrEqual(set?.min ?? Infinity);
    expect(set?.mean).toBeLessThanOrEqual(set?.max ?? 0);
  });
});

describe("the other figures", () => {
  test("currentSize and totalRequests are Macho's: lookups and sets, a load counted as both", async () => {
    const cache = new Cache<string, number>();
    cache.set("a", 1).get("a");
    cache.get("b");
    await cache.getOrLoad("c", () => 3);
    expect([cache.currentSize, cache.totalRequests]).toEqual([2, 5]);
  });

  test("loadDurations are those of the last loads, in order", async () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ clock });
    for (const ms of [5, 7]) {
      const answer = deferred<number>();
      const value = cache.getOrLoad(`took ${ms}`, () => answer.promise);
      clock.busy(ms);
      answer.resolve(1);
      await value;
    }
    expect(cache.loadDurations).toEqual([5, 7]);
    expect(cache.metrics.loads.duration).toBe(12);
  });

  test("bytes are an estimate that grows with what is stored, and names its error", () => {
    const cache = new Cache<number, string>({ maxCacheSize: 10_000 });
    const empty = estimateBytes(cache);
    expect(empty.estimate).toBeLessThan(4_000);
    for (let index = 0; index < 10_000; index++) cache.set(index, "x".repeat(1_000) + index);
    const { estimate, error } = estimateBytes(cache);
    expect(estimate - error).toBeLessThan(10_000 * 1_100);
    expect(estimate + error).toBeGreaterThan(10_000 * 1_000);
    expect(error).toBeLessThan(estimate / 2);
  });

  test("bytes run no getter and no end: values with accessors, cycles and large arrays", () => {
    const cache = new Cache<string, unknown>();
    const cycle: Record<string, unknown> = { big: Array.from({ length: 100_000 }, (_, index) => index / 3) };
    cycle["self"] = cycle;
    const trap = Object.defineProperty({}, "x", {
      enumerable: true,
      get() {
        throw new Error("read");
      },
    });
    cache
      .set("cycle", cycle)
      .set("trap", trap)
      .set("map", new Map([[1, new Set([1])]]))
      .set("bytes", new Uint8Array(1e6));
    expect(estimateBytes(cache).estimate).toBeGreaterThan(1e6 + 100_000 * 8);
  });

  test("random evicts every entry with the same probability", () => {
    const evicted = Array.from({ length: 20 }, () => 0);
    let x = 0x9e3779b9;
    const random = (): number => {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      return (x >>> 0) / 2 ** 32;
    };
    const rounds = 20_000;
    for (let round = 0; round < rounds; round++) {
      const onRemoval = (key: number): void => void evicted[key]!++;
      const cache = new Cache<number, number>({ maxCacheSize: 20, strategy: "random", random, onRemoval });
      for (let key = 0; key < 20; key++) cache.set(key, key);
      // Neither reads nor an overwrite matter.
      cache.get(3);
      cache.set(4, 4);
      evicted[4]!--;
      cache.set(20, 20);
    }
    const expected = rounds / 20;
    const squares = evicted.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Chi-square with 19 degrees of freedom: beyond 56 once in 100,000.
    expect(squares).toBeLessThan(56);
  });
});
