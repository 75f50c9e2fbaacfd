// Each difference that docs/from-tanstack-query.md names, shown beside TanStack Query. A title is a name on that page.
import { CancelledError, InfiniteQueryObserver as TanStackPages } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { MachoProvider, type QueryKey, useCachedInfiniteQuery } from "macho-cache/react";
import { describe, expect, test } from "vitest";
import { macho, onFakeTime, pass, server, tanstack, watchMacho, watchTanStack } from "../support/beside.ts";

onFakeTime();
const no = new Error("no");
const MINUTE = 60_000;
const queryOf = (asked: number[], pageParam: number) => (asked.push(pageParam), Promise.resolve(pageParam));

describe("the cache", () => {
  test("The cache is bounded", async () => {
    const theirs = tanstack();
    await theirs.fetchQuery({ queryKey: ["a"], queryFn: () => 1 });
    await pass(6 * MINUTE);
    expect(theirs.getQueryData(["a"])).toBeUndefined();
    const { client } = macho({}, { maxCacheSize: 2 });
    const shown = watchMacho(client, ["shown"], () => 0);
    await pass();
    for (const key of ["a", "b", "c"]) client.setQueryData([key], key);
    await pass(6 * MINUTE);
    expect(shown.result().data).toBe(0);
    expect([client.getQueryData(["a"]), client.getQueryData(["c"])]).toEqual([undefined, "c"]);
    watchMacho(client, ["more"], () => 0);
    watchMacho(client, ["even more"], () => 0);
    await pass();
    expect(client.cache.metrics.overflow).toBe(1);
  });

  test("`ttl` is hard", async () => {
    const { client } = macho();
    const backend = server();
    const hook = watchMacho(client, ["a"], () => backend.load(), { ttl: MINUTE });
    backend.requests[0]!.resolve("first");
    await pass(MINUTE - 1);
    expect(hook.result().data).toBe("first");
    await pass(2);
    expect(hook.result()).toMatchObject({ status: "pending", data: undefined, isFetching: true });
    expect(backend.requests).toHaveLength(2);
  });

  test("Removal reaches hooks", async () => {
    const theirs = tanstack();
    const there = watchTanStack(theirs, { queryKey: ["a"], queryFn: () => 1 });
    const { client } = macho();
    const here = watchMacho(client, ["a"], () => 1);
    await pass();
    theirs.removeQueries({ queryKey: ["a"] });
    client.removeQueries(["a"]);
    expect(there.result()).toMatchObject({ data: 1, isFetching: false });
    expect(here.result()).toMatchObject({ status: "pending", isFetching: true });
  });

  test("A failure without data is forgotten", async () => {
    const theirs = tanstack();
    const there = watchTanStack(theirs, { queryKey: ["a"], queryFn: () => Promise.reject(no) });
    const { client } = macho();
    const here = watchMacho(client, ["a"], () => Promise.reject(no));
    const kept = watchMacho(client, ["kept"], () => Promise.reject(no), { errorTtl: MINUTE });
    await pass();
    for (const { leave } of [there, here, kept]) leave();
    await pass();
    expect(theirs.getQueryState(["a"])?.status).toBe("error");
    expect(client.getQueryState(["a"])).toBeUndefined();
    expect(client.getQueryState(["kept"])?.error).toBe(no);
  });

  test("A write whose `updatedAt` is older than the data is ignored", () => {
    const theirs = tanstack();
    const { client } = macho();
    const updatedAt = Date.now() - MINUTE;
    theirs.setQueryData(["a"], "new");
    theirs.setQueryData(["a"], "old", { updatedAt });
    client.setQueryData(["a"], "new");
    client.setQueryData(["a"], "old", { updatedAt });
    expect([theirs.getQueryData(["a"]), client.getQueryData(["a"])]).toEqual(["old", "new"]);
    client.removeQueries(["a"]);
    client.setQueryData(["a"], "old", { updatedAt });
    expect(client.getQueryData(["a"])).toBe("old");
  });

  test("`initialData` is for hooks", async () => {
    const theirs = tanstack();
    const options = { queryKey: ["a"], initialData: "first", staleTime: MINUTE };
    expect(await theirs.fetchQuery({ ...options, queryFn: () => "loaded" })).toBe("first");
    const { client } = macho();
    expect(await client.fetchQuery({ ...options, fetcher: () => "loaded" })).toBe("loaded");
  });

  test("`resetQueries` goes to pending", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const there = watchTanStack(theirs, { queryKey: ["a"], queryFn: () => "loaded", initialData: "first" });
    const here = watchMacho(client, ["a"], () => "loaded", { initialData: "first" });
    await pass();
    void theirs.resetQueries({ queryKey: ["a"] });
    void client.resetQueries(["a"]);
    expect(there.result().data).toBe("first");
    expect(here.result().status).toBe("pending");
  });
});

describe("loads", () => {
  test("Callers are counted together", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const [there, here] = [server(), server()];
    const hookThere = watchTanStack(theirs, { queryKey: ["a"], queryFn: ({ signal }) => there.load(signal) });
    const callThere = theirs.fetchQuery({ queryKey: ["a"], queryFn: ({ signal }) => there.load(signal) });
    const failureThere = callThere.catch((error: unknown) => error);
    const hookHere = watchMacho(client, ["a"], (_key, { signal }) => here.load(signal));
    const callHere = client.fetchQuery(["a"], (_key, { signal }) => here.load(signal));
    hookThere.leave();
    hookHere.leave();
    await pass();
    expect(await failureThere).toBeInstanceOf(CancelledError);
    here.requests[0]!.resolve("answer");
    expect(await callHere).toBe("answer");
    expect(here.requests).toHaveLength(1);
  });

  test("A new hook shows the failure that another hook shows", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const counts = { there: 0, here: 0 };
    const queryFn = () => (counts.there++, Promise.reject(no));
    const fetcher = () => (counts.here++, Promise.reject(no));
    for (let hook = 0; hook < 2; hook++) {
      watchTanStack(theirs, { queryKey: ["a"], queryFn });
      const { result } = watchMacho(client, ["a"], fetcher);
      await pass();
      expect(result().error).toBe(no);
    }
    expect(counts).toEqual({ there: 2, here: 1 });
  });

  test("An invalidation during the first load starts the load anew", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const [there, here] = [server(), server()];
    watchTanStack(theirs, { queryKey: ["a"], queryFn: () => there.load() });
    const hook = watchMacho(client, ["a"], () => here.load());
    const caller = client.fetchQuery(["a"], () => here.load());
    void theirs.invalidateQueries({ queryKey: ["a"] });
    void client.invalidateQueries(["a"]);
    await pass();
    expect([there.requests.length, here.requests.length]).toEqual([1, 2]);
    here.requests[0]!.resolve("before");
    here.requests[1]!.resolve("after");
    expect(await caller).toBe("before");
    expect(hook.result().data).toBe("after");
  });

  test("`setQueryData` ends a load under way", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const [there, here] = [server(), server()];
    const hookThere = watchTanStack(theirs, { queryKey: ["a"], queryFn: () => there.load() });
    const hookHere = watchMacho(client, ["a"], () => here.load());
    theirs.setQueryData(["a"], "set");
    client.setQueryData(["a"], "set");
    expect([hookThere.result().isFetching, hookHere.result().isFetching]).toEqual([true, false]);
    there.requests[0]!.resolve("loaded");
    here.requests[0]!.resolve("loaded");
    await pass();
    expect([hookThere.result().data, hookHere.result().data]).toEqual(["loaded", "set"]);
  });

  test("`fetchQuery` tries once", async () => {
    const theirs = tanstack({ retry: 2, retryDelay: 1 });
    const { client } = macho({ retry: 2, retryDelay: 1 });
    const counts = { there: 0, here: 0, told: 0 };
    const calls = [
      theirs.fetchQuery({ queryKey: ["a"], queryFn: () => (counts.there++, Promise.reject(no)) }),
      client.fetchQuery(["a"], () => (counts.here++, Promise.reject(no))),
      client.fetchQuery(["b"], () => (counts.told++, Promise.reject(no)), { retry: 2 }),
    ];
    const settled = Promise.allSettled(calls);
    await pass(100);
    await settled;
    expect(counts).toEqual({ there: 3, here: 1, told: 3 });
  });

  test("Retries have jitter", async () => {
    const theirs = tanstack({ retry: 1 });
    const counts = { there: 0 };
    watchTanStack(theirs, { queryKey: ["a"], queryFn: () => (counts.there++, Promise.reject(no)) });
    await pass(999);
    expect(counts.there).toBe(1);
    await pass(10);
    expect(counts.there).toBe(2);
    const starts: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const { client } = macho({ retry: 1 });
      const begun = Date.now();
      let tries = 0;
      watchMacho(client, ["a"], () => (tries++ === 1 && starts.push(Date.now() - begun), Promise.reject(no)));
    }
    await pass(1_010);
    expect(starts).toHaveLength(40);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(499);
    expect(new Set(starts).size).toBeGreaterThan(5);
  });

  test("A retry uses the newest fetcher and options of the hook that asked for the load", async () => {
    const told: string[] = [];
    const fails = (name: string) => () => (told.push(name), Promise.reject(no));
    const theirs = tanstack({ retry: 1, retryDelay: 10 });
    watchTanStack(theirs, { queryKey: ["a"], queryFn: fails("first there") });
    watchTanStack(theirs, { queryKey: ["a"], queryFn: fails("second there") });
    const { client } = macho({ retry: 1, retryDelay: 10 });
    watchMacho(client, ["a"], fails("first here"));
    watchMacho(client, ["a"], fails("second here"));
    await pass(100);
    expect(told).toEqual(["first there", "first here", "second there", "first here"]);
  });

  test("`await invalidateQueries()` and its kin wait for the first outcome of each load", async () => {
    const { client } = macho({ retry: 1, retryDelay: MINUTE });
    let isBroken = false;
    const hook = watchMacho(client, ["a"], () => (isBroken ? Promise.reject(no) : 1));
    await pass();
    isBroken = true;
    await client.invalidateQueries(["a"]);
    expect(hook.result()).toMatchObject({ failureCount: 1, isFetching: true });
    let isDone = false;
    void hook.observer.refetch().then(() => (isDone = true));
    await pass();
    expect(isDone).toBe(false);
    await pass(2 * MINUTE);
    expect(isDone).toBe(true);
  });

  test("`refetch` and `fetchNextPage` resolve while there is no network", async () => {
    const { client, page } = macho();
    const hook = watchMacho(client, ["a"], () => 1);
    await pass();
    page.goOffline();
    expect(await hook.observer.refetch()).toMatchObject({ isPaused: true, data: 1 });
  });

  test("A background load that waits for the network is given up", async () => {
    const { client, page } = macho();
    let count = 0;
    const hook = watchMacho(client, ["a"], () => ++count);
    await pass();
    page.goOffline();
    void client.invalidateQueries(["a"]);
    hook.leave();
    await pass();
    page.goOnline();
    await pass();
    expect(count).toBe(1);
  });

  test("Two calls of `fetchNextPage` at once load one page", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const params = { initialPageParam: 0, getNextPageParam: (last: number) => last + 1 };
    const asked: Record<"there" | "here", number[]> = { there: [], here: [] };
    const queryFn = ({ pageParam }: { pageParam: number }) => queryOf(asked.there, pageParam);
    const there = new TanStackPages(theirs, { ...params, queryKey: ["a"], queryFn });
    there.subscribe(() => undefined);
    const fetchPage = (_key: QueryKey, { pageParam }: { pageParam: number }) => queryOf(asked.here, pageParam);
    const here = renderHook(() => useCachedInfiniteQuery(["a"], fetchPage, params), {
      wrapper: ({ children }) => <MachoProvider client={client}>{children}</MachoProvider>,
    });
    await act(() => pass());
    await act(async () => {
      for (const pages of [there.getCurrentResult(), here.result.current]) {
        void pages.fetchNextPage();
        void pages.fetchNextPage();
      }
      await pass();
    });
    expect(asked.there.slice(0, 2)).toEqual([0, 1]);
    expect(asked.there.length).toBe(3);
    expect(asked.here).toEqual([0, 1]);
    here.unmount();
  });
});
