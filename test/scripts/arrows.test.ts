import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleFindings, findings } from "../../scripts/arrows.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "macho-arrows-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

test("the sources and the examples have no finding", () => {
  const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  expect(findings(at("src"))).toEqual([]);
  expect(exampleFindings(at("examples"))).toEqual([]);
});

const wrong: [what: string, file: string, text: string, finding: RegExp][] = [
  ["an arrow that points back", "core/a.ts", 'import { x } from "../query/b.ts";', /no arrow leads from core to query/],
  ["an arrow of types alone", "query/a.ts", 'import type { X } from "../react/b.ts";', /from query to react/],
  ["a re-export", "core/a.ts", 'export { x } from "../devtools/b.ts";', /from core to devtools/],
  ["a dynamic import", "react/a.ts", 'const x = import("../devtools/b.ts");', /from react to devtools/],
  ["an import over several lines", "core/a.ts", 'import {\n  a,\n  b,\n} from "../react/c.ts";', /from core to react/],
  ["a package in the engine", "core/a.ts", 'import { x } from "node:fs";', /imports the package node:fs/],
  ["React in the panel", "devtools/panel/a.tsx", 'import { useState } from "react";', /imports the package react/],
  [
    "queries on more than the small core",
    "query/client/a.ts",
    'import "../../core/cache.ts";',
    /query may import core\/lru alone/,
  ],
  ["the small core above itself", "core/lru/a.ts", 'import "../cache.ts";', /leads out of core\/lru/],
  ["a second way to the context", "devtools/mount.ts", 'import "../react/context.ts";', /from devtools to react/],
  ["an arrow up inside the query layer", "query/key/a.ts", 'import "../model/b.ts";', /no arrow leads up from key/],
  ["an arrow to an entry of the query layer", "query/key/a.ts", 'import "../index.ts";', /no arrow leads up from key/],
  ["a folder that is not in the list", "query/other/a.ts", 'import "../key/a.ts";', /no arrow leads up from other/],
  ["the page in the query layer", "query/a.ts", "export const w = window.innerWidth;", /uses window/],
];

test.each(wrong)("%s is found", (_what, file, text, finding) => {
  write(file, text);
  expect(findings(root)).toEqual([expect.stringMatching(finding) as string]);
});

test("a cycle is found, also through a third file", () => {
  write("core/a.ts", 'import "./b.ts";');
  write("core/b.ts", 'export { x } from "./c.ts";');
  write("core/c.ts", 'import type { A } from "./a.ts";');
  expect(findings(root)).toEqual(["Cycle: core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts."]);
});

test("too many files in a folder of the query layer, and too many floors, are found", () => {
  for (let index = 0; index < 30; index++) write(`query/key/f${index}.ts`, `import "./f${index + 1}.ts";`);
  write("query/key/f30.ts", "");
  expect(findings(root)).toEqual([
    expect.stringMatching(/^query\/key has 31 files; the most is \d+\.$/) as string,
    expect.stringMatching(/^31 floors in query; the most is \d+: query\/key\/f0\.ts -> /) as string,
  ]);
});

test("a file that is too long is found, unless it names the record that says why", () => {
  const record = "// docs/decisions/0027-two-floors.md\n";
  write("core/long.ts", "\n".repeat(351));
  write("core/lru/store.ts", record + "\n".repeat(400));
  expect(findings(root)).toEqual(["core/long.ts has 351 lines; the most is 350."]);
  write("core/lru/store.ts", "\n".repeat(400));
  expect(findings(root)).toHaveLength(2);
});

test("what is allowed, and words in comments and texts, are no findings", () => {
  write("devtools/index.tsx", 'import { useEffect } from "react";\nimport { C } from "../react/context.ts";');
  write("query/timing/environment.ts", "export const w = window;");
  write("core/a.ts", '// the window of a policy\nexport const text = "no document";');
  write("core/b.ts", 'import "./lru/c.ts";');
  write("core/lru/c.ts", 'import "./d.ts";');
  expect(findings(root)).toEqual([]);
});

test("an example that reaches into the sources is found", () => {
  write("app/main.ts", 'import { Cache } from "../../src/core/index.ts";');
  expect(exampleFindings(root)).toHaveLength(1);
});
