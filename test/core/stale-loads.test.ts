import { Cache, MachoError, type LoadOptions } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let cache: Cache<string, number>;
let answers: Deferred<number>[];
let signals: AbortSignal[];

beforeEach(() => {
  clock = new ManualClock();
  cache = new Cache({ ttl: 1_000, clock });
  answers = [];
  signals = [];
});

const ask = (options: LoadOptions = {}): Promise<number> =>
  cache.getOrLoad(
    "a",
    (_key, { signal }) => {
      signals.push(signal);
      const answer = deferred<number>();
      answers.push(answer);
      return answer.promise;
    },
    options,
  );

describe("a stale value", () => {
  beforeEach(() => {
    cache.set("a", 1);
    clock.advance(100);
  });

  test("is served while it is fresh, without a load", async () => {
    expect(await ask({ staleTime: 101 })).toBe(1);
    expect(answers.length).toBe(0);
  });

  test("is served at once, while one load in the background brings the next", async () => {
    expect(await Promise.all([ask({ staleTime: 100 }), ask({ staleTime: 100 })])).toEqual([1, 1]);
    expect(answers.length).toBe(1);
    answers[0]?.resolve(2);
    await settled();
    expect(cache.peek("a")).toBe(2);
    expect(cache.metrics).toMatchObject({ hits: 2, loads: { started: 1, joined: 1, succeeded: 1 } });
  });

  test("stays when the load in the background fails, and the next caller tries again", async () => {
    expect(await ask({ staleTime: 0 })).toBe(1);
    answers[0]?.reject(new Error("down"));
    await settled();
    expect(await ask({ staleTime: 0 })).toBe(1);
    expect(answers.length).toBe(2);
    expect(cache.metrics.loads.failed).toBe(1);
  });

  test("is told by an event when its load fails, and so is each load that fails, once", async () => {
    const events: unknown[] = [];
    cache.subscribe((event) => events.push(event));
    const error = new Error("down");
    expect(await ask({ staleTime: 0 })).toBe(1);
    answers[0]?.reject(error);
    await settled();
    expect(events).toEqual([{ type: "failure", key: "a", error }]);
    cache.delete("a");
    const callers = [ask({ timeout: 5 }), ask({ timeout: 5 })];
    clock.advance(5);
    await Promise.allSettled(callers);
    // What was aborted did not fail.
    const aborted = ask();
    cache.set("a", 2);
    await aborted;
    expect(events.slice(1)).toMatchObject([
      { type: "removal" },
      { type: "failure", key: "a", error: { code: "timeout" } },
      { type: "set", value: 2 },
    ]);
  });

  test("stays when the loader throws at once", async () => {
    const thrower = (): never => {
      throw new Error("down");
    };
    expect(await cache.getOrLoad("a", thrower, { staleTime: 0 })).toBe(1);
    expect(cache.metrics.loads.failed).toBe(1);
  });

  test("is not served beyond its ttl, whatever the load does", async () => {
    void ask({ staleTime: 0 });
    clock.advance(900);
    const waiting = ask({ staleTime: 0 });
    answers[0]?.resolve(2);
    expect(await waiting).toBe(2);
    expect(answers.length).toBe(1);
  });

  test("a load in the background is not ended by the abort of a caller who joined it", async () => {
    void ask({ staleTime: 0 });
    const controller = new AbortController();
    const joined = ask({ staleTime: 0, serveStale: false, signal: controller.signal });
    controller.abort();
    await expect(joined).rejects.toThrow("aborted");
    expect(signals[0]?.aborted).toBe(false);
    answers[0]?.resolve(2);
    await settled();
    expect(cache.peek("a")).toBe(2);
  });

  test("is waited for with serveStale: false", async () => {
    const waiting = ask({ staleTime: 50, serveStale: false });
    answers[0]?.resolve(2);
    expect(await waiting).toBe(2);
  });

  test("with staleIfError comes back when the load fails, as long as its ttl is not over", async () => {
    const error = new Error("down");
    const options = { staleTime: 50, serveStale: false, staleIfError: true };
    const kept = ask(options);
    answers[0]?.reject(error);
    expect(await kept).toBe(1);
    const late = ask(options);
    clock.advance(900);
    answers[1]?.reject(error);
    await expect(late).rejects.toBe(error);
  });

  test("with staleIfError is not for a caller who left", async () => {
    const controller = new AbortController();
    const options = { staleTime: 50, serveStale: false, staleIfError: true, signal: controller.signal };
    const left = ask(options);
    controller.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
  });
});

test("with a staleTime the age is exact, also after a long synchronous stretch", async () => {
  const kept = new Cache<string, number>({ ttl: Infinity, clock, exactClock: false });
  kept.set("a", 1);
  clock.busy(50_000);
  expect(await kept.getOrLoad("a", () => 2, { staleTime: 1_000, serveStale: false })).toBe(2);
  clock.busy(999);
  expect(await kept.getOrLoad("a", () => 3, { staleTime: 1_000, serveStale: false })).toBe(2);
});

describe("a timeout", () => {
  test("rejects its callers by name; the load is aborted, and a late answer kept out", async () => {
    const callers = [ask({ timeout: 50 }), ask({ timeout: 20 })];
    clock.advance(50);
    for (const caller of callers) await expect(caller).rejects.toMatchObject({ name: "MachoError", code: "timeout" });
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[0]?.reason).toBeInstanceOf(MachoError);
    answers[0]?.resolve(2);
    await settled();
    expect(cache.has("a")).toBe(false);
    expect(cache.metrics.loads).toMatchObject({ started: 1, failed: 1, succeeded: 0 });
  });

  test("is each caller's own: the load goes on for who has none, or a longer one", async () => {
    const [patient, first, second] = [ask(), ask({ timeout: 50 }), ask({ timeout: 100 })];
    clock.advance(50);
    await expect(first).rejects.toThrow("its timeout of 50 ms");
    clock.advance(50);
    await expect(second).rejects.toThrow("its timeout of 100 ms");
    expect(signals[0]?.aborted).toBe(false);
    answers[0]?.resolve(2);
    expect(await patient).toBe(2);
    expect([cache.peek("a"), answers.length]).toEqual([2, 1]);
    expect(cache.metrics.loads).toMatchObject({ started: 1, joined: 2, succeeded: 1, failed: 0 });
  });

  test("of the last who waits ends the load, also one whose signal was never read", async () => {
    const caller = new AbortController();
    const stuck = (): Promise<number> => new Promise(() => undefined);
    const left = cache.getOrLoad("a", stuck, { signal: caller.signal });
    const last = cache.getOrLoad("a", stuck, { timeout: 50 });
    caller.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    clock.advance(50);
    await expect(last).rejects.toMatchObject({ code: "timeout" });
    expect(await cache.getOrLoad("a", () => 3)).toBe(3);
    expect(cache.metrics.loads).toMatchObject({ started: 2, failed: 1, succeeded: 1 });
  });

  test("holds for a load in the background as well, unless somebody waits for it", async () => {
    cache.set("a", 1);
    expect(await ask({ staleTime: 0, timeout: 50 })).toBe(1);
    clock.advance(50);
    expect(signals[0]?.aborted).toBe(true);
    expect(await ask({ staleTime: 0, timeout: 50 })).toBe(1);
    const waiting = ask({ staleTime: 0, serveStale: false });
    clock.advance(50);
    expect(signals[1]?.aborted).toBe(false);
    // That one is older than its own call would have waited: the next call starts another.
    expect(await ask({ staleTime: 0, timeout: 70 })).toBe(1);
    expect(answers.length).toBe(3);
    answers[1]?.resolve(2);
    expect(await waiting).toBe(2);
    expect([cache.peek("a"), clock.timers.length]).toEqual([1, 2]);
    answers[2]?.resolve(3);
    await settled();
    expect([cache.peek("a"), clock.timers.length]).toEqual([3, 1]);
  });

  test("beyond 2^31 ms is as long as it says", async () => {
    const timeout = 2 ** 33;
    const value = ask({ timeout });
    let isRejected = false;
    value.catch(() => (isRejected = true));
    clock.advance(timeout - 1);
    await settled();
    expect([isRejected, clock.timers.length]).toEqual([false, 1]);
    clock.advance(1);
    await expect(value).rejects.toMatchObject({ code: "timeout" });
    expect(clock.timers).toEqual([]);
  });

  test("leaves no timer when the load ends before", async () => {
    const value = ask({ timeout: 50 });
    answers[0]?.resolve(2);
    expect(await value).toBe(2);
    cache.clear();
    expect(clock.timers).toEqual([]);
  });

  test("lets the next caller load anew", async () => {
    const late = ask({ timeout: 50 });
    clock.advance(50);
    await expect(late).rejects.toThrow(/longer than its timeout of 50 ms/);
    const next = ask();
    answers[1]?.resolve(3);
    expect(await next).toBe(3);
  });
});

test("more loads than entries fit all succeed", async () => {
  const small = new Cache<number, number>({ maxCacheSize: 2, clock });
  const loads = Array.from({ length: 50 }, (_, key) => small.getOrLoad(key, async (each) => each * 2));
  expect(await Promise.all(loads)).toEqual(Array.from({ length: 50 }, (_, key) => key * 2));
  expect(small.size).toBe(2);
});

test.each([null, 0, Number.NaN, "", [], false, 5])(
  "options of %s are the same named error as for set",
  async (options) => {
    const bad = options as LoadOptions;
    expect(() => cache.set("a", 1, bad)).toThrow(expect.objectContaining({ code: "invalid-argument" }));
    await expect(ask(bad)).rejects.toMatchObject({ name: "MachoError", code: "invalid-argument" });
    expect([answers.length, cache.metrics.gets]).toEqual([0, 0]);
  },
);

test.each([
  ["staleTime", -1],
  ["staleTime", Number.NaN],
  ["staleTime", "1s"],
  ["serveStale", 1],
  ["staleIfError", "yes"],
  ["timeout", 0],
  ["timeout", null],
  ["ttl", 0],
  ["weight", 1],
  ["signal", {}],
  ["stale", true],
])("%s: %s is an error that names it, and nothing is loaded", async (option, got) => {
  await expect(ask({ [option]: got })).rejects.toMatchObject({ code: "invalid-option", option });
  expect(answers.length).toBe(0);
  expect(cache.metrics.gets).toBe(0);
});
