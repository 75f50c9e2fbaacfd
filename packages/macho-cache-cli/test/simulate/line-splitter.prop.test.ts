import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter, LONGEST_LINE } from "../../src/simulate/line-splitter.ts";

/** Lines of a text that comes in pieces of these lengths. */
function linesOf(text: string, lengths: readonly number[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((bytes, start, end) =>
    lines.push(Buffer.from(bytes.subarray(start, end)).toString("latin1")),
  );
  const bytes = Buffer.from(text, "latin1");
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length]!;
    splitter.add(bytes.subarray(at, at + length));
    at += length;
  }
  splitter.end();
  return lines;
}

test("gives the lines of a text, wherever it is cut, with either end of a line, and a last one without", () => {
  const text = fc.array(fc.constantFrom("a", "bc", "\n", "\r\n", "\r", "", "key"), { maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (parts, lengths) => {
      const all = parts.join("");
      const expected = all.split("\n").map((line) => line.replace(/\r$/, ""));
      // What ends the last line does not begin another.
      if (all === "" || all.endsWith("\n")) expected.pop();
      expect(linesOf(all, lengths)).toEqual(expected);
    }),
  );
});

test("keeps of a line that is too long as much as tells that it is, and goes on behind it", () => {
  const long = "x".repeat(3 * LONGEST_LINE);
  const [first, second, third] = linesOf(`a\n${long}\nb`, [10_000]);
  expect([first, second!.length > LONGEST_LINE, third]).toEqual(["a", true, "b"]);
  expect(second!.length).toBe(LONGEST_LINE + 1);
});
