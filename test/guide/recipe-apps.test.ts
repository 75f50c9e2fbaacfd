// Recipes with a framework are parts of apps that `npm run test:frameworks` builds and drives.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Block, blocksOf, recipePages } from "../support/guide-blocks.ts";

const APPS = fileURLToPath(new URL("../frameworks/", import.meta.url));

/** The app of each recipe. */
const APP_OF: Readonly<Record<string, string>> = {
  "recipes/astro": "astro",
  "recipes/next": "next",
  "recipes/react-router": "react-router",
  "recipes/tanstack-start": "tanstack-start",
  "recipes/vite-ssr": "vite-ssr",
  "recipes/workers": "workerd",
};

const codeOf = (page: string): Block[] => blocksOf(page, "tsx?|jsx?|mjs|astro");

/** What of a block does not stand in the file that it names; `undefined` where all of it does. */
function faultOf(app: string, { line, file, code }: Block): string | undefined {
  if (file === undefined) return `the block in line ${line} names no file`;
  const path = file.startsWith("shared/") ? join(APPS, file) : join(APPS, app, file);
  if (!existsSync(path)) return `line ${line}: there is no ${file}`;
  const part = code.replace(`// ${file}\n`, "").trim();
  return readFileSync(path, "utf8").includes(part) ? undefined : `line ${line}: ${file} has other code`;
}

describe.each(Object.entries(APP_OF))("%s", (page, app) => {
  test("each block is part of a file of the app that is built and driven", () => {
    expect(codeOf(page).length).toBeGreaterThan(2);
    expect(codeOf(page).flatMap((block) => faultOf(app, block) ?? [])).toEqual([]);
    expect(existsSync(join(APPS, `${app}.check.ts`))).toBe(true);
  });
});

test("a block that differs is found", () => {
  const [block] = codeOf("recipes/next");
  expect(faultOf("next", { ...block!, code: block!.code.replace("await", "") })).toMatch(/has other code$/);
  expect(faultOf("next", { ...block!, file: "app/nowhere.jsx" })).toMatch(/there is no app\/nowhere.jsx$/);
});

test("every other recipe begins with code to copy, and has a test", () => {
  const others = recipePages().filter((page) => !(page in APP_OF));
  expect(others.length).toBeGreaterThan(5);
  const isTest = ({ code }: Block): boolean => code.includes('from "vitest"');
  expect(others.filter((page) => isTest(blocksOf(page)[0]!))).toEqual([]);
  expect(others.filter((page) => !blocksOf(page).some(isTest))).toEqual([]);
  // Tests in a browser would need a file here that runs them.
  const inBrowser = ({ code }: Block): boolean => code.includes('"vitest-browser-react"');
  expect(others.filter((page) => blocksOf(page).some(inBrowser))).toEqual([]);
});
