import { expect, test } from "vitest";
import { hashKey } from "../../src/query/index.ts";
import { filterOfPrefix, NO_PREFIX, prefixOf } from "../../src/devtools/panel/key-prefix.ts";

test("groups the key of a query by its first element, whether it is given or told by its hash", () => {
  for (const key of [["film"], ["film", 12], ["film", { page: 3 }, null]]) {
    expect(prefixOf(key)).toBe('["film", …]');
    expect(prefixOf(hashKey(key))).toBe('["film", …]');
  }
  expect(prefixOf(['quoted "word"', 1])).toBe('["quoted \\"word\\"", …]');
  expect(prefixOf([{ url: "/films" }])).toBe("[{…}, …]");
  expect(prefixOf([["film"], 1])).toBe("[{…}, …]");
  expect(prefixOf(hashKey([new Date(0)]))).toBe("[{…}, …]");
  expect(prefixOf([17, "posts"])).toBe("[number, …]");
  expect(prefixOf([true, 1])).toBe("[true, …]");
  expect(prefixOf([])).toBe("[]");
});

test("groups a text by what comes before its first separator", () => {
  const found = ["film:12", "user/7", "user.name", "cart-3", "a|b", "user_name"].map(prefixOf);
  expect(found).toEqual(["film:", "user/", "user.", "cart-", "a|", "user_"]);
  expect(prefixOf("/api/films/1")).toBe("/api/");
  expect(prefixOf("https://films.example/api/1")).toBe("https://films.example/");
  expect(prefixOf(hashKey("film:12"))).toBe("film:");
});

test("takes no number and no digits of a hash for a beginning", () => {
  const texts = ["", "matrix", "2024-11-30", "3f2a90bc-77aa-4c1e", "12:34", "film12"];
  expect(texts.map(prefixOf)).toEqual(texts.map(() => NO_PREFIX));
});

test("gathers keys that are no text by their kind", () => {
  expect([1, -0, Number.NaN, 5n].map(prefixOf)).toEqual(["numbers", "numbers", "numbers", "numbers"]);
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  expect([{}, new Map(), cycle, proxy].map(prefixOf)).toEqual(["objects", "objects", "objects", "objects"]);
  // As the story of one that has left tells it.
  expect(['{"a":1}', "[object Object]"].map(prefixOf)).toEqual(["objects", "objects"]);
  expect([Symbol("a"), Symbol("b")].map(prefixOf)).toEqual(["symbols", "symbols"]);
  expect([() => 1].map(prefixOf)).toEqual(["functions"]);
  expect([null, undefined, true].map(prefixOf)).toEqual(["null", "undefined", "true"]);
});

test("cuts a beginning that is a whole page of text", () => {
  expect(prefixOf(`${"x".repeat(10_000)}:1`)).toHaveLength(60);
  expect(prefixOf(["x".repeat(200), 1]).length).toBeLessThan(70);
});

test("writes the words of the filter that show a group", () => {
  expect(filterOfPrefix('["film", …]')).toBe(`prefix:'["film", …]'`);
  expect(filterOfPrefix('["it\'s", …]')).toBe(`prefix:'["it\\'s", …]'`);
});
