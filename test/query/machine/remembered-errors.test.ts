import type { LruCacheOptions } from "macho-cache";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backend, client, enterQueryWorld, inQueryWorld, watch } from "../../support/query-world.ts";

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
