import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import plugin from "../src/index.ts";
import { ROOT } from "./support/linters.ts";
import { parser } from "./support/typescript-parser.ts";

const GUIDE = readFileSync(join(ROOT, "docs", "lint-rules.md"), "utf8");

/** The code of a rule's part of the guide, by what its text says of it. */
function examplesOf(rule: string): { wrong: string[]; right: string[] } {
  const part = GUIDE.split(`\n## ${rule}\n`)[1]?.split("\n## ")[0] ?? "";
  const blocks = Array.from(part.matchAll(/^(Wrong|Right).*?\n```tsx?\n(.*?)^```$/gms));
  const of = (kind: string): string[] => blocks.flatMap(([, said, code = ""]) => (said === kind ? [code] : []));
  return { wrong: of("Wrong"), right: of("Right") };
}

/** The rules that find something. */
function found(code: string): string[] {
  const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
  const messages = new Linter().verify(code, [{ files: ["**"], languageOptions }, plugin.configs.recommended], "x.tsx");
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe("the guide to the rules", () => {
  test.each(Object.keys(plugin.rules))("shows what %s finds, and how it is written", (rule) => {
    const { wrong, right } = examplesOf(rule);
    expect(wrong.length).toBeGreaterThan(0);
    expect(right.length).toBeGreaterThan(0);
    for (const code of wrong) expect(new Set(found(code))).toEqual(new Set([`macho-cache/${rule}`]));
    for (const code of right) expect(found(code)).toEqual([]);
  });
});
