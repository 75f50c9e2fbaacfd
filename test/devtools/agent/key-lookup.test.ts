import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { findKey, type KeyRequest } from "../../../src/devtools/agent/key-lookup.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

const find = (target: DevtoolsTarget, key: string, more?: Partial<KeyRequest>): ReturnType<typeof findKey> =>
  findKey(target, { key, ...more });

function cacheOf(...keys: unknown[]): Cache<unknown, unknown> {
  const cache = new Cache<unknown, unknown>();
  for (const key of keys) cache.set(key, "value");
  return cache;
}

describe("a key of a cache", () => {
  test.each<[string, unknown]>([
    ["film:1", "film:1"],
    ["", ""],
    ["1", 1],
    ["-0.5", -0.5],
    ["NaN", NaN],
    ["12n", 12n],
    ["true", true],
    ["null", null],
    ["undefined", undefined],
    ["[1]", "[1]"],
    ["…", "…"],
  ])("%j is found by its text", async (text, key) => {
    expect(await find(cacheOf("other", key), text)).toMatchObject({ id: key, isThere: true });
  });

  test("is found by its label where it is an object, a symbol or a function", async () => {
    const keys = [{ id: 1 }, ["todos", 1], Symbol("s"), () => 1];
    const cache = cacheOf(...keys, "film:1", 7);
    for (const [text, key] of [
      ['{"id":1}', keys[0]],
      ['["todos",1]', keys[1]],
      ["Symbol(s)", keys[2]],
      ["function", keys[3]],
    ] as const) {
      expect((await find(cache, text)).id).toBe(key);
    }
  });

  test("is looked for as JSON where that is said", async () => {
    const object = { id: 1 };
    const cache = cacheOf("1", 1, object);
    expect((await find(cache, '"1"', { isJson: true })).id).toBe("1");
    expect((await find(cache, "1", { isJson: true })).id).toBe(1);
    expect((await find(cache, '{ "id": 1 }', { isJson: true })).id).toBe(object);
    expect(await find(cache, '{ "id": 2 }', { isJson: true })).toMatchObject({ id: { id: 2 }, isThere: false });
    await expect(find(cache, "film:1", { isJson: true })).rejects.toThrow(/film:1 is no JSON.*stands in quotes/);
  });

  test("is found by its beginning where it was cut", async () => {
    const long = "x".repeat(100_000);
    const cache = cacheOf(`a${long}`, `b${long}`);
    expect((await find(cache, "bxxx…")).id).toBe(`b${long}`);
    expect((await find(cache, "cxxx…")).isThere).toBe(false);
  });

  test("is refused with the possibilities where it may be several, and chosen by its number", async () => {
    const cache = cacheOf("1", 1, { a: 1 }, { a: 1 });
    await expect(find(cache, "1")).rejects.toThrow(
      '1 may be 2 keys: 1. the string "1", 2. the number 1. Say which one by --nth 1 and so on, or pass --json-key: then "1" in quotes is a string, and 1 a number.',
    );
    expect((await find(cache, "1", { nth: 2 })).id).toBe(1);
    await expect(find(cache, '{"a":1}')).rejects.toThrow(/may be 2 keys: 1\. the object/);
    expect((await find(cache, '{"a":1}', { nth: 2 })).id).toBe([...cache.keys()][3]);
    await expect(find(cache, "1", { nth: 3 })).rejects.toThrow("--nth is at most 2 for 1, got 3.");
    await expect(find(cache, "1", { nth: 0 })).rejects.toThrow("nth is a whole number from 1 on, got 0.");
  });

  test("tells few of very many", async () => {
    const cache = new Cache<unknown, unknown>({ maxCacheSize: 1_000 });
    for (let index = 0; index < 1_000; index++) cache.set({ a: 1 }, index);
    await expect(find(cache, '{"a":1}')).rejects.toThrow(
      /may be very many keys: 1\. .* 5\. the object {"a":1}, and so on\. Say/,
    );
  });

  test("is what it would be where it is absent", async () => {
    expect(await find(cacheOf("a"), "1")).toMatchObject({ id: "1", isThere: false });
    expect(await find(cacheOf(5), "1")).toMatchObject({ id: 1, isThere: false });
    expect(await find(cacheOf(), "1")).toMatchObject({ id: "1", isThere: false });
    const known = await findKey(cacheOf("a"), { key: "1" }, (id) => id === 1);
    expect(known).toMatchObject({ id: 1, isThere: false });
  });

  test("is found beside keys that throw when they are looked at", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const odd = {
      toJSON() {
        throw new Error("no");
      },
    };
    const cache = cacheOf(proxy, odd, "plain");
    expect((await find(cache, "(unreadable)")).id).toBe(proxy);
    expect((await find(cache, "[object Object]")).id).toBe(odd);
    expect((await find(cache, "plain")).id).toBe("plain");
  });
});

describe("a key of a query", () => {
  function clientOf(...keys: (string | unknown[])[]): QueryClient {
    const client = new QueryClient();
    for (const key of keys) client.setQueryData(key, 1);
    return client;
  }

  test("is a string as it is, or JSON, or a hash", async () => {
    const client = clientOf("todos", ["todos", 1], ["at", new Date(5)], [{ b: 1, a: 2 }]);
    expect(await find(client, "todos")).toMatchObject({ id: '"todos"', queryKey: "todos", isThere: true });
    expect(await find(client, '["todos",1]')).toMatchObject({ queryKey: ["todos", 1], label: '["todos",1]' });
    expect(await find(client, '[ "todos", 1 ]')).toMatchObject({ isThere: true });
    expect(await find(client, '[{"b":1,"a":2}]')).toMatchObject({ isThere: true });
    expect(await find(client, '["at",Date(5)]')).toMatchObject({ queryKey: ["at", new Date(5)], isThere: true });
  });

  test("may be a string that looks like an array", async () => {
    const client = clientOf('["todos",1]', ["todos", 1]);
    await expect(find(client, '["todos",1]')).rejects.toThrow(
      /may be 2 keys: 1\. the string "\[\\"todos\\",1\]", 2\. the query key \["todos",1\]/,
    );
    expect((await find(client, '["todos",1]', { isJson: true })).queryKey).toEqual(["todos", 1]);
    expect((await find(client, '"[\\"todos\\",1]"', { isJson: true })).queryKey).toBe('["todos",1]');
    await expect(find(client, "5", { isJson: true })).rejects.toThrow("A query key is a string or an array, got 5.");
  });

  test("is what it would be where it is absent", async () => {
    expect(await find(clientOf(), '["todos",2]')).toMatchObject({ queryKey: ["todos", 2], isThere: false });
    expect(await find(clientOf(), "todos")).toMatchObject({ queryKey: "todos", isThere: false });
  });

  test("is found by its beginning where it was cut", async () => {
    const client = clientOf(["film", "x".repeat(5_000)], ["other"]);
    expect((await find(client, '["film","xx…')).queryKey).toEqual(["film", "x".repeat(5_000)]);
  });
});
