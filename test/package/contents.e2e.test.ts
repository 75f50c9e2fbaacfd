import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5.4";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packOnce } from "../../scripts/pack.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
let home: string;
/** Every file of the package, sorted. */
let files: string[];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "macho-contents-"));
  execFileSync("tar", ["-xzf", packOnce(), "-C", home, "--strip-components=1"]);
  files = filesBelow(home);
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Files below a folder, as paths from there. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).toSorted();
}

const read = (file: string): string => readFileSync(join(home, file), "utf8");
const scripts = (): string[] => files.filter((file) => file.endsWith(".js"));

interface PackageFields {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>> | string>>;
  readonly dependencies: object;
}
const fields = (): PackageFields => JSON.parse(read("package.json")) as PackageFields;

describe("npm pack", () => {
  test("holds each module of the sources with its types and its map, a folder an entry, the panel's library, and pages", () => {
    const modules = filesBelow(join(ROOT, "src")).flatMap((file) => /^(.+)\.tsx?$/.exec(file)?.[1] ?? []);
    const typed = modules.map((name) => `dist/${name}.d.ts`);
    const entries = Object.keys(fields().exports).filter((entry) => entry !== "." && entry !== "./package.json");
    const folders = entries.map((entry) => join(entry, "package.json"));
    const pages = ["AGENTS.md", "CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    const forPages = ["cache", "react"].flatMap((name) => [`dist/browser/${name}.js`, `dist/browser/${name}.js.map`]);
    const expected = new Set([...typed, ...folders, ...pages, ...forPages]);
    const others = files.filter((file) => !expected.has(file));
    expect([...expected].filter((file) => !files.includes(file))).toEqual([]);
    // Modules that hold more than types, and what they were made of. One that only exports others needs no map.
    const ofModules = modules.flatMap((name) => [`dist/${name}.js`, `dist/${name}.js.map`]);
    const vendor = /^dist\/vendor\/preact\/(LICENSE|(dist|hooks\/dist|jsx-runtime\/dist)\/\w+\.js(\.map)?)$/;
    expect(others.filter((file) => !ofModules.includes(file) && !vendor.test(file))).toEqual([]);
    expect(others.filter((file) => vendor.test(file)).length).toBeGreaterThan(4);
    for (const file of ofModules.filter((name) => name.endsWith(".map"))) {
      if (files.includes(file)) expect(files).toContain(file.slice(0, -".map".length));
    }
  });

  test("holds whatever its exports name", () => {
    const named = Object.values(fields().exports).flatMap((to) => (typeof to === "string" ? [to] : Object.values(to)));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !files.includes(path.slice(2)))).toEqual([]);
  });
});

describe("the source maps", () => {
  const onlyExports = (file: string): boolean =>
    /^(?:"use client";\n)?(?:(?:import|export) .*from .*;\s*|export \{[^}]*\};\s*)+$/.test(read(file));

  test("belong to every script that has code of its own", () => {
    const without = scripts().filter((file) => !files.includes(`${file}.map`));
    expect(without.filter((file) => !onlyExports(file))).toEqual([]);
    const mapped = scripts().filter((file) => files.includes(`${file}.map`));
    expect(mapped.length).toBeGreaterThan(300);
    for (const file of mapped) expect(read(file)).toMatch(/\/\/# sourceMappingURL=[\w.-]+\.js\.map\n?$/);
  });

  test("have the sources in them, as they were written, and name no file of this machine", () => {
    const maps = files.filter((file) => file.endsWith(".js.map"));
    for (const file of maps) {
      const { sources, sourcesContent } = JSON.parse(read(file)) as { sources: string[]; sourcesContent: string[] };
      expect([file, sourcesContent?.length]).toEqual([file, sources.length]);
      expect(sources.filter((source) => source.startsWith("/"))).toEqual([]);
      sources.forEach((source, at) => {
        const own = join(ROOT, dirname(file), source);
        if (source.includes("/src/") && existsSync(own)) expect(sourcesContent[at]).toBe(readFileSync(own, "utf8"));
      });
    }
  });

  test("lead from a function to the line that declares it, also below a line that the build put first", () => {
    let found = 0;
    for (const file of scripts().filter((name) => /^dist\/(core|query|react|simulate|persist|devtools)\//.test(name))) {
      if (!files.includes(`${file}.map`)) continue;
      const map = new SourceMap(JSON.parse(read(`${file}.map`)) as ConstructorParameters<typeof SourceMap>[0]);
      const { sourcesContent } = map.payload;
      read(file)
        .split("\n")
        .forEach((line, at) => {
          const name = /^(?:async )?(?:function\*? |class )(\w+)/.exec(line)?.[1];
          // A name that a bundle gave is not in the source.
          if (name === undefined || name.includes("$")) return;
          const entry = map.findEntry(at, 0);
          if (!("originalLine" in entry)) throw new Error(`${file}: ${name} leads nowhere`);
          const written = sourcesContent[0]?.split("\n")[entry.originalLine];
          expect([file, written]).toEqual([file, expect.stringContaining(name)]);
          found++;
        });
    }
    expect(found).toBeGreaterThan(500);
  });
});

const EFFECTS = fileURLToPath(new URL("side-effects.mjs", import.meta.url));

/** What an import of a file does beside giving names. */
const effectsOf = (path: string): string[] =>
  JSON.parse(execFileSync(process.execPath, [EFFECTS, path], { encoding: "utf8" })) as string[];

describe("sideEffects: false", () => {
  test("is true of every entry: its import changes nothing, and calls nothing of the host", () => {
    expect(fields()).toMatchObject({ sideEffects: false });
    symlinkSync(join(ROOT, "node_modules"), join(home, "node_modules"), "junction");
    const entries = Object.entries(fields().exports).flatMap(([entry, to]) =>
      typeof to === "string" ? [] : [...new Set(Object.values(to))].map((path) => [entry, path] as const),
    );
    const code = entries.filter(([, path]) => path.endsWith(".js"));
    expect(code.length).toBeGreaterThan(15);
    const found = code.map(([entry, path]) => [entry, effectsOf(join(home, path))]);
    expect(found.filter(([, effects]) => effects?.length)).toEqual([]);
  }, 120_000);

  test("would be found out", () => {
    const path = join(home, "effects.mjs");
    writeFileSync(
      path,
      "globalThis.app = 1; setTimeout(() => {}); Array.prototype.last = 2; addEventListener('a', () => {});",
    );
    const found = ["property app", ".setTimeout()", ".addEventListener()", "property last"];
    expect(effectsOf(path).toSorted()).toEqual(found.toSorted());
  });
});

/** Where a declaration says `any`: the file, and the name that it says it of. */
function anysOf(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const look = (node: ts.Node, name: string): void => {
    const own = ts.isStatement(node) && "name" in node ? (node.name as ts.Identifier | undefined)?.text : undefined;
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${file}: ${name}`);
    ts.forEachChild(node, (child) => look(child, own ?? name));
  };
  look(source, "");
  return found;
}

test("the types say any once: in the type that believes a function whose key is not known", () => {
  const declarations = files.filter((file) => file.endsWith(".d.ts"));
  expect(declarations.length).toBeGreaterThan(300);
  expect(declarations.flatMap(anysOf)).toEqual(["dist/query/model/fetcher.d.ts: Believed"]);
});
