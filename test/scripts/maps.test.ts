// The pages that lead a reader through the sources name files and functions that are there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAPS = [
  "docs/how-a-hook-gets-its-data.md",
  "docs/how-cache-get-works.md",
  "docs/persistence-promises.md",
  "CONTRIBUTING.md",
];

/** Files of the sources that a page names, in its drawings too, and what to look for in them. */
function namedIn(text: string): [file: string, word: string][] {
  const rows = Array.from(text.matchAll(/^\|.*\]\(\.\.\/src\/.*$/gm), ([row]) => row);
  const words = rows.flatMap((row) => {
    const files = Array.from(row.matchAll(/\]\(\.\.\/src\/([^)]+)\)/g), ([, file = ""]) => file);
    const [last = ""] = row.split("](../src/").slice(-1);
    const cell = last.split("|")[1] ?? "";
    const names = Array.from(cell.matchAll(/`(#?\w+)`/g), ([, name = ""]) => name);
    return files.flatMap((file) => names.map((name): [string, string] => [file, name]));
  });
  const drawn = text.matchAll(/\b((?:core|query|react|devtools)\/[\w/-]+\.tsx?)\b/g);
  return [...words, ...Array.from(drawn, ([, file = ""]): [string, string] => [file, ""])];
}

/** Titles that a page quotes after a link to a test file and that the file does not have. */
function untitled(text: string): string[] {
  return Array.from(text.matchAll(/\]\(\.\.\/(test\/[^)]+)\): ((?:"[^"]+"(?:, )?)+)/g)).flatMap(
    ([, file = "", quoted = ""]) => {
      const tests = readFileSync(join(ROOT, file), "utf8");
      const titles = Array.from(quoted.matchAll(/"[^"]+"/g), ([title]) => title);
      return titles.flatMap((title) => (tests.includes(title) ? [] : `${file} has no test ${title}`));
    },
  );
}

/** What a page says of the sources and is not so. */
function faultsOf(text: string): string[] {
  return namedIn(text).flatMap(([file, word]) => {
    const path = join(ROOT, "src", file);
    if (!existsSync(path)) return `there is no src/${file}`;
    return new RegExp(`(?<![\\w#])${word}\\b`).test(readFileSync(path, "utf8")) ? [] : `src/${file} has no ${word}`;
  });
}

test.each(MAPS)("%s names files and functions that are there", (page) => {
  expect(faultsOf(readFileSync(join(ROOT, page), "utf8"))).toEqual([]);
});

test.each(MAPS)("%s names tests that are there", (page) => {
  expect(untitled(readFileSync(join(ROOT, page), "utf8"))).toEqual([]);
});

test("a test that is gone is found", () => {
  const row =
    '| what | [a](../test/scripts/links.test.ts): "the README has at most 150 lines", "there never was one" |';
  expect(untitled(row)).toEqual(['test/scripts/links.test.ts has no test "there never was one"']);
});

test("the maps name what a reader looks for", () => {
  const [hook = "", get = ""] = MAPS.map((page) => readFileSync(join(ROOT, page), "utf8"));
  expect(namedIn(hook).length).toBeGreaterThan(40);
  expect(namedIn(get).length).toBeGreaterThan(20);
});

test.each([
  ["a file that is gone", "| [a](../src/query/gone.ts) | `x` |", "there is no src/query/gone.ts"],
  ["a file that is gone, in a drawing", "-> miss   core/gone.ts", "there is no src/core/gone.ts"],
  ["a function that is gone", "| [a](../src/core/index.ts) | `gone` |", "src/core/index.ts has no gone"],
])("%s is found", (_what, text, fault) => {
  expect(faultsOf(text)).toContain(fault);
});
