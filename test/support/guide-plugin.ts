import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { type Block, blocksOf, errorPages, recipePages } from "./guide-blocks.ts";

const FOLDER = fileURLToPath(new URL("../guide/", import.meta.url));
/** The guides whose examples run, beside the recipes: all of them, or those that are tests. */
const GUIDES: Readonly<Record<string, "all" | "tests">> = {
  testing: "all",
  persistence: "tests",
  encryption: "tests",
  "from-apollo": "tests",
};

/** Pages whose examples are asked for together. */
const GROUPS: Readonly<Record<string, () => string[]>> = { recipes: recipePages, errors: errorPages };

const pagesOf = (name: string): string[] => GROUPS[name]?.() ?? [name];

const isGuide = (page: string): boolean => page in GUIDES || Object.keys(GROUPS).flatMap(pagesOf).includes(page);

/** Where an example runs: by what it renders with. */
const placeOf = (page: string, code: string): string | undefined => {
  if (errorPages().includes(page)) return "jsdom";
  if (GUIDES[page] !== "all" && !code.includes('from "vitest"')) return undefined;
  if (code.includes('"@testing-library/react"')) return "jsdom";
  return code.includes('"vitest-browser-react"') ? "browser" : "node";
};

/** An example by its line, or by the name of a file that it says first. */
function exampleOf(page: string, name: string): string | undefined {
  const isIt = ({ line, file }: Block): boolean => name === `line-${line}` || name === file?.replace(/\.tsx?$/, "");
  return isGuide(page) ? blocksOf(page).find(isIt)?.code : undefined;
}

/** The examples of these pages that run in a place. */
function listOf(pages: readonly string[], place: string): string {
  const rows = pages.flatMap((page) => {
    const found = blocksOf(page).filter(({ code }) => placeOf(page, code) === place);
    return found.map(({ line, code }) => {
      const run = `() => import("virtual:guide/${page}/line-${line}")`;
      return `{ page: "${page}", line: ${line}, code: ${JSON.stringify(code)}, run: ${run} }`;
    });
  });
  return `export const examples = [${rows.join()}];`;
}

/** An example is a file in a folder of this checkout, so that it finds what it imports. */
const fileOf = (page: string, name: string): string => join(FOLDER, `${page.replace("/", "~")}.${name}.guide.tsx`);
const FILE = /([\w~-]+)\.([\w.-]+)\.guide\.tsx$/;

function pageAndName(file: string): [page: string, name: string] | undefined {
  const [, page, name] = FILE.exec(file) ?? [];
  return page === undefined || name === undefined ? undefined : [page.replace("~", "/"), name];
}

/** What an example calls a file beside it is another example of its page. */
function neighbourOf(id: string, importer: string | undefined): string | undefined {
  const [page = ""] = pageAndName(importer ?? "") ?? [];
  const name = /^\.\/(.+)$/.exec(id)?.[1]?.replace(/\.tsx?$/, "");
  return name !== undefined && exampleOf(page, name) !== undefined ? fileOf(page, name) : undefined;
}

/**
 * Gives each example of a guide as a module, and those that run in one place as a list: `virtual:guide/testing/jsdom`
 * exports `examples`, and `virtual:guide/recipes/jsdom` those of all recipes; those of `errors` all run in a page. So they run as they stand there, tests
 * included.
 */
export const guide: Plugin = {
  name: "guide",
  resolveId(id, importer) {
    const [, page = "", name = ""] = /^virtual:guide\/(.+)\/([^/]+)$/.exec(id) ?? [];
    if (page === "") return neighbourOf(id, importer);
    if (exampleOf(page, name) !== undefined) return fileOf(page, name);
    return isGuide(page) || page in GROUPS ? `\0${id}` : undefined;
  },
  load(id) {
    const [page, name] = pageAndName(id) ?? [];
    if (page !== undefined && name !== undefined) return exampleOf(page, name);
    const [, of, place] = /^\0virtual:guide\/(.+)\/([^/]+)$/.exec(id) ?? [];
    if (of === undefined || place === undefined) return undefined;
    return listOf(pagesOf(of), place);
  },
};
