// What is stale for a filter, and what a refetch of all leaves alone.
import { skipToken } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

inQueryWorld({ queries: { retry: false } });

const stale = (): unknown[] => client.getQueries({ stale: true }).map(({ key }) => key);

describe("{ stale: true }", () => {
  test("85. does not find data that is merely unwatched", async () => {
    client.setQueryData("set", 1);
    await client.fetchQuery("loaded", () => 1);
    const hook = watch("left", {}, () => 1);
    await settled();
    hook.leave();
    clock.advance(1_000_000);
    expect(stale()).toEqual([]);
    expect(client.getQueryState("left")?.isStale).toBe(false);
    await client.invalidateQueries("set");
    expect(stale()).toEqual(["set"]);
  });

  test("finds it where its own fetcher says so", async () => {
    await client.fetchQuery("a", (_key, { setLifetime }) => {
      setLifetime({ staleTime: 50 });
      return 1;
    });
    expect(stale()).toEqual([]);
    clock.advance(50);
    expect(stale()).toEqual(["a"]);
  });

  test("finds what is on screen and stale for a hook that may load, and no other", async () => {
    client.setQueryData("a", 1);
    const disabled = watch("a", { enabled: false }, () => 1);
    client.observe("a", skipToken).subscribe(() => undefined);
    void watch("b", { enabled: false }, () => 1);
    expect(stale()).toEqual([]);
    const { observer } = disabled;
    observer.update(observer.fetcher, { ...observer.options, enabled: true });
    await settled();
    expect(stale()).toEqual(["a"]);
  });
});

describe("isStale", () => {
  test("88. is false for a hook that may not load, and true again when it may", async () => {
    const film = watch("film", { enabled: false });
    const skipped = client.observe("film", skipToken);
    const idle = client.observe(null, backend.fetcher);
    client.setQueryData("film", 1);
    clock.advance(1);
    expect([film.result.isStale, skipped.getResult().isStale, idle.getResult().isStale]).toEqual([false, false, false]);
    const { observer } = film;
    observer.update(observer.fetcher, { ...observer.options, enabled: true });
    expect(film.result.isStale).toBe(true);
  });
});

describe('"static" data', () => {
  test("86. is loaded neither by refetchQueries nor by refetchType: all, on screen or not", async () => {
    const film = watch("film", { staleTime: "static" });
    await backend.answer(0, 1);
    const called = client.fetchQuery("called", backend.fetcher, { staleTime: "static" });
    await backend.answer(1, 1);
    await called;
    const loadAll = async (): Promise<void> => {
      await client.refetchQueries();
      await client.invalidateQueries(undefined, { refetchType: "all" });
    };
    await loadAll();
    film.leave();
    await loadAll();
    expect(backend.count).toBe(2);
  });

  test("is left alone by refetchQueries where one of several hooks says so", async () => {
    void watch("film", { staleTime: "static" });
    void watch("film");
    await backend.answer(0, 1);
    await client.refetchQueries();
    expect(backend.count).toBe(1);
  });

  test("is loaded by the hook's own refetch, by a reset, and where there is none", async () => {
    const film = watch("film", { staleTime: "static" });
    await backend.fail(0, new Error("no"));
    void client.refetchQueries();
    await backend.answer(1, 1);
    void film.observer.refetch();
    await backend.answer(2, 2);
    void client.resetQueries();
    await backend.answer(3, 3);
    expect([film.data, backend.count]).toEqual([3, 4]);
  });
});
