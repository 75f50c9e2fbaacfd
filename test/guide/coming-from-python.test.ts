// Each difference that docs/coming-from-python.md names. A title is a name on that page.
import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

test("Durations are in ms", () => {
  const clock = new ManualClock();
  const cache = new Cache({ ttl: 60, clock, exactClock: true });
  cache.add("a", 1);
  clock.advance(59);
  expect(cache.get("a")).toBe(1);
  clock.advance(1);
  expect(cache.get("a")).toBeUndefined();
});

test("An overwrite of a FIFO entry keeps its place", () => {
  const cache = new Cache({ maxCacheSize: 2, strategy: "fifo" });
  for (const key of ["a", "b", "a", "c"]) cache.add(key, 1);
  expect([...cache.keys()]).toEqual(["b", "c"]);
});

test("More shards than entries are an error", () => {
  expect(() => new Cache({ maxCacheSize: 3, shardCount: 4 })).toThrow(/shardCount must be/);
  const cache = new Cache<number, number>({ maxCacheSize: 10, shardCount: 4 });
  for (let key = 0; key < 1_000; key++) cache.add(key, key);
  expect(cache.currentSize).toBe(10);
});

test("A rate of one half is no default", () => {
  expect(new Cache({ bloom: true }).options.probability).toBe(0.01);
});

test("The filter forgets entries that leave", () => {
  const cache = new Cache<string, number>({ maxCacheSize: 1_000, bloom: true });
  for (let key = 0; key < 20_000; key++) cache.add(`old ${key}`, key);
  for (let key = 0; key < 10_000; key++) cache.get(`never ${key}`);
  const { filterRejections, misses } = cache.metrics;
  expect(misses).toBe(10_000);
  expect(filterRejections).toBeGreaterThan(9_500);
});

test('`1` is not `"1"`', () => {
  const cache = new Cache<unknown, string>();
  cache.add(1, "a number");
  expect([cache.get(1), cache.get("1")]).toEqual(["a number", undefined]);
});

test("`clear` resets no counter", () => {
  const cache = new Cache();
  cache.add("a", 1);
  cache.get("a");
  cache.clear();
  expect(cache.metrics).toMatchObject({ hits: 1, removals: { cleared: 1 } });
  cache.resetMetrics();
  expect(cache.metrics.hits).toBe(0);
});

test("An expiry is no eviction", () => {
  const clock = new ManualClock();
  const cache = new Cache({ maxCacheSize: 2, ttl: 10, clock, exactClock: true });
  for (const key of ["a", "b", "c"]) cache.add(key, 1);
  clock.advance(10);
  cache.purgeExpired();
  expect(cache.metrics.removals).toMatchObject({ evicted: 1, expired: 2 });
});

test("Metrics have one shape", () => {
  const shapeOf = (shardCount: number): string[] => Object.keys(new Cache({ shardCount }).metrics);
  expect(shapeOf(4)).toEqual(shapeOf(1));
});

test("A single read cannot be timed", () => {
  const cache = new Cache();
  expect(cache.latencies).toBeNull();
  for (let read = 0; read < 100_000; read++) cache.get("a");
  expect(cache.latencies?.get).toMatchObject({ count: expect.any(Number), error: expect.any(Number) });
});
