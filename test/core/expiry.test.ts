import { Cache } from "macho-cache";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("ttl", () => {
  test("counts from the write: a set at t = 0 expires like any other, at its very deadline", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 100, clock }).set("a", 1);
    clock.busy(99.5);
    expect(cache.get("a")).toBe(1);
    clock.busy(0.5);
    expect(cache.get("a")).toBeUndefined();
    expect(cache.metrics).toMatchObject({ hits: 1, misses: 1, size: 0, removals: { expired: 1 } });
  });

  test("of one entry wins over the cache's, and an overwrite starts it anew", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 100, clock });
    cache.set("short", 1, { ttl: 10 }).set("long", 1, { ttl: Infinity }).set("again", 1);
    clock.advance(60);
    cache.set("again", 2);
    expect(["short", "long", "again"].map((key) => cache.remainingTtl(key))).toEqual([undefined, Infinity, 100]);
    clock.advance(99);
    expect([...cache.keys()]).toEqual(["long", "again"]);
    clock.advance(1);
    expect([...cache.keys()]).toEqual(["long"]);
  });

  test("an overwrite of an expired entry that was not swept is told as expired, not as replaced", () => {
    const clock = new ManualClock();
    const causes: string[] = [];
    const cache = new Cache<string, number>({ ttl: 10, clock, onRemoval: (_key, _value, cause) => causes.push(cause) });
    cache.set("a", 1).set("b", 1);
    clock.busy(10);
    cache.set("a", 2);
    expect(causes[0]).toBe("expired");
    expect([...cache]).toEqual([["a", 2]]);
  });

  test("a pinned entry expires", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 10, clock }).set("a", 1);
    cache.pin("a");
    clock.advance(10);
    expect(cache.size).toBe(0);
  });
});

describe("clean-up", () => {
  test("removes what expired without a reader, with one timer, and none while nothing can expire", () => {
    const clock = new ManualClock();
    const cache = new Cache<number, number>({ maxCacheSize: 20_000, ttl: 50, clock });
    expect(clock.timers).toEqual([]);
    for (let key = 0; key < 10_000; key++) cache.set(key, key);
    cache.set(-1, 0, { ttl: Infinity });
    expect(clock.timers).toHaveLength(1);
    clock.advance(100);
    expect(cache.size).toBe(1);
    expect(cache.metrics.removals.expired).toBe(10_000);
    expect(clock.timers).toEqual([]);
  });

  test("sets its timer again for a TTL beyond the longest timer of a host", () => {
    const clock = new ManualClock();
    const ttl = 2 ** 31 + 5_000;
    const cache = new Cache<string, number>({ ttl, clock }).set("a", 1);
    clock.advance(ttl - 1);
    expect(cache.has("a")).toBe(true);
    clock.advance(1);
    expect(cache.size).toBe(0);
  });

  test("comes sooner for a shorter TTL", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 1_000, clock }).set("a", 1).set("b", 1, { ttl: 10 });
    clock.advance(10);
    expect(cache.size).toBe(1);
    expect(cache.has("a")).toBe(true);
  });

  test("is driven by writes while timers cannot run", () => {
    const clock = new ManualClock();
    const cache = new Cache<number, number>({ maxCacheSize: 1_000, ttl: 10, clock });
    for (let key = 0; key < 100; key++) cache.set(key, key);
    clock.busy(10);
    for (let write = 0; write < 14; write++) cache.set(1_000, 0, { ttl: Infinity });
    expect(cache.size).toBe(1);
  });

  test("purgeExpired removes all that expired at once", () => {
    const clock = new ManualClock();
    const cache = new Cache<number, number>({ maxCacheSize: 10_000, ttl: 10, clock });
    for (let key = 0; key < 9_000; key++) cache.set(key, key);
    clock.busy(10);
    expect(cache.purgeExpired()).toBe(9_000);
    expect(cache.purgeExpired()).toBe(0);
    expect(clock.timers).toEqual([]);
  });
});

describe("the kept time", () => {
  const kept = (ttl: number): { clock: ManualClock; cache: Cache<string, number>; reads: () => number } => {
    const clock = new ManualClock();
    let reads = 0;
    const counting = { now: () => (reads++, clock.now()), wallNow: clock.wallNow, schedule: clock.schedule };
    return { clock, cache: new Cache<string, number>({ ttl, clock: counting, exactClock: false }), reads: () => reads };
  };

  test("is not needed for an entry that is due within a second: a busy loop past its TTL is seen", async () => {
    const { clock, cache } = kept(900);
    await nextTask();
    cache.set("a", 1);
    clock.busy(900);
    expect(cache.get("a")).toBeUndefined();
  });

  test("is read once in many look-ups of one task", async () => {
    const { cache, reads } = kept(600_000);
    cache.set("a", 1);
    await nextTask();
    const before = reads();
    for (let index = 0; index < 640; index++) cache.get("a");
    // Once for the task, once in 64 operations, and twice for each operation in 251 that is timed.
    expect(reads() - before).toBeLessThanOrEqual(1 + 640 / 64 + 2 * Math.ceil(640 / 251));
  });

  test("is read anew in each task", async () => {
    const { clock, cache } = kept(5_000);
    cache.set("a", 1);
    await nextTask();
    expect(cache.get("a")).toBe(1);
    clock.busy(5_000);
    await nextTask();
    expect(cache.get("a")).toBeUndefined();
  });

  test("may serve late only within one synchronous stretch of few look-ups", () => {
    const { clock, cache } = kept(50_000);
    cache.set("a", 1);
    clock.busy(50_000);
    expect(cache.get("a")).toBe(1);
    for (let index = 0; index < 64; index++) cache.get("b");
    cache.set("b", 1);
    for (let index = 0; index < 64; index++) cache.get("a");
    expect(cache.get("a")).toBeUndefined();
  });

  test("is not used with exactClock", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 50_000, clock, exactClock: true }).set("a", 1);
    clock.busy(50_000);
    expect(cache.get("a")).toBeUndefined();
  });

  test("counts the time that the machine slept, and ignores wall time that goes back", async () => {
    for (const exactClock of [true, false]) {
      const clock = new ManualClock();
      const cache = new Cache<string, number>({ ttl: 60_000, clock, exactClock }).set("a", 1);
      await nextTask();
      clock.sleep(-3_600_000);
      clock.busy(10);
      expect(cache.get("a")).toBe(1);
      await nextTask();
      clock.sleep(60_000);
      expect(cache.get("a")).toBeUndefined();
    }
  });
});
