import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { writeExamples, writeRecipes } from "../support/guide-examples.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "macho-docs-"));
// Where the types of React are found.
symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler says of the files of a folder. */
function compile(project: string): string {
  // What a server has, beside what a page has.
  const compilerOptions = { isolatedDeclarations: false, declaration: false, types: ["node"] };
  const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: ["**/*"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", project], { cwd: project, encoding: "utf8" });
  return `${stdout}${stderr}`;
}

test("every example of the guides compiles", () => {
  const guides = join(folder, "guides");
  mkdirSync(guides);
  expect(writeExamples(guides)).toBeGreaterThan(20);
  expect(compile(guides)).toBe("");
});

test("every recipe compiles by itself", () => {
  const recipes = join(folder, "recipes");
  mkdirSync(recipes);
  expect(writeRecipes(recipes)).toBeGreaterThan(1);
  expect(compile(recipes)).toBe("");
});

test("the files that the start installs from a clone are of this version", () => {
  const folders = ["", "packages/macho-cache-cli/", "packages/eslint-plugin-macho-cache/"];
  const files = folders.map((own) => {
    const { name, version } = JSON.parse(readFileSync(join(ROOT, own, "package.json"), "utf8")) as Record<
      string,
      string
    >;
    return `${name}-${version}.tgz`;
  });
  const named = readFileSync(join(ROOT, "docs/start.md"), "utf8").matchAll(/[\w-]+-\d[\w.-]*\.tgz/g);
  expect(new Set(Array.from(named, ([file]) => file))).toEqual(new Set(files));
});

test("the names that examples do not define are those that queries.md defines", () => {
  const page = readFileSync(join(ROOT, "docs/queries.md"), "utf8");
  const block = page.slice(page.indexOf("## Names in the examples"));
  const prelude = readFileSync(join(ROOT, "test/support/guide-examples.ts"), "utf8");
  const interfaces = Array.from(block.matchAll(/^export (interface .*)$/gm), ([, line = ""]) => line);
  const names = Array.from(block.matchAll(/^export (?:async function|const) (\w+)/gm), ([, name = ""]) => name);
  expect(interfaces.length + names.length).toBeGreaterThan(5);
  expect(interfaces.filter((line) => !prelude.includes(`\n${line}\n`))).toEqual([]);
  expect(names.filter((name) => !new RegExp(`^declare (?:function|const) ${name}\\b`, "m").test(prelude))).toEqual([]);
});
