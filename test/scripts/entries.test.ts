import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as query from "macho-cache/query";
import * as react from "macho-cache/react";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

test("macho-cache/react exports every name of macho-cache/query as well, and no other thing by one of them", () => {
  const names = Object.entries(query);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter(([name, value]) => (react as Record<string, unknown>)[name] !== value)).toEqual([]);
});

test("main, types and typesVersions of package.json say what its exports do", () => {
  const { main, types, typesVersions, exports } = JSON.parse(read("package.json")) as {
    main: string;
    types: string;
    typesVersions: { "*": Record<string, string[]> };
    exports: Record<string, { types?: string; default?: string }>;
  };
  expect({ types, default: main }).toEqual(exports["."]);
  const entries = Object.entries(exports).filter(([entry]) => entry !== "." && entry !== "./package.json");
  const expected = entries.map(([entry, fields]) => [entry.slice(2), [fields.types]]);
  expect(typesVersions["*"]).toEqual(Object.fromEntries(expected));
});

test("the README says on which Node require() works, and package.json asks for no other", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  const [, ...versions] = /\^(\d+\.\d+)\.0 \|\| >=(\d+\.\d+)\.0/.exec(engines.node) ?? [];
  expect(versions).toHaveLength(2);
  expect(read("README.md")).toContain(`\`require()\` on Node ${versions.join(" and ")} or newer`);
});
