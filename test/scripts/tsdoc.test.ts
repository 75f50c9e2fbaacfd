import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));
const ENTRIES = [
  "core/index.ts",
  "core/policy/index.ts",
  "query/index.ts",
  "react/index.ts",
  "devtools/index.tsx",
  "simulate/index.ts",
  "persist/index.ts",
];
const DECLARATION = /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const) (\w+)/;
/** A member of an interface or a class that users see, at the first level. */
const MEMBER =
  /^ {2}(?!#|\/|\*|constructor|private|return|}|\)|static )(?:readonly |get |async |\*)*(\[?[\w.]+\]?)\??[:(<]/;

/** The names that an entry point exports. */
function namesOf(entry: string): string[] {
  const text = readFileSync(SOURCE + entry, "utf8");
  const lists = [...text.matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists.map((name) => name.replace(/^\s*type\s/, "").trim()).filter(Boolean);
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const lines = new Map(files.map((file) => [file, readFileSync(SOURCE + file, "utf8").split("\n")]));

/** Where a name is declared: file and line. */
function declarationsOf(name: string): { text: string[]; at: number }[] {
  return [...lines.values()].flatMap((text) => {
    const at = text.findIndex((line) => DECLARATION.exec(line)?.[1] === name);
    return at < 0 ? [] : [{ text, at }];
  });
}

const isDocumented = (text: string[], at: number): boolean => /\*\/\s*$/.test(text[at - 1] ?? "");

test.each(ENTRIES)("%s: every exported name has a comment of its own", (entry) => {
  const names = namesOf(entry);
  expect(names.length).toBeGreaterThan(2);
  const bare = names.filter((name) => !declarationsOf(name).some(({ text, at }) => isDocumented(text, at)));
  expect(bare).toEqual([]);
});

test("every option has a comment of its own", () => {
  const options = ["CacheOptions", "SetOptions", "LoadOptions", "QueryOptions", "FetchOptions", "QueryClientOptions"];
  const policies = ["ClockOptions", "LfuOptions", "SlruOptions", "TinyLfuOptions"];
  const filters = ["BloomFilterOptions", "CuckooFilterOptions", "XorFilterOptions"];
  const mutations = [
    "MutationSettings",
    "MutationDefaults",
    "MutationOptions",
    "MutateCallbacks",
    "MutateQueryOptions",
  ];
  const tiers = ["PersistOptions", "IndexedDbOptions", "TabOptions", "TabSharing", "LockOptions", "RedisTierOptions"];
  const records = ["RecordOptions", "ReplaySettings", "Assumptions", "ReplayOptions", "CurveOptions"];
  const bare = [...options, ...policies, ...records, ...tiers, ...filters, ...mutations].flatMap((name) => {
    const [declaration] = declarationsOf(name);
    if (!declaration) return [`${name} is not declared`];
    const { text, at } = declaration;
    const end = text.findIndex((line, index) => index > at && line === "}");
    const members = text.slice(0, end).flatMap((line, index) => (index > at && MEMBER.test(line) ? [index] : []));
    if (members.length === 0) return [`${name} has no member`];
    return members.filter((index) => !isDocumented(text, index)).map((index) => `${name}: ${text[index]!.trim()}`);
  });
  expect(bare).toEqual([]);
});
