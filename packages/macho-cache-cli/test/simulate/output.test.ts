import { afterAll, describe, expect, test } from "vitest";
import { runSimulate, type SimulateOptions } from "../../src/commands/simulate-run.ts";
import { BrailleCanvas } from "../../src/simulate/braille.ts";
import { ProgressLine } from "../../src/simulate/progress.ts";
import { quietTerminal, scratch } from "../support/simulated.ts";

const files = scratch();
afterAll(files.remove);

const KEYS = Array.from({ length: 3_000 }, (_, at) => Math.floor(400 * ((at * 0.618_034) % 1) ** 4));
const TRACE = files.file("keys.txt", KEYS.join("\n"));

async function shown(options: Partial<SimulateOptions> = {}): Promise<string> {
  const { terminal, said } = quietTerminal();
  await runSimulate([TRACE], { sample: 1, maxKeys: 1e6, threads: 1, ...options }, terminal);
  return said.join("\n");
}

describe("the table", () => {
  test("has a row for each size, the best policy first, and marks the best of each row", async () => {
    const lines = (await shown({ policy: "random,lru,sieve", size: "10,100" })).split("\n");
    const head = lines.findIndex((line) => line.startsWith("entries"));
    const rows = lines.slice(head + 1, head + 3).map((line) => line.split(/ {2,}/));
    expect(rows.map(([size]) => size)).toEqual(["10", "100"]);
    for (const row of rows) {
      const ratios = row.slice(1).map((cell) => Number.parseFloat(cell));
      const marked = row.slice(1).map((cell) => cell.endsWith("*"));
      expect(marked).toEqual(ratios.map((ratio) => ratio === Math.min(...ratios)));
    }
    expect(lines.join("\n")).toContain("Miss ratios; * has the fewest misses of its row.");
  });

  test("of twelve policies goes into 80 columns", async () => {
    const text = await shown({ size: "10" });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text.match(/^entries/gm)).toHaveLength(2);
  });

  test("says that a sample was simulated, and which sizes are rough then", async () => {
    const text = await shown({ policy: "lru", size: "10,300", sample: 0.25 });
    expect(text).toMatch(/A sample of 25% of the keys was simulated\. Expect errors of up to \d+\.\d points\./);
    expect(text).toContain("Sizes up to 10 are too small for this sample: their figures are rough.");
  });
});

describe("the curve", () => {
  test("goes down from left to right between axes, in 80 columns, with the names at its end", async () => {
    const text = await shown({ policy: "lru,sieve", size: "5,50,200", curve: true });
    const lines = text.slice(text.indexOf("Miss ratio by entries")).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const plot = lines.filter((line) => line.includes("│")).map((line) => line.slice(line.indexOf("│") + 1));
    expect(plot).toHaveLength(14);
    // The row of the first dot, and that of the last one.
    const rowOf = (column: (row: string) => string): number => plot.findIndex((row) => /[⠁-⣿]/.test(column(row)));
    expect(rowOf((row) => row.slice(0, 2))).toBeLessThan(rowOf((row) => row.slice(60, 68)));
    expect(plot.some((row) => row.endsWith(" lru"))).toBe(true);
    expect(plot.some((row) => row.endsWith(" sieve"))).toBe(true);
    expect(lines.at(-1)).toMatch(/^ +5 +200$/);
  });

  test("shows the three best policies and lru, and says how many more there are", async () => {
    const text = await shown({ size: "5,50", curve: true });
    expect(text).toContain("8 more policies are in the table.");
  });

  test("needs two sizes, and says so to whoever asks for it", async () => {
    const { terminal, said, notes } = quietTerminal();
    const options = { sample: 1, maxKeys: 1e6, threads: 1, policy: "lru", size: "10" };
    await runSimulate([TRACE], { ...options, curve: true }, terminal);
    expect([said.join("\n").includes("│"), notes]).toEqual([
      false,
      ["A curve needs two sizes or more. Name them by --size."],
    ]);
  });

  test("is left out where the output is no screen, and where nobody wants it", async () => {
    expect(await shown({ policy: "lru" })).not.toContain("│");
    expect(await shown({ policy: "lru", curve: false })).not.toContain("│");
  });
});

test("a canvas puts two by four dots into a sign", () => {
  const canvas = new BrailleCanvas(2, 1);
  canvas.line(0, [0, 0], [0, 1]);
  canvas.line(1, [1, 1], [1, 1]);
  expect(canvas.draw((owner, sign) => `${owner}${sign}`)).toEqual(["0⡇1⠈"]);
});

describe("how far it is", () => {
  /** What a terminal shows of steps that come so many ms apart. */
  async function lines(steps: readonly (readonly [string, number | undefined])[], apart: number): Promise<string[]> {
    const { terminal } = quietTerminal();
    const statuses: string[] = [];
    let now = 1_000;
    const progress = new ProgressLine(
      { ...terminal, status: (line) => void statuses.push(line) },
      new AbortController().signal,
      () => now,
    );
    for (const [what, share] of steps) {
      await progress.step(what, share);
      now += apart;
    }
    progress.clear();
    return statuses;
  }

  test("is a bar, and after two seconds the time that is left", async () => {
    expect(
      await lines(
        Array.from({ length: 5 }, (_, at) => ["reading films", at / 4] as const),
        1_000,
      ),
    ).toEqual([
      "░░░░░░░░░░░░░░░░░░░░░░░░ 0% reading films",
      "██████░░░░░░░░░░░░░░░░░░ 25% reading films",
      "████████████░░░░░░░░░░░░ 50% reading films",
      "██████████████████░░░░░░ 75% reading films, 1 s left",
      "████████████████████████ 100% reading films, 0 ms left",
      "",
    ]);
  });

  test("is told ten times a second at most, and without an end where nobody knows it", async () => {
    expect(
      await lines(
        Array.from({ length: 10 }, () => ["reading stdin", undefined] as const),
        50,
      ),
    ).toEqual([
      "reading stdin, 0 ms",
      "reading stdin, 100 ms",
      "reading stdin, 200 ms",
      "reading stdin, 300 ms",
      "reading stdin, 400 ms",
      "",
    ]);
  });

  test("ends with the user's wish", async () => {
    const { terminal } = quietTerminal();
    const progress = new ProgressLine(terminal, AbortSignal.abort());
    await expect(progress.step("reading", 0.5)).rejects.toMatchObject({ exit: 130 });
  });
});
