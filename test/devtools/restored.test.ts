import { Cache, exportCache, importCache, LruCache } from "macho-cache";
import { expect, test } from "vitest";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { historyOf } from "../../src/devtools/panel/key-history.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { ManualTime } from "./fake-source.ts";

const KINDS = [
  ["Cache", () => new Cache<string, number>({ maxCacheSize: 5, shardCount: 2 })],
  ["LruCache", () => new LruCache<string, number>({ maxCacheSize: 5 })],
] as const;

test.each(KINDS)("what was removed from a %s and put back is told as restored, until it is written anew", (_, make) => {
  const cache = make();
  const recording = new Recording(cache, new ManualTime());
  recording.start();
  cache.set("a", 1);
  cache.set("b", 2);
  expect(recording.lifeOf("a")?.isRestored).toBe(false);
  const source = createEntrySource(cache, recording);
  const putBack = source.keep("a", "a")!;
  cache.delete("a");
  expect(putBack()).toBe("Put a back");
  expect([recording.lifeOf("a")?.isRestored, recording.lifeOf("b")?.isRestored]).toEqual([true, false]);
  cache.set("a", 3);
  expect(recording.lifeOf("a")?.isRestored).toBe(false);
  recording.stop();
});

test.each(KINDS)("what an import brings into a %s is told as restored", (_, make) => {
  const [from, to] = [make(), make()];
  from.set("a", 1);
  const recording = new Recording(to, new ManualTime());
  recording.start();
  const dump = exportCache(from);
  const old = { ...dump, entries: [{ key: "a", value: 1, age: 5_000, ttl: 600_000 }] };
  expect(importCache(to, old)).toBe(1);
  to.set("b", 2);
  expect([recording.lifeOf("a")?.isRestored, recording.lifeOf("b")?.isRestored]).toEqual([true, false]);
  // Its slot is not remembered for another key.
  to.clear();
  to.set("c", 3);
  expect(recording.lifeOf("c")?.isRestored).toBe(false);
  recording.stop();
});

test("the history of a key says that it was restored, in the place of its write", () => {
  const life = { writtenAt: 1_000, writes: 1, reads: 0 };
  const past = { readAt: undefined, departure: undefined, misses: [], loads: [] };
  const words = (isRestored: boolean): string[] => historyOf({ life, isRestored, ...past }).map((event) => event.words);
  expect([words(true), words(false)]).toEqual([["restored"], ["written"]]);
});
