import { expect, test } from "vitest";
import { fittingSpan, ratioData, recent, removalData, requestData } from "../../src/devtools/panel/chart-data.ts";
import { bandPath, dotPath, linePath, niceTop, runs, stack } from "../../src/devtools/panel/chart-path.ts";
import { axisNumber } from "../../src/devtools/panel/format.ts";
import type { Sample } from "../../src/devtools/sampler.ts";

const sample = (second: number, part: Partial<Sample> = {}): Sample => ({
  at: second * 1_000,
  seconds: 1,
  hits: 0,
  misses: 0,
  hitRatio: null,
  afterGap: false,
  shards: new Uint32Array(0),
  removals: { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 },
  ...part,
});

test("gives rates a second, whatever time a sample took", () => {
  const data = requestData([sample(1, { hits: 30, misses: 6, seconds: 3 })]);
  expect(data.series.map(({ values }) => values)).toEqual([[10], [2]]);
});

test("gives the ratio of the last ten seconds, and none without lookups", () => {
  const samples = [sample(1), sample(2, { hits: 3, misses: 1 }), sample(3), sample(13)];
  expect(ratioData(samples).series[0]?.values).toEqual([null, 0.75, 0.75, null]);
});

test("does not carry the ratio over a gap", () => {
  const samples = [sample(2, { hits: 4 }), sample(3, { afterGap: true, misses: 1 }), sample(4, { hits: 1 })];
  expect(ratioData(samples).series[0]?.values).toEqual([1, 0, 0.5]);
});

test("breaks a line where nothing was recorded", () => {
  const data = ratioData([sample(1, { hits: 1 }), sample(2, { hits: 1 }), sample(60, { afterGap: true, hits: 1 })]);
  expect(runs(data, [1, 1, 1])).toEqual([[0, 1], [2]]);
  expect(linePath(data, [1, 1, 1], { end: 60_000, span: 60_000, max: 1 })).toBe("M10,0L20,0M600,0");
});

test("shows a value without neighbours as a point, and as a bar of a stack", () => {
  const data = requestData([sample(1, { hits: 1 }), sample(2, { hits: 1 }), sample(60, { afterGap: true, hits: 1 })]);
  const frame = { end: 60_000, span: 60_000, max: 1 };
  expect(dotPath(data, [1, 1, 1], frame)).toBe("M600,0h.01");
  expect(bandPath(data, [1, 1, 1], [0, 0, 0], frame)).toBe("M10,0L20,0L20,100L10,100ZM595,0H600V100H595Z");
});

test("stacks the causes", () => {
  const data = removalData([sample(1, { removals: { evicted: 1, expired: 2, replaced: 0, deleted: 4, cleared: 0 } })]);
  expect(stack(data)).toEqual([[1], [3], [3], [7], [7]]);
});

test("shows the chosen span, and less of it while there are few samples", () => {
  const samples = Array.from({ length: 200 }, (_, second) => sample(second));
  expect(recent(samples, 120_000)).toHaveLength(120);
  expect(fittingSpan(samples.slice(0, 5), 120_000)).toBe(30_000);
  expect(fittingSpan(recent(samples, 120_000), 120_000)).toBe(120_000);
});

test.each([
  [0, 1],
  [1.2, 1.2],
  [60, 60],
  [101, 120],
  [0.3, 1],
])("rounds the top of an axis up: %d to %d", (value, top) => {
  expect(niceTop(value)).toBe(top);
});

test("has axes whose middle is what is written there", () => {
  for (let value = 1; value < 1e7; value *= 1.07) {
    const top = niceTop(value);
    expect(top).toBeGreaterThanOrEqual(value);
    const written = axisNumber(top / 2);
    expect(Number.parseFloat(written) * ({ K: 1e3, M: 1e6 }[written.at(-1)!] ?? 1)).toBeCloseTo(top / 2, 6);
  }
});
