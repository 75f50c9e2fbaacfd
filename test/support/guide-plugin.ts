import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const FOLDER = fileURLToPath(new URL("../guide/", import.meta.url));
/** The guides whose examples run: all of them, or those that are tests. */
const GUIDES: Readonly<Record<string, "all" | "tests">> = { testing: "all", persistence: "tests" };

/** Where an example runs: by what it renders with. */
const placeOf = (guide: string, code: string): string | undefined => {
  if (GUIDES[guide] === "tests" && !code.includes('from "vitest"')) return undefined;
  if (code.includes('"@testing-library/react"')) return "jsdom";
  return code.includes('"vitest-browser-react"') ? "browser" : "node";
};

interface Example {
  readonly line: number;
  readonly code: string;
}

/** The examples of a guide, each with the line that it begins in. */
function examplesOf(guide: string): Example[] {
  const text = readFileSync(join(DOCS, `${guide}.md`), "utf8");
  return Array.from(text.matchAll(/^```tsx?\n(.*?)^```$/gms), ({ 1: code = "", index }) => {
    return { line: text.slice(0, index).split("\n").length, code };
  });
}

/** An example by its line, or by the name of a file that it says first. */
function exampleOf(guide: string, name: string): string | undefined {
  const isIt = ({ line, code }: Example): boolean => name === `line-${line}` || code.startsWith(`// ${name}.ts\n`);
  return examplesOf(guide).find(isIt)?.code;
}

function listOf(guide: string, place: string): string {
  const found = examplesOf(guide).filter(({ code }) => placeOf(guide, code) === place);
  const rows = found.map(({ line }) => `{ line: ${line}, run: () => import("virtual:guide/${guide}/line-${line}") }`);
  return `export const examples = [${rows.join()}];`;
}

/**
 * Gives each example of a guide as a module, and those that run in one place as a list: `virtual:guide/testing/jsdom`
 * exports `examples`. So they run as they stand there, tests included.
 */
export const guide: Plugin = {
  name: "guide",
  resolveId(id) {
    const [, page = "", name = ""] = /^virtual:guide\/(\w+)\/(.+)$/.exec(id) ?? [];
    if (!(page in GUIDES)) return undefined;
    // An example is in a folder of this checkout, so that it finds what it imports; a list is in none.
    return exampleOf(page, name) === undefined ? `\0${id}` : join(FOLDER, `${page}.${name}.guide.tsx`);
  },
  load(id) {
    const [, page = "", name = ""] = /(\w+)\.([\w-]+)\.guide\.tsx$/.exec(id) ?? [];
    if (page) return exampleOf(page, name);
    const [, of, place] = /^\0virtual:guide\/(\w+)\/(.+)$/.exec(id) ?? [];
    return of !== undefined && place !== undefined ? listOf(of, place) : undefined;
  },
};
