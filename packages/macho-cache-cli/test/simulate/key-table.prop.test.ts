import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyTable } from "../../src/simulate/key-table.ts";

const numberOf = (table: KeyTable, key: string): number => {
  const bytes = Buffer.from(`<${key}>`);
  return table.numberOf(bytes, 1, bytes.length - 1);
};

test("numbers keys in the order of their first appearance, as a map does", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 400, size: "max" }), (keys) => {
      const table = new KeyTable(1e6, 1);
      const model = new Map<string, number>();
      for (const key of keys) {
        const expected = model.get(key) ?? model.size;
        model.set(key, expected);
        expect(numberOf(table, key)).toBe(expected);
      }
      expect([table.size, table.issued, table.rate]).toEqual([model.size, model.size, 1]);
    }),
  );
});

test("tells a million keys apart that differ in a sign or two", () => {
  const table = new KeyTable(2e6, 1);
  for (let key = 0; key < 1_000_000; key++) numberOf(table, `/films/${key}`);
  expect(table.size).toBe(1_000_000);
});

test("above its bound it goes on with half of the keys, the same ones for the whole trace", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 1, max: 3_000 }), (max, count) => {
      const table = new KeyTable(max, 1);
      const first = Array.from({ length: count }, (_, key) => numberOf(table, `key ${key}`));
      expect(table.size).toBeLessThanOrEqual(max);
      const again = first.map((_, key) => numberOf(table, `key ${key}`));
      again.forEach((number, key) => {
        // Whoever is in was never out, and has kept its number.
        if (number >= 0) expect(number).toBe(first[key]);
        else if (first[key]! >= 0) expect(table.isIn(first[key]!)).toBe(false);
      });
      const known = again.filter((number) => number >= 0);
      expect([known.length, new Set(known).size]).toEqual([table.size, table.size]);
    }),
  );
});

test("a share of the keys is in, about as many as asked", () => {
  for (const rate of [0.5, 0.1, 0.01]) {
    const table = new KeyTable(1e6, rate);
    for (let key = 0; key < 100_000; key++) numberOf(table, String(key));
    // Five standard deviations.
    expect(Math.abs(table.size - 100_000 * rate)).toBeLessThan(5 * Math.sqrt(100_000 * rate * (1 - rate)));
  }
});
