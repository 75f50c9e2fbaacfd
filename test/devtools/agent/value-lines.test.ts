import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_LINES, valueLines, type ValueLines } from "../../../src/devtools/agent/value-lines.ts";
import { flattenTree, ROOT } from "../../../src/devtools/panel/value-tree.ts";

function linesOf(value: unknown, most: number = MAX_LINES, isWhole = false): ValueLines {
  const steps = valueLines([{ label: "value", value }], most, isWhole);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The tree of the panel, when all of it was opened by hand. */
function openTree(value: unknown): { level: number; label: string; text: string }[] {
  const parts = [{ label: "value", value }];
  const open = new Set([ROOT]);
  for (;;) {
    const rows = flattenTree(parts, open);
    const closed = rows.filter(({ expandable, expanded }) => expandable && !expanded);
    if (closed.length === 0)
      return rows.map(({ level, label, words }) => ({ level: level - 1, label, text: words.text }));
    for (const { path } of closed) open.add(path);
  }
}

const told = ({ lines }: ValueLines): string[] =>
  lines.map(({ level, label, text }) => `${"  ".repeat(level)}${label} ${text}`);

describe("a value as lines", () => {
  test("is the panel's tree with everything open", () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 4 });
    fc.assert(
      fc.property(anything, (value) => {
        const lines = linesOf(value).lines.map(({ level, label, text }) => ({ level, label, text }));
        expect(lines).toEqual(openTree(value));
      }),
    );
  });

  test("tells cycles, functions, holes, classes and getters, and runs nothing", () => {
    class Film {
      title = "Ran";
      again: unknown;
      get boom(): never {
        throw new Error("run");
      }
    }
    const film = new Film();
    film.again = film;
    const own = Object.defineProperty({}, "boom", {
      get(): never {
        throw new Error("run");
      },
    });
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what it is about
    expect(told(linesOf([film, own, , function play() {}]))).toEqual([
      "value Array(4)",
      "  0 Film {2}",
      '    title "Ran"',
      "    again Film {2} circular",
      "  1 Object {1}",
      "    boom accessor: getter, not run",
      "  2 empty",
      "  3 ƒ play()",
    ]);
  });

  test("shows no more than is asked for, and counts the rest", () => {
    const { lines, total, isMore } = linesOf(
      Array.from({ length: 500 }, (_, index) => index),
      10,
    );
    expect([lines.length, total, isMore]).toEqual([10, 501, false]);
    const huge = linesOf(Array.from({ length: 1e6 }), 10);
    expect([huge.lines.length, huge.total, huge.isMore]).toEqual([10, MAX_LINES, true]);
  });

  test("ends for what is shared many times over, and for what is very deep", () => {
    let shared: unknown = "end";
    for (let level = 0; level < 40; level++) shared = [shared, shared];
    expect(linesOf(shared, 10).isMore).toBe(true);
    let deep: unknown = "end";
    for (let level = 0; level < 100_000; level++) deep = { deep };
    const { lines, total } = linesOf(deep);
    expect(total).toBe(101);
    expect(lines[100]!.text).toBe("Object {1} too deep to be shown");
  });

  test("shows long texts whole where that is asked for", () => {
    const text = "x".repeat(10_000);
    expect(linesOf(text).lines[0]!.text).toMatch(/^"x{400}" … 10000 characters$/);
    expect(linesOf(text, MAX_LINES, true).lines[0]!.text).toBe(JSON.stringify(text));
  });
});
