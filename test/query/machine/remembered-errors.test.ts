import type { LruCacheOptions } from "macho-cache";
import type { Fetcher } from "macho-cache/query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backend, client, clock, enterQueryWorld, inQueryWorld, watch } from "../../support/query-world.ts";

const error = new Error("no");
const reported = vi.fn<(error: unknown) => void>();

const enter = (cache: LruCacheOptions<string, unknown>): void =>
  enterQueryWorld({ cache: { maxWeight: 1_000, ...cache }, queries: { retry: false, errorTtl: 1_000 } });

inQueryWorld();

beforeEach(() => {
  reported.mockClear();
  vi.stubGlobal("reportError", reported);
});
afterEach(() => vi.unstubAllGlobals());

test("a failure without data weighs nothing: a weigher that reads data is not asked, and the hook is told", async () => {
  const weigher = (answer: unknown): number => (answer as { state: { data: string } }).state.data.length;
  enter({ weigher });
  const { result: before, observer } = watch("a");
  expect(before.fetchStatus).toBe("fetching");
  await backend.fail(0, error);
  expect(observer.getResult()).toMatchObject({ status: "error", error, fetchStatus: "idle" });
  expect(client.cache.metrics).toMatchObject({ size: 1, weight: 0 });
  await expect(client.fetchQuery("a", backend.fetcher)).rejects.toBe(error);
  expect(backend.count).toBe(1);
  expect(reported).not.toHaveBeenCalled();
});

test("data that outlives a failed load weighs what it did", async () => {
  enter({});
  const film = watch("a", { weight: (data: string) => data.length });
  await backend.answer(0, "twelve chars");
  expect(client.cache.metrics.weight).toBe(12);
  void film.observer.refetch();
  await backend.fail(1, error);
  expect(film.result).toMatchObject({ status: "error", data: "twelve chars" });
  expect(client.cache.metrics.weight).toBe(12);
});

test("what a function of a weight throws then is reported, and the hook shows the failure of the load", async () => {
  enter({});
  const thrown = new Error("weight");
  let isBroken = false;
  const weight = (): number => {
    if (isBroken) throw thrown;
    return 5;
  };
  const film = watch("a", { weight });
  await backend.answer(0, "data");
  isBroken = true;
  void film.observer.refetch();
  await backend.fail(1, error);
  expect(film.result).toMatchObject({ status: "error", error, data: "data", fetchStatus: "idle" });
  expect(reported.mock.calls).toEqual([[thrown]]);
  expect(client.cache.metrics.weight).toBe(5);
});

test("data that its fetcher will not have stored is not stored by a failure", async () => {
  enter({});
  const fetcher: Fetcher<unknown> = (_key, context) => {
    context.setLifetime({ isStorable: false });
    return backend.fetcher("a", context);
  };
  const film = watch("a", undefined, fetcher);
  await backend.answer(0, "data");
  void film.observer.refetch();
  await backend.fail(1, error);
  expect(film.result).toMatchObject({ status: "error", data: "data" });
  expect(client.cache.size).toBe(0);
  const other = watch("a", { refetchOnMount: true, retryOnMount: true });
  expect(other.result.fetchStatus).toBe("idle");
  other.leave();
  film.leave();
  expect(client.getQueryData("a")).toBeUndefined();
});

test("data that is too heavy for the cache stays on screen for its own ttl after a failure", async () => {
  enter({});
  const film = watch("a", { weight: () => 2_000, ttl: 60_000 });
  await backend.answer(0, "data");
  expect(client.cache.size).toBe(0);
  clock.advance(10);
  void film.observer.refetch();
  await backend.fail(1, error);
  clock.advance(30_000);
  expect(film.result).toMatchObject({ status: "error", data: "data" });
  clock.advance(30_000);
  expect(film.result).toMatchObject({ data: undefined });
});

test("what a fetcher said of the age of data holds after a failure, too", async () => {
  enter({});
  const call = (): Promise<unknown> =>
    client.fetchQuery("a", (_key, context) => {
      context.setLifetime({ staleTime: 100, staleIfError: 10_000 });
      return backend.fetcher("a", context);
    });
  const first = call();
  await backend.answer(0, "old");
  await first;
  for (const time of [1, 2, 3]) {
    clock.advance(1_500);
    const next = call();
    await backend.fail(time, error);
    expect(await next).toBe("old");
  }
});
