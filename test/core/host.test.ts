import {
  BloomFilter,
  Cache,
  type CacheOptions,
  cuckoo,
  CuckooFilter,
  exportCache,
  getMany,
  setMany,
} from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { afterEach, describe, expect, test, vi } from "vitest";
import { collect } from "../support/collect.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { PATIENCE } from "../support/patience.ts";

const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const HOUR = 3_600_000;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Runs something where whatever a page could measure, draw or set throws. */
function withoutHost<T>(run: () => T): T {
  const forbidden = (): never => {
    throw new Error("the host was asked");
  };
  const spies = [
    vi.spyOn(performance, "now").mockImplementation(forbidden),
    vi.spyOn(Date, "now").mockImplementation(forbidden),
    vi.spyOn(Math, "random").mockImplementation(forbidden),
    vi.spyOn(globalThis.crypto, "getRandomValues").mockImplementation(forbidden),
  ];
  for (const name of ["setTimeout", "setInterval", "queueMicrotask", "reportError"]) vi.stubGlobal(name, forbidden);
  try {
    return run();
  } finally {
    vi.unstubAllGlobals();
    for (const spy of spies) spy.mockRestore();
  }
}

describe("making a cache", () => {
  const strategies = Object.values(allPolicies).map((policy) => ({ strategy: policy() }));
  test.each<CacheOptions>([
    {},
    { shardCount: 5, bloom: true },
    { filter: cuckoo(), timeToIdle: 50, timeout: 50 },
    { maxWeight: 5, weigher: () => 1, onRemoval: () => undefined },
    ...strategies,
  ])("asks the host for nothing: neither time, nor chance, nor a timer (%j)", (options) => {
    const seen = withoutHost(() => {
      const cache = new Cache<string, number>(options);
      cache.subscribe(() => undefined)();
      return [cache.size, cache.metrics.since, cache.metrics.gets, cache.latencies, cache.metricLifespan];
    });
    expect(seen).toEqual([0, null, 0, null, null]);
  });

  test("asks a clock and a random of its own for nothing either", () => {
    const asked: string[] = [];
    const ask = (name: string) => (): never => {
      asked.push(name);
      throw new Error(name);
    };
    const clock = { now: ask("now"), wallNow: ask("wallNow"), schedule: ask("schedule") };
    const cache = new Cache({ clock, random: ask("random"), strategy: "random" });
    expect([cache.metrics.since, asked]).toEqual([null, []]);
  });

  test("of a filter draws nothing before the first key", () => {
    const made = withoutHost(() => [new BloomFilter({ capacity: 10 }), new CuckooFilter({ capacity: 10 })]);
    expect(made.map(({ capacity }) => capacity)).toEqual([10, 10]);
  });
});

describe("since", () => {
  const operations: [string, (cache: Cache<string, number>) => unknown][] = [
    ["get", (cache) => cache.get("a")],
    ["getMany", (cache) => getMany(cache, ["a"])],
    ["set", (cache) => cache.set("a", 1)],
    ["setMany", (cache) => setMany(cache, [["a", 1]])],
    ["getOrLoad", (cache) => cache.getOrLoad("a", () => 1)],
    ["export", (cache) => exportCache(cache)],
  ];
  test.each(operations)("is the wall time of the first operation: %s", async (_name, operation) => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ clock });
    clock.busy(70);
    expect(cache.metrics.since).toBeNull();
    const since = clock.wallNow();
    await operation(cache);
    clock.busy(70);
    cache.get("b");
    expect(cache.metrics.since).toBe(since);
  });
});

describe("a host without good timers", () => {
  const refusals: [string, unknown][] = [
    [
      "throws, as at the top level of a worker",
      () => {
        throw new Error("Disallowed operation called within global scope.");
      },
    ],
    ["returns nothing, as a mock does", () => undefined],
    ["returns null", () => null],
    ["runs what it is given at once, as a mock does", (run: () => void) => run()],
    ["is not there", undefined],
  ];

  test.each(refusals)("one that %s leaves no write half done", async (_name, timer) => {
    vi.stubGlobal("setTimeout", timer);
    const told: string[] = [];
    const cache = new Cache<number, number>({ maxCacheSize: 3, ttl: 1_000 });
    cache.subscribe(({ type }) => told.push(type));
    for (let key = 0; key < 5; key++) cache.set(key, key);
    cache.set(4, 5, { ttl: 50 });
    await cache.getOrLoad(7, () => 7, { timeout: 50 });
    const { sets, size, removals } = cache.metrics;
    expect([sets, size, removals.evicted, removals.replaced]).toEqual([7, 3, 3, 1]);
    expect(told.filter((type) => type === "set").length).toBe(7);
    expect([cache.get(7), cache.peek(4)]).toEqual([7, 5]);
    cache.dispose();
    vi.unstubAllGlobals();
  });

  test("expired entries are never served without a timer, and leave by the next writes", () => {
    const clock = new ManualClock();
    const schedule = (): never => {
      throw new Error("no timers here");
    };
    const cache = new Cache<number, number>({ ttl: 50, clock: { now: clock.now, wallNow: clock.wallNow, schedule } });
    for (let key = 0; key < 20; key++) cache.set(key, key);
    clock.busy(50);
    expect([cache.get(3), cache.has(4), [...cache]]).toEqual([undefined, false, []]);
    for (let write = 0; write < 4; write++) cache.set(100, 1);
    expect([cache.size, cache.metrics.removals.expired]).toEqual([1, 20]);
  });

  test("one that is refused at first is set as soon as the host has timers, by a write or a read", () => {
    for (const operation of ["set", "get"] as const) {
      const clock = new ManualClock();
      let isThere = false;
      const schedule: ManualClock["schedule"] = (run, ms) => {
        if (!isThere) throw new Error("not here");
        return clock.schedule(run, ms);
      };
      const cache = new Cache<string, number>({ ttl: 50, clock: { now: clock.now, wallNow: clock.wallNow, schedule } })
        .set("a", 1)
        .set("b", 1);
      isThere = true;
      clock.advance(10);
      if (operation === "get") cache.get("a");
      else cache.set("b", 2, { ttl: Infinity });
      expect([operation, clock.timers.length]).toEqual([operation, 1]);
      clock.advance(50);
      expect([operation, cache.size]).toEqual([operation, operation === "get" ? 0 : 1]);
    }
  });

  test.each([false, true])("a ttl counts from when the host has a time (exactClock: %s)", async (exactClock) => {
    // At the level of a Worker's module both clocks stand at 0; in a request both are wall time.
    let time = 0;
    const now = (): number => time;
    const cache = new Cache<string, number>({ ttl: 1_000, exactClock, clock: { now, wallNow: now } }).set("a", 1);
    await nextTask();
    time = 1_795_889_836_647;
    expect([cache.get("a"), cache.remainingTtl("a"), cache.metrics.since]).toEqual([1, 1_000, time]);
    await nextTask();
    time += 999;
    expect(cache.get("a")).toBe(1);
    await nextTask();
    time += 1;
    expect([cache.get("a"), cache.metrics.removals.expired]).toEqual([undefined, 1]);
    cache.dispose();
  });

  test("a timer that was lost is noticed at the next read, and set anew", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 5_000, clock }).set("a", 1).set("b", 1, { ttl: Infinity });
    // The request that set it has ended.
    clock.timers.length = 0;
    clock.busy(7_000);
    expect([cache.get("b"), clock.timers.length]).toEqual([1, 1]);
    clock.advance(0);
    expect([cache.size, cache.metrics.removals.expired, clock.timers.length]).toEqual([1, 1, 0]);
  });

  test("fake timers that are taken away take no clean-up with them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "queueMicrotask", "performance", "Date"] });
    const cache = new Cache<string, number>({ ttl: 20 }).set("a", 1).set("b", 1, { ttl: Infinity });
    cache.get("a");
    vi.useRealTimers();
    const until = performance.now() + 1_200;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(until), PATIENCE);
    expect([cache.get("a"), cache.get("b")]).toEqual([undefined, 1]);
    cache.set("c", 1, { ttl: 1 });
    await vi.waitFor(() => expect(cache.size).toBe(1), PATIENCE);
  });

  test("a queueMicrotask that is faked, and then gone, does not make one endless task", async () => {
    vi.useFakeTimers({ toFake: ["queueMicrotask"] });
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ ttl: 60_000, clock, exactClock: false }).set("a", 1);
    expect(cache.get("a")).toBe(1);
    vi.useRealTimers();
    await nextTask();
    clock.busy(60_000);
    expect(cache.get("a")).toBeUndefined();
  });

  test("events that wait for a later task go on with the next operation where no timer comes", () => {
    const schedule = (): never => {
      throw new Error("no timers here");
    };
    const heard: number[] = [];
    const clock = { now: () => 1, schedule };
    const cache = new Cache<number, number>({ maxCacheSize: 1, clock });
    let left = 10_050;
    cache.subscribe((event) => {
      if (event.type !== "set") return;
      heard.push(event.key);
      if (left-- > 0) cache.set(event.key + 1, 1);
    });
    cache.set(0, 0);
    const before = heard.length;
    expect(before).toBeLessThan(10_000);
    cache.set(-1, 0);
    expect(heard.length).toBeGreaterThan(before + 1);
  });
});

describe("after a jump of the wall clock", () => {
  test.each([true, false])(
    "a new, shorter time is kept, whatever was set before (exactClock: %s)",
    async (exactClock) => {
      const clock = new ManualClock();
      const cache = new Cache<string, number>({ clock, exactClock }).set("long", 1, { ttl: 600_000 });
      await nextTask();
      clock.sleep(8 * HOUR);
      cache.set("short", 1, { ttl: 50 }).set("ever", 1, { ttl: Infinity });
      await nextTask();
      // The host's own timer of ten minutes knows of no sleep.
      clock.advance(60);
      expect([...cache.keys()]).toEqual(["ever"]);
      expect([cache.size, clock.timers.length]).toEqual([1, 0]);
    },
  );

  test("a timer that has some way to go yet is set for what is left", async () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ clock }).set("a", 1, { ttl: 600_000 }).set("ever", 1, { ttl: Infinity });
    clock.sleep(400_000);
    cache.get("ever");
    clock.advance(200_000);
    expect(cache.size).toBe(1);
  });

  test("back, nothing changes", () => {
    const clock = new ManualClock();
    const cache = new Cache<string, number>({ clock, ttl: 1_000 }).set("a", 1);
    clock.sleep(-HOUR);
    clock.advance(999);
    expect(cache.get("a")).toBe(1);
    clock.advance(1);
    expect(cache.size).toBe(0);
  });
});

describe("a cache that nobody holds", () => {
  test("can be collected, whatever its entries would have lived", async () => {
    const refs = Array.from({ length: 20 }, (_, index) => {
      const cache = new Cache<string, unknown>({ ttl: HOUR, shardCount: 1 + (index % 3) });
      cache.set("a", { of: index });
      return new WeakRef(cache);
    });
    await nextTask();
    await vi.waitFor(async () => {
      await nextTask();
      collect();
      expect(refs.filter((ref) => ref.deref() !== undefined).length).toBe(0);
    }, PATIENCE);
  });

  test("is cleaned up as long as somebody does", async () => {
    const cache = new Cache<string, unknown>({ ttl: 30 }).set("a", {});
    collect();
    await vi.waitFor(() => expect(cache.size).toBe(0), PATIENCE);
  });

  test("is cleaned up where the host has no weak references as well", async () => {
    vi.stubGlobal("WeakRef", undefined);
    const cache = new Cache<string, unknown>({ ttl: 30 }).set("a", {});
    await vi.waitFor(() => expect(cache.size).toBe(0), PATIENCE);
  });
});
