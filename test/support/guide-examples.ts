// The code of the guides, as programs that a compiler takes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Block, blocksOf, errorPages, recipePages } from "./guide-blocks.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDES = readdirSync(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));
const PAGES = ["README.md", "AGENTS.md", ...GUIDES.map((file) => join("docs", file))];

/** Packages beside which the code from before a move compiles. */
export const OTHER_LIBRARIES = [
  "@apollo",
  "@reduxjs",
  "@tanstack",
  "graphql",
  "idb-keyval",
  "lru-cache",
  "react-redux",
  "rxjs",
  "swr",
] as const;

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
declare const queryClient: import("@tanstack/react-query").QueryClient;
declare function getFilm(id: number, signal?: AbortSignal): Promise<Film>;
declare function getFilms(signal?: AbortSignal): Promise<Film[]>;
declare function request<T>(query: string, variables: object, signal?: AbortSignal): Promise<T>;
declare function getPage(cursor: number, signal?: AbortSignal): Promise<FilmPage>;
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

/** Writes every example into a folder, with what they use. Returns how many there are. */
export function writeExamples(folder: string): number {
  const examples = PAGES.flatMap(examplesOf);
  for (const [file, text] of examples) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "prelude.d.ts"), PRELUDE);
  return examples.length;
}

/** Where a block stands among the files of its recipe, with as many lines before it as on the page. */
function writeBlock(folder: string, { line, kind, code, file }: Block): void {
  writeFileSync(join(folder, file ?? `line-${line}.${kind}`), `${"\n".repeat(line)}${code}export {};\n`);
}

/** Writes every recipe, and every page of an error, into a folder of its own, and nothing that it does not say. Returns how many blocks there are. */
export function writeRecipes(folder: string): number {
  const counts = [...recipePages(), ...errorPages(), "errors/README"].map((page) => {
    const own = join(folder, basename(page));
    mkdirSync(own);
    const blocks = blocksOf(page);
    for (const block of blocks) writeBlock(own, block);
    return blocks.length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
