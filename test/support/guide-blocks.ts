// The code of the pages in docs/.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));

/** A block of code on a page. */
export interface Block {
  /** The line of the page that the block begins in. */
  readonly line: number;
  readonly kind: string;
  readonly code: string;
  /** The name of a file, if the first line of code is a comment that says one: `// search.tsx`. */
  readonly file: string | undefined;
}

/** The names of the pages below a folder, without the ending, and without its front page. */
function pagesBelow(name: string): string[] {
  const folder = join(DOCS, name);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
  return files.toSorted().map((file) => `${name}/${file.slice(0, -".md".length)}`);
}

export const recipePages = (): string[] => pagesBelow("recipes");

/** A page for each code of an error. */
export const errorPages = (): string[] => pagesBelow("errors");

/** The blocks of a page that are of one of these kinds. */
export function blocksOf(page: string, kinds = "tsx?"): Block[] {
  const text = readFileSync(join(DOCS, `${page}.md`), "utf8");
  const found = text.matchAll(new RegExp(`^\`\`\`(${kinds})\\n(.*?)^\`\`\`$`, "gms"));
  return Array.from(found, ({ 1: kind = "", 2: code = "", index }) => {
    const file = /^(?:---\n)?\/\/ (\S+\.\w+)\n/.exec(code)?.[1];
    return { line: text.slice(0, index).split("\n").length, kind, code, file };
  });
}
