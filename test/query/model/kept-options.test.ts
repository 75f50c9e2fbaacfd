import { mutateQuery, QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

inQueryWorld({ cache: { maxWeight: 1_000, maxCacheSize: 100 } });

describe.each<[string, () => unknown]>([
  ["setQueryData", () => client.setQueryData("a", "longer")],
  ["mutateQuery", () => mutateQuery(client, "a", "longer", { revalidate: false })],
])("%s", (_name, write) => {
  test("keeps the ttl and the weight of the hook that loaded the data", async () => {
    const film = watch("a", { ttl: 100, weight: (data: string) => data.length });
    await backend.answer(0, "four");
    await write();
    expect([film.data, client.cache.metrics.weight]).toEqual(["longer", 6]);
    clock.advance(100);
    expect(film.data).toBeUndefined();
  });

  test("keeps those of data that was set", async () => {
    client.setQueryData("a", "four", { ttl: 100, weight: 50 });
    await write();
    expect([client.getQueryData("a"), client.cache.metrics.weight]).toEqual(["longer", 50]);
    clock.advance(100);
    expect(client.getQueryData("a")).toBeUndefined();
  });
});

test("a call that brings a ttl and a weight has its own", async () => {
  await client.prefetchQuery("a", () => "data", { ttl: 100, weight: 50 });
  client.setQueryData("a", "other", { ttl: 1_000, weight: 7 });
  expect(client.cache.metrics.weight).toBe(7);
  clock.advance(999);
  expect(client.getQueryData("a")).toBe("other");
  clock.advance(1);
  expect(client.getQueryData("a")).toBeUndefined();
});

describe("a ttl counts from the time at which the data came", () => {
  test("setQueryData with updatedAt", () => {
    client.setQueryData("a", 1, { updatedAt: clock.wallNow() - 60, ttl: 100 });
    clock.advance(39);
    expect(client.getQueryData("a")).toBe(1);
    clock.advance(1);
    expect(client.getQueryData("a")).toBeUndefined();
  });

  test("data that is older changes nothing", () => {
    expect(client.setQueryData("a", 1, { updatedAt: clock.wallNow() - 100, ttl: 100 })).toBeUndefined();
    expect(client.getQueries()).toEqual([]);
  });

  test("the ttl of the cache counts from there as well", () => {
    const short = new QueryClient({ cache: { clock, ttl: 100 } });
    short.setQueryData("a", 1, { updatedAt: clock.wallNow() - 60 });
    clock.advance(40);
    expect(short.getQueryData("a")).toBeUndefined();
  });

  test("initialDataUpdatedAt: as old as it is when the hook mounts, or not shown at all", () => {
    const options = { initialData: "first", ttl: 100 };
    const updatedAt = (age: number): object => ({ ...options, initialDataUpdatedAt: clock.wallNow() - age });
    const film = new Watched(client, "a", backend.fetcher, updatedAt(60));
    expect(film.data).toBe("first");
    clock.advance(40);
    expect(film.result).toMatchObject({ data: undefined, status: "pending" });
    const old = client.observe("b", backend.fetcher, updatedAt(100));
    expect(old.getResult()).toMatchObject({ data: undefined, status: "pending" });
    old.subscribe(() => undefined);
    expect(old.getResult()).toMatchObject({ data: undefined, status: "pending", isFetching: true });
  });
});
