import { Cache, type CacheOptions } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { type AccessRecord, type Advice, advise, adviseSteps, record, replay } from "macho-cache/simulate";
import { describe, expect, test } from "vitest";
import { mru } from "../../examples/own-policy/mru.js";
import { ManualClock } from "../support/manual-clock.ts";

interface Driven {
  readonly cache: Cache<string, number>;
  readonly clock: ManualClock;
  /** A get, and a set where it misses. */
  readonly fill: (key: string, options?: { ttl?: number; weight?: number }) => void;
}

function recordOf(options: CacheOptions<string, number>, drive: (driven: Driven) => void): AccessRecord {
  const clock = new ManualClock();
  const cache = new Cache<string, number>({ ttl: Infinity, clock, ...options });
  const recording = record(cache);
  drive({ cache, clock, fill: (key, write) => void (cache.get(key) ?? cache.set(key, 1, write)) });
  return recording.read();
}

const looped = (keys: number, lookups: number, options: CacheOptions<string, number>): AccessRecord =>
  recordOf(options, ({ fill }) => {
    for (let step = 0; step < lookups; step++) fill(`key:${step % keys}`);
  });

/** The kind of the advice, and its change. */
const said = ({ kind, change }: Advice): unknown[] => [kind, change?.code, change?.assume].filter(Boolean);

test("a loop a little larger than the cache: its size, with what it would have gained", () => {
  const recorded = looped(110, 4_000, { maxCacheSize: 100 });
  const advice = advise(recorded);
  expect(advice).toMatchObject({
    tone: "change",
    kind: "size",
    lookups: 2_000,
    hitRatio: 0,
    misses: { evicted: 2_000 },
  });
  expect(advice.change).toMatchObject({ settings: { maxCacheSize: 111 }, gain: 1, hitRatio: 1, unknown: 0 });
  expect(advice.text).toMatch(
    /^Too small\. 100% of the misses ask for what was evicted before\. In the last 2,000 reads, maxCacheSize: 111 would have gained 100\.0 points \(from 99\.5 to 100\.0\): 100% instead of 0%\. Or strategy: \w+\(\), which would have gained \d\d\.\d points\.$/,
  );
  // What is promised is what a replay gives.
  const { settings, assume } = advice.change!;
  expect(replay(recorded, settings, { assume, from: 2_000 }).hitRatio).toBe(1);
});

describe("each remedy", () => {
  test("a longer ttl, also of those that entries have of their own", () => {
    const drive = ({ fill, clock }: Driven, write?: { ttl: number }): void => {
      for (let step = 0; step < 1_000; step++) {
        fill(`key:${step % 10}`, write);
        clock.advance(10);
      }
    };
    expect(said(advise(recordOf({ ttl: 60 }, drive)))).toEqual(["ttl", "ttl: Infinity", {}]);
    const own = advise(recordOf({}, (driven) => drive(driven, { ttl: 60 })));
    expect(said(own)).toEqual(["ttl", "ttl: Infinity", { ownTtlTimes: Infinity }]);
    expect(own.change!.hitRatio).toBe(1);
  });

  test("a longer time to idle", () => {
    const recorded = recordOf({ timeToIdle: 60 }, ({ fill, clock }) => {
      for (let step = 0; step < 1_000; step++) {
        fill(`key:${step % 10}`);
        clock.advance(10);
      }
    });
    expect(said(advise(recorded))).toEqual(["idle", "timeToIdle: 120", {}]);
  });

  test("fewer clears, together with more room", () => {
    const recorded = recordOf({ maxCacheSize: 40 }, ({ cache, fill }) => {
      for (let step = 0; step < 4_000; step++) {
        fill(`key:${(step * 7) % 50}`);
        if (step % 30 === 0) cache.clear();
      }
    });
    const advice = advise(recorded);
    expect(said(advice)[0]).toBe("removals");
    // Neither gains anything alone.
    expect(advice.change).toMatchObject({ assume: { ignoreRemovals: true }, settings: { maxCacheSize: 50 }, gain: 1 });
    expect(advice.text).toContain(
      "fewer deletes and clears and maxCacheSize: 50 together would have gained 100.0 points",
    );
  });

  test("two changes, the second on top of the first", () => {
    const recorded = recordOf({ maxCacheSize: 40, ttl: 200 }, ({ fill, clock }) => {
      for (let step = 0; step < 4_000; step++) {
        clock.advance(3);
        fill(`key:${(step * step) % 97}`);
      }
    });
    const { change, then, kind, text } = advise(recorded);
    expect([kind, then!.kind].toSorted()).toEqual(["size", "ttl"]);
    expect(change!.gain + then!.gain).toBeCloseTo(1 - replay(recorded, {}, { from: 2_000 }).hitRatio!, 2);
    expect(text).toContain(" on top of it, ");
  });

  test("null for what is absent, and loads that succeed", async () => {
    const absent = recordOf({}, ({ cache, clock }) => {
      for (let step = 0; step < 400; step++) {
        clock.advance(1_000);
        cache.get(`key:${step % 4}`);
      }
    });
    expect(said(advise(absent))).toEqual(["absent", { storeAbsent: true }]);
    const cache = new Cache<string, number>();
    const recording = record(cache);
    for (let step = 0; step < 400; step++) {
      await cache.getOrLoad(`key:${step % 4}`, () => Promise.reject(new Error("no answer"))).catch(() => undefined);
    }
    expect(said(advise(recording.read()))).toEqual(["failures", { loadsSucceed: true }]);
  });

  test("another policy, first where the own one is random", () => {
    const scans = (strategy: "lru" | "random"): AccessRecord =>
      recordOf({ maxCacheSize: 60, strategy }, ({ fill }) => {
        for (let step = 0; step < 12_000; step++) {
          fill(step % 300 < 100 ? `scan:${step}` : `hot:${(step * 13) % 50}`);
        }
      });
    expect(said(advise(scans("lru")))[0]).toBe("policy");
    expect(said(advise(scans("random")))[0]).toBe("policy");
  });

  test("one shard, and writes that are left out", () => {
    const shards = recordOf({ maxCacheSize: 32, shardCount: 16 }, ({ fill }) => {
      for (let step = 0; step < 3_000; step++) fill(`key:${(step * 5) % 32}`);
    });
    expect(said(advise(shards))).toEqual(["shards", "shardCount: 1", {}]);
    const writes = recordOf({ maxCacheSize: 20, strategy: "fifo" }, ({ cache, fill }) => {
      for (let step = 0; step < 3_000; step++) {
        fill(`key:${(step * 7) % 20}`);
        cache.set(`log:${step}`, 1);
      }
    });
    const advice = advise(writes);
    expect([advice, ...advice.others].map(({ kind }) => kind)).toContain("unread-writes");
  });

  test("more weight, and as many entries more, where both are bounded", () => {
    const recorded = recordOf({ maxCacheSize: 1_000, maxWeight: 300 }, ({ fill }) => {
      for (let step = 0; step < 3_000; step++) fill(`key:${step % 110}`, { weight: 3 });
    });
    const { change, kind } = advise(recorded);
    expect([kind, change!.settings]).toEqual(["size", { maxCacheSize: 1_100, maxWeight: 330 }]);
  });
});

describe("no change", () => {
  test("too few look-ups", () => {
    const advice = advise(looped(12, 199, { maxCacheSize: 10 }));
    expect(advice).toMatchObject({
      tone: "wait",
      kind: "wait",
      text: "Not enough data: 199 of 200 reads.",
      others: [],
    });
    expect(advise(looped(12, 200, { maxCacheSize: 10 })).kind).toBe("size");
  });

  test("a record that does not explain the cache", () => {
    const recorded = recordOf({ maxCacheSize: 20 }, ({ cache, fill }) => {
      for (let key = 0; key < 19; key++) {
        fill(`shown:${key}`);
        cache.pin(`shown:${key}`);
      }
      for (let step = 0; step < 2_000; step++) fill(`key:${step % 15}`);
    });
    const advice = advise(recorded);
    expect([advice.tone, advice.kind, advice.change]).toEqual(["none", "unexplained", undefined]);
    expect(advice.text).toContain("Pinned entries can be why.");
  });

  test("keys that never come back", () => {
    const advice = advise(looped(9_999, 4_000, { maxCacheSize: 10 }));
    expect([advice.tone, advice.kind]).toEqual(["none", "no-use"]);
    expect(advice.text).toContain("A cache without any bound would have hit 0% of the last 2,000 reads");
  });

  test("all is well, or less room is enough", () => {
    expect(advise(looped(10, 4_000, { maxCacheSize: 12 }))).toMatchObject({ tone: "good", kind: "nothing" });
    const smaller = advise(looped(10, 4_000, { maxCacheSize: 400 }));
    expect([smaller.kind, smaller.change!.code, smaller.change!.gain]).toEqual(["smaller", "maxCacheSize: 13", 0]);
  });

  test("more of the past is needed to tell about larger sizes", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 500, ttl: Infinity });
    const fill = (key: number): void => void (cache.get(key) ?? cache.set(key, 1));
    for (let key = 0; key < 2_000; key++) fill(key);
    const recording = record(cache);
    for (let step = 0; step < 600; step++) fill(step % 3 === 0 ? step : step % 2 ? 1_990 : 1_980);
    expect(advise(recording.read())).toMatchObject({ tone: "wait", kind: "unknown-past" });
  });
});

test("steps give the operations that were replayed, and then the same advice", () => {
  const recorded = looped(110, 4_000, { maxCacheSize: 100 });
  const steps = adviseSteps(recorded);
  const progress: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) progress.push(step.value);
  expect(step.value).toEqual(advise(recorded));
  expect(progress.slice(0, 4)).toEqual([1_024, 2_048, 3_072, 5_024]);
  expect(progress.every((count, index) => index === 0 || count > progress[index - 1]!)).toBe(true);
});

test("a policy of the user's own is named, and its record explained", () => {
  const recorded = recordOf({ maxCacheSize: 10, strategy: mru() }, ({ fill }) => {
    for (let step = 0; step < 1_000; step++) fill(`key:${step % 12}`);
  });
  expect(() => advise(recorded)).toThrow("strategy must be one of");
  const advice = advise(recorded, { strategy: mru() });
  expect([advice.kind, advice.change!.settings]).toEqual(["size", { maxCacheSize: 13 }]);
});

test("what is advised is frozen, and a record of JSON is as good", () => {
  const recorded = looped(110, 2_000, { maxCacheSize: 100 });
  const advice = advise(recorded);
  expect([advice, advice.change, advice.change!.settings, advice.others].every(Object.isFrozen)).toBe(true);
  expect(advise(JSON.parse(JSON.stringify(recorded)) as AccessRecord)).toEqual(advice);
  expect(() => advise({} as AccessRecord)).toThrow("advise needs a record, got");
  expect(Object.keys(allPolicies)).toContain((advice.others[0]!.settings.strategy as string) ?? "lru");
});
