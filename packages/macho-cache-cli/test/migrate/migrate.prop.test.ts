// However a file is laid out, it is rewritten to the same code; what is not rewritten stays as it was.
import { parse, type ParserOptions } from "@babel/parser";
import { diffArrays } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { migrated } from "../support/migration.ts";
import { appNames, filesOf } from "./harness/apps.ts";
import { SCENARIOS } from "./harness/scenarios.tsx";

interface Sample {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly from: "tanstack-query" | "swr";
  readonly others: Readonly<Record<string, string>>;
}

const SAMPLES: readonly Sample[] = appNames().flatMap((name) => {
  const files = filesOf(name);
  const { from } = SCENARIOS[name]!;
  return Object.entries(files).map(([file, text]) => ({ name, file, text, from, others: files }));
});
const OURS = SAMPLES.filter(({ text }) => /@tanstack|["']swr/.test(text));

const OPTIONS: ParserOptions = { sourceType: "module", tokens: true, plugins: ["typescript", "jsx"] };

interface Token {
  readonly start: number;
  readonly end: number;
  readonly isText: boolean;
}

/** The tokens without comments; what is text of an element or a template is marked. */
function tokensOf(text: string): Token[] {
  const { tokens } = parse(text, OPTIONS) as unknown as {
    tokens: { type: string | { label: string }; start: number; end: number }[];
  };
  return tokens
    .filter(({ type }) => typeof type === "object" && type.label !== "eof")
    .map(({ type, start, end }) => {
      const { label } = type as { label: string };
      return { start, end, isText: label === "jsxText" || label === "template" || label === "`" };
    });
}

/** What a text says, whatever its layout. */
function codeOf(text: string): string[] {
  return tokensOf(text).flatMap(({ start, end, isText }) => {
    const word = text.slice(start, end);
    if (isText) return word.trim() === "" ? [] : [word.trim().replaceAll(/\s+/g, " ")];
    return word === ";" || word === "," ? [] : [word];
  });
}

/** Notes with all that a search in the text could take for code. */
const NOTES = ["/* , } ) => */", "/* { ( && */", "/* useQuery queryFn: mutate */", "/* ; null */"];

interface Layout {
  readonly gaps: readonly string[];
  readonly isCrlf: boolean;
  readonly hasSemicolons: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  gaps: fc.array(fc.constantFrom("", "", " ", "   ", "\t", ...NOTES.map((note) => ` ${note} `)), {
    minLength: 40,
    maxLength: 200,
  }),
  isCrlf: fc.boolean(),
  hasSemicolons: fc.boolean(),
});

/** The same code in another layout: notes and spaces between words, other ends of lines. */
function laidOut(text: string, { gaps, isCrlf, hasSemicolons }: Layout): string {
  const tokens = tokensOf(text);
  let result = "";
  let at = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const gap = text.slice(at, token.start);
    const mayGrow = gap !== "" && !gap.includes("//") && before !== undefined && !before.isText && !token.isText;
    result += mayGrow ? gap + gaps[index % gaps.length]! : gap;
    const word = text.slice(token.start, token.end);
    const next = tokens[index + 1];
    const endsLine = word === ";" && next !== undefined && /\n/.test(text.slice(token.end, next.start));
    const isSafe = endsLine && /[\w}]/.test(text[next.start]!);
    result += isSafe && !hasSemicolons ? "" : word;
    at = token.end;
  });
  result += text.slice(at);
  return isCrlf ? result.replaceAll("\n", "\r\n") : result;
}

function rewrittenFile({ file, from, others }: Sample, text: string): { after: string; left: string[] } {
  const { after, findings } = migrated({ ...others, [file]: text }, from);
  return {
    after: after[file]!,
    left: findings.filter((finding) => finding.file === file).map(({ subject }) => subject),
  };
}

/** Which lines of a text are still there: a layout changes no line's number. */
function keptLines(before: string, after: string): number[] {
  let line = 0;
  return diffArrays(before.split("\n"), after.split("\n")).flatMap(({ value, added, removed }) => {
    if (added) return [];
    const first = line;
    line += value.length;
    return removed ? [] : value.map((_each, index) => first + index);
  });
}

/** The first of some lines that is not among others, in their order. */
function missing(wanted: readonly string[], lines: readonly string[]): string | undefined {
  let at = 0;
  return wanted.find((each) => {
    const found = lines.indexOf(each, at);
    at = found + 1;
    return found < 0;
  });
}

describe("migrate", () => {
  test("rewrites the same code in any layout to the same code", () => {
    fc.assert(
      fc.property(fc.constantFrom(...OURS), layout, (sample, given) => {
        const text = laidOut(sample.text, given);
        // The layout itself must not change what the file says.
        expect(codeOf(text)).toEqual(codeOf(sample.text));
        const plain = rewrittenFile(sample, sample.text);
        const other = rewrittenFile(sample, text);
        expect(codeOf(other.after)).toEqual(codeOf(plain.after));
        expect(other.left).toEqual(plain.left);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps the lines that it does not rewrite byte for byte, in any layout", () => {
    fc.assert(
      fc.property(fc.constantFrom(...OURS), layout, (sample, given) => {
        const kept = keptLines(sample.text, rewrittenFile(sample, sample.text).after);
        const text = laidOut(sample.text, given);
        const { after } = rewrittenFile(sample, text);
        const lines = text.split("\n");
        expect(
          missing(
            kept.map((index) => lines[index]!),
            after.split("\n"),
          ),
        ).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test("does not touch a file that imports nothing of the library", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), layout, (sample, given) => {
        const text = laidOut(sample.text, given).replaceAll(
          /@tanstack\/react-query|(?<=["'])swr(?=[/"'])/g,
          "some-library",
        );
        const { changed } = migrated({ [sample.file]: text }, sample.from);
        expect(changed).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
