import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { installTypes, runTypes } from "../support/typed-package.ts";
import { wrongBlame } from "../support/wrong-app.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "macho-messages-"));
const WRONG = join(folder, "wrong.tsx");
cpSync(join(ROOT, "test", "messages", "wrong.tsx"), WRONG);
installTypes(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler says of these files, beside the package's declarations. */
function compile(files: readonly string[]): string {
  const compilerOptions = { isolatedDeclarations: false, declaration: false, paths: {}, rootDir: "/" };
  const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: [], files };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return runTypes("typescript", folder, "-p", folder);
}

test("the compiler blames what is wrong in a call, and says what", () => {
  expect(wrongBlame(WRONG, compile([WRONG]))).toEqual([]);
});

test("a mistake that is blamed elsewhere is found", () => {
  const said = compile([WRONG]);
  expect(wrongBlame(WRONG, said.replace(/\((\d+),\d+\)/, "($1,1)"))).toHaveLength(1);
  expect(wrongBlame(WRONG, said.replace("Did you mean to write", ""))).toHaveLength(1);
  expect(wrongBlame(WRONG, said.split("\n").slice(1).join("\n"))).toHaveLength(2);
});

const GUIDE = readFileSync(join(ROOT, "docs", "types.md"), "utf8");
const EXAMPLES = Array.from(GUIDE.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
const EXAMPLE = EXAMPLES.find((code) => code.includes("declare module")) ?? "";

/** An app that uses what the example declares, and a type of errors. */
const APP = `
import { QueryClient as Client, useCachedQuery } from "macho-cache/react";
import { QueryClient } from "macho-cache/query";
export const client: Client = new QueryClient();
const { error, data } = useCachedQuery(["a"], () => Promise.resolve(1), { meta: { page: "list" } });
export const sum: number = data ?? 0;
export const message: string = error?.reason ?? "";
// @ts-expect-error not what was declared
useCachedQuery(["a"], () => 1, { meta: { page: 5 } });
`;

// People copy the example to where they like, and to the entry that they import from.
describe.each(["macho-cache/react", "macho-cache/query"])("what the guide has for types of an app, for %s", (entry) => {
  const example = EXAMPLE.replaceAll("macho-cache/react", entry).replace(
    "queryMeta:",
    "defaultError: { reason: string };\n    queryMeta:",
  );

  test.each(["register.ts", "register.d.ts"])("reaches hooks and calls from a %s", (file) => {
    expect(example).toContain(`declare module "${entry}"`);
    writeFileSync(join(folder, file), example);
    writeFileSync(join(folder, "app.ts"), APP);
    expect(compile([join(folder, file), join(folder, "app.ts")])).toBe("");
    for (const name of [file, "app.ts"]) rmSync(join(folder, name));
  });
});
