// Each difference that docs/from-lru-cache.md names, shown beside lru-cache. A title is a name on that page.
import { LRUCache } from "lru-cache";
import { Cache, exportCache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { expect, test } from "vitest";
import { onFakeTime, pass } from "../support/beside.ts";
import { deferred } from "../support/deferred.ts";

onFakeTime();

test("There are defaults", () => {
  expect(() => new LRUCache({} as never)).toThrow(/At least one of/);
  const { options } = new LruCache();
  expect(options).toMatchObject({ maxCacheSize: 100, ttl: 600_000 });
  expect(new LRUCache({ max: 1, ttl: 0 }).ttl).toBe(0);
  expect(() => new LruCache({ ttl: 0 })).toThrow(/ttl must be/);
});

test("An expired entry is never served, and leaves by itself", async () => {
  const theirs = new LRUCache<string, number>({ max: 5, ttl: 1_000, allowStale: true });
  const left: unknown[] = [];
  const ours = new LruCache<string, number>({ ttl: 1_000, onRemoval: (...removal) => void left.push(removal) });
  theirs.set("a", 1);
  ours.set("a", 1);
  await pass(3_000);
  expect(theirs.size).toBe(1);
  expect(theirs.get("a")).toBe(1);
  expect(left).toEqual([["a", 1, "expired"]]);
  expect([ours.size, ours.get("a")]).toEqual([0, undefined]);
  ours.dispose();
});

test("`undefined` is a value", () => {
  const theirs = new LRUCache<string, number | object>({ max: 5 });
  const ours = new LruCache<string, number | undefined>();
  for (const value of [1, undefined]) {
    theirs.set("a", value);
    ours.set("a", value);
  }
  expect([theirs.has("a"), ours.has("a"), ours.get("a")]).toEqual([false, true, undefined]);
});

test("Iteration follows the first insertion", () => {
  const theirs = new LRUCache<string, number>({ max: 5 });
  const ours = new LruCache<string, number>();
  for (const key of ["a", "b", "c"]) {
    theirs.set(key, 1);
    ours.set(key, 1);
  }
  theirs.get("a");
  ours.get("a");
  expect([...theirs.keys()]).toEqual(["a", "c", "b"]);
  expect([...ours.keys()]).toEqual(["a", "b", "c"]);
  expect(exportCache(ours).entries.map(({ key }) => key)).toEqual(["b", "c", "a"]);
});

test("A load belongs to a call, not to the cache", async () => {
  const answers = [deferred<number>(), deferred<number>()] as const;
  const aborted: string[] = [];
  const theirs = new LRUCache<string, number>({
    max: 1,
    fetchMethod: (_key, _stale, { signal }) => {
      signal.addEventListener("abort", () => aborted.push("there"));
      return answers[0].promise;
    },
  });
  const ours = new Cache<string, number>({ maxCacheSize: 1 });
  const there = theirs.fetch("a").catch((error: unknown) => error);
  const here = ours.getOrLoad("a", (_key, { signal }) => {
    signal.addEventListener("abort", () => aborted.push("here"));
    return answers[1].promise;
  });
  expect([theirs.size, ours.size]).toEqual([1, 0]);
  theirs.set("b", 2);
  ours.set("b", 2);
  for (const answer of answers) answer.resolve(1);
  await there;
  expect(await here).toBe(1);
  expect(aborted).toEqual(["there"]);
});

test("A caller who aborts leaves the load to the others", async () => {
  const answer = deferred<number>();
  const ours = new Cache<string, number>();
  const leaving = new AbortController();
  let signal: AbortSignal | undefined;
  const load = (_key: string, context: { readonly signal: AbortSignal }) => {
    signal = context.signal;
    return answer.promise;
  };
  const gone = ours.getOrLoad("a", load, { signal: leaving.signal }).catch((error: Error) => error.name);
  const staying = ours.getOrLoad("a", load);
  leaving.abort();
  expect(await gone).toBe("AbortError");
  expect(signal?.aborted).toBe(false);
  answer.resolve(1);
  expect(await staying).toBe(1);
});

test("An option that does not exist is an error", () => {
  const wrong = { max: 5, alowStale: true };
  expect(() => new LRUCache(wrong)).not.toThrow();
  expect(() => new LruCache({ maxCacheSize: 5, alowStale: true } as never)).toThrow(/alowStale/);
  expect(() => new LruCache({ maxCacheSize: -1 })).toThrow(/maxCacheSize must be/);
});
