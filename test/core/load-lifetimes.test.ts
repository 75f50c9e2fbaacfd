import { Cache, type LoaderContext, type LoadLifetime } from "macho-cache";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let answers: Deferred<number>[];
const load = (): Promise<number> => {
  const answer = deferred<number>();
  answers.push(answer);
  return answer.promise;
};
/** What rejected it. */
const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeEach(() => {
  clock = new ManualClock();
  answers = [];
});

describe("setLifetime", () => {
  test("gives an answer the ttl that only it knows, before the ttl of the call and of the cache", async () => {
    const cache = new Cache<string, string>({ ttl: 1_000, clock });
    const login = async (_key: string, { setLifetime }: LoaderContext): Promise<string> => {
      const { token, expires_in } = await Promise.resolve({ token: "t", expires_in: 90 });
      setLifetime({ ttl: expires_in * 1_000 });
      return token;
    };
    expect(await cache.getOrLoad("token", login, { ttl: 5 })).toBe("t");
    expect(cache.remainingTtl("token")).toBe(90_000);
  });

  test("wins over keepTtl, and leaves the rest of the options as they are", async () => {
    const cache = new Cache<string, number>({ ttl: 1_000, keepTtl: true, maxWeight: 100, clock }).set("a", 1);
    clock.advance(500);
    const loader = (_key: string, { setLifetime }: LoaderContext): number => {
      setLifetime({ ttl: 70 });
      return 2;
    };
    await cache.getOrLoad("a", loader, { staleTime: 0, serveStale: false, weight: 9, keepTtl: true });
    expect([cache.remainingTtl("a"), cache.metrics.weight]).toEqual([70, 9]);
    await cache.getOrLoad("a", () => 3, { staleTime: 0, serveStale: false, keepTtl: true });
    expect([cache.peek("a"), cache.remainingTtl("a")]).toEqual([3, 70]);
  });

  test("keeps an answer out of the cache: callers get it, and an older value is not true any more", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const loader = (_key: string, { setLifetime }: LoaderContext): number => {
      setLifetime({ isStorable: false });
      return 2;
    };
    const both = [1, 2].map(() => cache.getOrLoad("a", loader, { staleTime: 0, serveStale: false }));
    expect(await Promise.all(both)).toEqual([2, 2]);
    expect([cache.has("a"), cache.metrics.removals.deleted]).toEqual([false, 1]);
    expect(cache.metrics).toMatchObject({ sets: 1, loads: { started: 1, succeeded: 1, failed: 0 } });
    expect(await cache.getOrLoad("a", () => 3)).toBe(3);
  });

  test("counts by its last call, and weighs nothing that is not stored", async () => {
    const weigher = vi.fn(() => 1);
    const cache = new Cache<string, number>({ clock, maxWeight: 5, weigher });
    const loader = (_key: string, { setLifetime }: LoaderContext): number => {
      setLifetime({ isStorable: false, ttl: 5 });
      return 1;
    };
    await cache.getOrLoad("a", loader);
    expect([weigher.mock.calls.length, cache.size]).toEqual([0, 0]);
    await cache.getOrLoad("b", (_key, { setLifetime }) => {
      setLifetime({ isStorable: false });
      setLifetime({ ttl: 5 });
      return 1;
    });
    expect(cache.remainingTtl("b")).toBe(5);
  });

  test.each([
    [{ ttl: 0 }, /ttl must be a number of ms above 0/],
    [{ isStorable: 1 }, /isStorable must be true or false/],
    [{ staleTime: 5 }, /staleTime is not an option of setLifetime.*Known options: ttl, isStorable/],
  ])("with %j is an error of the loader", async (lifetime, message) => {
    const cache = new Cache<string, number>({ clock });
    const value = cache.getOrLoad("a", (_key, { setLifetime }) => {
      setLifetime(lifetime as LoadLifetime);
      return 1;
    });
    await expect(value).rejects.toThrow(message);
    expect(cache.metrics).toMatchObject({ size: 0, loads: { failed: 1 } });
  });

  test("stays beside a signal that is made when it is read", async () => {
    const cache = new Cache<string, number>({ clock });
    const caller = new AbortController();
    const signals: AbortSignal[] = [];
    const value = cache.getOrLoad(
      "a",
      (_key, context) => {
        signals.push(context.signal);
        return load();
      },
      { signal: caller.signal },
    );
    caller.abort();
    expect([await failure(value), signals[0]?.aborted]).toEqual([caller.signal.reason, true]);
  });
});

describe("the timeout of a cache", () => {
  test("is that of every call which names none", async () => {
    const cache = new Cache<string, number>({ timeout: 50, clock });
    const those = [cache.getOrLoad("a", load), cache.getOrLoad("b", load, { timeout: 70 })];
    const failures = those.map(failure);
    const patient = cache.getOrLoad("c", load, { timeout: Infinity });
    clock.advance(50);
    expect(await failures[0]).toMatchObject({ code: "timeout", message: /50 ms/ });
    clock.advance(20);
    expect(await failures[1]).toMatchObject({ code: "timeout", message: /70 ms/ });
    answers[2]?.resolve(3);
    expect(await patient).toBe(3);
    expect(cache.metrics.options.timeout).toBe(50);
  });

  test.each([0, -1, Number.NaN, "5"])("must be a number of ms above 0: %s", (timeout) => {
    expect(() => new Cache({ timeout: timeout as number })).toThrow(/timeout must be a number of ms above 0/);
  });
});

describe("a load that hangs", () => {
  test("is joined by nobody once it is older than its own call would have waited", async () => {
    const cache = new Cache<string, number>({ clock });
    const hung = cache.getOrLoad("a", load, { timeout: 50 });
    const patient = cache.getOrLoad("a", load);
    clock.advance(49);
    const joined = failure(cache.getOrLoad("a", load, { timeout: 30 }));
    expect(answers.length).toBe(1);
    clock.advance(1);
    expect(await failure(hung)).toMatchObject({ code: "timeout" });
    const next = cache.getOrLoad("a", load, { timeout: 500 });
    expect(answers.length).toBe(2);
    answers[1]?.resolve(2);
    expect(await next).toBe(2);
    // Who still waits for the first one gets the newer value as well.
    expect(await patient).toBe(2);
    expect(await joined).toBeUndefined();
    expect(cache.peek("a")).toBe(2);
    answers[0]?.resolve(1);
    await settled();
    expect([cache.peek("a"), cache.metrics.loads]).toMatchObject([
      2,
      { started: 2, succeeded: 1, aborted: 1, joined: 2 },
    ]);
  });

  test("gives its answer to who waits for it when it comes first, and the cache takes the newer load's", async () => {
    const cache = new Cache<string, number>({ clock, timeout: 50 });
    const hung = failure(cache.getOrLoad("a", load));
    const patient = cache.getOrLoad("a", load, { timeout: Infinity });
    clock.advance(50);
    expect(await hung).toMatchObject({ code: "timeout" });
    const next = cache.getOrLoad("a", load);
    answers[0]?.resolve(1);
    expect([await patient, cache.has("a")]).toEqual([1, false]);
    answers[1]?.resolve(2);
    expect([await next, cache.peek("a")]).toEqual([2, 2]);
  });

  test("is not joined either where its timer was lost, and its caller gets what the next load brings", async () => {
    const cache = new Cache<string, number>({ clock, timeout: 50 });
    const lost = cache.getOrLoad("a", load);
    clock.timers.length = 0;
    clock.advance(50);
    const next = cache.getOrLoad("a", load);
    expect(answers.length).toBe(2);
    answers[1]?.resolve(2);
    expect(await Promise.all([lost, next])).toEqual([2, 2]);
  });

  test("gives all who wait for one of several such loads the value that is set", async () => {
    const cache = new Cache<string, number>({ clock });
    const waiting: Promise<number>[] = [];
    for (let turn = 0; turn < 3; turn++) {
      void failure(cache.getOrLoad("a", load, { timeout: 50 }));
      waiting.push(cache.getOrLoad("a", load));
      clock.advance(50);
    }
    expect(answers.length).toBe(3);
    waiting.push(cache.getOrLoad("a", load));
    cache.set("a", 9);
    expect(await Promise.all(waiting)).toEqual([9, 9, 9, 9]);
    expect(cache.metrics.loads).toMatchObject({ started: 4, aborted: 4 });
  });

  test("in the background makes room for the next one as well", async () => {
    const cache = new Cache<string, number>({ clock, timeout: 50 }).set("a", 1);
    const stale = { staleTime: 0 };
    expect(await cache.getOrLoad("a", load, stale)).toBe(1);
    clock.timers.length = 0;
    clock.advance(50);
    expect([await cache.getOrLoad("a", load, stale), answers.length]).toEqual([1, 2]);
    answers[1]?.resolve(2);
    await settled();
    expect(cache.peek("a")).toBe(2);
  });
});

describe("a loader that asks for its own key", () => {
  test("before it gives a promise gets an error that says so, and so does its caller", async () => {
    const cache = new Cache<string, number>({ clock });
    const loader = (): Promise<number> => cache.getOrLoad("a", load);
    expect(await failure(cache.getOrLoad("a", loader))).toMatchObject({ code: "circular-load" });
    // By way of another key as well.
    const around = (): Promise<number> => cache.getOrLoad("c", () => cache.getOrLoad("b", load));
    expect(await failure(cache.getOrLoad("b", around))).toMatchObject({ code: "circular-load" });
    expect([answers.length, cache.size]).toEqual([0, 0]);
    // What its message advises.
    expect(await cache.getOrLoad("d", (key) => cache.peek(key) ?? 4)).toBe(4);
  });

  test("gets the stale value that it is about to replace", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const loader = async (key: string): Promise<number> => (await cache.getOrLoad(key, load, { staleTime: 0 })) + 1;
    expect(await cache.getOrLoad("a", loader, { staleTime: 0, serveStale: false })).toBe(2);
  });
});

describe("a signal without a reason, as in hosts of before 2022", () => {
  /** As an AbortController that knows no `reason`. */
  const bare = (): { signal: AbortSignal; abort(): void } => {
    const { signal } = new AbortController();
    let aborted = false;
    const of = new Proxy(signal, {
      get: (target, name) => {
        if (name === "reason") return undefined;
        if (name === "aborted") return aborted;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    return {
      signal: of,
      abort() {
        aborted = true;
        signal.dispatchEvent(new Event("abort"));
      },
    };
  };

  test("rejects its caller with an AbortError, before, during and at the call", async () => {
    const cache = new Cache<string, number>({ clock });
    const during = bare();
    const value = failure(cache.getOrLoad("a", load, { signal: during.signal }));
    during.abort();
    const before = failure(cache.getOrLoad("b", load, { signal: during.signal }));
    for (const error of [await value, await before]) {
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ name: "AbortError", code: "aborted" });
    }
  });
});
