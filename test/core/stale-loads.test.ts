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

describe("a timeout", () => {
  test("rejects every caller by name, aborts the load, and keeps a late answer out", async () => {
    const callers = [ask({ timeout: 50 }), ask()];
    clock.advance(50);
    for (const caller of callers) await expect(caller).rejects.toMatchObject({ name: "MachoError", code: "timeout" });
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[0]?.reason).toBeInstanceOf(MachoError);
    answers[0]?.resolve(2);
    await settled();
    expect(cache.has("a")).toBe(false);
    expect(cache.metrics.loads).toMatchObject({ started: 1, failed: 1, succeeded: 0 });
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
