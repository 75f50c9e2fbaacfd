import { Cache, type LoadContext, importCache } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A cache whose loader answers when the test says so. */
class Loading {
  readonly clock = new ManualClock();
  readonly cache = new Cache<string, number>({ maxCacheSize: 2, ttl: 1_000, clock: this.clock });
  readonly answers: Deferred<number>[] = [];
  readonly signals: AbortSignal[] = [];

  /** Reads its signal. */
  load = (_key: string, { signal }: LoadContext): Promise<number> => {
    this.signals.push(signal);
    return this.deaf();
  };

  /** Never reads its signal. */
  deaf = (): Promise<number> => {
    const answer = deferred<number>();
    this.answers.push(answer);
    return answer.promise;
  };
}

let own: Loading;
beforeEach(() => {
  own = new Loading();
});

describe("getOrLoad", () => {
  test("counts a lookup, loads what is absent, stores it and serves it afterwards", async () => {
    const { cache, answers, load, clock } = own;
    const value = cache.getOrLoad("a", load, { ttl: 50 });
    clock.busy(7);
    answers[0]?.resolve(1);
    expect(await value).toBe(1);
    expect(await cache.getOrLoad("a", load)).toBe(1);
    expect(cache.remainingTtl("a")).toBe(50);
    expect(cache.metrics).toMatchObject({
      gets: 2,
      hits: 1,
      misses: 1,
      sets: 1,
      loads: { started: 1, succeeded: 1, failed: 0, aborted: 0, joined: 0, duration: 7 },
    });
  });

  test("takes a loader without a promise, one that throws, and serves a stored undefined", async () => {
    const cache = new Cache<string, undefined>();
    const error = new Error("no");
    await expect(cache.getOrLoad("a", () => undefined)).resolves.toBeUndefined();
    await expect(cache.getOrLoad("a", () => Promise.reject(error))).resolves.toBeUndefined();
    await expect(
      cache.getOrLoad("b", () => {
        throw error;
      }),
    ).rejects.toBe(error);
    expect(cache.metrics.loads).toMatchObject({ started: 2, succeeded: 1, failed: 1 });
  });

  test("shares one load between callers of one key", async () => {
    const { cache, answers, load } = own;
    const both = [cache.getOrLoad("a", load), cache.getOrLoad("a", load)];
    answers[0]?.resolve(1);
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(cache.metrics.loads).toMatchObject({ started: 1, joined: 1 });
  });

  test("gives a failure to every caller, stores nothing, and loads again the next time", async () => {
    const { cache, answers, load } = own;
    const both = [cache.getOrLoad("a", load), cache.getOrLoad("a", load)];
    answers[0]?.reject(undefined);
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const again = cache.getOrLoad("a", load);
    answers[1]?.resolve(2);
    expect(await again).toBe(2);
  });

  test("of more keys than fit all succeed", async () => {
    const { cache, answers, load } = own;
    const all = ["a", "b", "c", "d", "e"].map((key) => cache.getOrLoad(key, load));
    answers.forEach((answer, index) => answer.resolve(index));
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(cache.size).toBe(2);
  });
});

describe("a caller's abort", () => {
  test("rejects that caller with its reason, and leaves the others alone", async () => {
    const { cache, answers, signals, load } = own;
    const caller = new AbortController();
    const first = cache.getOrLoad("a", load, { signal: caller.signal });
    const second = cache.getOrLoad("a", load);
    caller.abort("changed my mind");
    await expect(first).rejects.toBe("changed my mind");
    expect(signals[0]?.aborted).toBe(false);
    answers[0]?.resolve(1);
    expect(await second).toBe(1);
    expect(cache.get("a")).toBe(1);
  });

  test("aborts the load when it was the last one; its late answer is not stored", async () => {
    const { cache, answers, signals, load } = own;
    const callers = [new AbortController(), new AbortController()];
    const both = callers.map(({ signal }) => cache.getOrLoad("a", load, { signal }));
    callers.forEach((caller) => caller.abort());
    expect(signals[0]?.aborted).toBe(true);
    await Promise.allSettled(both);
    const next = cache.getOrLoad("a", load);
    answers[0]?.resolve(1);
    await settled();
    expect(cache.has("a")).toBe(false);
    answers[1]?.resolve(2);
    expect(await next).toBe(2);
    expect(cache.metrics.loads).toMatchObject({ started: 2, succeeded: 1, aborted: 1, failed: 0 });
  });

  test("lets a loader that never read its signal finish, and keeps the answer; a later caller joins it", async () => {
    const { cache, answers, deaf } = own;
    const caller = new AbortController();
    const first = cache.getOrLoad("a", deaf, { signal: caller.signal });
    caller.abort();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    const second = cache.getOrLoad("a", deaf);
    answers[0]?.resolve(1);
    expect(await second).toBe(1);
    expect(cache.metrics.loads).toMatchObject({ started: 1, joined: 1, succeeded: 1, aborted: 0 });
  });

  test("reaches a loader that reads its signal only later", async () => {
    const { cache } = own;
    const caller = new AbortController();
    const gate = deferred<undefined>();
    let seen: AbortSignal | undefined;
    const loader = async (_key: string, context: LoadContext): Promise<number> => {
      await gate.promise;
      seen = context.signal;
      return 1;
    };
    const value = cache.getOrLoad("a", loader, { signal: caller.signal });
    caller.abort();
    await expect(value).rejects.toMatchObject({ name: "AbortError" });
    gate.resolve(undefined);
    await settled();
    expect(seen?.aborted).toBe(true);
    expect(cache.has("a")).toBe(false);
  });

  test("before the call rejects at once, and counts nothing", async () => {
    const { cache, load } = own;
    await expect(cache.getOrLoad("a", load, { signal: AbortSignal.abort("early") })).rejects.toBe("early");
    expect(cache.metrics).toMatchObject({ gets: 0, loads: { started: 0 } });
  });
});

describe("a look-up that tells an expiry", () => {
  const expired = (listen: (cache: Cache<string, number>) => void): Cache<string, number> => {
    const { cache, clock } = own;
    cache.set("a", 1, { ttl: 10 });
    cache.subscribe((event) => void (event.type === "removal" && event.cause === "expired" && listen(cache)));
    clock.busy(10);
    return cache;
  };

  test("takes what its listener stored, without a load", async () => {
    const cache = expired(() => cache.set("a", 9));
    expect(await cache.getOrLoad("a", own.load)).toBe(9);
    expect(own.answers.length).toBe(0);
    expect(cache.metrics.loads.started).toBe(0);
  });

  test("rejects the caller whose signal its listener aborts, without a load", async () => {
    const caller = new AbortController();
    const cache = expired(() => caller.abort(new Error("left")));
    await expect(cache.getOrLoad("a", own.load, { signal: caller.signal })).rejects.toThrow("left");
    expect(own.answers.length).toBe(0);
  });

  test("rejects the caller when its listener disposes of the cache, without a load", async () => {
    const cache = expired(() => cache.dispose());
    await expect(cache.getOrLoad("a", own.load)).rejects.toMatchObject({ code: "disposed" });
    expect([own.answers.length, cache.size, own.clock.timers.length]).toEqual([0, 0, 0]);
  });
});

test("loadDurationsByShard tells them apart by the shard of the key, the oldest first", async () => {
  const clock = new ManualClock();
  const cache = new Cache<string, number>({ maxCacheSize: 40, shardCount: 4, clock });
  const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
  const loads = keys.map((key, index) =>
    cache.getOrLoad(key, () => new Promise<number>(() => undefined), { timeout: index + 1 }),
  );
  clock.advance(40);
  await Promise.allSettled(loads);
  const { loadDurations, loadDurationsByShard } = cache;
  expect(loadDurations).toEqual(keys.map((_, index) => index + 1));
  expect(loadDurationsByShard.length).toBe(4);
  // The shard of a key is where it is stored.
  keys.forEach((key, index) => {
    const before = cache.metrics.shards.map(({ sets }) => sets);
    cache.set(key, 1);
    const shard = cache.metrics.shards.findIndex(({ sets }, each) => sets > before[each]!);
    expect(loadDurationsByShard[shard]).toContain(index + 1);
  });
  expect(loadDurationsByShard.map((each) => each.length).reduce((one, other) => one + other)).toBe(40);
  for (const each of loadDurationsByShard) expect(each).toEqual([...each].sort((one, other) => one - other));
  expect([loadDurationsByShard, ...loadDurationsByShard].every((each) => Object.isFrozen(each))).toBe(true);
  expect(new Cache({ shardCount: 2 }).loadDurationsByShard).toEqual([[], []]);
});

describe("a weigher that fails", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("no weight");
      },
      /^no weight$/,
    ],
    ["returns NaN", () => Number.NaN, /^The weigher must return an integer/],
  ])("and %s rejects the callers, and the load has failed", async (_name, weigher, message) => {
    const cache = new Cache<string, number>({ maxWeight: 10, weigher, clock: own.clock });
    const both = [cache.getOrLoad("a", own.load), cache.getOrLoad("a", own.load)];
    own.answers[0]?.resolve(1);
    for (const caller of both) await expect(caller).rejects.toThrow(message);
    expect(cache.metrics).toMatchObject({ sets: 0, loads: { started: 1, failed: 1, succeeded: 0 } });
    // What a load brings that is not stored is not weighed.
    const dismissed = cache.getOrLoad("a", own.load);
    cache.delete("a");
    own.answers[1]?.resolve(2);
    expect(await dismissed).toBe(2);
  });
});

describe("during a load", () => {
  const changes: [string, (cache: Cache<string, number>) => unknown][] = [
    ["delete", (cache) => cache.delete("a")],
    ["clear", (cache) => cache.clear()],
  ];

  test.each(changes)("a %s keeps the answer out of the cache; the callers get it", async (_name, change) => {
    const { cache, answers, load } = own;
    const value = cache.getOrLoad("a", load);
    change(cache);
    answers[0]?.resolve(1);
    expect(await value).toBe(1);
    expect(cache.peek("a")).toBe(undefined);
  });

  test("a set gives its value to who waits, at once, and the load is aborted", async () => {
    const { cache, answers, load } = own;
    const values = [cache.getOrLoad("a", load), cache.getOrLoad("a", load)];
    cache.set("a", 9);
    expect(await Promise.all(values)).toEqual([9, 9]);
    answers[0]?.resolve(1);
    await Promise.resolve();
    expect(cache.peek("a")).toBe(9);
    expect(cache.metrics.loads).toMatchObject({ started: 1, aborted: 1, succeeded: 0, joined: 1 });
  });

  test("a delete lets the next caller load anew, and only the newer answer is stored", async () => {
    const { cache, answers, load } = own;
    const old = cache.getOrLoad("a", load);
    cache.delete("a");
    const fresh = cache.getOrLoad("a", load);
    answers[1]?.resolve(2);
    expect(await fresh).toBe(2);
    answers[0]?.resolve(1);
    expect(await old).toBe(1);
    expect(cache.get("a")).toBe(2);
  });

  test("evictions of other keys do not matter", async () => {
    const { cache, answers, load } = own;
    const value = cache.getOrLoad("a", load);
    cache.set("b", 1).set("c", 1).set("d", 1);
    answers[0]?.resolve(1);
    await value;
    expect(cache.has("a")).toBe(true);
  });

  test("an import neither answers it nor keeps its answer out", async () => {
    const { cache, answers, load, clock } = own;
    const value = cache.getOrLoad("a", load);
    const entries = [{ key: "a", value: 5, age: 300, ttl: 1_000 }];
    expect(importCache(cache, { version: 1, exportedAt: clock.wallNow(), entries })).toBe(1);
    expect(cache.peek("a")).toBe(5);
    answers[0]?.resolve(1);
    expect(await value).toBe(1);
    expect(cache.peek("a")).toBe(1);
    expect(cache.metrics.loads).toMatchObject({ succeeded: 1, aborted: 0 });
  });

  test("resetMetrics keeps it as started, so that no figure of the loads is ever below 0", async () => {
    const { cache, answers, load } = own;
    const both = [cache.getOrLoad("a", load), cache.getOrLoad("b", load)];
    answers[0]?.resolve(1);
    await both[0];
    cache.resetMetrics();
    expect(cache.metrics.loads).toEqual({ started: 1, succeeded: 0, failed: 0, aborted: 0, joined: 0, duration: 0 });
    answers[1]?.resolve(1);
    await both[1];
    expect(cache.metrics.loads).toMatchObject({ started: 1, succeeded: 1 });
  });

  test("a set by its own abort listener comes after the set that aborted it", () => {
    const { cache } = own;
    void cache.getOrLoad("a", (_key, { signal }) => {
      signal.addEventListener("abort", () => cache.set("a", cache.get("a")! + 2));
      return new Promise<number>(() => undefined);
    });
    cache.set("a", 5);
    expect(cache.get("a")).toBe(7);
  });

  test("one that reads its signal only after it was given up finds it aborted", async () => {
    const { cache } = own;
    const gate = deferred<undefined>();
    let late: AbortSignal | undefined;
    void cache.getOrLoad("a", async (_key, context) => {
      await gate.promise;
      late = context.signal;
      return 1;
    });
    cache.set("a", 5);
    gate.resolve(undefined);
    await settled();
    expect(late?.aborted).toBe(true);
  });

  test("a loader may call the cache, also for its own key", async () => {
    const { cache } = own;
    const value = cache.getOrLoad("a", (key) => {
      cache.set(key, 5);
      cache.delete("b");
      return 6;
    });
    expect(await value).toBe(5);
    expect(cache.get("a")).toBe(5);
  });
});
