import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingSpan, ratioData, recent, removalData, requestData } from "../../src/devtools/panel/chart-data.ts";
import { barPath, barsPath, bases, linePath, niceTop, runs, zoomed } from "../../src/devtools/panel/chart-path.ts";
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

test("takes a sample that was a little early or late for one of whole seconds", () => {
  const seconds = [0.92, 1.08, 2.95, 1.5, 0.4];
  const data = requestData(seconds.map((each, index) => sample(index, { hits: 3, seconds: each })));
  expect(data.series[0]!.values).toEqual([3, 3, 1, 2, 7.5]);
});

test("knows how many are drawn in all", () => {
  const data = requestData([sample(1, { hits: 30, misses: 6, seconds: 3 }), sample(2, { hits: 1 })]);
  expect(data.series.map(({ total }) => total)).toEqual([31, 6]);
  expect(ratioData([sample(1, { hits: 1 })]).series[0]!.total).toBeUndefined();
});

const frame = { end: 60_000, span: 60_000, min: 0, max: 1 };

test("breaks a line where nothing was recorded, and shows a value without neighbours as a point", () => {
  const data = ratioData([sample(1, { hits: 1 }), sample(2, { hits: 1 }), sample(60, { afterGap: true, hits: 1 })]);
  expect(runs(data, [1, 1, 1])).toEqual([[0, 1], [2]]);
  expect(runs(data, [null, 1, null])).toEqual([[1]]);
  const { line, under } = linePath(data, [1, 1, 1], frame);
  expect(line).toBe("M10,0L20,0M600,0h.01");
  expect(under).toBe("M10,100L10,0L20,0V100ZM600,100L600,0V100Z");
});

test("draws a magnified line from the bottom of its axis to the top", () => {
  const data = ratioData([sample(59), sample(60)]);
  expect(linePath(data, [0.9, 1], { ...frame, min: 0.9 }).line).toBe("M590,100L600,0");
});

test("draws what was counted as one bar for each sample, over the time that it took, and none for nothing", () => {
  const data = requestData([sample(1), sample(30, { hits: 2 }), sample(60, { hits: 1, seconds: 2 })]);
  const [hits] = data.series;
  // Between bars there is a hair of room.
  expect(barsPath(data, hits!.values, bases(data)[0]!, { ...frame, max: 2 })).toBe(
    "M290.6 100V0H299.4V100ZM581.2 100V75H598.8V100Z",
  );
});

test("a bar stands on those before it, and ends at the left edge", () => {
  const data = removalData([
    sample(1, { seconds: 9, removals: { evicted: 9, expired: 9, replaced: 0, deleted: 18, cleared: 0 } }),
  ]);
  expect(bases(data)).toEqual([[0], [1], [2], [2], [4]]);
  expect(barsPath(data, data.series[3]!.values, bases(data)[3]!, { ...frame, max: 4 })).toBe("M0.6 50V0H9.4V50Z");
});

test("one of very many is still seen", () => {
  const data = requestData([sample(60, { hits: 1 })]);
  expect(barsPath(data, [1], [0], { ...frame, max: 10_000 })).toContain("100V98.5H");
});

test.each([
  [[0.981, 0.9949], { min: 0.98, max: 1 }],
  [[0.5, null, 0.5], { min: 0.5, max: 0.501 }],
  [[1, 1], { min: 0.999, max: 1 }],
  [[0, 0], { min: 0, max: 0.001 }],
  [[0.2, 0.9], { min: 0.2, max: 0.9 }],
  [[0.3, 0.34], { min: 0.3, max: 0.34 }],
])("magnifies the axis of %j to %j", (values, axis) => {
  expect(zoomed(values)).toEqual(axis);
});

test("a magnified axis holds every value, and no more than a few steps beside them", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
      const { min, max } = zoomed(values);
      expect([min >= 0, max <= 1, max > min]).toEqual([true, true, true]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      expect(min).toBeLessThanOrEqual(low + 0.0002);
      expect(max).toBeGreaterThanOrEqual(high - 0.0002);
      expect(max - min).toBeLessThanOrEqual(Math.max(0.0011, 2.2 * (high - low) + 0.0041));
    }),
  );
});

test("shows the chosen span, and less of it while there are few samples", () => {
  const samples = Array.from({ length: 200 }, (_, second) => sample(second));
  expect(recent(samples, 120_000)).toHaveLength(120);
  expect(fittingSpan(samples.slice(0, 5), 120_000)).toBe(30_000);
  expect(fittingSpan(recent(samples, 120_000), 120_000)).toBe(120_000);
});

test.each([
  [0, 1],
  [1.2, 2],
  [2.5, 4],
  [12, 12],
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

test("a bar leaves a hair of room beside it where there is any to see, and one of many is still seen", () => {
  expect(barPath(0, 100, 80, 20)).toBe("M6 80V20H94V80Z");
  expect(barPath(10, 13, 100, 50)).toBe("M10 100V50H13V100Z");
  expect(barPath(10, 13, 100, 99.9)).toBe("M10 100V98.5H13V100Z");
});
