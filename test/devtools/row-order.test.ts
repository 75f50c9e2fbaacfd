import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryRow } from "../../src/devtools/entry-source.ts";
import { type RowFigures, sortedBy, type SortKey, sortRows } from "../../src/devtools/panel/row-order.ts";

const row = (order: number, part: Partial<EntryRow>): EntryRow => ({
  id: order,
  label: `key ${order}`,
  order,
  status: "fresh",
  onScreen: 0,
  updatedAt: 0,
  ttlLeft: Infinity,
  ...part,
});
const figures: RowFigures = {
  sizeOf: ({ label }) => label.length,
  hitsOf: ({ reads }) => (reads === undefined ? undefined : 1 / (1 + reads)),
};
const labels = (rows: readonly EntryRow[]): string[] => rows.map(({ label }) => label);

const rows = [
  row(0, { label: "b[1", status: "stale", ttlLeft: 50, updatedAt: 3, reads: 2, weight: 9 }),
  row(1, { label: "a", status: "error", ttlLeft: Infinity, updatedAt: 1, reads: 1, weight: 8 }),
  row(2, { label: "B2", status: "fresh", ttlLeft: undefined, updatedAt: 2, pins: 1 }),
];

test.each([
  ["key", ["B2", "a", "b[1"]],
  ["status", ["a", "b[1", "B2"]],
  ["age", ["b[1", "B2", "a"]],
  ["ttl", ["B2", "b[1", "a"]],
  ["reads", ["B2", "a", "b[1"]],
  ["hits", ["B2", "b[1", "a"]],
  ["size", ["a", "B2", "b[1"]],
  ["weight", ["B2", "a", "b[1"]],
] as const)("sorts by %s", (sort, expected) => {
  expect(labels(sortRows(rows, { sort, descending: false }, figures))).toEqual(expected);
  expect(labels(sortRows(rows, { sort, descending: true }, figures))).toEqual([...expected].reverse());
});

test("begins with the most for figures, and turns round when it is asked for the same again", () => {
  expect(sortedBy({ sort: "order", descending: false }, "reads")).toEqual({ sort: "reads", descending: true });
  expect(sortedBy({ sort: "reads", descending: true }, "reads")).toEqual({ sort: "reads", descending: false });
  expect(sortedBy({ sort: "reads", descending: true }, "key")).toEqual({ sort: "key", descending: false });
});

test("keeps the cache's order among equal rows, asks for each figure once, and leaves the given rows alone", () => {
  const sorts = fc.constantFrom<SortKey[]>("order", "next", "key", "status", "onScreen", "age", "ttl", "size", "hits");
  fc.assert(
    fc.property(fc.array(fc.nat(2)), sorts, fc.boolean(), (numbers, sort, descending) => {
      const given = numbers.map((number, order) =>
        row(order, { label: `${number}`, ttlLeft: number, updatedAt: number, reads: number }),
      );
      const before = [...given];
      let asked = 0;
      const sizeOf = (each: EntryRow): number => {
        asked++;
        return Number(each.label);
      };
      const shown = sortRows(given, { sort, descending }, { ...figures, sizeOf });
      expect(given).toEqual(before);
      expect(new Set(shown)).toEqual(new Set(given));
      expect(asked).toBe(sort === "size" ? given.length : 0);
      if (sort === "order" || sort === "next") return;
      shown.slice(1).forEach((each, index) => {
        const previous = shown[index] as EntryRow;
        if (previous.label === each.label) expect(previous.order).toBeLessThan(each.order);
      });
    }),
  );
});
