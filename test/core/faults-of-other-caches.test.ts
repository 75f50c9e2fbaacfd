// Where other caches broke, by the reports of their users: each promise here is one that was not kept elsewhere.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { buildSync } from "esbuild";
import { Cache, type LoadContext, estimateBytes, exportCache, importCache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collect } from "../support/collect.ts";
import { deferred, settled } from "../support/deferred.ts";
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

  test("what is idle leaves without exact timers: one timer for all, and none that is set anew by reads (#310)", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 100, ttl: Infinity, timeToIdle: 1_000, clock });
    for (let key = 0; key < 100; key++) cache.set(key, key);
    const [timer] = clock.timers;
    clock.busy(900);
    for (let key = 0; key < 50; key++) cache.get(key);
    expect(clock.timers).toEqual([timer]);
    clock.advance(200);
    expect(cache.size).toBe(50);
    clock.advance(2_000);
    expect([cache.size, clock.timers.length]).toEqual([0, 0]);
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

  test("each removal is told with its reason (node-lru-cache#131)", () => {
    const told: unknown[] = [];
    const cache = new Cache<string, number>({
      maxCacheSize: 2,
      maxWeight: 10,
      ttl: 100,
      clock,
      onRemoval: (key, _value, cause) => told.push([key, cause]),
    });
    cache.set("a", 1).set("a", 2).set("b", 3).set("c", 4);
    cache.delete("b");
    cache.set("c", 5, { weight: 11 });
    cache.set("d", 6);
    clock.advance(100);
    cache.set("e", 7).clear();
    expect(told).toEqual([
      ["a", "replaced"],
      ["a", "evicted"],
      ["b", "deleted"],
      ["c", "replaced"],
      ["d", "expired"],
      ["e", "cleared"],
    ]);
  });

  test.each(Object.keys(allPolicies) as (keyof typeof allPolicies)[])(
    "%s: a read of the entry at either end of the order leaves it whole (polkadot-js/api#6269)",
    (name) => {
      const cache = new Cache<number, number>({
        maxCacheSize: 4,
        strategy: allPolicies[name](),
        random: () => 0,
        clock,
      });
      const order = (): number[] => exportCache(cache).entries.map(({ key }) => key);
      for (let key = 0; key < 200; key++) {
        cache.set(key, key);
        const before = order();
        for (const end of [before.at(-1)!, before[0]!, before.at(-1)!]) expect(cache.get(end)).toBe(end);
        expect(new Set(order())).toEqual(new Set(before));
        expect([order().length, cache.size]).toEqual([before.length, before.length]);
      }
      // Under the plain orders, what was read or written last is never the one to go.
      if (name !== "lru" && name !== "sieve" && name !== "clock") return;
      const newest = order().at(-1)!;
      cache.get(newest);
      cache.set(1_000, 1);
      expect([cache.has(newest), cache.has(1_000)]).toEqual([true, true]);
    },
  );

  test("frozen options work, and are not written to (node-lru-cache, status)", async () => {
    const cache = new Cache<string, number>(Object.freeze({ maxCacheSize: 2, clock }));
    const options = Object.freeze({ ttl: 50 });
    cache.set("a", 1, options);
    await cache.getOrLoad("b", () => 2, options);
    expect(options).toEqual({ ttl: 50 });
  });
});

describe("dumps and copies", () => {
  test("one dump imported twice is not all expired, and its entries are as they were (node-lru-cache, load)", () => {
    const from = new Cache<string, number>({ ttl: 1_000, clock }).set("a", 1).set("b", 2);
    const dump = exportCache(from);
    const text = JSON.stringify(dump);
    for (const left of [900, 800]) {
      clock.busy(100);
      const to = new Cache<string, number>({ clock });
      expect([importCache(to, dump), importCache(to, dump)]).toEqual([2, 0]);
      expect([to.get("a"), to.remainingTtl("b")]).toEqual([1, left]);
    }
    expect(JSON.stringify(dump)).toBe(text);
  });

  test("structuredClone says that a cache cannot be copied, and copies its dump (quick-lru, an empty copy)", () => {
    const cache = new Cache<string, object>({ clock }).set("a", { n: 1 });
    expect(() => structuredClone(cache)).toThrow(expect.objectContaining({ name: "DataCloneError" }));
    const copy = new Cache<string, object>({ clock });
    expect(importCache(copy, structuredClone(exportCache(cache)))).toBe(1);
    expect(copy.get("a")).toEqual({ n: 1 });
    expect(copy.get("a")).not.toBe(cache.get("a"));
  });
});

describe("loads", () => {
  test("more loads than entries fit all succeed, and none is told as evicted (node-lru-cache#320)", async () => {
    const cache = new Cache<number, number>({ maxCacheSize: 2, clock });
    const answers = Array.from({ length: 20 }, () => deferred<number>());
    const values = answers.map(({ promise }, key) => cache.getOrLoad(key, () => promise));
    expect(cache.size).toBe(0);
    answers.toReversed().forEach(({ resolve }, index) => resolve(19 - index));
    expect(await Promise.all(values)).toEqual(answers.map((_, key) => key));
    expect(cache.metrics).toMatchObject({ size: 2, loads: { started: 20, succeeded: 20, aborted: 0 } });
  });

  test("an aborted load rejects its caller, and never resolves to undefined (node-lru-cache#274)", async () => {
    const cache = new Cache<string, number>({ clock });
    const caller = new AbortController();
    const heeds = (_key: string, { signal }: LoadContext): Promise<number> =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("of the loader"))));
    const value = cache.getOrLoad("a", heeds, { signal: caller.signal });
    caller.abort();
    await expect(value).rejects.toMatchObject({ name: "AbortError" });
    await settled();
    expect([cache.has("a"), cache.metrics.loads.aborted]).toEqual([false, 1]);
  });

  test("a load in the background survives the abort of the call that began it (node-lru-cache#388, #389)", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const caller = new AbortController();
    const answer = deferred<number>();
    let seen: AbortSignal | undefined;
    const load = (_key: string, { signal }: LoadContext): Promise<number> => {
      seen = signal;
      return answer.promise;
    };
    expect(await cache.getOrLoad("a", load, { staleTime: 0, signal: caller.signal })).toBe(1);
    caller.abort();
    expect(seen?.aborted).toBe(false);
    answer.resolve(2);
    await settled();
    expect(cache.get("a")).toBe(2);
  });

  test("a set during a load gives its value to who waits, instead of an error (node-lru-cache, replaced)", async () => {
    const cache = new Cache<string, number>({ clock });
    const values = [1, 2].map(() => cache.getOrLoad("a", () => new Promise<number>(() => undefined)));
    cache.set("a", 9);
    expect(await Promise.all(values)).toEqual([9, 9]);
  });

  test("a load that fails can give what is stale, and says so where nobody waits (node-lru-cache#263)", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const failures: unknown[] = [];
    cache.subscribe((event) => void (event.type === "failure" && failures.push(event.error)));
    const down = new Error("down");
    const fail = (): Promise<number> => Promise.reject(down);
    const options = { staleTime: 0, serveStale: false };
    expect(await cache.getOrLoad("a", fail, { ...options, staleIfError: true })).toBe(1);
    await expect(cache.getOrLoad("a", fail, options)).rejects.toBe(down);
    expect(await cache.getOrLoad("a", fail, { staleTime: 0 })).toBe(1);
    await settled();
    expect(failures).toEqual([down, down, down]);
  });

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
  test("weights never drift, not even by overwriting one reference (node-lru-cache#269, #229, #270, #227, #257)", async () => {
    const cache = new Cache<number, object>({ maxCacheSize: Infinity, maxWeight: 500, ttl: 300, clock });
    const weights = new Map<number, number>();
    cache.subscribe((event) => {
      if (event.type === "removal" && event.cause !== "replaced") weights.delete(event.key);
    });
    const same = {};
    let seed = 1;
    const draw = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
    for (let step = 0; step < 3_000; step++) {
      const [key, weight] = [draw(60), draw(120)];
      const kind = draw(12);
      if (kind === 0) cache.delete(key);
      else if (kind === 1) clock.advance(50);
      else if (kind === 2 && !cache.has(key)) {
        weights.set(key, weight);
        await cache.getOrLoad(key, () => same, { weight });
      } else if (kind === 3 && draw(20) === 0) cache.clear();
      else if (kind > 3) {
        weights.set(key, weight);
        cache.set(key, same, { weight });
      }
      const stored = [...weights.values()].reduce((one, other) => one + other, 0);
      expect([cache.metrics.weight, cache.size]).toEqual([stored, weights.size]);
      expect(stored).toBeLessThanOrEqual(500);
    }
    cache.clear();
    expect(cache.metrics.weight).toBe(0);
  });

  test("size is known without a look at the entries (quick-lru#5)", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 100_000 });
    for (let key = 0; key < 100_000; key++) cache.set(key, key);
    // A look at each would take hours.
    let total = 0;
    for (let read = 0; read < 1_000_000; read++) total += cache.size;
    expect(total).toBe(1e11);
  });

  test("a bound of 2^32 - 1 is no RangeError: it is refused by name, and works with shards (mnemonist#167)", () => {
    const maxCacheSize = 2 ** 32 - 1;
    expect(() => new Cache({ maxCacheSize })).toThrow(
      /Pass { maxCacheSize: 4294967295, shardCount: 257 }\. \[invalid-option\]$/,
    );
    const cache = new Cache<string, number>({ maxCacheSize, shardCount: 257 });
    for (let key = 0; key < 1_000; key++) cache.set(`key ${key}`, key);
    expect([cache.size, cache.get("key 7"), cache.metrics.capacity]).toEqual([1_000, 7, maxCacheSize]);
  });

  test("a large bound costs nothing before it is used (node-lru-cache#208, PostHog#43537)", () => {
    const empty = new Cache({ maxCacheSize: 10_000_000 });
    expect(estimateBytes(empty).estimate).toBeLessThan(4_096);
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

describe("in a bundle of its own", () => {
  const bundled = (contents: string): string =>
    buildSync({
      stdin: { contents, resolveDir: fileURLToPath(new URL("../../src/core", import.meta.url)) },
      bundle: true,
      // A classic script: what awaits at its top level, or imports what is not there, is an error.
      format: "iife",
      platform: "neutral",
      write: false,
    }).outputFiles[0]!.text;

  test("nothing of Node is imported, nothing awaited, no text evaluated (node-lru-cache#397, #398, #400, #401)", () => {
    const text = bundled(`import * as engine from "./index.ts"; globalThis.engine = engine;`);
    expect(text).not.toMatch(/\bnode:|\brequire\b|\beval\b|\bnew Function\b|\bprocess\b/);
    // It runs where there is nothing but the language.
    const bare: { engine?: { Cache: typeof Cache } } = {};
    runInNewContext(`globalThis.engine = undefined; ${text}`, bare);
    const cache = new bare.engine!.Cache<string, number>({ clock: { now: () => 0, schedule: () => () => undefined } });
    expect(cache.set("a", 1).get("a")).toBe(1);
  });

  test("a process with a cache and its timer ends by itself (rafikalid/lru-ttl-cache#13)", () => {
    const script = bundled(`
      import { Cache } from "./index.ts";
      const cache = new Cache({ ttl: 3_600_000 });
      cache.set("a", 1);
      // Nobody waits for a load in the background.
      cache.getOrLoad("a", () => new Promise(() => undefined), { staleTime: 0, timeout: 3_600_000 });
      console.log(cache.size);
    `);
    const { status, signal, stdout } = spawnSync(process.execPath, ["-e", script], {
      timeout: 50_000,
      encoding: "utf8",
    });
    expect([status, signal, stdout]).toEqual([0, null, "1\n"]);
  });
});
