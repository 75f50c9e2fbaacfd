import { Cache, type CacheOptions, LruCache } from "macho-cache";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { why } from "../../../src/devtools/agent/why.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

const NEW = "The recording began now: what happened before is not known. Use the app, and ask again.";

async function storyOf(target: DevtoolsTarget, key: string): Promise<readonly string[]> {
  const { story } = await why(target, { key });
  return story.filter((each) => !each.startsWith("Recorded for"));
}

/** A cache that is recorded. */
async function recorded(options: CacheOptions<string, unknown>): Promise<Cache<string, unknown>> {
  const cache = new Cache<string, unknown>(options);
  await why(cache, { key: "first" });
  return cache;
}

test("begins a record, and says what is not known", async () => {
  const cache = new Cache().set("a", 1);
  expect(await storyOf(cache, "gone")).toEqual(["It is not there.", NEW]);
  expect(await storyOf(cache, "a")).toEqual([
    "It is there, and was before the recording began. Since then it was not read.",
  ]);
  expect(await storyOf(cache, "gone")).toEqual([
    "It is not there. Nobody asked for it or stored it since the recording began.",
  ]);
  await vi.advanceTimersByTimeAsync(90_000);
  expect((await why(cache, { key: "a" })).story.at(-1)).toBe(
    "Recorded for 1 m 30 s: what happened before is not known.",
  );
});

test("tells of a key that is there", async () => {
  const cache = await recorded({});
  cache.set("a", 1).get("a");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await storyOf(cache, "a")).toEqual(["It is there: written 5 s ago, read 1 time since it came."]);
});

test("tells how a key left, what came instead, and whether a larger cache had kept it", async () => {
  const cache = await recorded({ maxCacheSize: 2, ttl: Infinity });
  cache.set("a", 1).get("a");
  await vi.advanceTimersByTimeAsync(2_000);
  for (const key of ["b", "c", "d"]) cache.set(key, 1);
  cache.get("a");
  expect(await storyOf(cache, "a")).toEqual([
    "It is not there. It was asked for in vain 1 time.",
    "It left just now: evicted: the cache was full (2 of 2) and this was the least recently used entry.",
    "It was 2 s old and read 1 time then.",
    "c came instead.",
    "1 entry was evicted after it: a cache of 4 had kept it until now.",
  ]);
  const { left, misses } = await why(cache, { key: "a" });
  expect([left, misses]).toMatchObject([{ cause: "evicted", instead: "c", evictedSince: 1, times: 1 }, 1]);
  cache.set("a", 2);
  expect((await storyOf(cache, "a"))[1]).toMatch(/^It had left before, just now: evicted/);
});

test("a cache of the size that it tells keeps the key, and one less does not", async () => {
  const play = async (maxCacheSize: number): Promise<{ has: boolean; words: string }> => {
    const cache = await recorded({ maxCacheSize, ttl: Infinity });
    for (let key = 0; key < 30; key++) cache.set(`key ${key}`, 1);
    return { has: cache.has("key 3"), words: (await storyOf(cache, "key 3")).join(" ") };
  };
  const { words } = await play(10);
  const size = Number(/a cache of (\d+) had kept it/.exec(words)![1]);
  expect(size).toBe(27);
  expect((await play(size)).has).toBe(true);
  expect((await play(size - 1)).has).toBe(false);
});

test("does not claim to know that of a policy whose larger cache may hold less", async () => {
  const cache = await recorded({ maxCacheSize: 1, strategy: "sieve" });
  cache.set("a", 1).set("b", 1);
  expect(await storyOf(cache, "a")).toContain(
    "Whether a larger cache had kept it takes a replay: macho advise does one.",
  );
});

test("tells of a key that is asked for and never stored, and of one that expired or was deleted", async () => {
  const cache = await recorded({ ttl: 1_000 });
  cache.get("never");
  cache.get("never");
  expect(await storyOf(cache, "never")).toEqual([
    "It is not there. It was asked for in vain 2 times. It was not stored since the recording began.",
  ]);
  cache.set("deleted", 1).delete("deleted");
  expect((await storyOf(cache, "deleted"))[1]).toBe("It left just now: deleted by a call.");
  cache.set("old", 1);
  await vi.advanceTimersByTimeAsync(1_001);
  cache.get("old");
  expect((await storyOf(cache, "old"))[1]).toMatch(/^It left just now: expired: past its ttl/);
});

test("tells of keys that are never the same, and not of ids that are read", async () => {
  const cache = await recorded({ maxCacheSize: 100 });
  for (let id = 0; id < 40; id++) {
    cache.set(`film:${id}`, 1).get(`film:${id}`);
    cache.set(JSON.stringify(["search", { words: `w${id % 4}`, traceId: 1_000 + id }]), 1);
  }
  const words =
    "Keys like it are unstable: of 40 that were stored, none was read again, and traceId is another one in each. Leave it out of the key, if the value does not depend on it: 4 keys would be left of these.";
  const key = '["search",{"words":"w1","traceId":5}]';
  expect(await storyOf(cache, key)).toContain(words);
  expect(await storyOf(cache, '["search",{"words":"w1","traceId":1001}]')).toContain(words);
  expect((await storyOf(cache, "film:99")).join(" ")).not.toContain("unstable");
  for (let id = 0; id < 3; id++) cache.get(JSON.stringify(["search", { words: `w${id}`, traceId: 1_000 + id }]));
  expect((await storyOf(cache, key)).join(" ")).not.toContain("unstable");
});

test("tells of loads that failed", async () => {
  const cache = await recorded({});
  await cache.getOrLoad("a", () => Promise.reject(new Error("offline"))).catch(String);
  expect(await storyOf(cache, "a")).toContain("1 load of it failed, the last just now: Error: offline.");
});

test("finds a key that left by its kind: a number among them", async () => {
  const cache = new Cache<unknown, number>({ maxCacheSize: 1 });
  await why(cache, { key: "first" });
  cache.set(7, 1).set("x", 1);
  expect((await why(cache, { key: "7" })).left).toMatchObject({ cause: "evicted", instead: "x" });
});

test("tells the same of an LruCache", async () => {
  const cache = new LruCache<string, number>({ maxCacheSize: 1 });
  await why(cache, { key: "a" });
  cache.set("a", 1).set("b", 1);
  expect((await why(cache, { key: "a" })).left).toMatchObject({ cause: "evicted", reads: 0 });
});
