// What is sent, kept and let go of; see races.test.ts.
import { dehydrate, hydrate, infiniteQuery, QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { cacheWith } from "../../support/cache-kind.ts";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

inQueryWorld({ queries: { retry: false } });

const there = (): QueryClient => new QueryClient({ cache: cacheWith({ clock }) });
const sent = (from: QueryClient): unknown => JSON.parse(JSON.stringify(dehydrate(from)));

/** A load of the server whose answer this client has been promised. */
function promised(): Deferred<string> {
  const server = there();
  const gate = deferred<string>();
  void server.prefetchQuery("a", () => gate.promise);
  hydrate(client, dehydrate(server, { pending: true }));
  return gate;
}

describe("hydration", () => {
  test("67. older data never takes the place of newer", () => {
    const server = there();
    server.setQueryData("a", "old");
    const old = sent(server);
    clock.advance(10);
    client.setQueryData("a", "mine");
    hydrate(client, old);
    expect(client.getQueryData("a")).toBe("mine");
  });

  test("67. newer data does, and keeps the load that is under way", async () => {
    const server = there();
    client.setQueryData("a", "mine");
    clock.advance(10);
    server.setQueryData("a", "newer");
    const film = watch("a");
    hydrate(client, sent(server));
    expect(film.result).toMatchObject({ data: "newer", fetchStatus: "fetching" });
    await backend.answer(0, "answer");
    expect(film.data).toBe("answer");
  });

  test("67. what is new here is idle", () => {
    const server = there();
    server.setQueryData("a", "sent");
    hydrate(client, sent(server));
    expect(client.getQueryState("a")).toMatchObject({ data: "sent", fetchStatus: "idle", status: "success" });
  });

  test("20. what was promised before a newer write does not come after it", async () => {
    const gate = promised();
    client.setQueryData("a", "newer");
    gate.resolve("promised");
    await settled();
    expect(client.getQueryData("a")).toBe("newer");
  });

  test("20. what was promised before a clear does not come after it", async () => {
    const gate = promised();
    client.clear();
    gate.resolve("promised");
    await settled();
    expect(client.getQueries()).toEqual([]);
  });

  test("lifetimes shrink by the time on the way; what is over is left out", async () => {
    const server = there();
    await server.fetchQuery("short", () => 1, { ttl: 1_000 });
    await server.fetchQuery("long", (_key, { setLifetime }) => {
      setLifetime({ staleTime: 5_000, ttl: 10_000 });
      return 2;
    });
    const state = sent(server);
    clock.advance(4_000);
    hydrate(client, state);
    expect(client.getQueryData("short")).toBeUndefined();
    const film = watch("long");
    expect(film.result).toMatchObject({ data: 2, isStale: false });
    clock.advance(1_000);
    expect(film.result.isStale).toBe(true);
    clock.advance(5_000);
    expect(film.data).toBeUndefined();
  });

  test("keys are hashed anew, an own __proto__ is data, and anything else is a named error that takes nothing", () => {
    const server = there();
    server.setQueryData(["a", JSON.parse('{"__proto__":{"x":1}}')], JSON.parse('{"__proto__":{"isAdmin":true},"b":1}'));
    hydrate(client, sent(server));
    expect(client.getQueries()).toHaveLength(1);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const good = {
      version: 1,
      at: 0,
      queries: [
        { key: "x", data: 1, dataUpdatedAt: 1, age: 0, ttl: null, staleTime: null, isInvalidated: false, tags: [] },
      ],
    };
    hydrate(client, good);
    expect(client.getQueryData("x")).toBe(1);
    for (const bad of [
      5,
      { ...good, version: 2 },
      { ...good, queries: {} },
      { ...good, queries: [good.queries[0], null] },
      { ...good, queries: [{ ...good.queries[0], age: -1 }] },
      { ...good, queries: [{ ...good.queries[0], tags: [1] }] },
      {
        ...good,
        queries: [
          { ...good.queries[0], key: "y" },
          { ...good.queries[0], key: 5 },
        ],
      },
    ]) {
      expect(() => hydrate(client, bad)).toThrow(/hydrate needs what dehydrate gave|A query key is/);
    }
    expect(client.getQueryData("y")).toBeUndefined();
  });

  test("errors stay where they are, a filter decides, and the client that sends is not changed", async () => {
    const server = there();
    server.setQueryData("a", 1);
    server.setQueryData("b", 2);
    await server.prefetchQuery("c", () => Promise.reject(new Error("no")), { errorTtl: 1_000 });
    const before = server.cache.metrics;
    expect(dehydrate(server).queries.map(({ key }) => key)).toEqual(["a", "b"]);
    const some = dehydrate(server, { shouldDehydrateQuery: ({ key }) => key === "b" });
    expect(some.queries.map(({ key }) => key)).toEqual(["b"]);
    expect(server.cache.metrics).toMatchObject({ gets: before.gets, sets: before.sets });
  });
});

test("what a server or a store sent is kept for the page to hydrate with, for 1,000 keys at most, until it is removed or cleared", () => {
  const from = new QueryClient({ cache: cacheWith({ clock, maxCacheSize: 2_000 }) });
  for (let index = 0; index < 1_500; index++) from.setQueryData(["item", index], { index });
  const small = new QueryClient({ cache: cacheWith({ clock, maxCacheSize: 10 }) });
  hydrate(small, sent(from));
  expect(small.cache.size).toBe(10);
  expect(small.host.sent?.size).toBe(1_000);
  const stored = [...small.cache.keys()];
  expect(stored.every((hash) => small.host.sent?.has(hash))).toBe(true);
  small.removeQueries();
  expect(stored.some((hash) => small.host.sent?.has(hash))).toBe(false);
  expect(small.host.sent?.size).toBe(990);
  small.clear();
  expect(small.host.sent).toBeUndefined();
});

describe("pages", () => {
  test("76. a try after a failure goes on at the page that failed", async () => {
    const asked: number[] = [];
    let fails = true;
    const list = infiniteQuery({
      queryKey: ["list"],
      fetcher: (_key, { pageParam }: { pageParam: number }) => {
        asked.push(pageParam);
        if (pageParam === 2 && fails) {
          fails = false;
          throw new Error("no");
        }
        return pageParam;
      },
      initialPageParam: 0,
      initialPages: 3,
      getNextPageParam: (page: number) => page + 1,
    });
    const pages = client.fetchQuery({ ...list, retry: 1, retryDelay: 10 });
    await settled();
    clock.advance(10);
    expect(await pages).toEqual({ pages: [0, 1, 2], pageParams: [0, 1, 2] });
    expect(asked).toEqual([0, 1, 2, 2]);
  });

  test("77. each load of a list loads every page that it has: there is no page that is left out", async () => {
    let version = 0;
    const list = infiniteQuery({
      queryKey: ["list"],
      fetcher: (_key, { pageParam }: { pageParam: number }) => `${version}.${pageParam}`,
      initialPageParam: 0,
      initialPages: 2,
      getNextPageParam: (_page, pages) => pages.length,
    });
    await client.fetchQuery(list);
    version = 1;
    expect((await client.fetchQuery(list)).pages).toEqual(["1.0", "1.1"]);
  });

  test("a list costs no more requests than the pages that it may keep, whoever loads it", async () => {
    let requests = 0;
    const list = infiniteQuery({
      queryKey: ["list"],
      fetcher: (_key, { pageParam }: { pageParam: number }) => {
        requests++;
        return pageParam;
      },
      initialPageParam: 0,
      initialPages: 5,
      maxPages: 2,
      getNextPageParam: (page: number) => page + 1,
    });
    expect((await client.fetchQuery(list)).pages).toEqual([0, 1]);
    expect(requests).toBe(2);
    client.setQueryData(["list"], { pages: [4, 5, 6], pageParams: [4, 5, 6] });
    expect((await client.fetchQuery({ ...list, staleTime: 0 })).pages).toEqual([4, 5]);
    expect(requests).toBe(4);
  });
});

describe("tags, weight and defaults", () => {
  test("an answer has tags, by which it is invalidated, found and forgotten", async () => {
    const tags = (data: { id: number }): string[] => ["film", `film ${data.id}`];
    await client.fetchQuery("one", () => ({ id: 1 }), { tags });
    await client.fetchQuery("two", () => ({ id: 2 }), { tags });
    client.setQueryData("three", { id: 3 }, { tags: ["film 1"] });
    await client.invalidateQueries({ tags: ["film 1"] });
    const invalidated = (): unknown[] => client.getQueries().flatMap((info) => (info.isInvalidated ? [info.key] : []));
    expect(invalidated()).toEqual(["one", "three"]);
    await client.fetchQuery("one", () => ({ id: 9 }), { tags });
    expect(client.getQueries({ tags: ["film 1"] }).map(({ key }) => key)).toEqual(["three"]);
    client.cache.delete('"three"');
    expect(client.getQueries({ tags: ["film 1"] })).toEqual([]);
    expect(client.getQueries({ tags: ["film"], queryKey: "two" })).toHaveLength(1);
    client.clear();
    expect(client.getQueries({ tags: ["film"] })).toEqual([]);
  });

  test("an answer weighs what its option says, and one that is too heavy is shown all the same", async () => {
    const heavy = new QueryClient({
      cache: cacheWith({ clock, maxWeight: 10 }),
      defaultOptions: { queries: { retry: false } },
    });
    await heavy.fetchQuery("a", () => "four", { weight: (data: string) => data.length });
    expect(heavy.cache.metrics.weight).toBe(4);
    const film = new Watched(heavy, "b", () => "x".repeat(11), { weight: (data: string) => data.length });
    await settled();
    expect(film.result).toMatchObject({ status: "success", data: "x".repeat(11) });
    expect(heavy.cache.has('"b"')).toBe(false);
  });

  test("defaults are laid over each other: the client's, those of key prefixes in their order, the call's", async () => {
    const own = new QueryClient({
      cache: cacheWith({ clock }),
      defaultOptions: { queries: { staleTime: 1, fetcher: (key) => key } },
    });
    own.setQueryDefaults(["films"], { staleTime: 100, meta: { of: "films" } });
    own.setQueryDefaults(["films", 1], { meta: { of: "one" } });
    expect(own.getQueryDefaults(["films", 1])).toEqual({ staleTime: 100, meta: { of: "one" } });
    expect(await own.fetchQuery(["films", 1])).toEqual(["films", 1]);
    expect(own.getQueryState(["films", 1])?.meta).toEqual({ of: "one" });
    clock.advance(50);
    let asked = 0;
    await own.fetchQuery(["films", 1], () => ++asked);
    expect(asked).toBe(0);
    await own.fetchQuery(["films", 1], () => ++asked, { staleTime: 50 });
    expect(asked).toBe(1);
    expect(() => own.setQueryDefaults("a", { staleTime: -1 })).toThrow(/staleTime must be/);
  });

  test("many are read and written by one filter; older data is not written over newer", () => {
    client.setQueryData(["n", 1], 1);
    client.setQueryData(["n", 2], 2);
    expect(client.setQueriesData<number>(["n"], (old) => (old ?? 0) * 10)).toEqual([
      [["n", 1], 10],
      [["n", 2], 20],
    ]);
    expect(client.getQueriesData(["n"]).map(([, data]) => data)).toEqual([10, 20]);
    const { dataUpdatedAt } = client.getQueryState(["n", 1])!;
    expect(client.setQueryData(["n", 1], 99, { updatedAt: dataUpdatedAt - 1 })).toBe(10);
    expect(client.getQueryData(["n", 1])).toBe(10);
  });
});
