// Failures; see races.test.ts.
import { QueryClient } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { cacheWith } from "../../support/cache-kind.ts";
import { settled } from "../../support/deferred.ts";
import { Watched } from "../../support/watched.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld, page, watch } from "../../support/query-world.ts";

let heard: string[];
const error = new Error("no");

inQueryWorld({
  queries: { retry: false },
  onSuccess: (data, { hash }) => heard.push(`success ${hash} ${String(data)}`),
  onError: (failure, { hash }) => heard.push(`error ${hash} ${String(failure)}`),
  onSettled: ({ hash }) => heard.push(`settled ${hash}`),
});

beforeEach(() => {
  heard = [];
});

test("35. a background error keeps the data, and makes it stale, so that focus loads it again", async () => {
  const film = watch("a", { staleTime: Infinity });
  await backend.answer(0, "data");
  void film.observer.refetch();
  await backend.fail(1, error);
  expect(film.result).toMatchObject({ data: "data", status: "error", error, isRefetchError: true, isStale: true });
  page.focus();
  expect(backend.count).toBe(3);
});

test("35. a background error does not make static data stale", async () => {
  const film = watch("a", { staleTime: "static" });
  await backend.answer(0, "data");
  void film.observer.refetch();
  await backend.fail(1, error);
  page.focus();
  expect(backend.count).toBe(2);
});

test("36. an error goes with the next answer, not with the start of its load", async () => {
  const film = watch("a");
  await backend.answer(0, "data");
  void film.observer.refetch();
  await backend.fail(1, error);
  void film.observer.refetch();
  expect(film.result).toMatchObject({ error, isFetching: true, status: "error" });
  await backend.answer(2, "new");
  expect(film.result).toMatchObject({ error: undefined, status: "success", data: "new" });
});

test("37. a new hook on a key whose failure another hook shows starts no load of its own", async () => {
  watch("a");
  await backend.fail(0, error);
  const second = watch("a");
  expect(backend.count).toBe(1);
  expect(second.result).toMatchObject({ status: "error", error });
});

test("38. retries go on for the hooks that are left, when the one that began is gone", async () => {
  const first = watch("a", { retry: 1, retryDelay: 100 });
  const second = watch("a", { retry: 1, retryDelay: 100 });
  await backend.fail(0, error);
  first.leave();
  clock.advance(100);
  await settled();
  await backend.answer(1, "data");
  expect(second.data).toBe("data");
});

test("39. the client's onError hears once a load, not once a hook", async () => {
  watch("a");
  watch("a");
  await backend.fail(0, error);
  expect(heard).toEqual(['error "a" Error: no', 'settled "a"']);
});

test("39. retry: 0 is no retry", async () => {
  const film = watch("a", { retry: 0, retryDelay: 100 });
  await backend.fail(0, error);
  expect(film.result).toMatchObject({ status: "error", isFetching: false, failureCount: 1 });
  clock.advance(100);
  await settled();
  expect(backend.count).toBe(1);
});

test("39. no retry is made while the page is hidden: it waits, and is no failure meanwhile", async () => {
  const hidden = watch("a", { retry: 1, retryDelay: 100 });
  page.hide();
  await backend.fail(0, error);
  clock.advance(100);
  await settled();
  expect(hidden.result).toMatchObject({ fetchStatus: "paused", status: "pending" });
  expect([backend.count, heard]).toEqual([1, []]);
  page.focus();
  await settled();
  expect(backend.count).toBe(2);
  await backend.answer(1, "data");
  expect(heard).toEqual(['success "a" data', 'settled "a"']);
});

test("40. undefined is an error", async () => {
  const none = watch("a");
  await backend.answer(0, undefined);
  expect(none.result).toMatchObject({ status: "error", isFetching: false });
});

test("40. a fetcher that throws at once ends the load as well", async () => {
  const thrower = watch("b", {}, () => {
    throw error;
  });
  await settled();
  expect(thrower.result).toMatchObject({ status: "error", isFetching: false, error });
});

test("41. going back to a failed key loads it again, each time", async () => {
  for (const key of ["a", "b", "a", "b"]) {
    const film = watch(key);
    await backend.fail(backend.count - 1, error);
    expect(film.result.status).toBe("error");
    film.leave();
    clock.advance(1);
  }
  expect(backend.count).toBe(4);
});

test("a failure may stand for an answer for a while, in hooks and calls, beside the data that is there", async () => {
  const options = { errorTtl: 1_000 };
  const film = watch("a", options);
  await backend.fail(0, error);
  film.leave();
  clock.advance(1);
  const again = watch("a", options);
  expect(again.result).toMatchObject({ status: "error", error, isFetching: false });
  await expect(client.fetchQuery("a", backend.fetcher)).rejects.toBe(error);
  expect(backend.count).toBe(1);
  again.leave();
  clock.advance(1_000);
  expect(client.getQueries()).toEqual([]);
  watch("a", options);
  expect(backend.count).toBe(2);
});

test("with staleIfError, a call that fails gets the stale data that is there", async () => {
  client.setQueryData("a", "old");
  clock.advance(10);
  const stale = client.fetchQuery("a", backend.fetcher, { staleIfError: true });
  await backend.fail(0, error);
  expect(await stale).toBe("old");
  const failing = client.fetchQuery("b", backend.fetcher, { staleIfError: true });
  void backend.fail(1, error);
  await expect(failing).rejects.toBe(error);
});

test("functions among the options that throw fail the load, and corrupt nothing", async () => {
  const thrower = (): never => {
    throw error;
  };
  enterQueryWorld({ cache: { maxWeight: 100 }, queries: { retry: false } });
  for (const option of ["tags", "weight", "structuralSharing"]) {
    client.setQueryData(option, "old");
    clock.advance(1);
    const film = watch(option, { [option]: thrower, staleTime: 0 });
    await backend.answer(backend.count - 1, "new");
    expect([option, film.result]).toMatchObject([option, { status: "error", error, isFetching: false, data: "old" }]);
    film.leave();
    clock.advance(1);
  }
});

test("whoever hears of a load gets the meta that it was asked for with, also when nobody looks any more", async () => {
  const metas: unknown[] = [];
  const own = new QueryClient({
    cache: cacheWith({ clock }),
    environment: page,
    onSuccess: (_data, { meta }) => metas.push(["success", meta]),
    onError: (_error, { meta }) => metas.push(["error", meta]),
    onSettled: (info) => metas.push(["settled", info.meta, Object.isFrozen(info)]),
  });
  own.mount();
  const fails = (): never => {
    throw error;
  };
  await own.prefetchQuery("a", fails, { meta: { page: 1 } });
  await own.fetchQuery("a", () => "data", { meta: { page: 2 } });
  const film = new Watched(own, "b", backend.fetcher, { retry: false, meta: { page: 3 } });
  film.leave();
  await backend.fail(0, error);
  expect(metas).toEqual([
    ["error", { page: 1 }],
    ["settled", { page: 1 }, true],
    ["success", { page: 2 }],
    ["settled", { page: 2 }, true],
    ["error", { page: 3 }],
    ["settled", { page: 3 }, true],
  ]);
  own.setQueryData("c", 1);
  expect(own.getQueries().every((info) => Object.isFrozen(info))).toBe(true);
  expect(Object.isFrozen(own.getQueryState("c"))).toBe(true);
});

test("a load that was aborted is told to nobody: it has neither an answer nor an error", async () => {
  const film = watch("a");
  await backend.answer(0, "data");
  expect(heard).toEqual(['success "a" data', 'settled "a"']);
  void film.observer.refetch();
  film.leave();
  clock.advance(1);
  await settled();
  expect(backend.requests[1]?.signal?.aborted).toBe(true);
  expect(heard).toHaveLength(2);
});
