import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const GUIDE = fileURLToPath(new URL("../../docs/testing.md", import.meta.url));
const FOLDER = fileURLToPath(new URL("../guide/", import.meta.url));

/** Where an example of the testing guide runs: by what it renders with. */
const placeOf = (code: string): string => {
  if (code.includes('"@testing-library/react"')) return "jsdom";
  return code.includes('"vitest-browser-react"') ? "browser" : "node";
};

/** The examples of the guide, each with the line that it begins in. */
function examples(): { line: number; code: string; place: string }[] {
  const text = readFileSync(GUIDE, "utf8");
  return Array.from(text.matchAll(/^```tsx?\n(.*?)^```$/gms), ({ 1: code = "", index }) => {
    return { line: text.slice(0, index).split("\n").length, code, place: placeOf(code) };
  });
}

/**
 * Gives each example of the testing guide as a module, and those of one place as a list: `virtual:guide/jsdom` exports
 * `examples`. So they run as they stand there, tests included.
 */
export const guide: Plugin = {
  name: "guide",
  resolveId(id) {
    const [, name] = /^virtual:guide\/(.+)$/.exec(id) ?? [];
    if (name === undefined) return undefined;
    // An example is in a folder of this checkout, so that it finds what it imports; a list is in none.
    return name.startsWith("line-") ? join(FOLDER, `${name}.guide.tsx`) : `\0${id}`;
  },
  load(id) {
    const [, asked] = /line-(\d+)\.guide\.tsx$/.exec(id) ?? [];
    if (asked !== undefined) return examples().find(({ line }) => line === Number(asked))?.code;
    const [, name] = /^\0virtual:guide\/(.+)$/.exec(id) ?? [];
    if (name === undefined) return undefined;
    const lines = examples().filter(({ place }) => place === name);
    const list = lines.map(({ line }) => `{ line: ${line}, run: () => import("virtual:guide/line-${line}") }`);
    return `export const examples = [${list.join()}];`;
  },
};
