import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eslintFindings, type Finding, oxlintFindings, publishedPlugin, ROOT } from "./support/linters.ts";
import { FOUND, WRONG_APP } from "./support/wrong-app.ts";

const PACKAGE = join(ROOT, "packages", "eslint-plugin-macho-cache");
const NAMES = ["check-response", "exhaustive-key", "no-whole-result", "pass-signal", "stable-in-render"];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "macho-lint-"));
  writeFileSync(join(folder, "app.tsx"), WRONG_APP);
});
afterAll(() => rmSync(folder, { recursive: true }));

const told = (found: readonly Finding[]): string[] => found.map(({ line, rule }) => `${line} ${rule}`);
const textOf = (...path: string[]): string => readFileSync(join(...path), "utf8");

describe("the plugin as it is published", () => {
  test("has its rules, and recommends each of them", async () => {
    const { meta, rules, configs } = await publishedPlugin();
    const { version } = JSON.parse(textOf(PACKAGE, "package.json")) as { version: string };
    expect(meta).toEqual({ name: "eslint-plugin-macho-cache", version });
    expect(Object.keys(rules)).toEqual(NAMES);
    expect(Object.keys(configs.recommended.rules!).toSorted()).toEqual(NAMES.map((name) => `macho-cache/${name}`));
    expect(Object.keys(configs.recommended.plugins!)).toEqual(["macho-cache"]);
    expect(configs.recommended.files).toEqual(["**/*.{js,jsx,mjs,ts,tsx,mts}"]);
  });

  test("finds in an app what is wrong, in ESLint", async () => {
    expect(told(await eslintFindings(folder, ["**/*.tsx"]))).toEqual(FOUND);
  });

  test("finds the same in oxlint", async () => {
    expect(told(await oxlintFindings(folder, ["."]))).toEqual(FOUND);
  });

  test("finds nothing in the examples, by either linter", async () => {
    expect(await eslintFindings(ROOT, ["examples/**/*.{ts,tsx,js,mjs}"])).toEqual([]);
    expect(await oxlintFindings(ROOT, ["examples"])).toEqual([]);
  });

  test("says where the guide describes a rule", async () => {
    const { rules } = await publishedPlugin();
    const guide = textOf(ROOT, "docs", "lint-rules.md");
    for (const [name, { meta }] of Object.entries(rules)) {
      const [page, anchor] = meta?.docs?.url?.split("#") ?? [];
      expect(page).toMatch(/^https:.*\/lint-rules$/);
      expect(anchor).toBe(name);
      expect(guide).toContain(`\n## ${name}\n`);
      expect(textOf(PACKAGE, "README.md")).toContain(`| \`${name}\` |`);
    }
  });
});
