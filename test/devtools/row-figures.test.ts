import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { measuredSize, sizeOfValue } from "../../src/devtools/panel/row-figures.ts";

test("the size of a value is remembered for the panel, which asks again and again, and not for a tool", () => {
  const cache = new Cache<string, string[]>();
  const value = ["a"];
  cache.set("a", value);
  const source = createEntrySource(cache);
  const row = source.row("a")!;
  const before = measuredSize(row, source);
  expect(sizeOfValue(row, source)).toBe(before);
  value.push("x".repeat(10_000));
  expect(sizeOfValue(row, source)).toBe(before);
  expect(measuredSize(row, source)).toBeGreaterThan(before + 10_000);
  expect(measuredSize({ ...row, ttlLeft: undefined }, source)).toBe(0);
});
