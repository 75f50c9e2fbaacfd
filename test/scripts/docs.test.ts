import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { QueryClient } from "macho-cache/query";
import { afterAll, expect, test } from "vitest";
import { writeExamples, writeRecipes } from "../support/guide-examples.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Names of an interface in the sources, in their order. */
function membersOf(file: string, name: string): string[] {
  const text = readFileSync(join(ROOT, "src", "query", file), "utf8");
  const body = text.slice(text.indexOf(`export interface ${name}<`)).split(/^}$/m)[0] ?? "";
  return Array.from(body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm), ([, member = ""]) => member);
}

/** The first cells of a page's table below a heading, as far as they are code. */
function namesBelow(page: string, heading: string): string[] {
  const section =
    readFileSync(join(ROOT, "docs", page), "utf8")
      .split(`\n${heading}\n`)[1]
      ?.split(/^#/m)[0] ?? "";
  const cells = section.split("\n").flatMap((row) => /^\| (.*?) \|/.exec(row)?.[1] ?? []);
  return cells.flatMap((cell) => Array.from(cell.matchAll(/`(\w+)[^`]*`/g), ([, name = ""]) => name));
}

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

test("the tables of options and fields are those of the sources", () => {
  expect(namesBelow("queries.md", "## Options of a hook")).toEqual(membersOf("model/options.ts", "QueryOptions"));
  expect(namesBelow("client.md", "## Options of a call")).toEqual(["signal", "staleIfError"]);
  const fields = Object.keys(new QueryClient().observe("a", () => 1).getResult());
  expect(namesBelow("queries.md", "## What a hook gives").toSorted()).toEqual(fields.toSorted());
  const ofPages = namesBelow("lists-and-streams.md", "## Options and fields of a list");
  expect(ofPages.slice(0, 5)).toEqual(membersOf("kinds/infinite.ts", "PageOptions"));
  const more = membersOf("kinds/infinite-observer.ts", "PagesResult");
  expect(ofPages.slice(5).toSorted()).toEqual(more.toSorted());
});
