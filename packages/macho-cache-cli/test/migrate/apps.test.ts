// What the command says of each app, and whether the result compiles.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrated } from "../support/migration.ts";
import { appNames, filesOf, finished, migrateApp, Workplace } from "./harness/apps.ts";
import { SCENARIOS } from "./harness/scenarios.tsx";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const names = appNames();
const workplace = new Workplace();
afterAll(() => workplace.remove());

test("there are at least ten apps, in both languages, of both libraries, each with a scenario", () => {
  expect(names.length).toBeGreaterThanOrEqual(10);
  expect(Object.keys(SCENARIOS).sort()).toEqual(names);
  const isTyped = (name: string): boolean => "app.tsx" in filesOf(name);
  const kinds = names.map((name) => `${SCENARIOS[name]!.from} ${isTyped(name) ? "TypeScript" : "JavaScript"}`);
  expect(new Set(kinds).size).toBe(4);
});

describe.each(names)("%s", (name) => {
  const scenario = SCENARIOS[name]!;
  const result = migrateApp(name, scenario);

  test("has these lines left, each with a section of the docs", () => {
    expect(result.left).toEqual(scenario.left);
    expect(result.unreadable).toEqual([]);
    for (const { doc, why, remedy } of result.findings) {
      expect(sectionsOf(doc.split("#")[0]!)).toContain(doc);
      expect(`${why} ${remedy}`).toMatch(/\. [A-Z].*\.$/);
    }
  });

  test("has no word of the library, apart from the lines that are left", () => {
    const text = Object.values(finished(result, scenario)).join("\n");
    expect(text).not.toMatch(/@tanstack|"swr|'swr|queryFn|\buseQuery\b|QueryClientProvider|SWRConfig/);
    expect(text).toContain("macho-cache/react");
  });

  test("is not changed by a second run, nor are files without the library", () => {
    expect(migrated(result.after, scenario.from).changed).toEqual([]);
    for (const [file, text] of Object.entries(filesOf(name))) {
      if (!/@tanstack|["']swr/.test(text)) expect(result.after[file]).toBe(text);
    }
  });
});

/** The headings of a page, as links name them. */
function sectionsOf(page: string): string[] {
  const path = join(ROOT, "docs", page);
  if (!existsSync(path)) return [];
  const headings = readFileSync(path, "utf8").match(/^#+ .*$/gm) ?? [];
  const slug = (heading: string): string =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-");
  return headings.map((heading) => `${page}#${slug(heading)}`);
}

describe.each(["tanstack-query", "swr"] as const)("the apps in TypeScript from %s", (from) => {
  let said = "not run";
  beforeAll(async () => {
    const typed = names.filter((name) => SCENARIOS[name]!.from === from && "app.tsx" in filesOf(name));
    for (const name of typed) {
      workplace.write(`${from}/before/${name}`, filesOf(name));
      workplace.write(`${from}/after/${name}`, finished(migrateApp(name, SCENARIOS[name]!), SCENARIOS[name]!));
    }
    said = await compile(join(workplace.folder, from));
  });

  test("compile before and after", () => {
    expect(said).toBe("");
  });
});

/** What the compiler says of a folder. */
function compile(folder: string): Promise<string> {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8")) as {
    compilerOptions: { paths: Record<string, string[]> };
  };
  const paths = Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([name, [path]]) => [name, [join(ROOT, path!)]]),
  );
  const options = { ...compilerOptions, paths, declaration: false, isolatedDeclarations: false, types: [] };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["before", "after"] }),
  );
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "--noEmit", "-p", folder], (_error, out, err) => {
      // An app has its declarations: what the apps say of errors is not for the library's own sources.
      const messages = (out + err).split(/\n(?!\s)/).filter((message) => !/^\S*src\/query\//.test(message));
      resolve(messages.join("\n").trim());
    });
  });
}
