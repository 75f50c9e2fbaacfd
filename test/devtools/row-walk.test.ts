import { describe, expect, test } from "vitest";
import { INITIAL_VIEW } from "../../src/devtools/panel/entries-view.ts";
import { MAX_ROWS, RowWalk } from "../../src/devtools/panel/row-walk.ts";
import { FakeEntries } from "./fake-source.ts";

const sourceOf = (many: number): FakeEntries => new FakeEntries(many);
const never = (): boolean => false;

describe("RowWalk", () => {
  test("gives all rows of a small cache in one go", () => {
    const walk = new RowWalk(sourceOf(3), INITIAL_VIEW);
    walk.run(() => true);
    expect(walk.isDone).toBe(true);
    expect(walk.list).toMatchObject({ matched: 3, total: 3 });
    expect(walk.list.rows.map(({ label }) => label)).toEqual(["key 0", "key 1", "key 2"]);
  });

  test("stops when it is enough for now, and goes on from there", () => {
    const source = sourceOf(1_000);
    const walk = new RowWalk(source, INITIAL_VIEW);
    let slices = 0;
    for (; !walk.isDone; slices++) {
      const before = source.walked;
      walk.run(() => true);
      expect(source.walked - before).toBeLessThan(100);
    }
    expect(slices).toBeGreaterThan(10);
    expect(walk.list.rows).toHaveLength(1_000);
  });

  test("walks no further than it shows while every key matches, and still tells how many there are", () => {
    const source = sourceOf(MAX_ROWS + 5_000);
    const walk = new RowWalk(source, INITIAL_VIEW);
    walk.run(never);
    expect(walk.list).toMatchObject({ matched: MAX_ROWS + 5_000, total: MAX_ROWS + 5_000 });
    expect(walk.list.rows).toHaveLength(MAX_ROWS);
    expect(source.walked).toBeLessThanOrEqual(MAX_ROWS + 1);
  });

  test("finds by the filter what lies behind the rows that would be shown", () => {
    const walk = new RowWalk(sourceOf(MAX_ROWS + 5_000), { ...INITIAL_VIEW, filter: `KEY ${MAX_ROWS + 4_999}` });
    walk.run(never);
    expect(walk.list).toMatchObject({ matched: 1, total: MAX_ROWS + 5_000 });
    expect(walk.list.rows.map(({ order }) => order)).toEqual([MAX_ROWS + 4_999]);
  });
});
