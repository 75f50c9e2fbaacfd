import { Ticker } from "../../src/core/lru/clock.ts";
import { Outbox } from "../../src/core/lru/events.ts";
import { KeyHasher } from "../../src/core/hash.ts";
import { LifespanLog } from "../../src/core/metrics/lifespans.ts";
import { Seed } from "../../src/core/lru/seed.ts";
import { resolveOptions } from "../../src/core/options.ts";
import { Shard } from "../../src/core/shard.ts";
import { Cache, MachoError, MachoOptionError, type CacheEvent, setMany } from "macho-cache";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

/** A cache of texts that weigh their length. */
const texts = (maxWeight: number, more: object = {}): Cache<string, string> =>
  new Cache({ maxCacheSize: Infinity, maxWeight, weigher: (text) => text.length, ...more });

describe("a bound on weight", () => {
  test("evicts until the new value fits", () => {
    const cache = texts(10);
    cache.set("a", "xxx").set("b", "xxx").set("c", "xxx");
    cache.set("d", "xxxxxx");
    expect([...cache.keys()]).toEqual(["c", "d"]);
    expect(cache.metrics).toMatchObject({ weight: 9, size: 2, refused: 0, removals: { evicted: 2 } });
  });

  test("holds beside the bound on entries", () => {
    const cache = texts(100, { maxCacheSize: 2 });
    cache.set("a", "x").set("b", "x").set("c", "x");
    expect([...cache.keys()]).toEqual(["b", "c"]);
  });

  test("refuses what is heavier than all of it, and evicts nothing for it", () => {
    const cache = texts(10);
    const events: CacheEvent<string, string>[] = [];
    cache.subscribe((event) => events.push(event));
    cache.set("a", "x").set("big", "x".repeat(11));
    expect(cache.has("big")).toBe(false);
    expect(cache.metrics).toMatchObject({ sets: 1, size: 1, refused: 1, weight: 1 });
    expect(events.at(-1)).toEqual({ type: "refusal", key: "big", value: "x".repeat(11) });
  });

  test("a refused overwrite removes the older value, as replaced", () => {
    const removed: unknown[] = [];
    const cache = texts(10, { onRemoval: (...removal: unknown[]) => removed.push(removal) });
    cache.set("a", "x").set("a", "x".repeat(11));
    expect(cache.has("a")).toBe(false);
    expect(removed).toEqual([["a", "x", "replaced"]]);
    expect(cache.metrics).toMatchObject({ sets: 1, size: 0, weight: 0, removals: { replaced: 1 } });
  });

  test("an overwrite that grows makes room among the others, never by its own removal", () => {
    for (const strategy of ["lru", "fifo", "lfu", "sieve", "random", "mfu"] as const) {
      const cache = texts(10, { strategy });
      cache.set("a", "xx").set("b", "xx").set("c", "xx").set("a", "x".repeat(9));
      expect([strategy, cache.peek("a")?.length, cache.metrics.weight]).toEqual([strategy, 9, 9]);
    }
  });

  test("an overwrite by the same reference is weighed again", () => {
    const cache = new Cache<string, number[]>({ maxWeight: 100, weigher: (list) => list.length });
    const list = [1];
    cache.set("a", list);
    list.push(2, 3);
    cache.set("a", list);
    expect(cache.metrics.weight).toBe(3);
    cache.set("a", list, { weight: 90 });
    expect(cache.metrics.weight).toBe(90);
    cache.delete("a");
    expect(cache.metrics.weight).toBe(0);
  });

  test("is split over the shards, and adds up", () => {
    const cache = texts(103, { maxCacheSize: 1_000, shardCount: 10 });
    for (let index = 0; index < 500; index++) cache.set(`key:${index}`, "xx");
    expect(cache.metrics.weight).toBeLessThanOrEqual(103);
    expect(cache.metrics.weight).toBeGreaterThan(80);
    for (const shard of cache.metrics.shards) expect(shard.weight).toBeLessThanOrEqual(11);
  });

  test("is exceeded only by what is pinned, and says by how much", () => {
    const cache = texts(10);
    cache.set("a", "x".repeat(8));
    const unpin = cache.pin("a");
    cache.set("b", "x".repeat(5));
    expect(cache.metrics).toMatchObject({ weight: 13, weightOverflow: 3 });
    unpin?.();
    expect(cache.metrics).toMatchObject({ weight: 8, weightOverflow: 0, size: 1 });
  });

  test("entries without a weigher weigh 1, and 0 is a weight", () => {
    const cache = new Cache<string, number>({ maxCacheSize: Infinity, maxWeight: 2 });
    cache.set("free", 0, { weight: 0 }).set("a", 1).set("b", 2).set("c", 3);
    expect([...cache.keys()]).toEqual(["b", "c"]);
    cache.set("free", 0, { weight: 0 });
    expect(cache.size).toBe(3);
  });
});

describe("what cannot be a weight", () => {
  test.each([-1, 0.5, Number.NaN, Infinity, "1", null, undefined])("a weigher's %s is an error", (weight) => {
    const cache = new Cache<string, number>({ maxWeight: 10, weigher: () => weight as number });
    expect(() => cache.set("a", 1)).toThrow(MachoError);
    expect(() => cache.set("a", 1)).toThrow(/weigher must return an integer of 0 or more/);
    expect(cache.metrics).toMatchObject({ sets: 0, size: 0, weight: 0 });
  });

  test("what a weigher throws reaches the caller, and nothing has changed", () => {
    const error = new Error("no");
    let fails = false;
    const cache = new Cache<string, number>({
      maxWeight: 10,
      weigher: () => {
        if (fails) throw error;
        return 4;
      },
    });
    cache.set("a", 1).set("b", 2);
    fails = true;
    expect(() => cache.set("c", 3)).toThrow(error);
    expect(() => setMany(cache, [["c", 3]])).toThrow(error);
    expect([...cache]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });

  test("a weigher may call the cache", () => {
    const cache: Cache<string, number> = new Cache<string, number>({
      maxWeight: 3,
      weigher: (value) => {
        if (value === 1) cache.set("other", 2);
        return 1;
      },
    });
    cache.set("a", 1);
    expect([...cache.keys()]).toEqual(["other", "a"]);
  });

  test("a weight where the cache has no bound for it is an error, and so is a weigher", () => {
    expect(() => new Cache().set("a", 1, { weight: 1 })).toThrow(MachoOptionError);
    expect(() => new Cache({ weigher: () => 1 })).toThrow(/weigher needs maxWeight/);
    expect(() => new Cache({ maxCacheSize: Infinity })).toThrow(/maxCacheSize must be finite without a maxWeight/);
    expect(() => new Cache({ maxWeight: 3, shardCount: 4 })).toThrow(
      /shardCount must be an integer from 1 to maxWeight/,
    );
  });
});

describe("bounds", () => {
  test("a maxWeight above 2^53 - 1 is an error: sums beyond it are not exact", () => {
    expect(() => new Cache({ maxWeight: 2 ** 53 })).toThrow(/maxWeight must be an integer from 1 to 2\^53 - 1/);
    const cache = new Cache<string, number>({ maxWeight: 2 ** 53 - 1 }).set("a", 1, { weight: 2 ** 53 - 1 });
    expect(() => cache.resize(10, 2 ** 54)).toThrow(/maxWeight must be an integer from 1/);
    cache.set("b", 1, { weight: 1 });
    expect([[...cache.keys()], cache.metrics.weight]).toEqual([["b"], 1]);
  });

  test("entries of weight 0 count towards maxCacheSize", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 3, maxWeight: 10 });
    for (let key = 0; key < 10; key++) cache.set(key, key, { weight: 0 });
    expect([cache.size, cache.metrics.removals.evicted]).toEqual([3, 7]);
  });

  test("where maxCacheSize is Infinity, a shard that is as full as it can be evicts, instead of refusing the write", () => {
    const clock = new ManualClock();
    const ticker = new Ticker(clock, true);
    const seed = new Seed(1);
    const shard = new Shard<number, number>({
      index: 0,
      capacity: Infinity,
      maxWeight: 10,
      most: 20,
      ttl: Infinity,
      options: resolveOptions<number, number>({}),
      hasher: new KeyHasher(seed),
      seed,
      lifespans: new LifespanLog(),
      ticker,
      outbox: new Outbox<number, number>(undefined, ticker),
    });
    for (let key = 0; key < 50; key++) shard.set(key, key, { ttl: Infinity, age: 0, weight: 0, keepTtl: false });
    expect([shard.size, shard.capacity, shard.evicted]).toEqual([20, Infinity, 30]);
    expect([...shard.entries()].map(([key]) => key)).toEqual(Array.from({ length: 20 }, (_, index) => 30 + index));
  });
});
