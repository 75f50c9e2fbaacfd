import { inspect } from "node:util";
import { s3fifo } from "macho-cache/policies";
import { Cache, type CacheEvent } from "macho-cache";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

describe("set and get", () => {
  test("gives what was stored, and undefined for a miss", () => {
    const cache = new Cache<string, number>();
    cache.set("a", 1).add("b", 2);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, 2, undefined]);
    expect(cache.metrics).toMatchObject({ sets: 2, gets: 3, hits: 2, misses: 1, hitRatio: 2 / 3, size: 2 });
  });

  test("tells a stored undefined from a miss by has, and counts it as a hit", () => {
    const cache = new Cache<string, undefined>();
    cache.set("a", undefined);
    expect([cache.get("a"), cache.has("a"), cache.has("b")]).toEqual([undefined, true, false]);
    expect(cache.metrics).toMatchObject({ hits: 1, misses: 0 });
  });

  test("takes any key that a Map takes, by the Map's equality", () => {
    const cache = new Cache<unknown, string>();
    const object = { own: 1 };
    const keys = [1, "1", 1n, NaN, null, undefined, object, { own: 1 }, Symbol("s"), cache, true, "__proto__"];
    for (const key of keys) cache.set(key, typeof key);
    expect(cache.size).toBe(keys.length);
    for (const key of keys) expect(cache.get(key)).toBe(typeof key);
    cache.set(-0, "zero");
    expect(cache.get(0)).toBe("zero");
  });

  test("a set right after the get that missed is one lookup and one store", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2 });
    for (const key of ["a", "b", "a", "c"]) if (cache.get(key) === undefined) cache.set(key, 1);
    expect([...cache.keys()]).toEqual(["a", "c"]);
  });
});

describe("looking", () => {
  test("peek, has, remainingTtl, iteration and metrics leave order and counters as they are", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2 });
    cache.set("a", 1).set("b", 2);
    const before = cache.metrics;
    expect([cache.peek("a"), cache.has("a"), cache.peek("x")]).toEqual([1, true, undefined]);
    expect(cache.remainingTtl("a")).toBeGreaterThan(0);
    expect([[...cache], [...cache.keys()], [...cache.values()]].map((each) => each.length)).toEqual([2, 2, 2]);
    cache.forEach(() => undefined);
    expect(cache.metrics).toEqual(before);
    cache.set("c", 3);
    expect([...cache.keys()]).toEqual(["b", "c"]);
  });

  test("metrics are frozen, fresh at each read, and the same shape in each shard", () => {
    const cache = new Cache({ maxCacheSize: 7, ttl: Infinity, strategy: "fifo" });
    const metrics = cache.metrics;
    expect(cache.metrics).not.toBe(metrics);
    for (const part of [metrics, metrics.options, metrics.removals, metrics.loads, metrics.shards, metrics.shards[0]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(metrics.options).toEqual({
      maxCacheSize: 7,
      ttl: Infinity,
      timeToIdle: Infinity,
      keepTtl: false,
      maxWeight: Infinity,
      strategy: "fifo",
      exactClock: false,
      shardCount: 1,
      bloom: false,
      filter: null,
      probability: 0.01,
      timeout: Infinity,
    });
    expect(metrics.hitRatio).toBeNull();
    expect(metrics).toMatchObject({ ...metrics.shards[0] });
  });

  test("resetMetrics starts the counters and the date anew, and clear resets none", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ clock });
    expect(cache.metrics.since).toBeNull();
    clock.advance(3);
    const since = clock.wallNow();
    cache.set("a", 1).get("a");
    clock.advance(4);
    cache.clear();
    expect(cache.metrics).toMatchObject({ sets: 1, hits: 1, removals: { cleared: 1 }, since });
    clock.advance(5);
    cache.resetMetrics();
    expect(cache.metrics).toMatchObject({ sets: 0, hits: 0, removals: { cleared: 0 }, since: since + 9 });
  });
});

describe("a cache at a glance", () => {
  test("shows size, bounds and policy, on the console and as JSON, and counts nothing", () => {
    const cache = new Cache<string, number>({ maxWeight: 50, strategy: "sieve", ttl: 1_000 }).set("a", 1);
    expect(JSON.parse(JSON.stringify({ cache }))).toEqual({
      cache: { size: 1, maxCacheSize: 100, maxWeight: 50, ttl: 1_000, strategy: "sieve" },
    });
    expect(inspect(cache)).toBe(inspect(cache.toJSON()));
    class Users extends Cache<string, number> {}
    expect(inspect({ users: new Users({ strategy: s3fifo() }) }, { depth: 5 })).toMatch(
      /users: \{\s+size: 0,\s+maxCacheSize: 100[^]*strategy: 's3fifo'/,
    );
    expect(cache.metrics).toMatchObject({ gets: 0, hits: 0, sets: 1 });
  });
});

describe("iteration", () => {
  const filled = (): Cache<string, number> =>
    new Cache<string, number>({ maxCacheSize: 4 }).set("a", 1).set("b", 2).set("c", 3);

  test("follows first insertion; an overwrite keeps its place, a deleted key comes back at the end", () => {
    const cache = filled().set("a", 10);
    expect([...cache]).toEqual([
      ["a", 10],
      ["b", 2],
      ["c", 3],
    ]);
    cache.delete("a");
    cache.set("a", 11);
    expect([...cache.keys()]).toEqual(["b", "c", "a"]);
  });

  test("ends although each step adds an entry, and visits once what stays", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 3 }).set(1, 1).set(2, 2).set(3, 3);
    const seen: number[] = [];
    for (const key of cache.keys()) {
      seen.push(key);
      cache.set(key + 100, 0);
    }
    expect(seen).toHaveLength(3);
  });

  test("goes on after delete, clear and dispose on the way", () => {
    for (const change of [
      (cache: Cache<string, number>) => cache.delete("b"),
      (cache: Cache<string, number>) => cache.clear(),
    ]) {
      const cache = filled();
      const seen: string[] = [];
      for (const key of cache.keys()) {
        seen.push(key);
        change(cache);
      }
      expect(seen[0]).toBe("a");
      expect(seen).not.toContain("b");
    }
  });
});

describe("pins", () => {
  test("keep an entry from eviction only; unpinned it is the newest", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2 }).set("a", 1).set("b", 2);
    const unpin = cache.pin("a");
    cache.set("c", 3);
    cache.set("d", 4);
    expect([...cache.keys()]).toEqual(["a", "d"]);
    unpin?.();
    cache.set("e", 5);
    expect([...cache.keys()]).toEqual(["a", "e"]);
    expect(cache.pin("x")).toBeUndefined();
  });

  test("of every entry let the bound be exceeded, and the metric says by how much, until they end", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2 }).set("a", 1).set("b", 2);
    const undo = [cache.pin("a"), cache.pin("b")];
    cache.set("c", 3);
    undo.push(cache.pin("c"));
    cache.set("d", 4);
    expect(cache.metrics).toMatchObject({ size: 4, overflow: 2 });
    undo.forEach((unpin) => unpin?.());
    expect(cache.metrics).toMatchObject({ size: 2, overflow: 0 });
    expect([...cache.keys()]).toEqual(["b", "c"]);
  });

  test("end with their entry: the undo of a deleted one leaves its successor alone", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 1 }).set("a", 1);
    const old = cache.pin("a");
    cache.delete("a");
    cache.set("a", 2);
    cache.pin("a");
    old?.();
    cache.set("b", 3);
    expect(cache.has("a")).toBe(true);
  });
});

describe("dispose", () => {
  test("tells the listeners, stops the timer; afterwards reads find nothing and writes throw", async () => {
    const clock = new ManualClock();
    const causes: string[] = [];
    const cache = new Cache<string, number>({ clock, onRemoval: (_key, _value, cause) => causes.push(cause) });
    cache.set("a", 1);
    expect(clock.timers).toHaveLength(1);
    cache.dispose();
    cache.dispose();
    expect(causes).toEqual(["cleared"]);
    expect(clock.timers).toEqual([]);
    expect(cache.disposed).toBe(true);
    expect([cache.get("a"), cache.peek("a"), cache.has("a"), cache.size, [...cache], cache.pin("a")]).toEqual([
      undefined,
      undefined,
      false,
      0,
      [],
      undefined,
    ]);
    expect(() => cache.set("a", 1)).toThrow(expect.objectContaining({ code: "disposed" }));
    await expect(cache.getOrLoad("a", () => 1)).rejects.toMatchObject({ code: "disposed" });
    expect(cache.delete("a")).toBe(false);
    cache.clear();
    cache.subscribe(() => undefined)();
  });

  test("inside a listener still tells everybody what was cleared", () => {
    const heard: CacheEvent<string, number>[] = [];
    const cache = new Cache<string, number>();
    cache.subscribe(() => cache.dispose());
    cache.subscribe((event) => heard.push(event));
    cache.set("a", 1);
    expect(heard).toEqual([
      { type: "set", key: "a", value: 1 },
      { type: "removal", key: "a", value: 1, cause: "cleared" },
    ]);
  });
});
