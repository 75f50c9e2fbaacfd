// Staleness, focus, polling and what is enabled; see races.test.ts.
import { skipToken } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld, page, watch } from "../../support/query-world.ts";

/** Answers what is asked last. */
const answer = (value: unknown): Promise<void> => backend.answer(backend.count - 1, value);

inQueryWorld({ queries: { retry: false } });

describe("an answer that is too heavy for the cache", () => {
  const tooHeavy = { weight: 11, ttl: 1_000 };
  inQueryWorld({ cache: { maxWeight: 10 }, queries: { retry: false } });

  test("is on screen for its ttl, and not longer", async () => {
    const film = watch("a", tooHeavy);
    await answer("heavy");
    expect(client.cache.size).toBe(0);
    clock.advance(999);
    expect(film.data).toBe("heavy");
    clock.advance(1);
    expect(film.result).toMatchObject({ status: "pending", isFetching: true });
    expect(backend.count).toBe(2);
  });

  test("the ttl of the cache counts where the hook has none", async () => {
    enterQueryWorld({ cache: { maxWeight: 10, ttl: 500 } });
    const film = watch("a", { weight: 11 });
    await answer("heavy");
    clock.advance(500);
    expect(film.data).toBeUndefined();
  });

  test("one that comes after it has its own time", async () => {
    const film = watch("a", tooHeavy);
    await answer("heavy");
    clock.advance(600);
    void film.observer.refetch();
    await answer("heavy again");
    clock.advance(600);
    expect(film.data).toBe("heavy again");
    clock.advance(400);
    expect(film.data).toBeUndefined();
  });

  test("a light one that comes after it is stored, and kept", async () => {
    const film = watch("a", tooHeavy);
    await answer("heavy");
    client.setQueryData("a", "light", { weight: 1, ttl: 5_000 });
    clock.advance(1_000);
    expect(film.data).toBe("light");
    expect(client.cache.size).toBe(1);
    client.cache.resize(1);
    client.setQueryData("b", "other", { weight: 1 });
    expect(client.cache.peek('"a"')).toBeDefined();
  });
});

describe("what is stale", () => {
  test("44. static ignores an invalidation, and always", async () => {
    const options = { staleTime: "static", refetchOnMount: "always", refetchOnWindowFocus: "always" } as const;
    const film = watch("a", options);
    await answer("data");
    await client.invalidateQueries("a");
    page.focus();
    watch("a", options);
    expect(backend.count).toBe(1);
    expect(film.result.isStale).toBe(false);
  });

  test("47. is each hook's own matter, and growing stale alone is told to who reads it", async () => {
    const patient = watch("a", { staleTime: 1_000 });
    const impatient = watch("a", { staleTime: 100 });
    patient.observer.noteRead("isStale");
    impatient.observer.noteRead("isStale");
    await answer("data");
    const told = [patient.shown.length, impatient.shown.length];
    clock.advance(100);
    expect([patient.result.isStale, impatient.result.isStale]).toEqual([false, true]);
    expect([patient.shown.length, impatient.shown.length]).toEqual([told[0], told[1]! + 1]);
    clock.advance(900);
    expect(patient.shown.length).toBe(told[0]! + 1);
  });

  test("may be said by a function of the query, and by the fetcher, whose word counts", async () => {
    const film = watch("a", { staleTime: ({ data }: { data: unknown }) => (data === "short" ? 10 : 1_000) });
    await answer("short");
    clock.advance(10);
    expect(film.result.isStale).toBe(true);
    const own = watch("b", { staleTime: 0 }, (_key, { setLifetime }) => {
      setLifetime({ staleTime: 500, ttl: 600 });
      return "data";
    });
    await settled();
    clock.advance(499);
    expect(own.result).toMatchObject({ data: "data", isStale: false });
    clock.advance(1);
    expect(own.result.isStale).toBe(true);
    own.leave();
    clock.advance(101);
    expect(client.getQueryData("b")).toBeUndefined();
  });

  test("52. initialDataUpdatedAt: 0 means loading now", () => {
    const film = watch("a", { initialData: "initial", initialDataUpdatedAt: 0, staleTime: 1_000 });
    expect(film.result).toMatchObject({ data: "initial", isFetching: true, isStale: true });
  });

  test("52. initial data does not count as fetched, also beside a prefetch", () => {
    const fresh = watch("b", { initialData: () => "initial", staleTime: 1_000 });
    expect(fresh.result).toMatchObject({ data: "initial", isFetching: false, isFetched: false, status: "success" });
    expect(client.getQueryData("b")).toBe("initial");
    clock.advance(1_000);
    expect(fresh.result.isStale).toBe(true);
    client.prefetchQuery("c", backend.fetcher).catch(() => undefined);
    expect(watch("c", { initialData: "initial" }).result).toMatchObject({ data: "initial", isFetched: false });
  });
});

describe("focus and network", () => {
  test("load again by true, false, always or a function", async () => {
    client.setQueryData("fresh", 1);
    watch("fresh", { staleTime: 1_000 });
    page.focus();
    expect(backend.count).toBe(0);
    watch("always", { staleTime: 1_000, refetchOnWindowFocus: "always", initialData: 1 });
    watch("never", { refetchOnWindowFocus: false, initialData: 1, staleTime: 10 });
    watch("asked", {
      refetchOnWindowFocus: ({ data }: { data: unknown }) => data === 1 && "always",
      initialData: 1,
      staleTime: 10,
    });
    page.focus();
    expect(backend.requests.map(({ key }) => key)).toEqual(["always", "asked"]);
    clock.advance(10);
    page.goOnline();
    expect(backend.requests.map(({ key }) => key)).toEqual(
      ["always", "asked", "fresh", "never"].slice(0, 2).concat("never"),
    );
  });

  test("50. focus and a key change at once load the new key only", async () => {
    const old = watch("old");
    await answer("data");
    old.leave();
    const now = watch("new");
    page.focus();
    expect(backend.requests.map(({ key }) => key)).toEqual(["old", "new"]);
    expect(now.result.isFetching).toBe(true);
  });

  test("a load that waits for the network goes on when it is back, and stale data is loaded again", async () => {
    const film = watch("stale", { staleTime: 0 });
    await answer("data");
    page.goOffline();
    watch("waiting");
    expect(backend.count).toBe(1);
    expect(client.getQueryState("waiting")?.fetchStatus).toBe("paused");
    page.goOnline();
    await settled();
    expect(new Set(backend.requests.slice(1).map(({ key }) => key))).toEqual(new Set(["stale", "waiting"]));
    expect(film.result.isFetching).toBe(true);
  });

  test("networkMode: always never waits; offlineFirst tries once", async () => {
    page.goOffline();
    watch("always", { networkMode: "always" });
    const first = watch("first", { networkMode: "offlineFirst", retry: 1, retryDelay: 10 });
    expect(backend.requests.map(({ key }) => key)).toEqual(["always", "first"]);
    await backend.fail(1, new Error("offline"));
    clock.advance(10);
    await settled();
    expect(first.result).toMatchObject({ fetchStatus: "paused", failureCount: 1 });
    page.goOnline();
    await settled();
    expect(backend.requests.map(({ key }) => key)).toContain("first");
    await answer("data");
    expect(first.data).toBe("data");
  });
});

describe("polling", () => {
  test("48. 0 and false are off", async () => {
    for (const refetchInterval of [0, false] as const) {
      watch(`off ${refetchInterval}`, { refetchInterval });
      await answer("data");
    }
    clock.advance(100_000);
    expect(backend.count).toBe(2);
  });

  test("48. a function is asked again after each load", async () => {
    const film = watch("a", { refetchInterval: ({ data }: { data: unknown }) => (data === "stop" ? false : 100) });
    await answer("one");
    clock.advance(100);
    expect(backend.count).toBe(2);
    await answer("stop");
    clock.advance(1_000);
    expect(backend.count).toBe(2);
    expect(film.data).toBe("stop");
  });

  test("48. a hidden page skips its turn", async () => {
    watch("a", { refetchInterval: 100 });
    await answer("one");
    page.hide();
    clock.advance(100);
    expect(backend.count).toBe(1);
    page.isVisibleNow = true;
    clock.advance(100);
    expect(backend.count).toBe(2);
  });

  test("goes on in the background where a hook asks for it", async () => {
    watch("a", { refetchInterval: 100, refetchIntervalInBackground: true });
    await answer("one");
    page.hide();
    clock.advance(100);
    expect(backend.count).toBe(2);
  });

  test("is one for a key: of several hooks the shortest interval counts, and the end of a load is its beginning", async () => {
    const slow = watch("a", { refetchInterval: 1_000 });
    await answer("one");
    const fast = watch("a", { refetchInterval: 100, staleTime: Infinity });
    clock.advance(100);
    expect(backend.count).toBe(2);
    clock.advance(500);
    expect(backend.count).toBe(2);
    await answer("two");
    clock.advance(99);
    expect(backend.count).toBe(2);
    clock.advance(1);
    expect(backend.count).toBe(3);
    await answer("three");
    fast.leave();
    clock.advance(999);
    expect(backend.count).toBe(3);
    clock.advance(1);
    expect(backend.count).toBe(4);
    slow.leave();
    clock.advance(1);
    clock.advance(5_000);
    expect(backend.count).toBe(4);
    expect(clock.timers).toEqual([]);
  });

  test("49. of an old key does not go on after the key has changed in the middle of a load", async () => {
    const old = watch("old", { refetchInterval: 100 }, backend.deaf);
    await answer("one");
    clock.advance(100);
    old.leave();
    watch("new", { staleTime: Infinity });
    clock.advance(1);
    await backend.answer(1, "late");
    clock.advance(1_000);
    expect(backend.requests.filter(({ key }) => key === "old")).toHaveLength(2);
  });
});

describe("enabled", () => {
  test("45. what is disabled, or has skipToken, is not even loaded by refetchType: all", async () => {
    watch("a", { enabled: false });
    client.observe("b", skipToken).subscribe(() => undefined);
    await client.invalidateQueries(undefined, { refetchType: "all" });
    await client.refetchQueries();
    expect(backend.count).toBe(0);
  });

  test("45. fetchQuery does load what is disabled", async () => {
    const film = watch("a", { enabled: false });
    const data = client.fetchQuery("a", backend.fetcher);
    await answer("data");
    expect([await data, film.data]).toEqual(["data", "data"]);
  });

  test("46. a refetch is left out only where every hook is disabled", async () => {
    watch("a", { enabled: false });
    watch("a", { enabled: () => true, initialData: "data", staleTime: Infinity });
    await settled();
    void client.refetchQueries("a");
    expect(backend.count).toBe(1);
  });

  test("a hook that is enabled by a function of its query loads when it may", async () => {
    let mayLoad = false;
    const film = watch("a", { enabled: () => mayLoad });
    expect(film.result).toMatchObject({ isEnabled: false, fetchStatus: "idle" });
    mayLoad = true;
    void client.invalidateQueries("a");
    expect(backend.count).toBe(1);
  });

  test("refetch of a disabled hook loads", async () => {
    const film = watch("a", { enabled: false });
    void film.observer.refetch();
    await answer("data");
    expect(film.data).toBe("data");
  });
});
