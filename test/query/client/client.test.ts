import { Cache } from "macho-cache";
import { QueryClient, type QueryEvent } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld } from "../../support/query-world.ts";

inQueryWorld({ cache: { maxCacheSize: 3 } });

describe("fetchQuery", () => {
  test("loads once for everybody who waits, and stores the answer", async () => {
    const both = [client.fetchQuery(["a"], backend.fetcher), client.fetchQuery(["a"], backend.fetcher)];
    expect(client.isFetching()).toBe(1);
    await backend.answer(0, 1);
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(backend.requests).toMatchObject([{ key: ["a"] }]);
    expect(client.isFetching()).toBe(0);
    expect(client.getQueryData(["a"])).toBe(1);
    expect(client.cache.metrics).toMatchObject({
      gets: 3,
      hits: 1,
      misses: 2,
      sets: 1,
      loads: { started: 1, joined: 1, succeeded: 1 },
    });
  });

  test("serves what is fresh by staleTime, and loads what is stale", async () => {
    client.setQueryData("a", 1);
    clock.advance(99);
    expect(await client.fetchQuery("a", backend.fetcher, { staleTime: 100 })).toBe(1);
    clock.advance(1);
    const loaded = client.fetchQuery("a", backend.fetcher, { staleTime: 100 });
    await backend.answer(0, 2);
    expect(await loaded).toBe(2);
    expect(await client.fetchQuery("a", backend.fetcher, { staleTime: Infinity })).toBe(2);
    expect(backend.count).toBe(1);
  });

  test("passes the fetcher's error on, unwrapped, also when it throws at once", async () => {
    const error = new Error("no");
    const failing = client.fetchQuery("a", backend.fetcher);
    void backend.fail(0, error);
    await expect(failing).rejects.toBe(error);
    const thrower = (): never => {
      throw error;
    };
    await expect(client.fetchQuery("b", thrower)).rejects.toBe(error);
    await expect(client.prefetchQuery("b", thrower)).resolves.toBeUndefined();
    expect(client.cache.metrics.loads).toMatchObject({ started: 3, failed: 3 });
    expect(client.getQueries()).toEqual([]);
  });

  test("takes a fetcher without a promise; undefined is an error that says what to do", async () => {
    expect(await client.fetchQuery("a", () => null)).toBeNull();
    await expect(client.fetchQuery("b", () => undefined)).rejects.toMatchObject({ code: "undefined-data" });
    await expect(client.fetchQuery("b", () => undefined)).rejects.toThrow(/Return null instead/);
    expect(client.cache.size).toBe(1);
  });

  test("its signal rejects that caller; the last one to leave aborts the load", async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const one = client.fetchQuery("a", backend.fetcher, { signal: first.signal });
    const other = client.fetchQuery("a", backend.fetcher, { signal: second.signal });
    first.abort("first");
    await expect(one).rejects.toBe("first");
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    second.abort("second");
    await expect(other).rejects.toBe("second");
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
    const next = client.fetchQuery("a", backend.fetcher);
    await backend.answer(0, "late");
    await backend.answer(1, "new");
    expect(await next).toBe("new");
    expect(client.cache.metrics.loads).toMatchObject({ started: 2, aborted: 1, succeeded: 1 });
  });

  test("joins nobody's aborted load, not even at the same moment", async () => {
    const caller = new AbortController();
    const left = client.fetchQuery("a", backend.fetcher, { signal: caller.signal });
    caller.abort();
    const next = client.fetchQuery("a", backend.fetcher);
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
    await backend.answer(1, 2);
    expect(await next).toBe(2);
  });

  test("its ttl is hard: past it the data is gone", async () => {
    const value = client.fetchQuery("a", backend.fetcher, { ttl: 50 });
    await backend.answer(0, 1);
    await value;
    clock.advance(49);
    expect(client.getQueryData("a")).toBe(1);
    clock.advance(1);
    expect(client.getQueryData("a")).toBeUndefined();
    expect(client.cache.size).toBe(0);
  });
});

describe("setQueryData", () => {
  test("stores a value or what an updater makes of the old one; undefined changes nothing", () => {
    expect(client.setQueryData<number>("a", (old) => old)).toBeUndefined();
    expect(client.setQueryData("a", 1)).toBe(1);
    expect(client.setQueryData<number>("a", (old = 0) => old + 1)).toBe(2);
    expect(client.setQueryData("a", undefined)).toBeUndefined();
    expect(client.getQueryData("a")).toBe(2);
    expect(client.cache.metrics.sets).toBe(2);
  });

  test("an updater that throws changes nothing", () => {
    client.setQueryData("a", 1);
    const thrower = (): never => {
      throw new Error("no");
    };
    expect(() => client.setQueryData("a", thrower)).toThrow("no");
    expect(client.getQueryData("a")).toBe(1);
  });

  test("during a load wins over its answer, which the callers still get", async () => {
    const value = client.fetchQuery("a", backend.fetcher);
    client.setQueryData("a", "mine");
    await backend.answer(0, "late");
    expect(await value).toBe("late");
    expect(client.getQueryData("a")).toBe("mine");
    expect(client.isFetching()).toBe(0);
  });
});

describe("invalidateQueries", () => {
  test("marks exactly one query stale, without counting, and without a load when nobody watches", async () => {
    client.setQueryData(["a"], 1);
    client.setQueryData(["a", 2], 2);
    const before = client.cache.metrics;
    await client.invalidateQueries({ queryKey: ["a"], exact: true });
    await client.invalidateQueries({ queryKey: ["unknown"], exact: true });
    expect(client.cache.metrics).toEqual(before);
    expect(client.getQueries()).toMatchObject([
      { key: ["a"], isStale: true, isInvalidated: true },
      { key: ["a", 2], isInvalidated: false },
    ]);
    const loaded = client.fetchQuery(["a"], backend.fetcher, { staleTime: Infinity });
    await backend.answer(0, 3);
    expect(await loaded).toBe(3);
  });

  test("during a load keeps its answer out of the cache; callers get it", async () => {
    const value = client.fetchQuery("a", backend.fetcher);
    await client.invalidateQueries("a");
    await backend.answer(0, 1);
    expect(await value).toBe(1);
    expect(client.cache.size).toBe(0);
    expect(client.getQueries()).toEqual([]);
  });

  test("says which filters it takes", async () => {
    const wrong: [unknown, RegExp][] = [
      [{ exact: true }, /exact needs a queryKey beside it, got true/],
      [{ queryKey: ["a"], exact: 1 }, /exact must be true or false, got 1/],
      [{ queryKey: ["a"], key: 1 }, /key is not an option/],
      [{ queryKey: ["a"], stale: 1 }, /stale must be true or false, got 1/],
      [{ type: "mounted" }, /type must be "all" or "active" or "inactive", got "mounted"/],
      [{ fetchStatus: "loading" }, /fetchStatus must be "idle" or "fetching" or "paused"/],
      [{ tags: "films" }, /tags must be an array of strings/],
      [{ predicate: "a" }, /predicate must be a function/],
      [{ queryKey: 5 }, /A query key is a string or an array, got 5/],
      [5, /options of invalidateQueries must be an object/],
    ];
    for (const [filter, message] of wrong)
      await expect(client.invalidateQueries(filter as never)).rejects.toThrow(message);
  });
});

describe("refetchQueries and removeQueries", () => {
  test("load again what nobody watches, with its last fetcher; data that was set has none", async () => {
    const value = client.fetchQuery("a", backend.fetcher);
    await backend.answer(0, 1);
    await value;
    client.setQueryData("set", 1);
    const again = client.refetchQueries({ queryKey: "a", exact: true });
    await client.refetchQueries("set");
    await client.refetchQueries("unknown");
    await backend.answer(1, 2);
    await again;
    expect(client.getQueryData("a")).toBe(2);
    expect(backend.count).toBe(2);
  });

  test("remove data; a failing refetch shows nowhere but in the counters", async () => {
    client.setQueryData("a", 1);
    client.removeQueries("a");
    expect(client.getQueryData("a")).toBeUndefined();
    expect(client.cache.metrics.removals.deleted).toBe(1);
  });
});

describe("a client", () => {
  test("is bounded: what is stored and not on screen is evicted", () => {
    for (const key of ["a", "b", "c", "d"]) client.setQueryData(key, key);
    expect(client.getQueries().map(({ key }) => key)).toEqual(["b", "c", "d"]);
  });

  test("has a cache of 1,000 entries without a TTL, over which options are laid", () => {
    expect(new QueryClient().cache.options).toMatchObject({
      maxCacheSize: 1_000,
      ttl: Infinity,
      exactClock: false,
    });
    const options = { cache: { ttl: 5, strategy: undefined } };
    expect(new QueryClient(options).cache.options).toMatchObject({
      maxCacheSize: 1_000,
      ttl: 5,
    });
  });

  test("takes a cache of the user's own, and leaves foreign entries alone", async () => {
    const cache = new Cache<string, unknown>({ clock });
    const shared = new QueryClient({ cache });
    cache.set('"a"', "foreign");
    expect(shared.getQueryData("a")).toBeUndefined();
    expect(shared.getQueries()).toEqual([]);
    const value = shared.fetchQuery("a", backend.fetcher);
    await backend.answer(0, 1);
    expect(await value).toBe(1);
    shared.dispose();
    expect(cache.disposed).toBe(false);
  });

  test("arms no timer before mount, and none after the last unmount or dispose", () => {
    const quiet = new QueryClient({ cache: { clock: new ManualClock(), ttl: 50 } });
    const own = quiet.cache.clock;
    const timers = new ManualClock();
    const other = new QueryClient({ cache: { clock: timers, ttl: 50 } });
    other.setQueryData("a", 1);
    expect(timers.timers).toEqual([]);
    other.mount();
    other.mount();
    expect(timers.timers).toHaveLength(1);
    other.unmount();
    expect(timers.timers).toHaveLength(1);
    other.unmount();
    expect(timers.timers).toEqual([]);
    timers.advance(30);
    other.mount();
    timers.advance(20);
    expect(other.cache.size).toBe(0);
    other.setQueryData("b", 1);
    other.dispose();
    expect(timers.timers).toEqual([]);
    expect(own.now()).toBe(0);
  });

  test("is over after dispose: calls throw, loads end, late answers are dropped", async () => {
    const value = client.fetchQuery("a", backend.fetcher);
    client.dispose();
    client.dispose();
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
    await expect(value).rejects.toMatchObject({ name: "AbortError" });
    await backend.answer(0, 1);
    expect(client.cache.size).toBe(0);
    expect(() => client.setQueryData("a", 1)).toThrow(/disposed QueryClient/);
    await expect(client.fetchQuery("a", backend.fetcher)).rejects.toMatchObject({ code: "disposed" });
    expect(client.getQueryData("a")).toBeUndefined();
    await client.refetchQueries("a");
    client.mount();
    expect(clock.timers).toEqual([]);
  });

  test("counts a lookup for each time that an observer is subscribed, and is gone for longer than a remount takes", () => {
    const observer = client.observe("a", backend.fetcher);
    const gets = (): number => client.cache.metrics.gets;
    observer.subscribe(() => undefined)();
    observer.subscribe(() => undefined)();
    expect(gets()).toBe(1);
    clock.advance(2_000);
    observer.subscribe(() => undefined);
    expect(gets()).toBe(2);
  });

  test("tells its subscribers which query is different, until their undo", async () => {
    const heard: QueryEvent[] = [];
    const leave = client.subscribe((event) => heard.push(event));
    const value = client.fetchQuery(["a"], backend.fetcher);
    await backend.answer(0, 1);
    await value;
    leave();
    client.setQueryData(["a"], 2);
    expect(heard).toEqual([
      { type: "updated", key: ["a"], hash: '["a"]' },
      { type: "updated", key: ["a"], hash: '["a"]' },
    ]);
  });

  test("looks without a trace in getQueries", () => {
    client.setQueryData("a", 1);
    const before = client.cache.metrics;
    expect(client.getQueries()).toMatchObject([
      { key: "a", hash: '"a"', data: 1, status: "success", fetchStatus: "idle", observerCount: 0 },
    ]);
    expect(client.cache.metrics).toEqual(before);
  });

  test("names what is wrong with its options and arguments", async () => {
    expect(() => new QueryClient({ cache: 5 as never })).toThrow(/options of LruCache must be an object, got 5/);
    expect(() => new QueryClient({ max: 1 } as never)).toThrow(/max is not an option of QueryClient/);
    expect(() => new QueryClient({ defaultOptions: { queries: { staleTime: -1 } } })).toThrow(
      /staleTime must be a number of ms of 0/,
    );
    expect(() => new QueryClient({ cache: { clock: {} as never } })).toThrow(
      /clock must be an object with a function now/,
    );
    await expect(client.fetchQuery("a", 5 as never)).rejects.toThrow(/fetchQuery needs a fetcher, got 5/);
    await expect(client.prefetchQuery("a", 5 as never)).rejects.toThrow(/prefetchQuery needs a fetcher/);
    await expect(client.fetchQuery(5 as never, backend.fetcher)).rejects.toMatchObject({ code: "invalid-key" });
    await expect(client.fetchQuery("a", backend.fetcher, { enabled: true } as never)).rejects.toThrow(
      /enabled is not an option/,
    );
    expect(() => client.subscribe(5 as never)).toThrow(/subscribe needs a function/);
    await settled();
    expect(backend.count).toBe(0);
  });
});

describe("an observer", () => {
  test("keeps its entry pinned also when an answer follows one that expired unswept", async () => {
    const observer = client.observe("a", backend.fetcher, { ttl: 50 });
    const leave = observer.subscribe(() => undefined);
    await backend.answer(0, 1);
    clock.busy(60);
    void client.refetchQueries("a");
    await backend.answer(1, 2);
    for (const key of ["b", "c", "d", "e"]) client.setQueryData(key, key);
    expect(client.cache.peek('"a"')).toBeDefined();
    leave();
    for (const key of ["f", "g", "h"]) client.setQueryData(key, key);
    expect(client.cache.peek('"a"')).toBeUndefined();
  });

  test("of a disposed client loads nothing, neither by itself nor when asked", async () => {
    const observer = client.observe("a", backend.fetcher);
    observer.subscribe(() => undefined);
    client.dispose();
    const late = client.observe("b", backend.fetcher);
    const leave = late.subscribe(() => undefined);
    expect(await late.refetch()).toMatchObject({ status: "pending" });
    await observer.refetch();
    await backend.answer(0, 1);
    leave();
    expect(backend.count).toBe(1);
    expect(clock.timers).toEqual([]);
  });

  test("that asked for a load and left aborts it, like any hook", async () => {
    const observer = client.observe("a", backend.fetcher);
    const leave = observer.subscribe(() => undefined);
    await backend.answer(0, 1);
    void observer.refetch();
    leave();
    clock.advance(1);
    expect(backend.requests[1]?.signal?.aborted).toBe(true);
    expect(observer.getResult().data).toBe(1);
  });
});

describe("filters", () => {
  const staleKeys = (): unknown[] =>
    client
      .getQueries()
      .filter((query) => query.isInvalidated)
      .map(({ key }) => key);

  inQueryWorld();

  beforeEach(() => {
    for (const key of [["a"], ["a", 1], ["a", 1, "x"], ["a", "1"], ["ab"], ["b", 1], "a"]) client.setQueryData(key, 1);
  });

  test("choose by whole leading elements, and a bare key means the same", async () => {
    await client.invalidateQueries(["a", 1]);
    expect(staleKeys()).toEqual([
      ["a", 1],
      ["a", 1, "x"],
    ]);
    await client.invalidateQueries({ queryKey: ["a"] });
    expect(staleKeys()).toEqual([["a"], ["a", 1], ["a", 1, "x"], ["a", "1"]]);
    await client.invalidateQueries("a");
    expect(staleKeys()).toContain("a");
  });

  test("choose by a predicate, and everything without a filter", async () => {
    await client.invalidateQueries({ predicate: ({ key }) => key[0] === "b" });
    expect(staleKeys()).toEqual([["b", 1]]);
    await client.invalidateQueries();
    expect(staleKeys()).toHaveLength(7);
  });

  test("find what came, went and came again since the first question", () => {
    client.removeQueries(["a", 1]);
    expect(client.getQueries().map(({ key }) => key)).toEqual([["a"], ["a", "1"], ["ab"], ["b", 1], "a"]);
    client.setQueryData(["a", 1], 2);
    client.cache.delete('["a"]');
    client.removeQueries(["a"]);
    expect(client.getQueries().map(({ key }) => key)).toEqual([["ab"], ["b", 1], "a"]);
    client.removeQueries();
    expect(client.getQueries()).toEqual([]);
  });

  test("reset and refetch what is on screen, and cancel its load for everybody", async () => {
    const observer = client.observe(["c", 1], backend.fetcher);
    const leave = observer.subscribe(() => undefined);
    await backend.answer(0, "one");
    const reset = client.resetQueries(["c"]);
    expect(observer.getResult()).toMatchObject({ status: "pending", fetchStatus: "fetching" });
    await backend.answer(1, "two");
    await reset;
    expect(observer.getResult().data).toBe("two");
    const refetch = client.refetchQueries(["c"]);
    const caller = client.fetchQuery(["c", 1], backend.fetcher);
    await client.cancelQueries(["c"]);
    await expect(caller).rejects.toMatchObject({ name: "AbortError" });
    await refetch;
    expect(backend.requests[2]?.signal?.aborted).toBe(true);
    expect(observer.getResult()).toMatchObject({ status: "success", data: "two", fetchStatus: "idle" });
    expect(client.cache.metrics.loads).toMatchObject({ started: 3, succeeded: 2, aborted: 1, failed: 0 });
    leave();
  });
});

describe("retry", () => {
  const failing = (): Promise<never> => Promise.reject(new Error("no"));

  inQueryWorld({ random: () => 0 });

  test("tries a hook's load three times more, with doubled waits of which a random half to all", async () => {
    let calls = 0;
    const observer = client.observe("a", () => {
      calls++;
      return failing();
    });
    observer.subscribe(() => undefined);
    await settled();
    for (const [tries, delay] of [
      [1, 500],
      [2, 1_000],
      [3, 2_000],
    ] as const) {
      expect(observer.getResult()).toMatchObject({ status: "pending", fetchStatus: "fetching", failureCount: tries });
      clock.advance(delay - 1);
      await settled();
      expect(calls).toBe(tries);
      clock.advance(1);
      await settled();
      expect(calls).toBe(tries + 1);
    }
    expect(observer.getResult()).toMatchObject({ status: "error", fetchStatus: "idle", failureCount: 4 });
    expect(client.cache.metrics.loads).toMatchObject({ started: 1, failed: 1 });
    expect(clock.timers).toEqual([]);
  });

  test("ends with the first answer, which forgets the failures", async () => {
    const observer = client.observe("a", backend.fetcher, { retryDelay: 10 });
    observer.subscribe(() => undefined);
    await backend.fail(0, new Error("no"));
    clock.advance(10);
    await settled();
    await backend.answer(1, "yes");
    expect(observer.getResult()).toMatchObject({ data: "yes", failureCount: 0 });
  });

  test("is not made for nobody: when the last hook or caller left during the wait, the load ends", async () => {
    const unsubscribe = client.observe("a", backend.deaf, { retryDelay: 10 }).subscribe(() => undefined);
    const controller = new AbortController();
    const caller = client.fetchQuery("b", backend.deaf, { retry: true, retryDelay: 10, signal: controller.signal });
    await backend.fail(0, new Error("no"));
    await backend.fail(1, new Error("no"));
    unsubscribe();
    controller.abort();
    await expect(caller).rejects.toThrow("aborted");
    clock.advance(10);
    await settled();
    expect(backend.count).toBe(2);
    expect(client.isFetching()).toBe(0);
    expect(client.getQueries()).toEqual([]);
  });

  test("is made for a hook that came back during the wait", async () => {
    const observer = client.observe("a", backend.deaf, { retryDelay: 10 });
    const unsubscribe = observer.subscribe(() => undefined);
    await backend.fail(0, new Error("no"));
    unsubscribe();
    clock.advance(5);
    observer.subscribe(() => undefined);
    clock.advance(5);
    await settled();
    await backend.answer(1, "yes");
    expect(observer.getResult()).toMatchObject({ data: "yes", fetchStatus: "idle" });
    expect(backend.count).toBe(2);
  });

  test("takes a number, a boolean or a function of the failures before and the error", async () => {
    const error = new Error("no");
    const asked: unknown[] = [];
    const retry = (failureCount: number, why: unknown): boolean => {
      asked.push([failureCount, why]);
      return failureCount < 1;
    };
    const retryDelay = (failureCount: number): number => 5 + failureCount;
    const value = client.fetchQuery("a", () => Promise.reject(error), { retry, retryDelay });
    await settled();
    clock.advance(5);
    await expect(value).rejects.toBe(error);
    expect(asked).toEqual([
      [0, error],
      [1, error],
    ]);
    await expect(client.fetchQuery("a", failing, { retry: false })).rejects.toThrow("no");
    await expect(client.fetchQuery("a", failing)).rejects.toThrow("no");
    for (const wrong of [-1, "3", null, Number.NaN]) {
      await expect(client.fetchQuery("a", failing, { retry: wrong as never })).rejects.toThrow(/retry must be/);
    }
  });

  test("stops with the last one who waited, with cancel and with dispose, and leaves no timer", async () => {
    for (const stop of ["leave", "cancel", "dispose"] as const) {
      const own = new QueryClient({ cache: { clock } });
      own.mount();
      let calls = 0;
      const observer = own.observe("a", (_key, { signal }) => {
        calls++;
        return signal.aborted ? 1 : failing();
      });
      const leave = observer.subscribe(() => undefined);
      await settled();
      if (stop === "leave") leave();
      if (stop === "cancel") await own.cancelQueries("a");
      if (stop === "dispose") own.dispose();
      clock.advance(1);
      await settled();
      expect([stop, calls, clock.timers.length]).toEqual([stop, 1, 0]);
      clock.advance(60_000);
      await settled();
      expect(calls).toBe(1);
    }
  });

  test("does not wait before mount, as on a server", async () => {
    const server = new QueryClient({ cache: { clock } });
    await expect(server.fetchQuery("a", failing, { retry: 3 })).rejects.toThrow("no");
    expect(clock.timers).toEqual([]);
  });
});

describe("focus and reconnect", () => {
  test("load stale data on screen again, for hooks that want it, while mounted", async () => {
    const heard: Record<string, Set<() => void>> = { focus: new Set(), online: new Set() };
    const on = (name: string) => (listener: () => void) => {
      heard[name]?.add(listener);
      return () => void heard[name]?.delete(listener);
    };
    const tell = (name: string): void => heard[name]?.forEach((listener) => listener());
    enterQueryWorld({ environment: { onFocus: on("focus"), onReconnect: on("online") } });
    client.unmount();
    client.setQueryData("not on screen", 1);
    const observers = [
      client.observe("stale", backend.fetcher),
      client.observe("fresh", backend.fetcher, { staleTime: 1_000 }),
      client.observe("unwilling", backend.fetcher, { refetchOnWindowFocus: false }),
    ];
    observers.forEach((observer) => observer.subscribe(() => undefined));
    for (let index = 0; index < 3; index++) await backend.answer(index, index);
    tell("focus");
    expect(backend.count).toBe(3);
    client.mount();
    client.mount();
    const keys = (): unknown[] => backend.requests.slice(3).map(({ key }) => key);
    tell("focus");
    expect(keys()).toEqual(["stale"]);
    tell("focus");
    expect(keys()).toEqual(["stale"]);
    await backend.answer(3, 1);
    clock.advance(1);
    tell("online");
    expect(keys()).toEqual(["stale", "stale", "unwilling"]);
    client.unmount();
    expect(heard["focus"]?.size).toBe(1);
    client.unmount();
    expect([heard["focus"]?.size, heard["online"]?.size]).toEqual([0, 0]);
  });
});

describe("after clear", () => {
  test("nothing is left of a key: neither in the cache, nor in an index, nor among the queries", async () => {
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 50; index++) void client.prefetchQuery(["list", index], () => index);
      await settled();
      await client.invalidateQueries(["list"]);
      client.clear();
    }
    expect(client.getQueries()).toEqual([]);
    expect(client.cache.metrics).toMatchObject({ size: 0, overflow: 0 });
    expect(clock.timers).toEqual([]);
  });
});
