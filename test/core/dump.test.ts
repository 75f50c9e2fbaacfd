import fc from "fast-check";
import { Cache, type CacheDump, exportCache, importCache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { beforeEach, describe, expect, test } from "vitest";
import { SEED } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

const throughJson = <T>(dump: T): T => JSON.parse(JSON.stringify(dump)) as T;

describe("export and import", () => {
  test("carry values, order and what is left of their time into a cache with another clock", () => {
    const from = new Cache<string, number>({ maxCacheSize: 3, ttl: 1_000, clock });
    from.set("a", 1).set("b", 2).set("c", 3, { ttl: Infinity });
    from.get("a");
    clock.advance(400);
    const dump = throughJson(exportCache(from));
    expect(dump.entries.map(({ key }) => key)).toEqual(["b", "c", "a"]);

    const later = new ManualClock();
    later.busy(7_000);
    later.sleep(clock.wallNow() + 100 - later.wallNow());
    const to = new Cache<string, number>({ maxCacheSize: 3, clock: later });
    expect(importCache(to, dump)).toBe(3);
    expect([to.remainingTtl("a"), to.remainingTtl("b"), to.remainingTtl("c")]).toEqual([500, 500, Infinity]);
    to.set("d", 4);
    expect([...to.keys()]).toEqual(["c", "a", "d"]);
  });

  test("leave out what has expired, at the export or since", () => {
    const cache = new Cache<string, number>({ clock });
    cache.set("gone", 1, { ttl: 10 }).set("soon", 2, { ttl: 50 }).set("later", 3, { ttl: 500 });
    clock.busy(10);
    const dump = exportCache(cache);
    expect(dump.entries.map(({ key }) => key)).toEqual(["soon", "later"]);
    clock.busy(40);
    const other = new Cache<string, number>({ clock });
    expect(importCache(other, dump)).toBe(1);
    expect([...other]).toEqual([["later", 3]]);
  });

  test("importing one dump twice does no more than once, also later", () => {
    const from = new Cache<string, { n: number }>({ ttl: 1_000, clock });
    from.set("a", { n: 1 }).set("b", { n: 2 });
    clock.advance(10);
    const dump = exportCache(from);
    const to = new Cache<string, { n: number }>({ ttl: 1_000, clock });
    expect(importCache(to, dump)).toBe(2);
    clock.advance(200);
    expect(importCache(to, throughJson(dump))).toBe(0);
    expect(to.metrics).toMatchObject({ sets: 2, removals: { replaced: 0 } });
    expect(to.remainingTtl("a")).toBe(790);
  });

  test("never replace newer data by older, and older by newer", () => {
    const from = new Cache<string, string>({ clock, ttl: Infinity });
    from.set("a", "of the dump");
    const dump = exportCache(from);
    const to = new Cache<string, string>({ clock, ttl: Infinity });
    clock.advance(5_000);
    to.set("a", "newer");
    expect(importCache(to, dump)).toBe(0);
    expect(to.peek("a")).toBe("newer");
    clock.advance(5_000);
    from.set("a", "newest");
    expect(importCache(to, exportCache(from))).toBe(1);
    expect(to.peek("a")).toBe("newest");
  });

  test.each(Object.entries(allPolicies))("%s: a smaller cache keeps the last of a dump", (name, policy) => {
    const from = new Cache<number, number>({ maxCacheSize: 100, strategy: policy(), clock });
    for (let key = 0; key < 130; key++) from.set(key, key);
    for (let turn = 0; turn < 5; turn++) for (const key of [...from.keys()].slice(40, 50)) from.get(key);
    const dump = exportCache(from);
    const to = new Cache<number, number>({ maxCacheSize: 10, strategy: policy(), clock });
    expect(importCache(to, dump)).toBe(10);
    const last = dump.entries.slice(-10).map(({ key }) => key);
    expect(new Set(to.keys())).toEqual(new Set(last));
    if (["lru", "lfu", "slru", "arc", "tinylfu"].includes(name))
      expect([...from.keys()].slice(40, 50)).toEqual(expect.arrayContaining(last));
  });

  test("a smaller cache keeps the last of each shard, by weight as well, and every newer value of what it has", () => {
    // Keys are in the same shard of both.
    const options = { shardCount: 2, maxWeight: 200, clock, [SEED]: 5 };
    const from = new Cache<number, number>({ ...options, maxCacheSize: 100 });
    for (let key = 0; key < 100; key++) from.set(key, key, { weight: 1 + (key % 3) });
    const to = new Cache<number, number>({
      ...options,
      maxCacheSize: 20,
      maxWeight: 30,
      strategy: allPolicies.tinylfu(),
    });
    importCache(to, exportCache(from));
    const shardOf = (key: number): number =>
      new Cache<number, number>(options).set(key, key).metrics.shards.findIndex(({ size }) => size === 1);
    const left = [15, 15];
    const entries = [10, 10];
    const expected = exportCache(from)
      .entries.toReversed()
      .filter(({ key, weight = 0 }) => {
        const shard = shardOf(key);
        if (left[shard]! < weight || !entries[shard]) return false;
        left[shard]! -= weight;
        entries[shard]--;
        return true;
      })
      .map(({ key }) => key);
    expect(expected.length).toBeGreaterThan(10);
    expect(new Set(to.keys())).toEqual(new Set(expected));
    expect(to.metrics).toMatchObject({ overflow: 0, weightOverflow: 0, removals: { evicted: 0 } });

    const small = new Cache<string, string>({ maxCacheSize: 2, clock, ttl: Infinity }).set("a", "old");
    clock.advance(5_000);
    const large = new Cache<string, string>({ clock, ttl: Infinity }).set("a", "new").set("b", "1").set("c", "2");
    importCache(small, exportCache(large));
    expect(small.get("a")).not.toBe("old");
  });

  test("tell writes apart that are 11 ms from each other, and take the later one", () => {
    const from = new Cache<string, string>({ clock });
    const to = new Cache<string, string>({ clock });
    from.set("a", "first");
    importCache(to, exportCache(from));
    clock.busy(11);
    from.set("a", "second");
    const second = exportCache(from);
    expect([importCache(to, second), to.peek("a")]).toEqual([1, "second"]);
    clock.busy(11);
    to.set("a", "third");
    expect([importCache(to, second), to.peek("a")]).toEqual([0, "third"]);
  });

  test("take the later write of a key that a dump has twice, in either order", () => {
    const entries = [
      { key: "a", value: "new", age: 0 },
      { key: "a", value: "old", age: 90_000 },
    ];
    for (const order of [entries, entries.toReversed()]) {
      const cache = new Cache<string, string>({ clock });
      importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries: order });
      expect(cache.peek("a")).toBe("new");
    }
  });

  test("do not overwrite what a listener writes during the import", () => {
    const cache = new Cache<string, string>({ clock });
    cache.subscribe((event) => void (event.type === "set" && event.key === "a" && cache.set("b", "of the listener")));
    const entries = [
      { key: "a", value: "of the dump", age: 50 },
      { key: "b", value: "of the dump", age: 50 },
    ];
    expect(importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries })).toBe(1);
    expect(cache.peek("b")).toBe("of the listener");
  });

  test("keep order and ages when somebody sets the wall clock back", () => {
    const from = new Cache<string, string>({ ttl: 1_000_000, clock });
    from.set("x", "old").set("y", "old");
    const dump = exportCache(from);
    const to = new Cache<string, string>({ ttl: 1_000_000, clock });
    clock.busy(5_000);
    expect(importCache(to, dump)).toBe(2);
    clock.busy(5_000);
    to.set("x", "new");
    clock.sleep(-3_600_000);
    clock.busy(20_000);
    expect(importCache(to, dump)).toBe(0);
    expect([to.peek("x"), to.remainingTtl("x"), to.remainingTtl("y")]).toEqual(["new", 980_000, 970_000]);
    to.delete("y");
    expect(importCache(to, dump)).toBe(1);
    expect(to.remainingTtl("y")).toBe(970_000);
  });

  test("of a wall clock that is ahead make nothing younger than just written", () => {
    const ahead = { version: 1 as const, exportedAt: clock.wallNow() + 3_600_000 };
    const cache = new Cache<string, string>({ clock });
    expect(importCache(cache, { ...ahead, entries: [{ key: "a", value: "a", age: 400, ttl: 1_000 }] })).toBe(1);
    expect(cache.remainingTtl("a")).toBe(600);
  });

  test("bring their own times into a cache with keepTtl", () => {
    const cache = new Cache<string, string>({ ttl: 100_000, keepTtl: true, clock });
    cache.set("a", "old");
    clock.busy(95_000);
    const entries = [{ key: "a", value: "new", age: 6_000, ttl: 100_000 }];
    expect(importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries })).toBe(1);
    expect([cache.peek("a"), cache.remainingTtl("a")]).toEqual(["new", 94_000]);
  });

  test("count what was stored, and not what is too heavy", () => {
    const cache = new Cache<string, string>({ maxWeight: 10, clock });
    const entries = [
      { key: "a", value: "a", age: 0, weight: 11 },
      { key: "b", value: "b", age: 0, weight: 10 },
    ];
    expect(importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries })).toBe(1);
    expect([...cache.keys(), cache.metrics.refused]).toEqual(["b", 1]);
  });

  test("weigh everything before the first is stored, and only what will be", () => {
    const weighed: string[] = [];
    const weigher = (value: string): number => {
      weighed.push(value);
      if (value === "bad") throw new Error("no weight");
      return 1;
    };
    const cache = new Cache<string, string>({ maxWeight: 10, weigher, clock });
    clock.busy(50);
    cache.set("b", "newer");
    const entries = ["a", "b", "c"].map((key) => ({ key, value: key === "c" ? "bad" : key, age: 20 }));
    expect(() => importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries })).toThrow("no weight");
    expect([weighed, [...cache.keys()]]).toEqual([["newer", "a", "bad"], ["b"]]);
  });

  test("never write to what the caller gave", () => {
    const from = new Cache<string, object>({ clock });
    from.set("a", Object.freeze({ n: 1 }));
    const dump = exportCache(from);
    const frozen = Object.freeze({ ...dump, entries: Object.freeze(dump.entries.map((each) => Object.freeze(each))) });
    const to = new Cache<string, object>({ clock });
    expect(importCache(to, frozen)).toBe(1);
    expect(to.peek("a")).toBe(dump.entries[0]?.value);
    expect(importCache(new Cache<string, object>({ clock }), frozen)).toBe(1);
  });

  test("keep weights where there is a bound for them, and weigh anew where there is a weigher alone", () => {
    const from = new Cache<string, string>({ maxWeight: 100, clock });
    from.set("a", "xxx", { weight: 7 });
    const dump = exportCache(from);
    expect(dump.entries[0]?.weight).toBe(7);
    const weighed = new Cache<string, string>({ maxWeight: 100, clock });
    importCache(weighed, dump);
    expect(weighed.metrics.weight).toBe(7);
    const plain = new Cache<string, string>({ clock });
    expect(importCache(plain, dump)).toBe(1);
    const entries = dump.entries.map(({ key, value, age }) => ({ key, value, age }));
    const anew = new Cache<string, string>({ maxWeight: 100, weigher: (text) => text.length, clock });
    importCache(anew, { ...dump, entries });
    expect(anew.metrics.weight).toBe(3);
  });

  test.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])("%s exports every entry once", (name) => {
    const cache = new Cache<number, number>({ maxCacheSize: 40, strategy: allPolicies[name](), clock });
    for (let index = 0; index < 500; index++) {
      const key = (index * index) % 97;
      if (cache.get(key) === undefined) cache.set(key, index);
    }
    const unpin = cache.pin(cache.keys().next().value ?? 0);
    const keys = exportCache(cache).entries.map(({ key }) => key);
    expect(keys.length).toBe(40);
    expect(new Set(keys)).toEqual(new Set(cache.keys()));
    unpin?.();
  });

  test.each([
    ["null", null],
    ["a list", []],
    ["no version", { exportedAt: 1, entries: [] }],
    ["another version", { version: 2, exportedAt: 1, entries: [] }],
    ["no time", { version: 1, exportedAt: null, entries: [] }],
    ["no list", { version: 1, exportedAt: 1, entries: {} }],
    ["an entry of null", { version: 1, exportedAt: 1, entries: [{ key: 1, value: 1, age: 0 }, null] }],
    ["an age below 0", { version: 1, exportedAt: 1, entries: [{ key: 1, value: 1, age: -1 }] }],
    ["a ttl of 0", { version: 1, exportedAt: 1, entries: [{ key: 1, value: 1, age: 0, ttl: 0 }] }],
    ["half a weight", { version: 1, exportedAt: 1, entries: [{ key: 1, value: 1, age: 0, weight: 0.5 }] }],
  ])("%s is an error that says where, and nothing is stored", (_name, dump) => {
    const cache = new Cache<unknown, unknown>({ clock });
    expect(() => importCache(cache, dump as CacheDump<unknown, unknown>)).toThrow(
      expect.objectContaining({ code: "invalid-dump" }),
    );
    expect(cache.size).toBe(0);
  });
});

describe("importing into a cache that is smaller, or not empty", () => {
  const keysOf = (cache: Cache<string, number>): string[] => [...cache.keys()].toSorted();
  const filled = (letters: string, maxCacheSize = 100): Cache<string, number> => {
    const cache = new Cache<string, number>({ maxCacheSize, ttl: Infinity, clock });
    for (const letter of letters) cache.set(letter, letter.codePointAt(0)!);
    return cache;
  };

  test.each(Object.entries(allPolicies))(
    "%s: a dump that is too large is stored once, however often",
    (_name, policy) => {
      const dump = exportCache(filled("abcdefgh"));
      const to = new Cache<string, number>({ maxCacheSize: 4, strategy: policy(), clock });
      expect([1, 2, 3].map(() => importCache(to, throughJson(dump)))).toEqual([4, 0, 0]);
      expect(keysOf(to)).toEqual(["e", "f", "g", "h"]);
      // Hits in between change nothing of that.
      for (let turn = 0; turn < 5; turn++) to.get("e");
      clock.advance(1_000);
      expect(importCache(to, throughJson(dump))).toBe(0);
      expect(to.metrics).toMatchObject({ sets: 4, removals: { evicted: 0 } });
    },
  );

  test.each(Object.entries(allPolicies))(
    "%s: an older dump brings nothing back in the place of what came since",
    (_name, policy) => {
      const cache = new Cache<string, number>({ maxCacheSize: 4, strategy: policy(), clock });
      for (const letter of "abcd") cache.set(letter, 1);
      const dump = exportCache(cache);
      clock.advance(100);
      for (const letter of "xyz") cache.set(letter, 1);
      const before = keysOf(cache);
      expect([importCache(cache, dump), keysOf(cache)]).toEqual([0, before]);
      // What is free is filled by the best of them.
      cache.clear();
      expect(importCache(cache, dump)).toBe(4);
    },
  );

  test("what was here before the dump was made, and is not in it, makes room, the next victim first", () => {
    const to = filled("pqrs", 4);
    to.get("p");
    clock.advance(100);
    const from = filled("abc");
    expect([importCache(to, exportCache(from)), keysOf(to)]).toEqual([3, ["a", "b", "c", "p"]]);
    expect(to.metrics.removals.evicted).toBe(3);
    expect(importCache(to, exportCache(from))).toBe(0);
  });

  test("the worst of a dump takes no place of its best, nor of what is newer", () => {
    const dump = exportCache(filled("abcdef"));
    const to = filled("", 4);
    importCache(to, dump);
    clock.advance(100);
    to.set("new", 1);
    expect(keysOf(to)).toEqual(["d", "e", "f", "new"]);
    expect([importCache(to, dump), keysOf(to)]).toEqual([0, ["d", "e", "f", "new"]]);
  });

  test("what is pinned stays, and makes no room", () => {
    const to = filled("pq", 2);
    to.pin("p");
    clock.advance(100);
    expect([importCache(to, exportCache(filled("abc"))), keysOf(to)]).toEqual([1, ["c", "p"]]);
    expect(to.metrics.overflow).toBe(0);
  });

  test("what has expired makes room", () => {
    const to = new Cache<string, number>({ maxCacheSize: 2, ttl: 50, clock }).set("p", 1).set("q", 1);
    clock.busy(50);
    expect([importCache(to, exportCache(filled("abc"))), keysOf(to)]).toEqual([2, ["b", "c"]]);
    expect(to.metrics.removals).toMatchObject({ expired: 2, evicted: 0 });
  });

  test("overwrites that grow or shrink count, and twice does no more than once", () => {
    const weighed = (): Cache<string, number> => new Cache({ maxCacheSize: 100, maxWeight: 10, ttl: Infinity, clock });
    const to = weighed().set("a", 1, { weight: 8 }).set("b", 1, { weight: 1 });
    clock.advance(100);
    const from = weighed().set("c", 2, { weight: 7 }).set("b", 2, { weight: 2 }).set("a", 2, { weight: 1 });
    const dump = exportCache(from);
    expect([1, 2].map(() => importCache(to, dump))).toEqual([3, 0]);
    expect([keysOf(to), to.metrics.weight, to.metrics.removals.evicted]).toEqual([["a", "b", "c"], 10, 0]);
  });

  test("several shards give their best alike: the last of a dump are the best of each", () => {
    // So that each shard has its part of the best: by chance, one may have too few.
    const options = { maxCacheSize: 4_000, shardCount: 4, ttl: Infinity, clock, [SEED]: 7 };
    const from = new Cache<number, number>(options);
    for (let key = 0; key < 400; key++) from.set(key, key);
    for (let key = 0; key < 100; key++) from.get(key);
    const to = new Cache<number, number>({ maxCacheSize: 60, ttl: Infinity, clock });
    importCache(to, exportCache(from));
    expect([...to.keys()].filter((key) => key >= 100)).toEqual([]);
  });

  test("any dumps, in any order and as often, store nothing the second time", () => {
    const letter = fc.constantFrom(..."a b c d e f g h i j".split(" "));
    const write = fc.record({ key: letter, weight: fc.nat(6) });
    const property = fc.property(
      fc.constantFrom(...Object.values(allPolicies)),
      fc.array(write, { maxLength: 20 }),
      fc.array(fc.record({ writes: fc.array(write, { maxLength: 20 }), wait: fc.nat(40) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.record({ maxCacheSize: fc.integer({ min: 1, max: 6 }), maxWeight: fc.constantFrom(5, 12, 40) }),
      fc.option(letter),
      (policy, own, dumps, bounds, pinned) => {
        const to = new Cache<string, number>({ ...bounds, strategy: policy(), ttl: Infinity, clock });
        for (const { key, weight } of own) to.set(key, 0, { weight });
        if (pinned !== null) to.pin(pinned);
        const made = dumps.map(({ writes, wait }) => {
          clock.advance(wait);
          const from = new Cache<string, number>({ maxWeight: 100, ttl: Infinity, clock });
          for (const { key, weight } of writes) from.set(key, 1, { weight });
          clock.advance(20);
          return exportCache(from);
        });
        for (const dump of made) {
          importCache(to, dump);
          const { sets, refused, removals } = to.metrics;
          expect(importCache(to, dump)).toBe(0);
          // What is too heavy is refused each time.
          expect([to.metrics.sets, to.metrics.refused >= refused]).toEqual([sets, true]);
          expect(to.metrics.removals.evicted).toBe(removals.evicted);
          expect(to.metrics.overflow).toBeLessThanOrEqual(pinned === null ? 0 : 1);
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
