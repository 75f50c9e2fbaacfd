import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxPlot, drawnEnd, quantile } from "../../src/devtools/panel/box-plot.ts";
import { defaultBins, histogram, LEAST_BINS, MOST_BINS } from "../../src/devtools/panel/histogram.ts";

const durations = fc.array(
  fc.oneof(fc.nat(20), fc.double({ min: 0, max: 1e7, noNaN: true }), fc.constantFrom(0, 0.1, 0.2, 0.3, 1 / 3)),
  { maxLength: 200 },
);
const binCounts = fc.integer({ min: LEAST_BINS, max: MOST_BINS });

describe("a histogram", () => {
  test("counts each value in the bin whose edges hold it, as counting bin by bin does", () => {
    fc.assert(
      fc.property(durations, binCounts, (values, bins) => {
        const drawn = histogram(values, bins);
        expect(drawn).toHaveLength(values.length === 0 ? 0 : bins);
        drawn.forEach(({ from, to, count }, index) => {
          const isFirst = index === 0;
          const isLast = index === bins - 1;
          const held = values.filter((value) => (isFirst || value >= from) && (isLast || value < to));
          expect(count).toBe(held.length);
        });
      }),
    );
  });

  test("counts every value once, in bins of one width that follow each other from the lowest to the highest", () => {
    fc.assert(
      fc.property(durations, binCounts, (values, bins) => {
        fc.pre(values.length > 0);
        const drawn = histogram(values, bins);
        expect(drawn.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(drawn[0]?.from).toBe(Math.min(...values));
        const span = Math.max(...values) - Math.min(...values);
        expect((drawn.at(-1)?.to ?? 0) - Math.min(...values)).toBeCloseTo(span || 1, 3);
        drawn.slice(1).forEach(({ from }, index) => expect(from).toBe(drawn[index]?.to));
      }),
    );
  });

  test("on a logarithmic scale does so as well, in bins that widen by one factor", () => {
    fc.assert(
      fc.property(durations, binCounts, (values, bins) => {
        fc.pre(values.length > 0);
        const drawn = histogram(values, bins, Math.max(...values), "log");
        expect(drawn).toHaveLength(bins);
        drawn.forEach(({ from, to, count }, index) => {
          const held = values.filter((value) => (index === 0 || value >= from) && (index === bins - 1 || value < to));
          expect(count).toBe(held.length);
          if (index > 0) expect(from).toBe(drawn[index - 1]!.to);
        });
        expect(drawn[0]!.from).toBeLessThanOrEqual(Math.min(...values));
        expect(drawn.at(-1)!.to).toBeGreaterThanOrEqual(Math.max(...values));
        const factors = drawn.slice(1, -1).map(({ from, to }) => to / from);
        expect(Math.max(...factors) - Math.min(...factors)).toBeLessThan(1e-6 * Math.max(...factors));
        expect(Math.min(...factors)).toBeGreaterThan(1);
      }),
    );
  });

  test("on a logarithmic scale spreads loads of very different durations", () => {
    const values = Array.from({ length: 1_000 }, (_, index) => 10 * 100 ** (index / 1_000));
    const share = (scale: "linear" | "log"): number =>
      Math.max(...histogram(values, 20, Math.max(...values), scale).map(({ count }) => count)) / 1_000;
    expect(share("linear")).toBeGreaterThan(0.38);
    expect(share("log")).toBeLessThan(0.06);
  });

  test("puts equal values into one bin that has a width", () => {
    const [first, ...rest] = histogram([7, 7, 7], 10);
    expect(first).toEqual({ from: 7, to: 7.1, count: 3 });
    expect(rest.every(({ count }) => count === 0)).toBe(true);
  });
});

describe("a histogram of values with some far out", () => {
  test("gathers in the last bin what lies beyond its end", () => {
    const drawn = histogram([0, 1, 2, 10, 500], 10, 10);
    expect(drawn.map(({ count }) => count)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 2]);
    expect(drawn.at(-1)).toEqual({ from: 9, to: 500, count: 2 });
  });
});

describe("the bins before the reader chose", () => {
  const spread = (many: number): number[] => Array.from({ length: many }, (_, index) => (index * 0.618_034) % 1);

  test.each([
    [0, 10],
    [2, 10],
    [200, 12],
    [1_000, 20],
    [1_000_0, 30],
  ])("of %d values that spread are %d", (many, bins) => {
    expect(defaultBins(spread(many))).toBe(bins);
  });

  test.each([12, 25, 44, 90])("leave no gaps of a comb between the %d steps of a clock", (levels) => {
    const values = Array.from({ length: 1_000 }, (_, index) => (index % levels) * 50);
    const counts = histogram(values, defaultBins(values)).map(({ count }) => count);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(2.1);
  });
});

describe("the end of a drawing", () => {
  test("is the highest value, unless that would press the others into a corner", () => {
    const near = boxPlot([1, 2, 3, 4, 9])!;
    const far = boxPlot([1, 2, 3, 4, 900])!;
    expect(drawnEnd([near])).toBe(9);
    expect(drawnEnd([far])).toBe(4);
    expect(drawnEnd([near, far])).toBe(4);
    expect(drawnEnd([boxPlot([5, 5, 5, 5, 6])!])).toBe(6);
    expect(drawnEnd([boxPlot([900])!, near])).toBe(900);
  });
});

/** The value that `rank` others are not above: found without sorting. */
function ranked(values: readonly number[], rank: number): number {
  const fits = (value: number): boolean => {
    const below = values.filter((other) => other < value).length;
    const upTo = values.filter((other) => other <= value).length;
    return below <= rank && rank < upTo;
  };
  return values.find(fits) ?? Number.NaN;
}

describe("a box plot", () => {
  test("has the quartiles that counting gives", () => {
    fc.assert(
      fc.property(durations, (values) => {
        fc.pre(values.length > 0);
        const box = boxPlot(values)!;
        const between = (quarter: number): number => {
          const place = ((values.length - 1) * quarter) / 4;
          const [low, high] = [ranked(values, Math.floor(place)), ranked(values, Math.ceil(place))];
          return low + (high - low) * (place % 1);
        };
        expect([box.min, box.q1, box.median, box.q3, box.max]).toEqual([0, 1, 2, 3, 4].map(between));
        expect(box.mean * box.count).toBeCloseTo(
          values.reduce((sum, value) => sum + value, 0),
          3,
        );
      }),
    );
  });

  test("has whiskers that end at values, and beyond them nothing but outliers", () => {
    fc.assert(
      fc.property(durations, (values) => {
        fc.pre(values.length > 0);
        const { low, q1, median, q3, high, outliers } = boxPlot(values)!;
        expect([low, q1, median, q3, high]).toEqual([low, q1, median, q3, high].sort((one, other) => one - other));
        const reach = 1.5 * (q3 - q1);
        const isFar = (value: number): boolean => value < q1 - reach || value > q3 + reach;
        expect(outliers).toEqual(values.filter(isFar).sort((one, other) => one - other));
        expect(low === q1 || values.includes(low)).toBe(true);
        expect(high === q3 || values.includes(high)).toBe(true);
        const beyond = values.filter((value) => value < low || value > high);
        expect(beyond).toHaveLength(outliers.length);
      }),
    );
  });

  test("does not exist without values", () => {
    expect(boxPlot([])).toBeUndefined();
  });
});

test("a quantile lies between its neighbours by straight line", () => {
  expect([0, 0.25, 0.5, 0.95, 1].map((part) => quantile([0, 10, 20], part))).toEqual([0, 5, 10, 19, 20]);
});
