import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tanstack from "@tanstack/react-query";
import { QueryClient } from "macho-cache/query";
import * as swr from "swr";
import * as swrImmutable from "swr/immutable";
import * as swrInfinite from "swr/infinite";
import * as swrMutation from "swr/mutation";
import * as swrSubscription from "swr/subscription";
import { afterAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDES = readdirSync(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));
const PAGES = ["README.md", ...GUIDES.map((file) => join("docs", file))];

/** Names that the examples use without saying where they come from. */
const PRELUDE = `
interface Film { id: number; title: string; year: number; tags: string[] }
interface FilmPage { films: Film[]; next: number | undefined; previous: number | undefined }
interface Todo { id: number; title: string }
interface User { id: string; name: string }
interface Asked { readonly signal: AbortSignal }

declare const client: import("macho-cache/query").QueryClient;
declare const id: number;
declare const film: Film;
declare const todo: Todo;
declare function loadFilm(key: readonly ["film", number], asked: Asked): Promise<Film>;
declare function loadFilms(key: readonly ["films"], asked: Asked): Promise<Film[]>;
declare function loadPage(key: readonly unknown[], asked: Asked & { readonly pageParam: number }): Promise<FilmPage>;
declare function sendTodo(todo: Todo): Promise<Todo>;
declare function rename(id: number, title: string): Promise<Film>;
declare function loadReviews(key: readonly ["reviews", number], asked: Asked): Promise<string[]>;
declare function Spinner(): React.ReactElement;
declare function App(): React.ReactElement;
declare const ErrorBoundary: React.ComponentType<{
  children?: React.ReactNode;
  onReset?: () => void;
  fallbackRender: (failed: { resetErrorBoundary: () => void }) => React.ReactNode;
}>;

declare const cache: import("macho-cache").Cache<string, unknown>;
declare const ada: User;
declare const logo: Blob;
declare const images: import("macho-cache").Cache<string, Blob>;
declare const records: Record<string, unknown>;
declare const token: string;
declare const renewed: string;
declare function loadUser(key: string, signal: AbortSignal): Promise<User>;
declare function log(...words: unknown[]): void;
declare namespace React {
  type ReactElement = import("react").ReactElement;
  type ReactNode = import("react").ReactNode;
  type ComponentType<P> = import("react").ComponentType<P>;
}
`;

/** The examples of a page, each with as many lines before it as on the page, so that the compiler names the right one. */
function examplesOf(page: string): [file: string, text: string][] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return Array.from(text.matchAll(/^```(tsx?)\n(.*?)^```$/gms), ({ 1: kind = "ts", 2: code = "", index }) => {
    const line = text.slice(0, index).split("\n").length;
    return [`${basename(page, ".md")}.${line}.${kind}`, `${"\n".repeat(line)}${code}export {};\n`];
  });
}

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

const folder = mkdtempSync(join(tmpdir(), "macho-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("every example of the guides compiles", () => {
  const examples = PAGES.flatMap(examplesOf);
  expect(examples.length).toBeGreaterThan(20);
  for (const [file, text] of examples) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "prelude.d.ts"), PRELUDE);
  // What a server has, beside what a page has.
  const compilerOptions = { isolatedDeclarations: false, declaration: false, types: ["node"] };
  const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: ["*"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  // Where the types of React are found.
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: folder, encoding: "utf8" });
  expect(`${stdout}${stderr}`).toBe("");
});

test("the tables of options and fields are those of the sources", () => {
  expect(namesBelow("queries.md", "## Options of a hook")).toEqual(membersOf("options.ts", "QueryOptions"));
  expect(namesBelow("queries.md", "## Options of a call")).toEqual(["signal", "staleIfError"]);
  const fields = Object.keys(new QueryClient().observe("a", () => 1).getResult());
  expect(namesBelow("queries.md", "## What a hook gives").toSorted()).toEqual(fields.toSorted());
  const ofPages = namesBelow("lists-and-streams.md", "## Lists that grow by pages");
  expect(ofPages.slice(0, 5)).toEqual(membersOf("infinite.ts", "PageOptions"));
  const more = membersOf("infinite-observer.ts", "PagesResult");
  expect(ofPages.slice(5).toSorted()).toEqual(more.toSorted());
});

test("the pages for those who come from elsewhere have every name", () => {
  const methods = Object.getOwnPropertyNames(tanstack.QueryClient.prototype).filter((name) => name !== "constructor");
  expect(missingOn("from-tanstack-query.md", [...Object.keys(tanstack), ...methods])).toEqual([]);
  const exported = [swr, swrImmutable, swrInfinite, swrMutation, swrSubscription].flatMap(Object.keys);
  expect(missingOn("from-swr.md", exported)).toEqual([]);
});
