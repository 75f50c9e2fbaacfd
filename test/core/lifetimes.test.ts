import { Cache, exportCache } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

describe("timeToIdle", () => {
  test("expires what is neither read nor written, and a read starts it anew", () => {
    const cache = new Cache<string, number>({ timeToIdle: 100, clock });
    cache.set("read", 1).set("left", 2);
    clock.advance(60);
    cache.get("read");
    clock.advance(60);
    expect([cache.has("read"), cache.has("left")]).toEqual([true, false]);
    expect(cache.metrics.removals.expired).toBe(1);
    clock.advance(100);
    expect(cache.metrics).toMatchObject({ size: 0, removals: { expired: 2 } });
  });

  test("never outlives the ttl, and the shorter of both is what remains", () => {
    const cache = new Cache<string, number>({ timeToIdle: 100, ttl: 250, clock });
    cache.set("a", 1);
    expect(cache.remainingTtl("a")).toBe(100);
    for (let read = 0; read < 4; read++) {
      clock.advance(60);
      cache.get("a");
    }
    expect(cache.remainingTtl("a")).toBe(10);
    clock.advance(10);
    expect(cache.get("a")).toBeUndefined();
  });

  test("peek, has, iteration, export and metrics are no reads", () => {
    const cache = new Cache<string, number>({ timeToIdle: 100, clock });
    cache.set("a", 1);
    clock.advance(60);
    cache.peek("a");
    cache.has("a");
    expect([...cache].length + exportCache(cache).entries.length + cache.metrics.size).toBe(3);
    clock.advance(40);
    expect(cache.has("a")).toBe(false);
  });

  test("an overwrite starts it anew, for entries that otherwise never expire", () => {
    const cache = new Cache<string, number>({ timeToIdle: 100, ttl: Infinity, clock });
    cache.set("a", 1);
    clock.advance(99);
    cache.set("a", 2);
    clock.advance(99);
    expect(cache.peek("a")).toBe(2);
    clock.advance(1);
    expect(cache.size).toBe(0);
    expect(clock.timers).toEqual([]);
  });
});

describe("keepTtl", () => {
  test("keeps the time that the old value had left", () => {
    const cache = new Cache<string, number>({ ttl: 100, clock });
    cache.set("a", 1);
    clock.advance(70);
    cache.set("a", 2, { keepTtl: true });
    expect(cache.remainingTtl("a")).toBe(30);
    clock.advance(30);
    expect(cache.has("a")).toBe(false);
  });

  test("is an option of the cache, which one write may undo", () => {
    const cache = new Cache<string, number>({ ttl: 100, keepTtl: true, clock });
    cache.set("a", 1).set("b", 1);
    clock.advance(70);
    cache.set("a", 2).set("b", 2, { keepTtl: false }).set("c", 2);
    expect([cache.remainingTtl("a"), cache.remainingTtl("b"), cache.remainingTtl("c")]).toEqual([30, 100, 100]);
  });

  test("keeps a ttl of its own, also for ever, and starts anew once it is over", () => {
    const cache = new Cache<string, number>({ ttl: 100, keepTtl: true, clock });
    cache.set("short", 1, { ttl: 10 }).set("ever", 1, { ttl: Infinity });
    clock.advance(5);
    cache.set("short", 2).set("ever", 2);
    expect([cache.remainingTtl("short"), cache.remainingTtl("ever")]).toEqual([5, Infinity]);
    clock.busy(5);
    cache.set("short", 3);
    expect(cache.remainingTtl("short")).toBe(100);
  });

  test("ages since the last write all the same", () => {
    const cache = new Cache<string, number>({ ttl: 100, clock });
    cache.set("a", 1);
    clock.advance(40);
    cache.set("a", 2, { keepTtl: true });
    clock.advance(20);
    cache.delete("a");
    expect(cache.metricLifespan?.values).toEqual([40, 20]);
  });
});
