// What happens when answers, writes and invalidations meet. The numbers are those of docs/behaviours.md, which lists
// what the suites of TanStack Query and SWR pin down; where the two differ, docs/decisions/0010-behaviours.md says what
// was chosen.
import { infiniteQuery, mutateQuery } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { deferred, settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

inQueryWorld({ queries: { retry: false } });

describe("two loads of one key", () => {
  test("3. of two refetches the one that started last wins, whichever lands last", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    const one = film.observer.refetch();
    const two = film.observer.refetch();
    await backend.answer(2, "newest");
    await backend.answer(1, "late");
    expect(film.data).toBe("newest");
    expect((await one).data).toBe("newest");
    expect((await two).data).toBe("newest");
    expect(film.shown).not.toContain("late");
  });

  test("4. isFetching stays true until the last of two overlapping loads ends", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    void film.observer.refetch();
    void film.observer.refetch();
    await backend.answer(1, "old");
    expect(film.result.isFetching).toBe(true);
    await backend.answer(2, "new");
    expect(film.result).toMatchObject({ isFetching: false, data: "new" });
  });

  test("14. the promise of a refetch that was replaced resolves with the data of the one in its place", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    const replaced = film.observer.refetch();
    void client.invalidateQueries("a");
    await backend.answer(2, "new");
    expect((await replaced).data).toBe("new");
  });

  test("13. an invalidation cancels a background load and starts it anew", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    void film.observer.refetch();
    void client.invalidateQueries("a");
    clock.advance(1);
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false, true, false]);
  });

  test("13. an invalidation with cancelRefetch: false joins the background load", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    void film.observer.refetch();
    void client.invalidateQueries("a", { cancelRefetch: false });
    expect(backend.count).toBe(2);
    await backend.answer(1, "new");
    expect(film.result).toMatchObject({ data: "new", isStale: true, isFetching: false });
  });

  test("13. a refetch without data yet joins the first load", async () => {
    const film = watch("a");
    void film.observer.refetch();
    void client.refetchQueries("a");
    expect(backend.count).toBe(1);
  });

  test("16. two invalidations and an unmount end idle, with the old data", async () => {
    const film = watch("a");
    await backend.answer(0, "old");
    void client.invalidateQueries("a");
    void client.invalidateQueries("a");
    film.leave();
    clock.advance(1);
    await settled();
    expect(client.getQueryState("a")).toMatchObject({ fetchStatus: "idle", data: "old" });
  });

  test("17. a load that is aborted does not touch the one that a new hook has started", async () => {
    const one = watch("a");
    await backend.answer(0, "old");
    void one.observer.refetch();
    one.leave();
    clock.advance(1);
    const two = watch("a");
    await settled();
    expect(two.result.fetchStatus).toBe("fetching");
    await backend.answer(2, "new");
    expect(two.data).toBe("new");
  });
});

describe("a write during a load", () => {
  test("6. setQueryData discards the answer of the load under way", async () => {
    const film = watch("a");
    client.setQueryData("a", "set");
    await backend.answer(0, "late");
    expect(film.data).toBe("set");
    expect(film.shown).not.toContain("late");
  });

  test("15. ends the load for the hooks: Macho follows SWR, and shows no load whose answer is not welcome", async () => {
    const film = watch("a");
    await backend.answer(0, "first");
    void film.observer.refetch();
    client.setQueryData("a", "set");
    expect(film.result).toMatchObject({ data: "set", isFetching: false });
  });

  test("19. a reset while pending is no error", async () => {
    const film = watch("a");
    void client.resetQueries("a");
    await settled();
    expect(film.result).toMatchObject({ status: "pending", isFetching: true, error: undefined });
    await backend.answer(1, "data");
    expect(film.result).toMatchObject({ status: "success", data: "data" });
  });

  test("19. a cancel of what is settled does nothing", async () => {
    const film = watch("a");
    await backend.answer(0, "data");
    const before = film.result;
    await client.cancelQueries("a");
    expect(film.result).toBe(before);
  });

  test("21. clearing the client discards what lands later, and the hooks load again", async () => {
    const film = watch("a");
    client.clear();
    await backend.answer(0, "of before");
    expect(film.data).toBeUndefined();
    await backend.answer(1, "of after");
    expect(film.data).toBe("of after");
    expect(film.shown).not.toContain("of before");
  });

  test("21. clearing the client discards the pages that land later", async () => {
    const list = { queryKey: ["list"], initialPageParam: 0, getNextPageParam: () => 1 };
    const fetcher = (): Promise<unknown> => backend.deaf(["list"], {} as never) as Promise<unknown>;
    const first = client.fetchQuery(infiniteQuery({ ...list, fetcher, initialPages: 2 })).catch(String);
    await backend.answer(0, "page 0");
    client.clear();
    await backend.answer(1, "page 1");
    expect(client.getQueries()).toEqual([]);
    expect(await first).toEqual({ pages: ["page 0", "page 1"], pageParams: [0, 1] });
  });

  test("21. clearing the client discards what a mutation commits later", async () => {
    client.setQueryData("a", "old");
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise, { optimisticData: "hoped" });
    client.clear();
    sent.resolve("committed");
    expect(await done).toBe("committed");
    expect(client.getQueries()).toEqual([]);
  });

  test("22. a second caller's promise resolves when the cache has been written", async () => {
    const first = client.fetchQuery("a", backend.fetcher);
    const second = client.fetchQuery("a", backend.fetcher).then((data) => [data, client.getQueryData("a")]);
    await backend.answer(0, "data");
    expect(await first).toBe("data");
    expect(await second).toEqual(["data", "data"]);
  });

  test("22. a first load that waited for the network starts when it is back, also in a hidden page", async () => {
    page.hide();
    page.goOffline();
    const film = watch("a");
    expect(film.result.fetchStatus).toBe("paused");
    page.goOnline();
    await settled();
    expect(film.result.fetchStatus).toBe("fetching");
    await backend.answer(0, "data");
    expect(film.data).toBe("data");
  });

  test("22. a filter's key that is longer than a query's does not find it", () => {
    client.setQueryData(["film"], "short");
    client.setQueryData(["film", 1], "long");
    expect(client.getQueriesData(["film", 1])).toEqual([[["film", 1], "long"]]);
    expect(client.getQueriesData(["film", 1, "cast"])).toEqual([]);
  });
});

describe("listeners", () => {
  test("18. a hook that leaves inside of a notification keeps no neighbour from its news", async () => {
    const told: string[] = [];
    const one = client.observe("a", backend.fetcher);
    const two = client.observe("a", backend.fetcher);
    let leaveOne = (): void => undefined;
    leaveOne = one.subscribe(() => {
      told.push("one");
      leaveOne();
    });
    two.subscribe(() => told.push("two"));
    told.length = 0;
    await backend.answer(0, "data");
    expect(told).toEqual(["one", "two"]);
    expect(two.getResult().data).toBe("data");
  });

  test("12. an invalidation of a key that nobody watches makes the next hook load", async () => {
    client.setQueryData("a", "old");
    await client.invalidateQueries("a");
    watch("a", { staleTime: Infinity });
    expect(backend.count).toBe(1);
  });
});
