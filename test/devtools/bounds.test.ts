import { expect, test } from "vitest";
import { reachedBound, tightBound, usedWords } from "../../src/devtools/panel/bounds.ts";
import { metricsWith } from "./fake-source.ts";

const { options } = metricsWith({});

test("the bound that counts is the one that is nearer to be reached", () => {
  const weighed = { ...options, maxWeight: 1_000 };
  const bound = (size: number, weight: number): unknown => tightBound(metricsWith({ options: weighed, size, weight }));
  expect(bound(10, 900)).toEqual({ used: 900, most: 1_000 });
  expect(bound(20, 900)).toEqual({ used: 20, most: 20 });
  const unbounded = { ...weighed, maxCacheSize: Infinity };
  expect(tightBound(metricsWith({ options: unbounded, size: 5, weight: 0 }))).toEqual({ used: 0, most: 1_000 });
});

test("what has no bound is told without one", () => {
  expect([usedWords(5, Infinity), usedWords(5, 1_000)]).toEqual(["5", "5 of 1,000"]);
});

test("the bound that makes a cache evict is the one that it has reached", () => {
  const bound = (size: number, weight: number, maxWeight = 4_000): unknown =>
    reachedBound({ used: size, most: 100 }, { used: weight, most: maxWeight });
  expect(bound(100, 1_880)).toBe("entries");
  expect(bound(47, 3_990)).toBe("weight");
  expect(bound(3, 40)).toBeUndefined();
  expect(bound(3, 0, Infinity)).toBe("entries");
  expect(reachedBound({ used: 5, most: Infinity }, { used: 3_990, most: 4_000 })).toBe("weight");
});
