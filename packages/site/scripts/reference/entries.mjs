// The entry points of the package, as package.json has them, and the pages of the reference that they have.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../places.mjs";

const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The source of a file of declarations. */
function sourceOf(types) {
  const path = types.replace("./dist/", "src/").replace(/\.d\.ts$/, "");
  return [".ts", ".tsx"].map((ending) => path + ending).find((file) => existsSync(join(ROOT, file)));
}

/** Every entry with names of its own: not those for pages without a bundler, which are others under another address. */
export const ENTRIES = Object.entries(exports)
  .filter(([name, { types }]) => types !== undefined && !name.startsWith("./browser/"))
  .map(([name, { types }]) => ({
    entry: `macho-cache${name.slice(1)}`,
    page: name === "." ? "engine" : name.slice(2).replaceAll("/", "-"),
    source: sourceOf(types),
  }));
