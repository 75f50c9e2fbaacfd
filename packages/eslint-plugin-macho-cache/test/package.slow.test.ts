import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtLintPlugin } from "../../../scripts/lint-plugin.mjs";
import { ROOT } from "./support/linters.ts";

const HOME = join(ROOT, "packages", "eslint-plugin-macho-cache");
const APP = `import { useCachedQuery } from "macho-cache/react";
export function Film({ id }) {
  const { data, ...rest } = useCachedQuery(["film"], async () => {
    const response = await fetch("/films/" + id);
    return response.json();
  });
  return <h1 {...rest}>{data}</h1>;
}
`;
const FOUND = [
  "macho-cache/no-whole-result",
  "macho-cache/exhaustive-key",
  "macho-cache/pass-signal",
  "macho-cache/check-response",
];
const RULES = `files: ["**/*.jsx"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }`;

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

beforeAll(() => {
  builtLintPlugin();
  folder = mkdtempSync(join(tmpdir(), "macho-lint-install-"));
  const pack = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], HOME);
  const [{ files }] = JSON.parse(pack.out) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
  writeFileSync(join(folder, "app.jsx"), APP);
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"];
  expect(run("npm", ["install", ...options, `./${tarball}`, "eslint@10.15.0"])).toMatchObject({ status: 0, err: "" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rules that ESLint reports with this configuration. */
function found(config: string): string[] {
  const { out, err } = run("npx", ["eslint", "--format", "json", "--config", config, "."]);
  expect(err).toBe("");
  const results = JSON.parse(out) as { messages: { ruleId: string }[] }[];
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

describe("the lint rules, packed and installed beside ESLint 10", () => {
  test("are one module with its types", () => {
    expect(packed.toSorted()).toEqual(["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"]);
  });

  test("find what is wrong", () => {
    expect(run("npx", ["eslint", "--version"]).out).toMatch(/^v10\./);
    const lines = [
      `import macho from "eslint-plugin-macho-cache";`,
      `export default [{ ${RULES} }, macho.configs.recommended];`,
    ];
    writeFileSync(join(folder, "eslint.config.js"), lines.join("\n"));
    expect(found("eslint.config.js")).toEqual(FOUND);
  });

  test("are reached from a configuration in CommonJS", () => {
    const lines = [
      `const { default: macho } = require("eslint-plugin-macho-cache");`,
      `module.exports = [{ ${RULES} }, macho.configs.recommended];`,
    ];
    writeFileSync(join(folder, "eslint.config.cjs"), lines.join("\n"));
    expect(found("eslint.config.cjs")).toEqual(FOUND);
  });
});
