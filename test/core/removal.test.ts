import { Cache, type CacheEvent, type RemovalCause, type Strategy } from "macho-cache";
import { SlotList } from "macho-cache/policies";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

type Told = [key: string, value: number, cause: RemovalCause];

describe("onRemoval", () => {
  test("is called once for each stored value, with its cause", () => {
    const clock = new ManualClock();
    const told: Told[] = [];
    const cache = new Cache<string, number>({
      maxCacheSize: 2,
      ttl: 10,
      clock,
      onRemoval: (...each) => told.push(each),
    });
    cache.set("a", 1).set("a", 2).set("b", 3).set("c", 4);
    cache.delete("b");
    clock.advance(10);
    cache.set("d", 5);
    cache.clear();
    expect(told).toEqual([
      ["a", 1, "replaced"],
      ["a", 2, "evicted"],
      ["b", 3, "deleted"],
      ["c", 4, "expired"],
      ["d", 5, "cleared"],
    ]);
  });

  test("tells an overwrite with the very same reference, too", () => {
    const told: string[] = [];
    const cache = new Cache<string, object>({ onRemoval: (key) => told.push(key) });
    const value = {};
    cache.set("a", value).set("a", value);
    expect(told).toEqual(["a"]);
    expect(cache.metrics).toMatchObject({ sets: 2, size: 1, removals: { replaced: 1 } });
  });

  test("may set, delete and clear: what that causes is told afterwards, in order", () => {
    const told: Told[] = [];
    const cache: Cache<string, number> = new Cache<string, number>({
      maxCacheSize: 2,
      onRemoval(key, value, cause) {
        told.push([key, value, cause]);
        if (key === "a") cache.set("x", 9);
        if (key === "b") cache.clear();
      },
    });
    cache.set("a", 1).set("b", 2).set("c", 3);
    expect(told).toEqual([
      ["a", 1, "evicted"],
      ["b", 2, "evicted"],
      ["c", 3, "cleared"],
      ["x", 9, "cleared"],
    ]);
    expect(cache.size).toBe(0);
    expect(cache.metrics.sets).toBe(4);
  });

  test("that answers each eviction with a set does not hang the page", () => {
    const clock = new ManualClock();
    let told = 0;
    const cache: Cache<string, number> = new Cache<string, number>({
      maxCacheSize: 1,
      ttl: Infinity,
      clock,
      onRemoval: () => void cache.set(`again:${told++}`, 1),
    });
    cache.set("a", 1).set("b", 2);
    expect(told).toBeLessThan(20_000);
    expect(clock.timers).toHaveLength(1);
    const before = told;
    clock.timers.pop()?.run();
    expect(told).toBeGreaterThan(before);
  });
});

describe("a listener that throws", () => {
  const reported: unknown[] = [];
  const report = (error: unknown): void => void reported.push(error);
  const host = globalThis as { reportError?: unknown };
  const own = host.reportError;

  beforeEach(() => {
    reported.length = 0;
    host.reportError = report;
  });

  afterEach(() => {
    host.reportError = own;
  });

  test("stops neither the operation nor the next listener, and is reported", () => {
    const heard: string[] = [];
    const cache = new Cache<string, number>({
      maxCacheSize: 1,
      onRemoval() {
        throw new Error("first");
      },
    });
    cache.subscribe(() => {
      throw new Error("second");
    });
    cache.subscribe((event) => heard.push(event.type));
    cache.set("a", 1).set("b", 2);
    expect(heard).toEqual(["set", "removal", "set"]);
    expect(reported.map((error) => (error as Error).message)).toEqual(["second", "first", "second", "second"]);
    expect(cache.get("b")).toBe(2);
  });

  test("is told on the console where the host has no reportError", () => {
    delete host.reportError;
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const error = new Error("of a listener");
    const cache = new Cache<string, number>();
    cache.subscribe(() => {
      throw error;
    });
    cache.set("a", 1);
    expect(told.mock.calls).toEqual([[error]]);
    told.mockRestore();
  });
});

describe("subscribe", () => {
  test("hears sets and removals in order, until its undo", () => {
    const heard: CacheEvent<string, number>[] = [];
    const cache = new Cache<string, number>({ maxCacheSize: 1 });
    const leave = cache.subscribe((event) => heard.push(event));
    cache.set("a", 1).set("b", 2);
    leave();
    leave();
    cache.set("c", 3);
    expect(heard).toEqual([
      { type: "set", key: "a", value: 1 },
      { type: "removal", key: "a", value: 1, cause: "evicted" },
      { type: "set", key: "b", value: 2 },
    ]);
  });

  test("takes one function twice, and one that joins or leaves on the way", () => {
    const cache = new Cache<string, number>();
    const heard: string[] = [];
    const listener = (event: CacheEvent<string, number>): void => void heard.push(event.key);
    const leaveFirst = cache.subscribe(listener);
    const leaveSecond = cache.subscribe(listener);
    const leaveThird = cache.subscribe((event) => {
      leaveSecond();
      if (event.key === "a") cache.subscribe(listener);
    });
    cache.set("a", 1);
    expect(heard).toEqual(["a", "a"]);
    leaveThird();
    cache.set("b", 1);
    expect(heard).toEqual(["a", "a", "b", "b"]);
    leaveFirst();
    cache.set("c", 1);
    expect(heard).toEqual(["a", "a", "b", "b", "c"]);
  });
});

test("victims that left before a policy named a wrong one are told by the next write", () => {
  const told: unknown[] = [];
  let lies = false;
  const strategy: Strategy = {
    name: "liar",
    create() {
      const list = new SlotList();
      let asked = 0;
      return {
        hit: "relink",
        list,
        reserve: (lastSlot) => list.reserve(lastSlot),
        add: (slot) => list.add(slot),
        remove: (slot) => list.remove(slot),
        victim: () => (lies && ++asked > 1 ? 99 : list.oldest),
        slots: () => list.slots(),
      };
    },
  };
  const cache = new Cache<string, number>({ maxWeight: 3, strategy, onRemoval: (...removal) => told.push(removal) });
  cache.set("a", 1).set("b", 2).set("c", 3);
  lies = true;
  expect(() => cache.set("d", 4, { weight: 3 })).toThrow(expect.objectContaining({ code: "invalid-policy" }));
  expect([[...cache.keys()], told]).toEqual([["b", "c"], []]);
  lies = false;
  cache.set("b", 5);
  expect(told).toEqual([
    ["a", 1, "evicted"],
    ["b", 2, "replaced"],
  ]);
  const { sets, size, removals } = cache.metrics;
  expect(sets).toBe(size + removals.evicted + removals.replaced);
});
