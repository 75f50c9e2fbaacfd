import { infiniteQueryOptions, queryOptions } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { client, inQueryWorld } from "../../support/query-world.ts";

const film = (id: number) =>
  queryOptions({ queryKey: ["film", id], fetcher: () => "loaded", staleTime: 60_000, tags: () => ["films"] });
const list = infiniteQueryOptions({
  queryKey: ["films"],
  fetcher: () => "page",
  initialPageParam: 0,
  getNextPageParam: () => undefined,
});

inQueryWorld();

beforeEach(() => {
  client.setQueryData(film(1).queryKey, "one");
  client.setQueryData(["film", 1, "cast"], "cast");
  client.setQueryData(film(2).queryKey, "two");
  client.setQueryData(list.queryKey, { pages: ["page"], pageParams: [0] });
});

const invalidated = (): unknown[] =>
  client.getQueries({ stale: true, predicate: (q) => q.isInvalidated }).map((q) => q.key);

test("127. options are a filter for their key, and what begins with it", async () => {
  await client.invalidateQueries(film(1));
  expect(invalidated()).toEqual([
    ["film", 1],
    ["film", 1, "cast"],
  ]);
});

test("127. options of pages are one, too, and a filter's own words count beside them", async () => {
  await client.invalidateQueries(list, { refetchType: "none" });
  expect(invalidated()).toEqual([["films"]]);
  client.removeQueries({ ...film(1), exact: true });
  expect(client.getQueries().map((query) => query.key)).toEqual([["film", 1, "cast"], ["film", 2], ["films"]]);
});

test("127. every method that takes a filter takes options", async () => {
  expect(client.getQueries(film(2)).map(({ data }) => data)).toEqual(["two"]);
  expect(client.getQueriesData(film(2))).toEqual([[["film", 2], "two"]]);
  expect(client.isFetching(film(2))).toBe(0);
  client.setQueriesData(film(2), "set");
  expect(client.getQueryData(film(2).queryKey)).toBe("set");
  await client.refetchQueries(film(2));
  await client.cancelQueries(film(2));
  await client.resetQueries(film(2));
  expect(client.getQueryData(film(2).queryKey)).toBeUndefined();
});

test("127. a filter is checked as before", () => {
  // @ts-expect-error a filter has no such value
  expect(() => client.removeQueries({ queryKey: ["film"], exact: "yes" })).toThrow("exact must be true or false");
  // @ts-expect-error options without a key are no filter
  expect(() => client.removeQueries({ staleTime: 5 })).toThrow("staleTime is not an option of removeQueries");
});

test("127. tags of a filter still count", () => {
  client.setQueryData(["film", 3], "three", { tags: ["new"] });
  expect(client.getQueries({ queryKey: ["film"], tags: ["new"] }).map(({ data }) => data)).toEqual(["three"]);
});
