import { expect, test } from "vitest";
import { sizeAdvice } from "../../src/devtools/panel/advice.ts";
import { metricsWith } from "./fake-source.ts";

const NOTHING_SEEN = { evicted: 0, returned: 0, missing: 0 };
const removals = (evicted: number) => ({ evicted, expired: 0, replaced: 0, deleted: 0, cleared: 0 });

test("says that there is not enough data before 200 lookups", () => {
  const advice = sizeAdvice(metricsWith({ hits: 9, misses: 100, removals: removals(90) }), NOTHING_SEEN);
  expect(advice).toEqual({
    tone: "wait",
    text: "Not enough data yet: 109 of the 200 lookups that advice on the size needs.",
  });
});

test("advises nothing when evictions are rare", () => {
  const advice = sizeAdvice(metricsWith({ hits: 900, misses: 100, removals: removals(10) }), NOTHING_SEEN);
  expect(advice).toMatchObject({ tone: "good", text: expect.stringContaining("10 evictions for 100 misses") });
});

test("names a size that holds the keys that came back", () => {
  const metrics = metricsWith({ hits: 100, misses: 400, removals: removals(380), size: 20 });
  const advice = sizeAdvice(metrics, { evicted: 100, returned: 80, missing: 15 });
  expect(advice.tone).toBe("change");
  expect(advice.text).toContain("80% of the 100 evictions seen here were stored again later");
  expect(advice.text).toContain("a larger maxCacheSize, 35 instead of 20");
});

test("does not ask for more room when evicted keys stay away", () => {
  const metrics = metricsWith({ hits: 100, misses: 400, removals: removals(380) });
  const advice = sizeAdvice(metrics, { evicted: 100, returned: 5, missing: 5 });
  expect(advice).toMatchObject({ tone: "good", text: expect.stringContaining("would gain little") });
});

test("only hints at a larger size when no eviction was seen live", () => {
  const advice = sizeAdvice(metricsWith({ hits: 100, misses: 400, removals: removals(380) }), NOTHING_SEEN);
  expect(advice).toMatchObject({ tone: "change", text: expect.stringContaining("may be too small") });
});
