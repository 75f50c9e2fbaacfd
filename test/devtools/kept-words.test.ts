import fc from "fast-check";
import { LruCache } from "macho-cache";
import { expect, test } from "vitest";
import { keptWords } from "../../src/devtools/panel/kept-words.ts";
import { StoreLives } from "../../src/devtools/store-lives.ts";
import type { Departure } from "../../src/devtools/departures.ts";
import { Stories } from "../../src/devtools/stories.ts";

const OPTIONS = { maxCacheSize: 50, shardCount: 1, strategy: "lru", maxWeight: Infinity };
const LEFT = { cause: "evicted", nth: 100 } as Departure;

test("says whether the advised size would have kept a key until now, or how long", () => {
  expect(keptWords(LEFT, OPTIONS, 100, 120)).toBe(
    "The advised size of 120 would have kept it until now: none was evicted since, and it has room for 70 more.",
  );
  expect(keptWords(LEFT, OPTIONS, 101, 51)).toBe(
    "The advised size of 51 would have kept it for 1 further eviction at least; 1 followed.",
  );
  expect(keptWords(LEFT, OPTIONS, 101, 52)).toContain("until now: 1 more was evicted since");
  expect(keptWords(LEFT, OPTIONS, 134, 120)).toContain("until now: 34 more were evicted since");
});

test("says nothing where that is not known", () => {
  for (const options of [{ shardCount: 2 }, { strategy: "sieve" }, { maxWeight: 10 }, { maxCacheSize: 120 }])
    expect(keptWords(LEFT, { ...OPTIONS, ...options }, 100, 120)).toBeUndefined();
  expect(keptWords({ ...LEFT, cause: "expired" }, OPTIONS, 100, 120)).toBeUndefined();
  expect(keptWords(LEFT, OPTIONS, 100)).toBeUndefined();
});

test("is true of a cache of that size: whatever it says to be kept is there", () => {
  const keys = fc.array(fc.nat(30), { maxLength: 200 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (todo, size, more) => {
      const [small, large] = [size, size + more].map((maxCacheSize) => new LruCache<number, number>({ maxCacheSize }));
      const stories = new Stories(() => 0);
      small!.parts.stores[0]!.recorder = new StoreLives(small!.parts.stores[0] as never, stories, () => 0);
      for (const key of todo) for (const cache of [small!, large!]) if (cache.get(key) === undefined) cache.set(key, 1);
      for (const departure of stories.departures()) {
        if (small!.has(departure.key as number)) continue;
        const words = keptWords(departure, { ...OPTIONS, maxCacheSize: size }, stories.left("evicted"), size + more);
        if (words!.includes("until now"))
          expect([departure.key, large!.has(departure.key as number)]).toEqual([departure.key, true]);
      }
    }),
  );
});
