import { expect, test } from "vitest";
import { bytes, duration, fineDuration } from "../../src/devtools/panel/format.ts";
import { timeScale } from "../../src/devtools/panel/time-scale.ts";

test.each([
  [0, "0 ms"],
  [0.000_42, "420 ns"],
  [0.001_5, "1.5 µs"],
  [0.1, "100 µs"],
  [1.234, "1.23 ms"],
  [99.96, "100 ms"],
  [1_500, "1.5 s"],
])("gives a short time three digits: %d ms is %s", (ms, words) => {
  expect(fineDuration(ms)).toBe(words);
});

test.each([
  [0, "0 ms"],
  [9_940, "9.9 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [96_000, "1 m 36 s"],
  [600_000, "10 min"],
  [3_599_700, "1 h"],
  [22_680_000, "6 h 18 m"],
  [86_399_000, "1 d"],
  [100 * 86_400_000 + 7_200_000, "100 d 2 h"],
  [Infinity, "never"],
])("gives a length of time in whole units, at most two: %d ms is %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_264_000, "1.26 MB"],
  [5e12, "5,000 GB"],
])("gives bytes by thousands: %d is %s", (value, words) => {
  expect(bytes(value)).toBe(words);
});

test("writes an axis in one unit, with the digits that tell its steps apart", () => {
  expect([0, 250, 3_000].map(timeScale(3_000, 100))).toEqual(["0.0 s", "0.3 s", "3.0 s"]);
  expect([0, 50].map(timeScale(50, 5))).toEqual(["0 ms", "50 ms"]);
  expect([0.1, 0.25].map(timeScale(0.25, 0.01))).toEqual(["0.10 ms", "0.25 ms"]);
  expect(timeScale(0, 0)(0)).toBe("0 ms");
  expect(timeScale(90_000_000_000, 1)(90_000_000_000)).toBe("1,041.667 d");
});
