import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  barsOf,
  barWords,
  BINS,
  Expiries,
  filterOfBar,
  PEAK_ENTRIES,
  PEAK_SHARE,
  spreadCode,
} from "../../src/devtools/panel/expiry-bins.ts";

const NOW = 1_000_000;
const MINUTE = 60_000;

/** A strip of ten minutes with so many entries in each of some bars. */
function strip(entries: Readonly<Record<number, number>>, group = "film:"): Expiries {
  const expiries = new Expiries([10 * MINUTE], NOW);
  for (const [bin, many] of Object.entries(entries))
    for (let each = 0; each < many; each++) expiries.add((Number(bin) + 0.5) * expiries.width, group, NOW - 1_000);
  return expiries;
}

const even = (many: number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: BINS }, (_, index) => [index, many]));

describe("the strip", () => {
  test.each([
    [[], 6_000],
    [[6_000], 6_000],
    [[6_001], 12_000],
    [[45_000, Infinity], MINUTE],
    [[301_000], 10 * MINUTE],
    [[3_600_000], 10 * MINUTE],
  ])("of entries with %j ms left spans %d", (seen, span) => {
    expect(new Expiries(seen, NOW).span).toBe(span);
  });

  test("tells what expires later, and what never does", () => {
    const expiries = new Expiries([1_000], NOW);
    for (const left of [0, 5_999, 6_000, 90_000, Infinity]) expiries.add(left, "film:", undefined);
    expect([expiries.soon, expiries.later, expiries.never]).toEqual([2, 2, 1]);
  });

  test("has bars that hold together what its bins hold, however many are drawn", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700_000), { maxLength: 200 }), fc.constantFrom(60, 30, 20, 12), (left, many) => {
        const expiries = new Expiries(left, NOW);
        for (const ms of left) expiries.add(ms, "film:", undefined);
        const bars = barsOf(expiries, many);
        expect(bars).toHaveLength(many);
        for (const { from, to, entries } of bars)
          expect(entries).toBe(left.filter((ms) => ms >= from && ms < to).length);
      }),
    );
  });
});

describe("entries that expire together", () => {
  test("are a peak from a fifth of all on, in three neighbouring bars", () => {
    // 57 even bars with 80 in all, and 20 in one.
    const rest = { ...even(0), ...Object.fromEntries(Array.from({ length: 40 }, (_, bin) => [bin, 2])) };
    expect(PEAK_SHARE * 100).toBe(20);
    expect(strip({ ...rest, 50: 20 }).peak).toMatchObject({ start: 50, end: 51, entries: 20 });
    expect(strip({ ...rest, 50: 19 }).peak).toBeUndefined();
  });

  test("are one from so many entries on", () => {
    expect(strip({ 10: PEAK_ENTRIES }).peak?.entries).toBe(PEAK_ENTRIES);
    expect(strip({ 10: PEAK_ENTRIES - 1 }).peak).toBeUndefined();
  });

  test("are no peak where they are spread evenly", () => {
    expect(strip(even(30)).peak).toBeUndefined();
    expect(strip(even(30)).high.size).toBe(0);
  });

  test("mark only the bars that are high themselves", () => {
    const { high, peak } = strip({ ...even(10), 30: 100, 31: 400, 32: 150 });
    expect([...high]).toEqual([30, 31, 32]);
    expect(peak).toMatchObject({ start: 30, end: 33, entries: 650 });
    expect(barsOf(strip({ ...even(10), 31: 650 }), 20).map(({ isHigh }, index) => isHigh && index)).toContain(10);
  });

  test("are told with the group that most of them are of, and when that was written", () => {
    const expiries = strip({ 20: 100 }, "session:");
    for (let each = 0; each < 30; each++) expiries.add(20.5 * expiries.width, "film:", NOW - 9_000);
    const { entries, group, ofGroup, from, to, ttl } = expiries.peak!;
    expect([entries, group, ofGroup]).toEqual([130, "session:", 100]);
    expect([from, to, ttl]).toEqual([NOW - 1_000, NOW - 1_000, 20.5 * expiries.width + 1_000]);
  });
});

describe("the words of a bar", () => {
  const [first, second] = barsOf(strip({ 0: 1, 1: 4 }), 60);

  test("say how many entries expire in it, and filter them", () => {
    expect([barWords(first!), barWords(second!)]).toEqual([
      "1 entry expires in 0 to 10 s",
      "4 entries expire in 10 s to 20 s",
    ]);
    expect([filterOfBar(first!), filterOfBar(second!)]).toEqual(["ttl<10s", "ttl>=10s ttl<20s"]);
    expect(filterOfBar({ from: 100, to: 200, entries: 1, isHigh: false })).toBe("ttl>=0.1s ttl<0.2s");
  });
});

test.each([
  [600_000, "cache", "cache.set(key, value, { ttl: 600_000 * (0.9 + 0.2 * Math.random()) })"],
  [600_012, "client", "ttl: 600_000 * (0.9 + 0.2 * Math.random())"],
  [0, "client", "ttl: ttl * (0.9 + 0.2 * Math.random())"],
] as const)("a ttl of %d ms is spread in a %s by %s", (ttl, kind, code) => {
  expect(spreadCode({ ttl }, kind)).toBe(code);
});
