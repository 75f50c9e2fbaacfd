import fc from "fast-check";
import { expect, test } from "vitest";
import { isWhole, matches, type RowView, sortRows } from "../../src/devtools/panel/row-order.ts";
import type { EntryRow } from "../../src/devtools/entry-source.ts";

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
const view = (part: Partial<RowView>): RowView => ({
  filter: "",
  status: undefined,
  sort: "order",
  descending: false,
  ...part,
});
const viewRows = (given: readonly EntryRow[], wanted: RowView): EntryRow[] =>
  sortRows(
    given.filter((each) => matches(each, wanted)),
    wanted,
  );
const labels = (rows: readonly EntryRow[]): string[] => rows.map(({ label }) => label);

const rows = [
  row(0, { label: "b[1", status: "stale", ttlLeft: 50, updatedAt: 3 }),
  row(1, { label: "a", status: "error", ttlLeft: Infinity, updatedAt: 1 }),
  row(2, { label: "B2", status: "fresh", ttlLeft: undefined, updatedAt: 2 }),
];

test("filters by a substring in any case, without meaning for special characters", () => {
  expect(labels(viewRows(rows, view({ filter: " B" })))).toEqual(["b[1", "B2"]);
  expect(labels(viewRows(rows, view({ filter: "[" })))).toEqual(["b[1"]);
});

test("filters by status, and tells a view that leaves out nothing", () => {
  expect(labels(viewRows(rows, view({ status: "error" })))).toEqual(["a"]);
  expect([isWhole(view({ filter: " " })), isWhole(view({ filter: "b" })), isWhole(view({ status: "error" }))]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ["key", ["B2", "a", "b[1"]],
  ["status", ["a", "b[1", "B2"]],
  ["updated", ["a", "B2", "b[1"]],
  ["ttl", ["B2", "b[1", "a"]],
] as const)("sorts by %s", (sort, expected) => {
  expect(labels(viewRows(rows, view({ sort })))).toEqual(expected);
  expect(labels(viewRows(rows, view({ sort, descending: true })))).toEqual([...expected].reverse());
});

test("keeps the cache's order among equal rows, and leaves the given rows alone", () => {
  const sorts = fc.constantFrom("order", "key", "status", "onScreen", "updated", "ttl");
  fc.assert(
    fc.property(fc.array(fc.nat(2)), sorts, fc.boolean(), (numbers, sort, descending) => {
      const given = numbers.map((number, order) =>
        row(order, { label: `${number}`, ttlLeft: number, updatedAt: number }),
      );
      const before = [...given];
      const shown = viewRows(given, view({ sort, descending }));
      expect(given).toEqual(before);
      expect(new Set(shown)).toEqual(new Set(given));
      if (sort === "order") return;
      shown.slice(1).forEach((each, index) => {
        const previous = shown[index] as EntryRow;
        if (previous.label === each.label) expect(previous.order).toBeLessThan(each.order);
      });
    }),
  );
});
