import { Cache, type CacheOptions } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { allPolicies } from "macho-cache/policies";
import { type AccessRecord, record, replay, replaySteps } from "macho-cache/simulate";
import { describe, expect, test } from "vitest";
import { POLICY_NAMES } from "../../src/simulate/policies.ts";
import { ManualClock } from "../support/manual-clock.ts";

type Driven = {
  readonly cache: Cache<string, number>;
  readonly clock: ManualClock;
  readonly fill: (key: string) => void;
};

/** A record of what a test does with a cache. */
function recordOf(options: CacheOptions<string, number>, drive: (driven: Driven) => void): AccessRecord {
  const clock = new ManualClock();
  const cache = new Cache<string, number>({ ttl: Infinity, clock, ...options });
  const recording = record(cache);
  const fill = (key: string): void => void (cache.get(key) ?? cache.set(key, 1));
  drive({ cache, clock, fill });
  return recording.read();
}

const looped = (keys: number, turns: number, options: CacheOptions<string, number> = {}): AccessRecord =>
  recordOf(options, ({ fill }) => {
    for (let turn = 0; turn < turns; turn++) for (let key = 0; key < keys; key++) fill(`key:${key}`);
  });

describe("misses by cause", () => {
  const causes = (recorded: AccessRecord): object =>
    Object.fromEntries(Object.entries(replay(recorded).misses).filter(([, count]) => count > 0));

  test("first, and evicted", () =>
    expect(causes(looped(11, 3, { maxCacheSize: 10 }))).toEqual({ first: 11, evicted: 22 }));

  test("expired, deleted and cleared", () => {
    const recorded = recordOf({ ttl: 10 }, ({ cache, clock, fill }) => {
      fill("a");
      clock.advance(20);
      fill("a");
      cache.delete("a");
      fill("a");
      cache.clear();
      fill("a");
    });
    expect(causes(recorded)).toEqual({ first: 1, expired: 1, deleted: 1, cleared: 1 });
  });

  test("absent, where nothing was stored before the key was asked for again", () => {
    const recorded = recordOf({}, ({ cache, clock }) => {
      cache.get("a");
      clock.advance(20_000);
      cache.get("a");
      cache.get("b");
      // Both waited for the same load.
      cache.get("b");
      clock.advance(500);
      cache.set("b", 1);
    });
    expect(causes(recorded)).toEqual({ absent: 2, first: 2 });
    expect(replay(recorded, {}, { assume: { storeAbsent: true } }).hits).toBe(1);
  });

  test("failed, and what a load would have brought", async () => {
    const cache = new Cache<string, number>({ ttl: Infinity });
    const recording = record(cache);
    for (let turn = 0; turn < 3; turn++) {
      await cache.getOrLoad("a", () => Promise.reject(new Error("no answer"))).catch(() => undefined);
    }
    const recorded = recording.read();
    expect(causes(recorded)).toEqual({ failed: 3 });
    expect(replay(recorded, {}, { assume: { loadsSucceed: true } }).hits).toBe(2);
  });

  test("a value that is too heavy counts as evicted", () => {
    const recorded = recordOf({ maxWeight: 5, maxCacheSize: Infinity }, ({ cache }) => {
      for (let turn = 0; turn < 3; turn++) if (!cache.get("a")) cache.set("a", 1, { weight: 9 });
    });
    expect(causes(recorded)).toEqual({ first: 1, evicted: 2 });
    expect(replay(recorded, { maxWeight: 9 }).hits).toBe(2);
  });

  test("unseen, where the ring has lost the past", () => {
    const cache = new LruCache<number, number>({ maxCacheSize: 10 });
    const recording = record(cache, { size: 20 });
    for (let key = 0; key < 40; key++) cache.get(key);
    expect(replay(recording.read()).misses).toMatchObject({ first: 0, absent: 20 });
    for (let key = 0; key < 20; key++) cache.set(key, key).get(key);
    expect(replay(recording.read()).misses).toMatchObject({ first: 0, unseen: 0 });
    for (let key = 10; key < 20; key++) for (let turn = 0; turn < 2; turn++) cache.get(key);
    expect(replay(recording.read()).misses).toMatchObject({ first: 0, unseen: 10 });
  });
});

test("an answer that is not to be stored is absent, and stays where a replay stores it", async () => {
  const cache = new Cache<string, number>({ ttl: Infinity });
  const recording = record(cache);
  for (let turn = 0; turn < 4; turn++) {
    await cache.getOrLoad("a", (_, { setLifetime }) => {
      setLifetime({ isStorable: false });
      return 1;
    });
  }
  cache.set("b", 1);
  cache.delete("b");
  cache.get("b");
  const recorded = recording.read();
  expect(recorded.operations).toBe("mmmmsdm");
  expect(replay(recorded)).toMatchObject({ hits: 0, misses: { absent: 5 } });
  expect(replay(recorded, {}, { assume: { storeAbsent: true } })).toMatchObject({ hits: 3, removals: { deleted: 1 } });
});

test("a recorded hit that misses in the replay is filled at once, with the ttl and the weight of its last write", () => {
  const recorded = recordOf({ maxWeight: 100, maxCacheSize: Infinity }, ({ cache, clock }) => {
    cache.set("a", 1, { weight: 4, ttl: 50 }).set("b", 1, { weight: 4 });
    cache.get("a");
    cache.get("a");
    clock.advance(60);
    cache.get("a");
  });
  const result = replay(recorded, { maxWeight: 7 });
  expect([result.hits, result.misses.evicted, result.misses.absent, result.removals.expired]).toEqual([1, 1, 1, 1]);
});

test("a larger cache hits what was evicted, and a load that was recorded brings nothing new then", () => {
  const recorded = looped(11, 3, { maxCacheSize: 10 });
  expect(replay(recorded, { maxCacheSize: 11 })).toMatchObject({ lookups: 33, hits: 22, removals: { replaced: 0 } });
  expect(replay(recorded, { maxCacheSize: Infinity }).hits).toBe(22);
});

test("deletes and clears can be left out, and writes that are never read", () => {
  const recorded = recordOf({ maxCacheSize: 2 }, ({ cache, fill }) => {
    for (let turn = 0; turn < 5; turn++) {
      fill("a");
      fill("b");
      cache.set(`log:${turn}`, 1);
      if (turn === 2) cache.clear();
    }
  });
  const hits = (assume: object): number => replay(recorded, {}, { assume }).hits;
  expect([hits({}), hits({ skipUnreadWrites: true }), hits({ skipUnreadWrites: true, ignoreRemovals: true })]).toEqual([
    0, 6, 8,
  ]);
});

test("only look-ups from an operation on are counted, in eight parts", () => {
  const recorded = looped(10, 10, { maxCacheSize: 20 });
  const all = replay(recorded);
  expect([all.lookups, all.hits, all.hitRatio, all.blocks.length]).toEqual([100, 90, 0.9, 8]);
  expect(all.blocks.reduce((sum, { hits }) => sum + hits, 0)).toBe(90);
  expect(all.blocks.map(({ lookups }) => lookups).toSorted((a, b) => a - b)).toEqual([12, 12, 12, 12, 13, 13, 13, 13]);
  const later = replay(recorded, {}, { from: 50 });
  expect([later.lookups, later.hits]).toEqual([50, 50]);
  const none = replay(recorded, {}, { from: 100 });
  expect([none.lookups, none.hitRatio]).toEqual([0, null]);
});

test("steps give the operations so far, and then the same result", () => {
  const recorded = looped(50, 100, { maxCacheSize: 20 });
  const steps = replaySteps(recorded, { maxCacheSize: 40 });
  const progress: number[] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      expect(step.value).toEqual(replay(recorded, { maxCacheSize: 40 }));
      break;
    }
    progress.push(step.value);
  }
  expect(progress).toEqual([1_024, 2_048, 3_072, 4_096]);
});

test("how many misses a longer past might have made hits is told, as long as the cache is not full", () => {
  const cache = new LruCache<number, number>({ maxCacheSize: 50, ttl: Infinity });
  const fill = (key: number): void => void (cache.get(key) ?? cache.set(key, 1));
  for (let key = 0; key < 200; key++) fill(key);
  const recording = record(cache);
  for (let key = 100; key < 200; key++) fill(key);
  const recorded = recording.read();
  const unknown = (maxCacheSize: number): number => replay(recorded, { maxCacheSize }).unknown;
  expect([unknown(50), unknown(100), unknown(400)]).toEqual([1, 50, 50]);
  // All is known of a cache that was recorded from its beginning on.
  expect(replay(looped(20, 2), { maxCacheSize: 1_000 }).unknown).toBe(0);
});

test("a sample of the keys is replayed on a sample of the size", () => {
  const cache = new LruCache<number, number>({ maxCacheSize: 4_000, ttl: Infinity });
  const [whole, sampled] = [record(cache), record(cache, { sampleRate: 0.25 })];
  for (let turn = 0; turn < 6; turn++) {
    for (let key = 0; key < 5_000; key++) {
      const one = (key * 7_919) % 5_000;
      void (cache.get(one) ?? cache.set(one, 1));
    }
  }
  const [all, some] = [whole.read(), sampled.read()];
  // A quarter of 5,000 keys, drawn by a seed, is 1,250 give or take 31: the last size has room for them by eight times that.
  for (const settings of [{}, { strategy: "mfu" }, { maxCacheSize: 6_000 }] as const) {
    const [one, other] = [replay(all, settings).hitRatio!, replay(some, settings).hitRatio!];
    expect([settings, Math.abs(one - other) < 0.03]).toEqual([settings, true]);
  }
});

describe("a policy by its name is the package's with its defaults", () => {
  const recorded = recordOf({ maxCacheSize: 60 }, ({ fill }) => {
    // Some keys often, others now and then, in an order that favours no policy.
    for (let at = 0; at < 6_000; at++)
      fill(`key:${at % 3 === 0 ? (at * 7_919) % 211 : Math.floor(((at * 31) % 97) ** 2 / 170)}`);
  });

  test("there are as many, in the same order", () => expect(POLICY_NAMES).toEqual(Object.keys(allPolicies)));

  test.each(POLICY_NAMES)("%s", (name) => {
    const strategy = allPolicies[name]();
    expect([name, replay(recorded, { strategy: name })]).toEqual([strategy.name, replay(recorded, { strategy })]);
  });

  test("policies differ in what they hit, so that this says something", () => {
    const hits = POLICY_NAMES.map((strategy) => replay(recorded, { strategy }).hits);
    expect(new Set(hits).size).toBeGreaterThan(8);
  });
});

test("what cannot be replayed is an error", () => {
  const recorded = looped(2, 2);
  expect(() => replay({} as AccessRecord)).toThrow("replay needs a record, got");
  expect(() => replay({ ...recorded, version: 2 } as never)).toThrow("one of version 2");
  expect(() => replay(recorded, { maxCacheSize: 0 })).toThrow("maxCacheSize must be an integer");
  expect(() => replay(recorded, { shardCount: 200 })).toThrow("shardCount must be");
  expect(() => replay(recorded, { size: 5 } as never)).toThrow("size is not an option of replay");
  expect(() => replay(recorded, {}, { assume: { loadsSucceed: 1 as never } })).toThrow(
    "loadsSucceed must be true or false",
  );
  const own = { ...recorded, options: { ...recorded.options, strategy: "mru" } };
  expect(() => replay(own)).toThrow('strategy must be one of "lru"');
  expect(replay(own, { strategy: "lru" }).hits).toBe(2);
});
