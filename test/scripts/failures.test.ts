import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countTests, failureLines } from "../../scripts/failures.mjs";

const path = (relativePath: string): string => fileURLToPath(new URL(`../../${relativePath}`, import.meta.url));
let folder: string;
let report: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "macho-failures-"));
  report = join(folder, "report.json");
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the test runner over files of its own, with the reporter that CI has. */
function runTests(files: Readonly<Record<string, string>>): number | null {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const project = { test: { name: "some", globals: true, include: ["*.test.js"] } };
  const config = `import { Report } from ${JSON.stringify(path("scripts/report.mjs"))};
    export default { test: {
      reporters: [new Report({ outputFile: ${JSON.stringify(report)} })],
      projects: [${JSON.stringify(project)}],
    } };`;
  writeFileSync(join(folder, "vitest.config.mjs"), config);
  const args = [path("node_modules/vitest/vitest.mjs"), "run", "--root", folder];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).status;
}

test("each failure is told with its project, its file, its full name and the first lines of its message", () => {
  const status = runTests({
    "a.test.js": `describe("a room", () => {
      test("is green", () => undefined);
      test("is red", () => { throw new Error("first line\\nsecond line" + "\\nmore".repeat(50)); });
    });`,
    "broken.test.js": `throw new TypeError("not loaded");`,
    "after.test.js": `afterAll(() => { throw new Error("not cleaned up"); }); test("is green as well", () => undefined);`,
    "apart.test.js": `test("lets go of a promise", async () => {
      void Promise.reject(new Error("nobody heard it"));
      await new Promise((resolve) => setTimeout(resolve));
    });`,
  });
  expect(status).toBe(1);
  expect(countTests(report)).toEqual({ passed: 3, failed: 2 });
  const lines = failureLines(report);
  const file = (name: string): string => `some | ${relative(process.cwd(), join(folder, name))}`;
  const after = (line: string): string[] => lines.slice(lines.indexOf(line) + 1);
  expect(after(`${file("a.test.js")} | a room is red`).slice(0, 2)).toEqual([
    "    Error: first line",
    "    second line",
  ]);
  expect(after(`${file("broken.test.js")} | the file itself`)[0]).toMatch(/^ {4}TypeError: not loaded/);
  expect(after(`${file("after.test.js")} | the file itself`)[0]).toMatch(/^ {4}Error: not cleaned up/);
  expect(after("errors outside of any test")[0]).toMatch(/^ {4}Error: nobody heard it/);
  expect(lines.filter((line) => !line.startsWith(" "))).toHaveLength(4);
  expect(lines.filter((line) => line === "    more").length).toBeLessThan(20);
});

test("a run without a failure has none to tell, and one that wrote no report says so", () => {
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "macho-failures-"));
  report = join(folder, "report.json");
  expect(failureLines(report)).toEqual([`no report was written to ${report}`]);
  expect(countTests(report)).toEqual({ passed: 0, failed: 1 });
  expect(runTests({ "a.test.js": `test("is green", () => undefined);` })).toBe(0);
  expect(failureLines(report)).toEqual([]);
  expect(countTests(report)).toEqual({ passed: 1, failed: 0 });
});
