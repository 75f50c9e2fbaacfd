// Each difference that docs/from-tanstack-query.md names, shown beside TanStack Query. A title is a name on that page.
import {
  hydrate as hydrateTanStack,
  type QueryClient as TanStackClient,
  QueryClientProvider,
  useIsFetching as useTanStackIsFetching,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import {
  dehydrate,
  hashKey,
  hydrate,
  MachoProvider,
  MutationObserver,
  useCachedMutation,
  useCachedQuery,
  useIsFetching,
  type QueryClient,
} from "macho-cache/react";
import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { deferred } from "../support/deferred.ts";
import { macho, onFakeTime, pass, server, tanstack, watchMacho, watchTanStack } from "../support/beside.ts";

onFakeTime();
const no = new Error("no");
const aroundTanStack =
  (client: TanStackClient) =>
  ({ children }: { children: React.ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
const around =
  (client: QueryClient) =>
  ({ children }: { children: React.ReactNode }) => <MachoProvider client={client}>{children}</MachoProvider>;

describe("keys and filters", () => {
  test("A prefix is whole elements", () => {
    const theirs = tanstack();
    const { client } = macho();
    const key = ["todos", { page: 1, filter: "x" }];
    theirs.setQueryData(key, 1);
    client.setQueryData(key, 1);
    client.setQueryData(["films", 1, { filter: "x" }], 1);
    expect(theirs.getQueriesData({ queryKey: ["todos", { page: 1 }] })).toHaveLength(1);
    expect(client.getQueriesData(["todos", { page: 1 }])).toHaveLength(0);
    expect(client.getQueriesData(["todos"])).toHaveLength(1);
    expect(client.getQueriesData(["films", 1])).toHaveLength(1);
  });

  test("`Date`, `Map`, `Set`, `BigInt` and `NaN` in keys", () => {
    const values = [new Date(0), new Date(0).toJSON(), new Map(), new Map([[1, 2]]), new Set(), {}, 1n, 1, NaN, null];
    expect(new Set(values.map((value) => hashKey([value]))).size).toBe(values.length);
    expect(hashKey([new Date(0)])).toBe(hashKey([new Date(0)]));
    expect(() => hashKey([() => 1])).toThrow(/function/);
    const theirs = tanstack();
    theirs.setQueryData(["a", new Map()], 1);
    expect(theirs.getQueryData(["a", new Map([[1, 2]])])).toBe(1);
  });

  test("Functions get a flat query", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const told: unknown[] = [];
    watchTanStack(theirs, {
      queryKey: ["a"],
      queryFn: () => 1,
      refetchInterval: (query) => (told.push(query.queryKey, query.state.data), false),
    });
    watchMacho(client, ["b"], () => 2, { refetchInterval: (query) => (told.push(query.key, query.data), false) });
    await pass();
    expect(told).toContain(1);
    expect(told).toContain(2);
    expect(told).toContainEqual(["b"]);
  });
});

describe("results", () => {
  test("Without an error, `error` is `undefined`", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const there = watchTanStack(theirs, { queryKey: ["a"], queryFn: () => 1 });
    const here = watchMacho(client, ["a"], () => 1);
    await pass();
    expect([there.result().error, here.result().error]).toEqual([null, undefined]);
  });

  test("A result is the same object while nothing has changed", async () => {
    const { client } = macho();
    const { result } = watchMacho(client, ["a"], () => 1);
    await pass();
    const before = result();
    await pass(10);
    expect(result()).toBe(before);
  });

  test("Structural sharing compares Dates", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const load = () => ({ at: new Date(0) });
    const there = watchTanStack(theirs, { queryKey: ["a"], queryFn: load });
    const here = watchMacho(client, ["a"], load);
    await pass();
    const [thereFirst, hereFirst] = [there.result().data, here.result().data];
    await Promise.all([there.observer.refetch(), here.observer.refetch(), pass()]);
    expect(there.result().data).not.toBe(thereFirst);
    expect(here.result().data).toBe(hereFirst);
  });

  test("An answer that equals the placeholder keeps the placeholder's reference", async () => {
    const { client } = macho();
    const placeholderData: number[] = [1];
    const { result } = watchMacho(client, ["a"], () => [1], { placeholderData });
    const free = watchMacho(client, ["b"], () => [1], { placeholderData, structuralSharing: false });
    await pass();
    expect(result()).toMatchObject({ isPlaceholderData: false });
    expect(result().data).toBe(placeholderData);
    expect(free.result().data).not.toBe(placeholderData);
  });

  test("The cache tells hooks in the same task", async () => {
    const theirs = tanstack();
    const { client } = macho();
    theirs.setQueryData(["a"], 1);
    client.setQueryData(["a"], 1);
    const options = { queryKey: ["a"], staleTime: Infinity };
    const there = renderHook(() => useQuery({ ...options, queryFn: () => 1 }), { wrapper: aroundTanStack(theirs) });
    const here = renderHook(() => useCachedQuery({ ...options, fetcher: () => 1 }), { wrapper: around(client) });
    act(() => {
      theirs.setQueryData(["a"], 2);
      client.setQueryData(["a"], 2);
    });
    expect([there.result.current.data, here.result.current.data]).toEqual([1, 2]);
    await act(() => pass());
    expect(there.result.current.data).toBe(2);
  });
});

describe("mutations", () => {
  test("Every call of a hook uses the functions of its newest render", async () => {
    const theirs = tanstack();
    const { client } = macho();
    const told: string[] = [];
    const sent = [server(), server()] as const;
    const there = renderHook(
      ({ name }) => useMutation({ mutationFn: () => sent[0].load(), onSuccess: () => void told.push(`there ${name}`) }),
      {
        initialProps: { name: "old" },
        wrapper: aroundTanStack(theirs),
      },
    );
    const here = renderHook(
      ({ name }) =>
        useCachedMutation({ mutationFn: () => sent[1].load(), onSuccess: () => void told.push(`here ${name}`) }),
      { initialProps: { name: "old" }, wrapper: around(client) },
    );
    await act(async () => {
      // Two calls each: the first is not the latest any more.
      for (const hook of [there, here, there, here]) hook.result.current.mutate();
      await pass();
    });
    there.rerender({ name: "new" });
    here.rerender({ name: "new" });
    await act(async () => {
      for (const { requests } of sent) for (const request of requests) request.resolve("done");
      await pass();
    });
    expect(told.sort()).toEqual(["here new", "here new", "there new", "there old"]);
    there.unmount();
    here.unmount();
  });

  test("Mutations retry while the page is hidden", async () => {
    const { client, page } = macho({ retry: 1, retryDelay: 10 });
    const counts = { mutation: 0, load: 0 };
    const fail = (name: keyof typeof counts) => () => (counts[name]++, Promise.reject(no));
    const { actions } = new MutationObserver(client, { mutationFn: fail("mutation"), retry: 1, retryDelay: 10 });
    watchMacho(client, ["a"], fail("load"));
    page.hide();
    actions.mutate();
    await pass(100);
    expect(counts).toEqual({ mutation: 2, load: 1 });
    page.focus();
    await pass(100);
    expect(counts).toEqual({ mutation: 2, load: 2 });
  });

  test("Loads wait for mutations at a reconnect", async () => {
    const { client, page } = macho();
    const sent = deferred<string>();
    let count = 0;
    watchMacho(client, ["a"], () => ++count);
    await pass();
    page.goOffline();
    new MutationObserver(client, { mutationFn: () => sent.promise }).actions.mutate();
    page.goOnline();
    await pass(29_000);
    expect(count).toBe(1);
    await pass(1_001);
    expect(count).toBe(2);
    sent.resolve("done");
  });
});

describe("servers and providers", () => {
  test("`meta` is not dehydrated", async () => {
    const { client } = macho();
    await client.fetchQuery(["a"], () => 1, { meta: { page: "films" } });
    expect(JSON.stringify(dehydrate(client))).not.toContain("films");
  });

  test("`hydrate(client, {})` is an error", () => {
    const { client } = macho();
    expect(() => hydrateTanStack(tanstack(), {})).not.toThrow();
    expect(() => hydrate(client, {})).toThrow(/dehydrate/);
    expect(() => hydrate(client, undefined)).not.toThrow();
  });

  test("`useIsFetching` is 0 while a page hydrates", () => {
    const theirs = tanstack();
    const { client } = macho();
    watchTanStack(theirs, { queryKey: ["a"], queryFn: () => server().load() });
    watchMacho(client, ["a"], () => server().load());
    const There = () => useTanStackIsFetching();
    const Here = () => useIsFetching();
    const there = renderToString(
      <QueryClientProvider client={theirs}>
        <There />
      </QueryClientProvider>,
    );
    const here = renderToString(
      <MachoProvider client={client}>
        <Here />
      </MachoProvider>,
    );
    expect([there, here]).toEqual(["1", "0"]);
  });
});
