// Where other caches broke, by the reports of their users: each promise here is one that was not kept elsewhere.
import { Cache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collect } from "../support/collect.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("time", () => {
  test("a value set at time 0 expires (node-lru-cache#379)", () => {
    const cache = new Cache<string, number>({ ttl: 10, clock });
    expect(clock.now()).toBe(0);
    cache.set("a", 1);
    expect(cache.remainingTtl("a")).toBe(10);
    clock.busy(10);
    expect(cache.get("a")).toBeUndefined();
  });

  test("a busy loop past the ttl is noticed within the same task (node-lru-cache, ttlResolution)", () => {
    const cache = new Cache<string, number>({ ttl: 5, clock, exactClock: false });
    cache.set("a", 1);
    clock.busy(60);
    expect(cache.get("a")).toBeUndefined();
    expect(clock.timers.length).toBeLessThanOrEqual(1);
  });

  test("a ttl beyond 2^31 ms sets one timer, and none that runs at once (isaacs/ttlcache#41)", () => {
    const cache = new Cache<string, number>({ ttl: 2 ** 33, clock });
    cache.set("a", 1);
    expect(clock.timers.map(({ at }) => at)).toEqual([2 ** 31 - 1]);
    clock.advance(2 ** 33 - 1);
    expect([cache.has("a"), clock.timers.length]).toEqual([true, 1]);
    clock.advance(1);
    expect([cache.size, clock.timers.length]).toEqual([0, 0]);
  });

  test("many entries written at once are all removed without a reader (node-lru-cache#408)", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 50_000, ttl: 100, clock });
    for (let key = 0; key < 50_000; key++) cache.set(key, key);
    clock.advance(5_000);
    expect([cache.size, cache.metrics.removals.expired, clock.timers.length]).toEqual([0, 50_000, 0]);
  });

  test("an entry that is read stays as long as it is read, and leaves afterwards (node-lru-cache#392)", () => {
    const cache = new Cache<string, number>({ timeToIdle: 100, clock });
    cache.set("a", 1);
    for (let read = 0; read < 50; read++) {
      clock.advance(60);
      expect(cache.get("a")).toBe(1);
    }
    clock.advance(100);
    expect([cache.size, clock.timers.length]).toEqual([0, 0]);
  });

  test("wall time that is set back or a little forward changes nothing (node-lru-cache#157)", () => {
    for (const step of [-3_600_000, 900]) {
      const cache = new Cache<string, number>({ ttl: 1_000, clock });
      cache.set("a", 1);
      clock.sleep(step);
      clock.advance(999);
      expect(cache.has("a")).toBe(true);
      clock.advance(1);
      expect(cache.has("a")).toBe(false);
    }
  });

  test("wall time that is set back, and then where it was, is no sleep (node-lru-cache#157)", () => {
    const cache = new Cache<string, number>({ ttl: 600_000, clock });
    cache.set("a", 1);
    for (let round = 0; round < 3; round++) {
      clock.sleep(-3_600_000);
      clock.busy(10);
      expect(cache.get("a")).toBe(1);
      clock.sleep(3_600_000);
      clock.busy(10);
      expect(cache.remainingTtl("a")).toBe(600_000 - 20 * (round + 1));
    }
  });

  test("a sleep counts after wall time was set back: a short one in full, a long one less what was set back", () => {
    const cache = new Cache<string, number>({ ttl: 10 * 3_600_000, clock });
    cache.set("a", 1);
    clock.sleep(-3_600_000);
    cache.get("a");
    clock.sleep(60_000);
    expect(cache.remainingTtl("a")).toBe(10 * 3_600_000 - 60_000);
    clock.sleep(8 * 3_600_000);
    expect(cache.remainingTtl("a")).toBe(3 * 3_600_000 - 60_000);
  });

  test.each([Number.NaN, Infinity, undefined])(
    "a clock that says %s later is ignored until it says a time",
    (broken) => {
      let time: number | undefined = 1_000;
      const cache = new Cache<string, number>({
        ttl: 100,
        clock: { now: () => time as number, schedule: clock.schedule },
      });
      cache.set("a", 1);
      time = broken;
      expect([cache.get("a"), cache.remainingTtl("a")]).toEqual([1, 100]);
      cache.set("b", 2);
      time = 1_099;
      expect([cache.remainingTtl("a"), cache.remainingTtl("b")]).toEqual([1, 1]);
      time = 1_100;
      expect([cache.get("a"), cache.get("b")]).toEqual([undefined, undefined]);
    },
  );

  test("time that the machine slept through counts (nodejs/node#47724, w3c/hr-time#115)", () => {
    const cache = new Cache<string, number>({ ttl: 600_000, clock });
    cache.set("a", 1);
    clock.sleep(8 * 3_600_000);
    expect(cache.get("a")).toBeUndefined();
  });

  test("a clock that is replaced after the import is the one that counts (node-lru-cache#345)", () => {
    const cache = new Cache<string, number>({ ttl: 1_000 });
    vi.useFakeTimers({ now: Date.now() });
    const late = new Cache<string, number>({ ttl: 1_000 });
    late.set("a", 1);
    vi.advanceTimersByTime(1_001);
    expect(late.size).toBe(0);
    expect(cache.size).toBe(0);
  });

  test("has, peek, get and iteration agree that an expired entry is gone (isaacs/ttlcache#24)", () => {
    const cache = new Cache<string, number>({ ttl: 10, clock });
    cache.set("a", 1);
    clock.busy(10);
    expect([cache.has("a"), cache.peek("a"), [...cache], cache.get("a")]).toEqual([false, undefined, [], undefined]);
  });

  test("a set on an expired key brings it back to life (tiny-lru#37)", () => {
    const cache = new Cache<string, number>({ ttl: 10, clock });
    cache.set("a", 1);
    clock.busy(10);
    cache.set("a", 2);
    expect(cache.get("a")).toBe(2);
    expect(cache.metrics.removals).toMatchObject({ expired: 1, replaced: 0 });
  });

  test("an entry that expired by a read leaves the policy too (jaredwray/cacheable#1570)", () => {
    for (const [name, policy] of Object.entries(allPolicies)) {
      const cache = new Cache<number, number>({ maxCacheSize: 3, ttl: 10, strategy: policy(), clock });
      cache.set(1, 1).set(2, 2).set(3, 3, { ttl: Infinity });
      clock.busy(10);
      cache.get(1);
      cache.get(2);
      cache.set(4, 4).set(5, 5);
      expect([name, [...cache.keys()]]).toEqual([name, [3, 4, 5]]);
    }
  });
});

test("a cache of very many shards is written, swept, purged and disposed of without a look at all for each", () => {
  const shardCount = 110_000;
  const cache = new Cache<number, number>({ maxCacheSize: shardCount, shardCount, ttl: 1_000, clock });
  for (let key = 0; key < 10_000; key++) cache.set(key, key);
  expect(clock.timers.length).toBe(1);
  clock.advance(1_000);
  expect([cache.size, clock.timers.length]).toEqual([0, 0]);
  for (let key = 0; key < 10_000; key++) cache.set(key, key);
  clock.busy(1_000);
  expect(cache.purgeExpired()).toBeGreaterThan(0);
  for (let key = 0; key < 10_000; key++) cache.set(key, key);
  cache.dispose();
  expect([cache.size, clock.timers.length]).toEqual([0, 0]);
});

describe("callbacks", () => {
  test("a victim that its callback adds again does not go round for ever (node-lru-cache#101, #161)", () => {
    let again = 0;
    const cache: Cache<string, number> = new Cache<string, number>({
      maxCacheSize: 2,
      onRemoval: (key, value) => void (again++ < 5 && cache.set(key, value)),
    });
    cache.set("a", 1).set("b", 2).set("c", 3);
    expect([...cache.keys()].length).toBe(2);
    expect(cache.metrics.sets).toBe(3 + 5);
  });

  test("deleting and adding while iterating ends, and visits what stays once (node-lru-cache#209, #278)", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 10 });
    for (let key = 0; key < 10; key++) cache.set(key, key);
    const seen: number[] = [];
    cache.forEach((_, key) => {
      seen.push(key);
      cache.delete(key + 1);
      cache.set(key + 100, key);
    });
    expect(seen.filter((key) => key < 10)).toEqual([0, 2, 4, 6, 8]);
    expect(seen.length).toBeLessThanOrEqual(10);
  });

  test("each stored value leaves once, with one reason, also when a load replaces it (node-lru-cache#309)", async () => {
    const removed: unknown[] = [];
    const cache = new Cache<string, number>({ clock, onRemoval: (...removal) => removed.push(removal) });
    cache.set("a", 1).set("a", 2);
    await cache.getOrLoad("a", () => 3, { staleTime: 0, serveStale: false });
    cache.delete("a");
    cache.set("a", 4);
    cache.clear();
    expect(removed).toEqual([
      ["a", 1, "replaced"],
      ["a", 2, "replaced"],
      ["a", 3, "deleted"],
      ["a", 4, "cleared"],
    ]);
  });

  test("frozen options work, and are not written to (node-lru-cache, status)", async () => {
    const cache = new Cache<string, number>(Object.freeze({ maxCacheSize: 2, clock }));
    const options = Object.freeze({ ttl: 50 });
    cache.set("a", 1, options);
    await cache.getOrLoad("b", () => 2, options);
    expect(options).toEqual({ ttl: 50 });
  });
});

describe("loads", () => {
  test("an aborted caller is rejected, and the others are not (node-lru-cache, first fetch decides)", async () => {
    const cache = new Cache<string, number>({ clock });
    const first = new AbortController();
    let answer: (value: number) => void = () => undefined;
    const load = (): Promise<number> => new Promise((resolve) => (answer = resolve));
    const left = cache.getOrLoad("a", load, { signal: first.signal });
    const stays = cache.getOrLoad("a", load);
    first.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    answer(1);
    expect(await stays).toBe(1);
    expect(cache.peek("a")).toBe(1);
  });

  test("a value that expires during its revalidation is not served again (ben-manes/caffeine#373)", async () => {
    const cache = new Cache<string, number>({ ttl: 100, clock });
    const never = (): Promise<number> => new Promise(() => undefined);
    cache.set("a", 1);
    clock.advance(50);
    expect(await cache.getOrLoad("a", never, { staleTime: 10 })).toBe(1);
    clock.advance(50);
    expect(cache.get("a")).toBeUndefined();
  });

  test("a load that never ends does not block its key for ever (ben-manes/caffeine#1478)", async () => {
    const cache = new Cache<string, number>({ clock });
    const stuck = cache.getOrLoad("a", () => new Promise<number>(() => undefined), { timeout: 1_000 });
    clock.advance(1_000);
    await expect(stuck).rejects.toMatchObject({ code: "timeout" });
    expect(await cache.getOrLoad("a", () => 2)).toBe(2);
  });
});

describe("size", () => {
  test("a large bound costs nothing before it is used (node-lru-cache#208, PostHog#43537)", () => {
    const empty = new Cache({ maxCacheSize: 10_000_000 });
    expect(empty.metrics.bytes.estimate).toBeLessThan(4_096);
  });

  test.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])(
    "%s never holds more than the bound, not even within a call (quick-lru#17, caffeine#214)",
    (name) => {
      const cache = new Cache<number, number>({ maxCacheSize: 7, strategy: allPolicies[name]() });
      let most = 0;
      cache.subscribe(() => {
        most = Math.max(most, cache.size, [...cache].length);
      });
      for (let index = 0; index < 500; index++) cache.set((index * index) % 31, index);
      expect(most).toBe(7);
    },
  );

  test("a bound that is no integer is refused, instead of never reached (tiny-lru#487)", () => {
    for (const maxCacheSize of ["10", 2.5, Infinity, Number.NaN]) {
      expect(() => new Cache({ maxCacheSize: maxCacheSize as number })).toThrow(/maxCacheSize must be/);
    }
  });

  test("values are let go by clear, delete and eviction (mnemonist clear, tiny-lru#134)", async () => {
    const cache = new Cache<string, object>({ maxCacheSize: 2 });
    const refs = ["a", "b", "c"].map((key) => {
      const value = { key };
      cache.set(key, value);
      return new WeakRef(value);
    });
    cache.delete("b");
    cache.clear();
    // A reference that was read stays alive to the end of its task.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    expect(refs.map((ref) => ref.deref())).toEqual([undefined, undefined, undefined]);
  });
});

test('1, "1" and objects with one text are different keys (tiny-lru, coerced keys)', () => {
  const cache = new Cache<unknown, string>();
  const [one, other] = [{}, {}];
  cache.set(1, "number").set("1", "string").set(one, "one").set(other, "other");
  expect([cache.get(1), cache.get("1"), cache.get(one), cache.get(other)]).toEqual([
    "number",
    "string",
    "one",
    "other",
  ]);
});
