import { hydrate, QueryClient, dehydrate } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { cacheWith } from "../../support/cache-kind.ts";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

const KEY = ["film", 1];
const FILMS = { tags: ["films"] };
const watchFilm = (options: object = { ...FILMS, staleTime: Infinity }): Watched => watch(KEY, options);

inQueryWorld({ queries: { retry: false } });

describe("the tags of a hook count before there is an answer", () => {
  test("an invalidation during the first load does not let its answer pass for new", async () => {
    const film = watchFilm();
    void client.invalidateQueries(FILMS);
    await backend.answer(0, "before");
    expect([backend.count, film.data]).toEqual([2, undefined]);
    await backend.answer(1, "after");
    expect(film.result).toMatchObject({ data: "after", isStale: false });
  });

  test("tags of fetchQuery count too: its caller gets the answer, and the cache does not", async () => {
    const call = client.fetchQuery(KEY, backend.fetcher, FILMS);
    void client.invalidateQueries(FILMS);
    await backend.answer(0, "before");
    expect(await call).toBe("before");
    expect(client.getQueryData(KEY)).toBeUndefined();
  });

  test("isFetching, getQueries and cancelQueries find it, and by another tag they do not", async () => {
    const film = watchFilm();
    expect(client.isFetching(FILMS)).toBe(1);
    expect(client.getQueries(FILMS)).toMatchObject([{ key: KEY, tags: ["films"] }]);
    expect(client.isFetching({ tags: ["books"] })).toBe(0);
    await client.cancelQueries({ tags: ["books"] });
    expect(film.result.fetchStatus).toBe("fetching");
    await client.cancelQueries(FILMS);
    expect(film.result.fetchStatus).toBe("idle");
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
  });

  test("a query that failed is loaded again", async () => {
    const film = watchFilm();
    await backend.fail(0, new Error("no"));
    const again = client.invalidateQueries(FILMS);
    await backend.answer(1, "data");
    await again;
    expect(film.data).toBe("data");
  });

  test("a failure that is remembered is forgotten", async () => {
    await client.prefetchQuery(KEY, () => Promise.reject(new Error("no")), { ...FILMS, errorTtl: 1_000 });
    await client.invalidateQueries(FILMS);
    const call = client.fetchQuery(KEY, backend.fetcher);
    await backend.answer(0, "data");
    expect(await call).toBe("data");
  });
});

describe("data that was set or sent without tags has those of the hook", () => {
  const server = (): unknown => {
    const other = new QueryClient({ cache: cacheWith({ clock }) });
    other.setQueryData(KEY, "sent");
    return dehydrate(other);
  };

  test.each<[string, () => unknown]>([
    ["setQueryData before the mount", () => client.setQueryData(KEY, "set")],
    ["hydrate before the mount", () => hydrate(client, server())],
  ])("%s", async (_name, give) => {
    give();
    const film = watchFilm();
    expect(film.result.isStale).toBe(false);
    film.leave();
    await client.invalidateQueries(FILMS);
    expect(watchFilm().result).toMatchObject({ isStale: true, isFetching: true });
    const again = client.invalidateQueries(FILMS);
    await backend.answer(backend.count - 1, "new");
    await again;
    expect(client.getQueryData(KEY)).toBe("new");
  });

  test("an invalidation finds it while it is shown", async () => {
    const film = watchFilm();
    client.setQueryData(KEY, "set");
    void client.invalidateQueries(FILMS);
    await backend.answer(1, "new");
    expect(film.data).toBe("new");
  });
});

describe("tags that only the answer can say", () => {
  const tags = (data: unknown): string[] => [String(data)];

  test("an invalidation during a load is remembered for its answer, which is shown and loaded again", async () => {
    const film = watchFilm({ tags, staleTime: Infinity });
    await client.invalidateQueries({ tags: ["a", "b"] });
    await backend.answer(0, "b");
    expect([film.data, backend.count]).toEqual(["b", 2]);
    await backend.answer(1, "b");
    expect([film.result.isStale, backend.count]).toEqual([false, 2]);
  });

  test("one that has other tags, or began after the invalidation, is as fresh as it was", async () => {
    const film = watchFilm({ tags, staleTime: Infinity });
    await client.invalidateQueries({ tags: ["a"] });
    await backend.answer(0, "b");
    expect(film.result).toMatchObject({ data: "b", isStale: false, isFetching: false });
    void client.invalidateQueries({ tags: ["b"] });
    await backend.answer(1, "b");
    expect([film.result.isStale, backend.count]).toEqual([false, 2]);
  });

  test("refetchType none marks it, and loads nothing; another key is not meant", async () => {
    const film = watchFilm({ tags, staleTime: Infinity });
    await client.invalidateQueries({ queryKey: ["book"], tags: ["b"] });
    await client.invalidateQueries({ tags: ["a"] }, { refetchType: "none" });
    await backend.answer(0, "a");
    await settled();
    expect([film.data, film.result.isStale, backend.count]).toEqual(["a", true, 1]);
  });
});
