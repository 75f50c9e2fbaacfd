import { expect, test } from "vitest";
import { sizeAdvice } from "../../src/devtools/panel/advice.ts";
import { tightBound, usedWords } from "../../src/devtools/panel/bounds.ts";
import { metricsWith } from "./fake-source.ts";

const { options } = metricsWith({});

test("the bound that counts is the one that is nearer to be reached", () => {
  const weighed = { ...options, maxWeight: 1_000 };
  const bound = (size: number, weight: number): unknown => tightBound(metricsWith({ options: weighed, size, weight }));
  expect(bound(10, 900)).toEqual({ option: "maxWeight", used: 900, most: 1_000 });
  expect(bound(20, 900)).toEqual({ option: "maxCacheSize", used: 20, most: 20 });
  expect(tightBound(metricsWith({ options: { ...weighed, maxCacheSize: Infinity }, size: 5, weight: 0 })).option).toBe(
    "maxWeight",
  );
});

test("advice names it, in its own unit", () => {
  const removals = { evicted: 380, expired: 0, replaced: 0, deleted: 0, cleared: 0 };
  const metrics = metricsWith({
    options: { ...options, maxCacheSize: Infinity, maxWeight: 1_000 },
    hits: 100,
    misses: 400,
    removals,
    size: 10,
    weight: 1_000,
  });
  const advice = sizeAdvice(metrics, { evicted: 100, returned: 80, missing: 5 });
  expect(advice.text).toContain("a larger maxWeight, 1,500 instead of 1,000");
});

test("what has no bound is told without one", () => {
  expect([usedWords(5, Infinity), usedWords(5, 1_000)]).toEqual(["5", "5 of 1,000"]);
});
