import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { createEntrySource, type EntryRow } from "../../src/devtools/entry-source.ts";
import { columnsFor, columnsOfName, templateOf } from "../../src/devtools/panel/columns.tsx";
import { type EntriesView, INITIAL_VIEW } from "../../src/devtools/panel/entries-view.ts";
import { headOf } from "../../src/devtools/panel/key-text.ts";
import { isFlat, itemsOf, type ListItem, newOf, rowNow, toggled } from "../../src/devtools/panel/list-items.ts";
import type { RowFigures } from "../../src/devtools/panel/row-order.ts";
import { type RowList, RowWalk } from "../../src/devtools/panel/row-walk.ts";
import { Stories } from "../../src/devtools/stories.ts";

const VIEW: EntriesView = { ...INITIAL_VIEW, areOpen: true };
const figures: RowFigures = { sizeOf: () => 1, hitsOf: () => 1 };

function listOf(cache: Cache<string, unknown>, view: EntriesView): RowList {
  const walk = new RowWalk(createEntrySource(cache), view);
  walk.run(() => false);
  return walk.list;
}

const words = (items: readonly ListItem[]): string[] =>
  items.map(({ group, row }) => (row ? row.label : `# ${group.label}`));

function filled(...keys: string[]): Cache<string, unknown> {
  const cache = new Cache<string, unknown>();
  for (const key of keys) cache.set(key, key);
  return cache;
}

test("each group has a header, and one that is closed has no more than that", () => {
  const cache = filled("b:2", "a:1", "b:1");
  const list = listOf(cache, VIEW);
  expect(words(itemsOf(list, VIEW, figures))).toEqual(["# b:", "b:2", "b:1", "# a:", "a:1"]);
  const sorted: EntriesView = { ...VIEW, sort: "key" };
  expect(words(itemsOf(list, sorted, figures))).toEqual(["# a:", "a:1", "# b:", "b:1", "b:2"]);
  const closed: EntriesView = { ...VIEW, ...toggled(VIEW, "b:") };
  expect(words(itemsOf(listOf(cache, closed), closed, figures))).toEqual(["# b:", "# a:", "a:1"]);
  expect(toggled(closed, "b:").opened.size).toBe(0);
});

test("a single open group, and no groups, need no header", () => {
  const list = listOf(filled("a:1", "a:2"), VIEW);
  expect([isFlat(list, VIEW), words(itemsOf(list, VIEW, figures))]).toEqual([true, ["a:1", "a:2"]]);
  const closed: EntriesView = { ...VIEW, areOpen: false };
  expect(words(itemsOf(listOf(filled("a:1"), closed), closed, figures))).toEqual(["# a:"]);
  const none: EntriesView = { ...closed, grouping: "none" };
  expect(words(itemsOf(listOf(filled("b:1", "a:1"), none), none, figures))).toEqual(["b:1", "a:1"]);
});

test("counts the rows that wait behind lines that are held", () => {
  const cache = filled("a:1", "b:1");
  const held = itemsOf(listOf(cache, VIEW), VIEW, figures);
  cache.delete("a:1");
  for (const key of ["a:2", "a:3", "c:1"]) cache.set(key, 1);
  expect(newOf(held, itemsOf(listOf(cache, VIEW), VIEW, figures))).toBe(3);
  expect(newOf(held, held)).toBe(0);
});

test("a row that is held tells how it is now, and how it left", () => {
  const cache = filled("a:1");
  const source = createEntrySource(cache);
  const stories = new Stories();
  const row = source.row("a:1")!;
  expect(rowNow(row, source, stories)).toMatchObject({ status: "stored", label: "a:1" });
  cache.delete("a:1");
  stories.depart("a:1", "deleted");
  expect(rowNow(row, source, stories)).toMatchObject({ status: "left", departure: { cause: "deleted" } });
});

const names = (width: number, kind: "cache" | "client", rows: EntryRow[], longest = 10): string[] =>
  columnsFor(kind, width, rows, longest).map(({ name }) => name);
const busy: EntryRow = {
  id: 1,
  label: "key",
  order: 0,
  status: "fresh",
  onScreen: 1,
  updatedAt: 1,
  ttlLeft: 5,
  ttl: 10,
  reads: 3,
  weight: 4,
  shard: 1,
  pins: 1,
};

test("columns come as far as there is room, and never without anything to show", () => {
  expect(names(1_280, "client", [busy])).toEqual([
    "Key",
    "Value",
    "Status",
    "Reads",
    "Hits",
    "Size",
    "Age",
    "TTL left",
    "On screen",
    "Weight",
    "Shard",
    "Pins",
  ]);
  expect(names(390, "client", [busy])).toEqual(["Key", "Status", "Reads", "TTL left"]);
  expect(names(390, "cache", [busy])).toEqual(["Key", "Value", "Reads", "TTL left"]);
  // A long key comes before its value on a phone.
  expect(names(390, "cache", [busy], 80)).not.toContain("Value");
  expect(names(730, "client", [busy])).toContain("Value");
  const plain: EntryRow = { ...busy, status: "stored", onScreen: 0, updatedAt: 0, ttlLeft: Infinity };
  const { reads: _, weight: __, shard: ___, pins: ____, ...unknown } = plain;
  expect(names(1_280, "cache", [unknown])).toEqual(["Key", "Value", "Size"]);
});

test("columns never need more than the width that there is", () => {
  for (let width = 320; width <= 1_600; width += 10) {
    for (const kind of ["cache", "client"] as const) {
      for (const longest of [4, 40, 400]) {
        const columns = columnsFor(kind, width, [busy], longest);
        const least = [...templateOf(columns, longest).matchAll(/(?:minmax\()?(\d+)(?:px|,)/g)];
        const sum = least.reduce((total, [, pixels]) => total + Number(pixels), 0);
        expect([width, sum + 12 * (columns.length - 1) + 24 <= width]).toEqual([width, true]);
        expect(columnsOfName(columns)).toBeGreaterThan(0);
      }
    }
  }
});

test("a key that is cut keeps its first element, which says what it is about", () => {
  expect([headOf('["film",12]'), headOf('["a very long first element",12]'), headOf("film:12")]).toEqual([9, 14, 3]);
});
