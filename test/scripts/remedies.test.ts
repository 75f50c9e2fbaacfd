// Every remedy that the message of an error names is compiled, and what it says in a sentence is followed and run.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { FOLLOWED } from "../remedies/followed.tsx";
import { FILLED, PRELUDE, TYPES } from "../remedies/options.ts";
import { remedies } from "../support/remedies.ts";
import { runTypes } from "../support/typed-package.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const told = remedies();
const texts = (kind: "option" | "sentence"): string[] =>
  told.flatMap((remedy) => (remedy.kind === kind ? [remedy.text] : []));

test("the sources tell what to do in many places", () => expect(told.length).toBeGreaterThan(90));

describe("a remedy that is a sentence", () => {
  test("has an example in test/remedies/followed.tsx, and each example is of one", () => {
    const news = told.filter(({ kind, text }) => kind === "sentence" && !(text in FOLLOWED));
    expect(news.map(({ text, place }) => `${place}: ${text}`)).toEqual([]);
    const known = new Set(texts("sentence"));
    expect(Object.keys(FOLLOWED).filter((text) => !known.has(text))).toEqual([]);
  });

  test.each(Object.entries(FOLLOWED))("does what it says: %s", async (_text, follow) => {
    await Promise.all([await follow()].flat(3));
  });
});

describe("a remedy that is an option", () => {
  const folder = mkdtempSync(join(tmpdir(), "macho-remedies-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Those of these that no type of options takes. */
  function refused(options: readonly string[]): string[] {
    const head = PRELUDE.split("\n");
    const lines = options.flatMap((option) =>
      TYPES.map((type, index) => `export const _${index}: () => Partial<${type}> = () => ({ ${option} });`),
    );
    const renamed = lines.map((line, index) => line.replace(/const _\d+/, `const _${index}`));
    writeFileSync(join(folder, "options.ts"), [...head, ...renamed].join("\n"));
    const compilerOptions = { isolatedDeclarations: false, declaration: false };
    const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions, files: ["options.ts"], include: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const said = runTypes("typescript", folder, "-p", folder);
    const wrong = new Set(Array.from(said.matchAll(/options\.ts\((\d+),/g), ([, line]) => Number(line)));
    const isWrong = (index: number): boolean => wrong.has(head.length + index + 1);
    return options.filter((_, at) => TYPES.every((_type, index) => isWrong(at * TYPES.length + index)));
  }

  test("names all that it can be, where it says an option that is only known when it happens", () => {
    const holes = told.filter(({ kind, text }) => kind === "option" && text.includes("…") && !(text in FILLED));
    expect(holes.map(({ text, place }) => `${place}: ${text}`)).toEqual([]);
    const known = new Set(texts("option"));
    expect(Object.keys(FILLED).filter((text) => !known.has(text))).toEqual([]);
  });

  test("is taken by a type of options as it stands", () => {
    const all = texts("option").flatMap((text) => FILLED[text] ?? [text]);
    // The dots stand for what the reader does.
    expect(refused(all.map((text) => text.replaceAll("{ ... }", "{}")))).toEqual([]);
  });

  test("that no option has, or that has another value, is found", () => {
    expect(refused(["ttl: 5", "ttl: '5'", "ttll: 5"])).toEqual(["ttl: '5'", "ttll: 5"]);
  });
});
