// What is stale for a filter, and what a refetch of all leaves alone.
import { QueryClient, skipToken } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { Backend } from "../../support/backend.ts";
import { settled } from "../../support/deferred.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { ManualPage, Watched } from "../../support/watched.ts";

let clock: ManualClock;
let backend: Backend;
let page: ManualPage;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  page = new ManualPage();
  client = new QueryClient({ cache: { clock }, environment: page, defaultOptions: { queries: { retry: false } } });
  client.mount();
});

const stale = (): unknown[] => client.getQueries({ stale: true }).map(({ key }) => key);

describe("{ stale: true }", () => {
  test("85. does not find data that is merely unwatched", async () => {
    client.setQueryData("set", 1);
    await client.fetchQuery("loaded", () => 1);
    const hook = new Watched(client, "left", () => 1);
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
    const disabled = new Watched(client, "a", () => 1, { enabled: false });
    client.observe("a", skipToken).subscribe(() => undefined);
    void new Watched(client, "b", () => 1, { enabled: false });
    expect(stale()).toEqual([]);
    const { observer } = disabled;
    observer.update(observer.fetcher, { ...observer.options, enabled: true });
    await settled();
    expect(stale()).toEqual(["a"]);
  });
});

describe("isStale", () => {
  test("88. is false for a hook that may not load, and true again when it may", async () => {
    const film = new Watched(client, "film", backend.fetcher, { enabled: false });
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
    const film = new Watched(client, "film", backend.fetcher, { staleTime: "static" });
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
    void new Watched(client, "film", backend.fetcher, { staleTime: "static" });
    void new Watched(client, "film", backend.fetcher);
    await backend.answer(0, 1);
    await client.refetchQueries();
    expect(backend.count).toBe(1);
  });

  test("is loaded by the hook's own refetch, by a reset, and where there is none", async () => {
    const film = new Watched(client, "film", backend.fetcher, { staleTime: "static" });
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
