import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { compactPanel, compactRules } from "../../scripts/compact-panel.mjs";

const DEVTOOLS = "src/devtools";

/** All rules of the panel, by the file that they are in. */
async function styles(): Promise<[file: string, rules: string][]> {
  const files = (readdirSync(DEVTOOLS, { recursive: true }) as string[]).filter((file) =>
    /(^|\/)style[\w-]*\.ts$/.test(file),
  );
  const found = files.map(async (file): Promise<[string, string]> => {
    const exported = (await import(/* @vite-ignore */ resolve(DEVTOOLS, file))) as Record<string, unknown>;
    const rules = Object.entries(exported).filter(([name]) => name.endsWith("STYLE"));
    return [file, rules.map(([, text]) => String(text)).join("\n")];
  });
  return Promise.all(found);
}

/** Rules as a minifier that knows the grammar writes them. It leaves the space in a custom property, which means nothing. */
function parsed(rules: string): string {
  return transformSync(rules, { loader: "css", minify: true }).code.replaceAll(/([:,]) /g, "$1");
}

function transformed(file: string): string {
  const transform = compactPanel.transform as (code: string, id: string) => { code: string } | undefined;
  const code = readFileSync(file, "utf8");
  return transform(code, `/project/${file}`)?.code ?? code;
}

describe("the panel's styles are published without the space that only people need", () => {
  test("they say the same", async () => {
    const all = await styles();
    expect(all.length).toBeGreaterThan(5);
    for (const [file, rules] of all) {
      const compact = compactRules(rules);
      expect([file, parsed(compact)]).toEqual([file, parsed(rules)]);
      expect([file, compact.includes("\n")]).toEqual([file, false]);
    }
  });

  test.each([
    [".a :hover { color: red; }", ".a :hover{color:red}"],
    [".a:hover > .b, .c + .d { width: calc(1px + 2px); }", ".a:hover>.b,.c + .d{width:calc(1px + 2px)}"],
    ['@media (a: b) and (c: d) {\n  .e { content: ""; }\n}', '@media (a:b) and (c:d){.e{content:""}}'],
    [".a { inset: auto 0 0; --x: 1 2; }", ".a{inset:auto 0 0;--x:1 2}"],
  ])("%s", (rules, compact) => {
    expect(compactRules(rules)).toBe(compact);
  });

  test("only texts of style files are changed, and what they are made of stays", () => {
    expect(transformed("src/devtools/style.ts")).toContain(".macho{${LIGHT}");
    expect(transformed("src/devtools/style.ts")).toContain('export const NARROW = "(max-width: 599px)"');
    expect(transformed("src/devtools/stylesheet.ts")).toBe(readFileSync("src/devtools/stylesheet.ts", "utf8"));
  });
});

describe("the panel's elements are published as calls", () => {
  test("of Preact, in the panel alone", () => {
    expect(transformed("src/devtools/panel/tabs.tsx")).toMatch(
      /^\/\*\* @jsxRuntime classic @jsx h @jsxFrag Fragment \*\/ import \{ h, Fragment \} from "preact";\n/,
    );
    expect(transformed("src/devtools/index.tsx")).toBe(readFileSync("src/devtools/index.tsx", "utf8"));
  });

  test("every file of the panel with elements begins with the words that the build looks for", () => {
    const files = readdirSync(`${DEVTOOLS}/panel`).filter((file) => file.endsWith(".tsx"));
    const others = files.filter((file) => !transformed(`${DEVTOOLS}/panel/${file}`).includes("@jsxRuntime classic"));
    expect(files.length).toBeGreaterThan(20);
    expect(others).toEqual([]);
  });
});
