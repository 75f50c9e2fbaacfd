import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COUNT = 129;
/** Rules of the list that the examples below are about. */
const EXAMPLES = 77;

interface Rule {
  readonly number: number;
  /** What it says, one thing after the other: each has a test. */
  readonly parts: number;
}

/** The list of rules: those that have tests, and those that it says have none. */
function listed(text: string): { tested: Rule[]; left: Rule[] } {
  const [tested = [], left = []] = text.split("\n## Not tested\n").map((part) => {
    const rows = part.matchAll(/^\| (\d+) \| (\S.*?) \|/gm);
    return Array.from(rows, ([, number, rule = ""]) => ({ number: Number(number), parts: rule.split("; ").length }));
  });
  return { tested, left };
}

/** What a test file says of its rules: the numbers, and names that give theirs in another way. */
function numbered(text: string): { numbers: number[]; others: string[] } {
  const titles = Array.from(
    text.matchAll(/\b(test|it|describe)((?:\.\w+)?(?:\((?:[^()]|\([^()]*\))*\))?)\(\s*(["'`])(.*?)\3/gs),
    ([, kind, , , title = ""]) => ({ kind, title }),
  );
  const numbers = titles.flatMap(({ kind, title }) => {
    const number = /^(\d+)\. \S/.exec(title)?.[1];
    return kind === "test" && number !== undefined ? [Number(number)] : [];
  });
  // A rule without a test to itself, two in one name, or a word before the number.
  const isOther = /\bbehaviou?rs?:? #?\d|^#?\(?\d+[:)]|^\d+[a-z]?\.?,? (?:and|&) \d+|^\d+[a-z]\b|^\d+, \d+/i;
  const others = titles.filter(({ kind, title }) => isOther.test(title) || (kind !== "test" && /^\d+\./.test(title)));
  return { numbers, others: others.map(({ title }) => title) };
}

/** One sentence for each thing that is wrong. */
function findings(list: string, files: readonly [file: string, text: string][], count = EXAMPLES): string[] {
  const { tested, left } = listed(list);
  const all = [...tested, ...left].map(({ number }) => number);
  const found = files.map(([file, text]) => ({ file, ...numbered(text) }));
  const numbers = found.flatMap((each) => each.numbers);
  const has = new Set(numbers);
  const range = Array.from({ length: count }, (_each, index) => index + 1);
  return [
    ...range.flatMap((each) => (all.includes(each) ? [] : `${each} is not in the list.`)),
    ...all.flatMap((each, index) => (all.indexOf(each) === index ? [] : `${each} is in the list twice.`)),
    ...tested.flatMap(({ number, parts }) => {
      const tests = numbers.filter((each) => each === number).length;
      return tests >= parts ? [] : `${number} says ${parts} things, and has ${tests} tests.`;
    }),
    ...left.flatMap(({ number }) => (has.has(number) ? `${number} has a test, and is said to have none.` : [])),
    ...[...has].flatMap((each) => (all.includes(each) ? [] : `${each} has a test, and is no rule.`)),
    ...found.flatMap(({ file, others }) => others.map((title) => `${file} says its number in its own way: ${title}`)),
  ];
}

test("every rule of the list has a test by its number, and the exclusions are written down", () => {
  const names = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" });
  const files = names.filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith("scripts"));
  const texts = files.map((file): [string, string] => [file, readFileSync(join(ROOT, "test", file), "utf8")]);
  expect(findings(readFileSync(join(ROOT, "docs", "behaviours.md"), "utf8"), texts, COUNT)).toEqual([]);
});

const row = (number: number): string => `| ${number} | rule | T |`;
const rows = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => row(from + at));
const LIST = [...rows(1, 76), "", "## Not tested", row(77)].join("\n");
const SUITE = rows(1, 76).map((_, at) => `test("${at + 1}. a rule", () => undefined);`);
const without = (number: number, ...more: string[]): string => SUITE.toSpliced(number - 1, 1, ...more).join("\n");

test.each<[what: string, list: string, suite: string, finding: string]>([
  ["a rule without a test", LIST, without(5), "5 says 1 things, and has 0 tests."],
  ["a test that two rules share", LIST.replace(row(5), "| 5 | one; two | T |"), SUITE.join("\n"), "5 says 2 things"],
  ["a test without a rule", LIST, without(1, SUITE[0]!, 'test("78. more", f);'), "78 has a test, and is no rule."],
  ["an exclusion that has a test", LIST, without(1, SUITE[0]!, 'test("77. more", f);'), "77 has a test, and is said"],
  ["a rule that is gone from the list", LIST.replace(row(9), ""), SUITE.join("\n"), "9 is not in the list."],
  ["a rule that is there twice", `${row(9)}\n${LIST}`, SUITE.join("\n"), "9 is in the list twice."],
  ["a group in place of a test", LIST, without(5, 'describe("5. a rule", f);'), "5 says 1 things, and has 0 tests."],
  ["another way to say the number", LIST, without(5, 'test("behaviour 5: a rule", f);'), "in its own way: behaviour 5"],
  ["two numbers in one name", LIST, without(5, 'test("5, 6. a rule", f);'), "in its own way: 5, 6"],
])("%s is found", (_what, list, suite, finding) => {
  expect(findings(list, [["a.test.ts", suite]]).join("\n")).toContain(finding);
});

test("a test that has a table has its number as well, also over several lines", () => {
  const suite = without(5, 'test.each([{ a: true }, f(1)])(\n  "5. with %o, a rule",\n  f,\n);');
  expect(findings(LIST, [["a.test.ts", suite]])).toEqual([]);
});
