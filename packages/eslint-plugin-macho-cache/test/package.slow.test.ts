import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtLintPlugin } from "../../../scripts/lint-plugin.mjs";
import { ROOT } from "./support/linters.ts";

const HOME = join(ROOT, "packages", "eslint-plugin-macho-cache");
const PAGE = readFileSync(join(ROOT, "docs", "lint-rules.md"), "utf8");
const README = readFileSync(join(HOME, "README.md"), "utf8");
const appWith = (props: string): string => `import { useCachedQuery } from "macho-cache/react";
export function Film(${props}) {
  const { data, ...rest } = useCachedQuery(["film"], async () => {
    const response = await fetch("/films/" + id);
    return response.json();
  });
  return <h1 {...rest}>{data}</h1>;
}
`;
const APP = { "app.js": "{ id }", "app.jsx": "{ id }", "app.tsx": "{ id }: { readonly id: number }" };
const FOUND = [
  "macho-cache/check-response",
  "macho-cache/exhaustive-key",
  "macho-cache/no-whole-result",
  "macho-cache/pass-signal",
];
const FOUND_IN_ALL = { "app.js": FOUND, "app.jsx": FOUND, "app.tsx": FOUND };

let folder: string;
let packed: string[];

function run(
  command: string,
  args: readonly string[],
  cwd = folder,
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

/** Blocks of a language in a part of a page. */
function blocksOf(text: string, part: string, language: string): string[] {
  const section = text.split(`\n## ${part}\n`)[1]?.split("\n## ")[0] ?? "";
  const blocks = section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"));
  return Array.from(blocks, ([, code = ""]) => code);
}

/** A folder with an app of three kinds of files and a configuration, below the installed packages. */
function appBeside(config: string, text: string): string {
  const home = mkdtempSync(join(folder, "app-"));
  writeFileSync(join(home, config), text);
  for (const [name, props] of Object.entries(APP)) writeFileSync(join(home, name), appWith(props));
  return home;
}

/** What `eslint .` finds in each file: rules, or the message where there is no rule. */
function eslintFound(config: string, text: string, flags: readonly string[] = []): Record<string, string[]> {
  const { status, out, err } = run("npx", ["eslint", ".", "--format", "json", ...flags], appBeside(config, text));
  expect({ status, err }).toEqual({ status: 1, err: "" });
  const results = JSON.parse(out) as { filePath: string; messages: { ruleId: string | null; message: string }[] }[];
  const found = results.map(({ filePath, messages }): [string, string[]] => [
    basename(filePath),
    messages.map(({ ruleId, message }) => ruleId ?? message).toSorted(),
  ]);
  const { [config]: ofConfig, ...ofApp } = Object.fromEntries(found);
  expect(ofConfig).toEqual([]);
  return ofApp;
}

beforeAll(() => {
  builtLintPlugin();
  folder = mkdtempSync(join(tmpdir(), "macho-lint-install-"));
  const pack = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], HOME);
  const [{ files }] = JSON.parse(pack.out) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the lint rules are one module with its types", () => {
  expect(packed.toSorted()).toEqual(["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"]);
});

describe.each(["9.39.5", "10.15.0"])("the lint rules, packed and installed beside ESLint %s", (version) => {
  const [typescript = "", javascript = ""] = blocksOf(PAGE, "In ESLint", "js");

  beforeAll(() => {
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
    const packages = [join(folder, tarball), `eslint@${version}`, "typescript-eslint@8.74.0", "typescript@6.0.3"];
    const options = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"];
    writeFileSync(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
    expect(run("npm", ["install", ...options, ...packages])).toMatchObject({ status: 0, err: "" });
    expect(run("npx", ["eslint", "--version"]).out.trim()).toBe(`v${version}`);
  });

  test("find what is wrong in each kind of file, with the guide's configuration", () => {
    expect(blocksOf(README, "In ESLint", "js")).toEqual([typescript]);
    expect(eslintFound("eslint.config.js", typescript)).toEqual(FOUND_IN_ALL);
  });

  test("find it without a parser of types too, and are not silent about files with types", () => {
    expect(javascript).not.toContain("typescript");
    const found = eslintFound("eslint.config.js", javascript);
    expect(found).toEqual({ ...FOUND_IN_ALL, "app.tsx": [expect.stringMatching(/^Parsing error/)] });
  });

  test("are reached from a configuration in CommonJS", () => {
    const lines = [
      `const { default: macho } = require("eslint-plugin-macho-cache");`,
      `module.exports = [require("typescript-eslint").configs.base, macho.configs.recommended];`,
    ];
    const config = "eslint.config.cjs";
    expect(eslintFound(config, lines.join("\n"), ["--config", config])).toEqual(FOUND_IN_ALL);
  });

  test("find it in oxlint, with the guide's configuration", () => {
    const [config = ""] = blocksOf(PAGE, "In oxlint", "json");
    expect(blocksOf(README, "In oxlint", "json")).toEqual([config]);
    const home = appBeside(".oxlintrc.json", config);
    const { status, out } = run(process.execPath, [join(ROOT, "node_modules/.bin/oxlint"), "--format", "json"], home);
    expect(status).toBe(1);
    const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string; filename: string }[] };
    const rulesIn = (name: string): string[] =>
      diagnostics
        .filter(({ code, filename }) => filename === name && code.startsWith("macho-cache("))
        .map(({ code }) => code.replace(/\((.*)\)/, "/$1"))
        .toSorted();
    expect(Object.fromEntries(Object.keys(APP).map((name) => [name, rulesIn(name)]))).toEqual(FOUND_IN_ALL);
  });
});
