import { expect, test } from "vitest";
import { parseSizes, sizesFor } from "../../src/simulate/sizes.ts";

test("reads numbers, shares and units, and sorts them", () => {
  expect(sizesFor(parseSizes("1000, 10%,64KiB,2k,1.5M"), 5_000)).toEqual([500, 1_000, 2_000, 65_536, 1_500_000]);
  expect(sizesFor(parseSizes("100,10%"), 1_000)).toEqual([100]);
  expect(sizesFor(parseSizes("0.001%"), 10)).toEqual([1]);
});

test("has seven sizes by itself, of two digits, from a two hundredth of all keys to half of them", () => {
  expect(sizesFor(undefined, 123_456)).toEqual([620, 1_200, 2_500, 6_200, 12_000, 25_000, 62_000]);
  expect(sizesFor(undefined, 3)).toEqual([1, 2]);
});

test.each(["0", "-5", "ten", "1,", "101%", "0%", "1e3", "5XB"])("says what a size is, for %s", (text) => {
  expect(() => parseSizes(text)).toThrow("A size is a whole number of 1 or more, such as 1000, 64MiB, or 10%");
});

test("takes 64 sizes at most", () => {
  expect(() => parseSizes(Array.from({ length: 65 }, (_, size) => size + 1).join(","))).toThrow(
    "--size takes 64 sizes at most, got 65.",
  );
});
