// What the reference says of every public name: nothing of it is missing.
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Member, type PublicName, referenceModel } from "../../packages/site/scripts/reference/made.mjs";
import { referencePages } from "../../packages/site/scripts/reference/pages.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const model = referenceModel();
const names = model.flatMap(({ names: own }) => own);

/** What a user passes, and no record of what somebody passed. */
const isOptions = ({ name }: PublicName): boolean =>
  /(?:Options|Props|Settings|Defaults)$/.test(name) && !/^(?:Recorded|Resolved)/.test(name);
const options = names.filter(isOptions).flatMap((owner) =>
  // Those of another public name are checked there.
  owner.members.filter(({ from }) => !from).map((member) => ({ title: `${owner.name}.${member.name}`, member })),
);
const missing = (isMissing: (member: Member) => boolean): string[] =>
  options.filter(({ member }) => isMissing(member)).map(({ title }) => title);

/** What a number counts, or what it is of. */
const UNIT =
  /\b(?:ms|bytes|entries|integer|weight|times?|tries|pages|queries|number of|share|rate|shards?|counters?|keys?|from \d)\b/i;
const isNumber = ({ code: [code = ""] }: Member): boolean => /^[^:]*: (?:[^(]*\| )?number\b/.test(code);

test("every entry of package.json with names of its own has a page, a description and a version", () => {
  const { exports } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as { exports: Record<string, unknown> };
  const expected = Object.keys(exports).filter((entry) => !/^\.\/(?:browser\/|package\.json)/.test(entry));
  expect(model.map(({ entry }) => entry)).toEqual(expected.map((entry) => `macho-cache${entry.slice(1)}`));
  expect(model.filter(({ words, since }) => !words || !since).map(({ entry }) => entry)).toEqual([]);
});

test("the model has every name that the entries export, each described on one page", () => {
  expect(names.length).toBeGreaterThan(280);
  const titles = names.map(({ name, code }) => `${name} ${code.join(" ")}`);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  const described = new Set(model.flatMap(({ page, names: own }) => own.map(({ name }) => `${page}#${name}`)));
  const others = model.flatMap((entry) => entry.others.map(({ page, anchor }) => `${page}#${anchor}`));
  expect(others.filter((other) => !described.has(other))).toEqual([]);
});

test("every public name has a description, its code, and the version that it came with", () => {
  const bare = names.filter(
    ({ words, code, since }) => !words || code.length === 0 || !/^0\.[12]\.0$/.test(since ?? ""),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test("every option has a description", () => {
  expect(options.length).toBeGreaterThan(120);
  expect(missing(({ words }) => !words)).toEqual([]);
});

test("every option that can be left out says what stands for it", () => {
  expect(missing(({ isOptional, kind, standard }) => isOptional && kind === "Property" && !standard)).toEqual([]);
});

test("every option that is a number says what it counts", () => {
  expect(options.filter(({ member }) => isNumber(member)).length).toBeGreaterThan(30);
  expect(missing((member) => isNumber(member) && !UNIT.test(`${member.words} ${member.standard}`))).toEqual([]);
});

test("what throws an error of Macho says which one", () => {
  const throwing = names.flatMap((owner) => [owner, ...owner.members]).flatMap(({ throws }) => throws);
  expect(throwing.length).toBeGreaterThan(40);
  const codes = throwing.flatMap((words) => Array.from(words.matchAll(/"([\w-]+)"/g), ([, code = ""]) => code));
  const known = names.find(({ name }) => name === "MachoErrorCode")!.code[0]!;
  expect(codes.filter((code) => !known.includes(`"${code}"`))).toEqual([]);
});

const pages = referencePages();
const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "");
/** The anchors that the headings of a page say, with their braces. */
const anchorsOf = (page: string): string[] =>
  Array.from(pages.get(page)!.matchAll(/^#+ .* \{#([^}]+)\}$/gm), ([, anchor = ""]) => anchor);

test("each anchor of a page is there once, whatever its names differ by", () => {
  const twice = [...pages.keys()].flatMap((page) => {
    const anchors = anchorsOf(page);
    return anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at).map((anchor) => `${page}#${anchor}`);
  });
  expect(twice).toEqual([]);
  expect(anchorsOf("reference/query.md")).toEqual(expect.arrayContaining(["queryOptions", "QueryOptions"]));
});

test("every link of the reference leads to a page, and to a heading of it", () => {
  const faults = [...pages].flatMap(([page, text]) =>
    Array.from(withoutCode(text).matchAll(/\]\(((?!https:)[^()\s]*)\)/g), ([, link = ""]) => link).filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : posix.join("reference", path);
      if (pages.has(target)) return anchor !== undefined && !anchorsOf(target).includes(anchor);
      return !existsSync(`${ROOT}docs/${target.replace(/index\.md$/, "README.md")}`);
    }),
  );
  expect(faults).toEqual([]);
});

test("the page of an error leads to the page of its code, and its type to the pages of all", () => {
  const engine = pages.get("reference/engine.md")!;
  expect(engine).toContain("[`circular-load`](../errors/circular-load.md)");
  const known = names.find(({ name }) => name === "MachoErrorCode")!.code[0]!;
  for (const [, code] of known.matchAll(/"([\w-]+)"/g))
    expect(engine).toContain(`- [\`${code}\`](../errors/${code}.md)`);
});

test("nothing outside of code is taken for a tag or for an expression", () => {
  const made = [...pages].filter(([page]) => page !== "reference/index.md");
  expect(made.filter(([, text]) => /<|\{\{/.test(withoutCode(text))).map(([page]) => page)).toEqual([]);
});

test("the index has every name", () => {
  const index = pages.get("reference/index.md")!;
  expect(names.filter(({ name }) => !index.includes(`"name": "${name}"`))).toEqual([]);
});
