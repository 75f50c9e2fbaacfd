import { Cache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { type Change, change, type Changed } from "../../../src/devtools/agent/change.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

const does = (target: DevtoolsTarget, asked: Change): Promise<Changed> => change(target, { change: asked });
const previews = (target: DevtoolsTarget, asked: Change): Promise<Changed> =>
  change(target, { change: asked, isPreview: true });

function films(): Cache<string, unknown> {
  const cache = new Cache<string, unknown>({ maxCacheSize: 10, ttl: 60_000 });
  for (const id of [1, 2, 3]) cache.set(`film:${id}`, { id });
  return cache;
}

const CHANGES: readonly Change[] = [
  { change: "delete", key: { key: "film:1" } },
  { change: "clear" },
  { change: "resize", maxCacheSize: 1 },
  { change: "pin", key: { key: "film:1" } },
  { change: "set", key: { key: "film:1" }, value: 7 },
  { change: "set", key: { key: "film:9" }, value: 7, ttl: 1_000 },
];

describe("a preview", () => {
  test.each(CHANGES)("of $change says what would be done, and does nothing", async (asked) => {
    const cache = films();
    const before = [JSON.stringify(cache.metrics), JSON.stringify([...cache])];
    const { words, count } = await previews(cache, asked);
    expect(words).toMatch(/^[A-Z].*\?/);
    expect(count).toBeGreaterThan(0);
    expect([JSON.stringify(cache.metrics), JSON.stringify([...cache])]).toEqual(before);
  });

  test("of queries counts those that match, and loads none", async () => {
    const client = new QueryClient();
    let loads = 0;
    await client.fetchQuery(["todos", 1], () => ++loads);
    await client.fetchQuery(["todos", 2], () => ++loads);
    const asked = { change: "refetch", key: { key: '["todos"]' } } as const;
    expect(await previews(client, asked)).toEqual({ words: "Load 2 queries again?", count: 2 });
    expect(await previews(client, { ...asked, isExact: true })).toEqual({ words: "No query matches.", count: 0 });
    expect(loads).toBe(2);
  });
});

describe("a change", () => {
  test("may have no bound, which JSON cannot say", async () => {
    const heavy = new Cache<string, unknown>({ maxCacheSize: 10, maxWeight: 100, weigher: () => 1, ttl: 60_000 });
    expect((await does(heavy, { change: "resize", maxCacheSize: "Infinity" })).words).toContain("to unbounded entries");
    expect(heavy.options.maxCacheSize).toBe(Infinity);
    await does(heavy, { change: "set", key: { key: "a" }, value: 1, ttl: "Infinity" });
    expect(heavy.remainingTtl("a")).toBe(Infinity);
  });

  test("writes no object key that nobody else has, and the value of one that is there", async () => {
    const cache = new Cache<object, unknown>();
    const set = (): Promise<Changed> => does(cache, { change: "set", key: { key: '{"a":1}', isJson: true }, value: 2 });
    await expect(set()).rejects.toThrow('No object {"a":1} is a key.');
    expect(cache.size).toBe(0);
    const key = { a: 1 };
    cache.set(key, 1);
    await set();
    expect(cache.peek(key)).toBe(2);
  });

  test("of a size says how many entries left", async () => {
    const cache = films();
    expect(await previews(cache, { change: "resize", maxCacheSize: 1 })).toMatchObject({
      words: "Resize from 10 to 1 entries? 2 entries leave.",
    });
    expect(await does(cache, { change: "resize", maxCacheSize: 1 })).toEqual({
      words: "Resized from 10 to 1 entries. 2 entries left.",
      count: 1,
    });
    expect(cache.size).toBe(1);
  });

  test("that the cache refuses is told in the cache's words, and changes nothing", async () => {
    const cache = films();
    await expect(does(cache, { change: "resize", maxCacheSize: 0 })).rejects.toThrow(/maxCacheSize must be/);
    expect(cache.options.maxCacheSize).toBe(10);
    await expect(does(cache, { change: "set", key: { key: "x" }, value: 1, ttl: -1 })).rejects.toThrow(/ttl/);
    expect(cache.has("x")).toBe(false);
  });

  test("writes under the number where the cache has numbers, and under the text where it is JSON", async () => {
    const cache = new LruCache<number | string, number>().set(1, 10);
    await does(cache, { change: "set", key: { key: "2" }, value: 20 });
    await does(cache, { change: "set", key: { key: '"2"', isJson: true }, value: 30 });
    expect([...cache]).toEqual([
      [1, 10],
      [2, 20],
      ["2", 30],
    ]);
  });

  test("keeps the weight and the time of the entry that it writes over", async () => {
    const cache = new Cache<string, unknown>({ maxWeight: 100, ttl: Infinity });
    cache.set("a", "old", { ttl: 5_000, weight: 40 });
    await does(cache, { change: "set", key: { key: "a" }, value: "new" });
    expect(cache.peek("a")).toBe("new");
    expect(cache.metrics.weight).toBe(40);
    expect(cache.remainingTtl("a")).toBeLessThanOrEqual(5_000);
  });

  test("writes data of a query, also of one that is not there", async () => {
    const client = new QueryClient();
    await does(client, { change: "set", key: { key: '["todos",1]' }, value: { done: true } });
    expect(client.getQueryData(["todos", 1])).toEqual({ done: true });
  });

  test("of queries is refused by a cache that has none, and one that it does not know says so", async () => {
    await expect(does(films(), { change: "invalidate" })).rejects.toThrow(/a cache without queries/);
    await expect(does(films(), { change: "dance" } as never)).rejects.toThrow(/does not know this change/);
    await expect(change(films(), {} as never)).rejects.toThrow(/does not know this change/);
  });
});
