import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const HOME = fileURLToPath(new URL("../../examples/", import.meta.url));
const FOLDERS = readdirSync(HOME, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []));

interface Row {
  readonly name: string;
  readonly start: string;
  readonly links: readonly string[];
}

/** The rows of the table. */
function rows(): Row[] {
  const lines = readFileSync(join(HOME, "README.md"), "utf8").matchAll(/^\| \[([\w-]+)\]\(.*$/gm);
  return Array.from(lines, ([line, name = ""]) => ({
    name,
    start: line.split(" | ")[2] ?? "",
    links: Array.from(line.matchAll(/\]\(([^)]+)\)/g), ([, link = ""]) => link),
  }));
}

describe("the list of examples", () => {
  test("has each of them, with its README and the tests that drive it", () => {
    const told = rows();
    expect(told.map(({ name }) => name).toSorted()).toEqual(FOLDERS.toSorted());
    for (const { name, links } of told) {
      expect(links[0]).toBe(`${name}/README.md`);
      expect(links.length).toBeGreaterThan(1);
      expect(links.filter((link) => !existsSync(join(HOME, link)))).toEqual([]);
    }
  });

  test("says for each how it is started", () => {
    for (const { name, start } of rows()) {
      const asked = /^`npm start(?: ([\w-]+))?`$/.exec(start);
      if (!asked) expect(start).toMatch(/^`npm run build`, then `[^`]+`$/);
      else expect(asked[1] ?? "explorer").toBe(name);
      // Those that Vite serves, and those with a start of their own.
      if (asked) expect(["vite.config.ts", "start.mjs"].some((file) => existsSync(join(HOME, name, file)))).toBe(true);
    }
  });
});
