import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tanstack from "@tanstack/react-query";
import { LRUCache } from "lru-cache";
import { QueryClient } from "macho-cache/query";
import * as swr from "swr";
import * as swrImmutable from "swr/immutable";
import * as swrInfinite from "swr/infinite";
import * as swrMutation from "swr/mutation";
import * as swrSubscription from "swr/subscription";
import ts from "typescript-5.4";
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

/** Names that a page never writes as code. */
function missingOn(page: string, names: readonly string[]): string[] {
  const text = readFileSync(join(ROOT, "docs", page), "utf8");
  const written = new Set(Array.from(text.matchAll(/`(\w+)/g), ([, name]) => name));
  return names.filter((name) => name !== "default" && !written.has(name));
}

/** Where the other libraries declare what their users pass, and what they get. */
const TANSTACK_TYPES = `
  QueryOptions QueryObserverOptions InfiniteQueryPageParamsOptions FetchQueryOptions
  EnsureQueryDataOptions SetDataOptions InvalidateQueryFilters RefetchOptions CancelOptions
  ResultOptions QueryFilters QueryObserverBaseResult InfiniteQueryObserverBaseResult QueryState
  MutationOptions MutationObserverOptions MutationObserverBaseResult MutationFilters
  MutationState DehydrateOptions HydrateOptions QueryClientConfig DefaultOptions
  QueryFunctionContext
`.match(/\w+/g)!;
const LRU_TYPES = `
  OptionsBase SetOptions FetchOptions FetcherOptions FetcherFetchOptions Entry
`.match(/\w+/g)!;
const SWR_TYPES =
  "PublicConfiguration InternalConfiguration ProviderConfiguration MutatorOptions SWRResponse UnloadOptions".split(" ");

/** What the interfaces of these names have, in the declarations of a package, apart from what is not for its users. */
function declaredIn(folder: string, names: readonly string[]): string[] {
  const path = join(ROOT, "node_modules", folder);
  const files = readdirSync(path).filter((file) => file.endsWith(".d.ts"));
  const found = new Map<string, string[]>();
  const look = (node: ts.Node): void => {
    const isNamed = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    if (isNamed && names.includes(node.name.text)) found.set(node.name.text, membersBelow(node));
    else ts.forEachChild(node, look);
  };
  for (const file of files) {
    look(ts.createSourceFile(file, readFileSync(join(path, file), "utf8"), ts.ScriptTarget.ES2022));
  }
  const empty = names.filter((name) => !found.get(name)?.length);
  expect(empty, "interfaces that are there no more").toEqual([]);
  return [...new Set([...found.values()].flat())].filter((name) => !name.startsWith("_"));
}

/** Names of the properties and methods of a declaration, at its first level. */
function membersBelow(node: ts.Node): string[] {
  if (ts.isPropertySignature(node) || ts.isMethodSignature(node))
    return ts.isIdentifier(node.name) ? [node.name.text] : [];
  const names: string[] = [];
  ts.forEachChild(node, (child) => void names.push(...membersBelow(child)));
  return names;
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
  const ofPages = namesBelow("lists-and-streams.md", "## Lists that grow by pages");
  expect(ofPages.slice(0, 5)).toEqual(membersOf("kinds/infinite.ts", "PageOptions"));
  const more = membersOf("kinds/infinite-observer.ts", "PagesResult");
  expect(ofPages.slice(5).toSorted()).toEqual(more.toSorted());
});

test("the pages for those who come from elsewhere have every name", () => {
  const methods = Object.getOwnPropertyNames(tanstack.QueryClient.prototype).filter((name) => name !== "constructor");
  expect(missingOn("from-tanstack-query.md", [...Object.keys(tanstack), ...methods])).toEqual([]);
  const exported = [swr, swrImmutable, swrInfinite, swrMutation, swrSubscription].flatMap(Object.keys);
  expect(missingOn("from-swr.md", exported)).toEqual([]);
  const ofLru = Object.getOwnPropertyNames(LRUCache.prototype).filter((name) => name !== "constructor");
  expect(missingOn("from-lru-cache.md", ofLru)).toEqual([]);
});

test("the pages for those who come from elsewhere have every option and every field", () => {
  const declared = declaredIn("@tanstack/query-core/build/modern", TANSTACK_TYPES);
  expect(declared.length).toBeGreaterThan(90);
  expect(missingOn("from-tanstack-query.md", declared)).toEqual([]);
  const ofSwr = [
    ...declaredIn("swr/dist", SWR_TYPES),
    ...declaredIn("swr/dist/infinite", ["SWRInfiniteConfiguration", "SWRInfiniteResponse"]),
    ...declaredIn("swr/dist/mutation", ["SWRMutationConfiguration", "SWRMutationResponse"]),
    ...declaredIn("swr/dist/subscription", ["SWRSubscriptionOptions", "SWRSubscriptionResponse"]),
  ];
  expect(ofSwr.length).toBeGreaterThan(40);
  expect(missingOn("from-swr.md", ofSwr)).toEqual([]);
  const ofLru = declaredIn("lru-cache/dist/esm", LRU_TYPES).filter((name) => name !== "value");
  expect(ofLru.length).toBeGreaterThan(25);
  expect(missingOn("from-lru-cache.md", ofLru)).toEqual([]);
});
