import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import type { MachoPlugin } from "../../src/index.ts";
import { builtLintPlugin } from "../../../../scripts/lint-plugin.mjs";
import { parser } from "./typescript-parser.ts";

export const ROOT: string = fileURLToPath(new URL("../../../../", import.meta.url));

/** What a linter says: the file from `folder`, the line, the rule. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

/** The plugin as it is published. */
export async function publishedPlugin(): Promise<MachoPlugin> {
  const { default: plugin } = (await import(builtLintPlugin())) as { default: MachoPlugin };
  return plugin;
}

const inOrder = (found: readonly Finding[]): Finding[] =>
  found.toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.rule.localeCompare(other.rule),
  );

/** What ESLint finds with the recommended config, by the plugin as it is published. */
export async function eslintFindings(folder: string, patterns: readonly string[]): Promise<Finding[]> {
  const { configs } = await publishedPlugin();
  const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
  const files = ["**/*.{ts,tsx,js,jsx,mjs}"];
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      { files, languageOptions, linterOptions: { reportUnusedDisableDirectives: "off" } },
      configs.recommended,
    ],
  });
  const results = await eslint.lintFiles([...patterns]);
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => ({ file: relative(folder, filePath), line, rule: ruleId ?? message })),
  );
  // Comments of other linters name rules that are not here.
  return inOrder(found.filter(({ rule }) => !rule.startsWith("Definition for rule")).map(named));
}

const named = (finding: Finding): Finding => ({ ...finding, rule: finding.rule.replace("macho-cache/", "") });

/** What oxlint finds with the same rules, by the same module. */
export async function oxlintFindings(folder: string, paths: readonly string[]): Promise<Finding[]> {
  const { configs } = await publishedPlugin();
  const home = mkdtempSync(join(tmpdir(), "macho-oxlint-"));
  const config = join(home, "config.json");
  const { rules } = configs.recommended;
  writeFileSync(config, JSON.stringify({ jsPlugins: [builtLintPlugin()], categories: { correctness: "off" }, rules }));
  const args = [
    join(ROOT, "node_modules/.bin/oxlint"),
    "-c",
    config,
    "--disable-nested-config",
    "--format",
    "json",
    ...paths,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8 });
  rmSync(home, { recursive: true });
  return inOrder(readReport(stdout, stderr).map(named));
}

interface OxlintReport {
  readonly diagnostics: readonly {
    readonly code?: string;
    readonly message: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
  readonly number_of_files: number;
}

function readReport(text: string, complaint: string): Finding[] {
  if (!text.startsWith("{")) throw new Error(`oxlint gave no report: ${text}${complaint}`);
  const { diagnostics, number_of_files: count } = JSON.parse(text) as OxlintReport;
  if (count === 0) throw new Error("oxlint looked at no file.");
  return diagnostics.map(({ code, message, filename, labels: [label] }) => ({
    file: filename,
    line: label?.span.line ?? 0,
    rule: /^macho-cache\((.*)\)$/.exec(code ?? "")?.[1] ?? `${code}: ${message}`,
  }));
}
