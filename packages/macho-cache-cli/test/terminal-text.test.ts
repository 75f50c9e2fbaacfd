import fc from "fast-check";
import picocolors from "picocolors";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { run } from "../src/program.ts";
import { table } from "../src/table.ts";
import { guarded, visible } from "../src/visible-text.ts";
import { macho } from "./support/command.ts";
import { quietTerminal } from "./support/simulated.ts";

// oxlint-disable-next-line no-control-regex -- these are what it looks for
const MOVES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const HOSTILE = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u001B", "\u009B", "[31m", "[2J", "]0;", "\u0007", "\u202E", "\r", "\n", "\\", "鍵"),
    fc.string({ unit: "binary" }),
  ),
});

describe("a text at the terminal's door", () => {
  test("moves no cursor and turns no direction, whatever it is", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(guarded(text, false).replaceAll("\r\n", "\n")).not.toMatch(MOVES);
      }),
    );
  });

  test("stays the same JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(HOSTILE, HOSTILE), (value) => {
        expect(JSON.parse(guarded(JSON.stringify(value, undefined, 2), false))).toEqual(value);
      }),
    );
  });

  test("stays as it is where everything can be seen, and keeps colours where there are some", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(guarded(text, true)).toBe(text);
      }),
    );
    expect(guarded("\u001B[31mred\u001B[39m\n\tend", true)).toBe("\u001B[31mred\u001B[39m\n\tend");
    expect(guarded("\u001B[31mred\u001B[39m", false)).toBe("red");
    expect(guarded("\u001B[2J", true)).toBe("\\u001b[2J");
  });
});

describe("a table on a screen", () => {
  test("has a line for each row, none of which is longer than the screen", () => {
    // Of wide and narrow letters; how wide some rare ones are, terminals do not agree.
    const letters = fc.constantFrom("a", "-", " ", "鍵", "é", "\u001B", "\u202E", "\n");
    const cell = fc.string({ unit: letters, maxLength: 80 }).map(visible);
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 30, max: 100 }), (lines, columns) => {
        const terminal = { ...quietTerminal().terminal, isScreen: true, columns };
        const drawn = table(["key", "policy", "target"], lines, terminal).split("\n");
        expect(drawn).toHaveLength(lines.length + 1);
        for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test("of all keys of a large cache takes time by its rows, not by their square", () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => [`film:${id}`, "1 m 2 s", "306 B"]);
    expect(table(["key", "age", "size"], rows, quietTerminal().terminal).split("\n")).toHaveLength(100_001);
  });

  test("is cut where it is widest, with a sign, and whole elsewhere", () => {
    const { terminal } = quietTerminal();
    const rows = [["films", "page A very long title of a page"]];
    expect(table(["cache", "target"], rows, { ...terminal, isScreen: true, columns: 24 })).toBe(
      "cache  target\nfilms  page A very long…",
    );
    expect(table(["cache", "target"], rows, terminal)).toContain("title of a page");
  });
});

describe("a command line", () => {
  async function said(...words: string[]): Promise<{ status: number; out: string; err: string }> {
    const { terminal, said: out, notes } = quietTerminal();
    const status = await run(words, terminal);
    return { status, out: out.join("\n"), err: notes.join("\n") };
  }
  /** Every command, from the help. */
  async function commands(): Promise<string[]> {
    const { out } = await said("--help");
    return [...out.slice(out.indexOf("Commands:")).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
  }

  test("has help with an example for each command, --json where it tells something, and no empty default", async () => {
    const names = (await commands()).filter((name) => name !== "help");
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const { status, out } = await said(name, "--help");
      expect(status).toBe(0);
      expect(out).toContain("\nExamples:\n");
      expect(out).toContain("--no-color");
      expect(out).not.toContain('(default: "")');
      if (name !== "completion" && name !== "mcp") expect(out).toContain("--json");
    }
  });

  test("is understood to its end: each option of an example exists", async () => {
    for (const name of await commands()) {
      if (name === "help") continue;
      const { out } = await said(name, "--help");
      const [options, examples] = [out.slice(0, out.indexOf("\nExamples:")), out.slice(out.indexOf("\nExamples:"))];
      const used = examples.split("\n").filter((line) => line.includes(`macho ${name}`));
      expect(used.length).toBeGreaterThan(0);
      const mine = used.flatMap((line) => line.split("|")).filter((part) => part.includes(`macho ${name}`));
      for (const [option] of mine.join("\n").matchAll(/--[a-z-]+/g)) expect(options).toContain(option);
    }
  });

  test("that is wrong is told by the program's name, with status 2", async () => {
    expect(await said("lst")).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringMatching(/^macho: unknown command 'lst'\n\(Did you mean list\?\)/),
    });
    expect(await said("invalidate", "--exact", "--yes")).toMatchObject({
      status: 2,
      err: expect.stringContaining("--exact goes with a key"),
    });
    expect((await said("list", "--host", "")).status).toBe(2);
  });
});

test("a painted cell of a table is as wide as what is seen of it", () => {
  const colors = picocolors.createColors(true);
  const drawn = table(["a", "b"], [[colors.green("85.78% *"), "1"]], {
    ...quietTerminal().terminal,
    colors,
    isScreen: true,
  });
  expect(drawn).toContain(colors.green("85.78% *"));
  expect(drawn).not.toContain("…");
});

test.each([{ CI: "true" }, { CI: "true", GITHUB_ACTIONS: "true" }, {}])(
  "a pipe gets whole cells and no colours, with %j",
  async (env) => {
    const { out, status } = await macho(["simulate", "-", "--size", "2,3"], {
      env,
      input: "a\nb\nc\na\nd\na\n".repeat(50),
    });
    expect(status).toBe(0);
    expect(out).toContain("% *");
    expect(out).not.toContain("\u001B");
    expect(out).not.toContain("…");
  },
);
