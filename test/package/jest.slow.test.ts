import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { InstalledApp } from "./installed-app.ts";

const GUIDE = readFileSync(fileURLToPath(new URL("../../docs/testing.md", import.meta.url)), "utf8");
const [, LINE = ""] = /^```js\n(transformIgnorePatterns: .*)\n```$/m.exec(GUIDE) ?? [];

let app: InstalledApp;
beforeAll(() => {
  app = new InstalledApp("jest");
});
afterAll(() => app.remove());

/** What Jest says with this line in its configuration. */
function jest(line: string): ReturnType<InstalledApp["run"]> {
  writeFileSync(join(app.home, "jest.config.cjs"), `module.exports = { testEnvironment: "jsdom", ${line} };`);
  return app.run("jest/bin/jest.js", ["--ci", "--no-cache"]);
}

test("Jest 30 runs an app's tests with the line that the guide has", async () => {
  expect(LINE).not.toBe("");
  const { said, status } = await jest(LINE);
  expect([status, said]).toEqual([0, expect.stringContaining("4 passed, 4 total")]);
});

test("without it, Jest names the option", async () => {
  const { said, status } = await jest("");
  expect([status, said]).toEqual([1, expect.stringContaining("transformIgnorePatterns")]);
});

test("the guide's line for pnpm takes the package along from where pnpm keeps it", () => {
  const [, npm = ""] = /"([^"]+)"/.exec(LINE) ?? [];
  const [, pnpm = ""] = /^.*pnpm keeps packages elsewhere: `"([^"]+)"`/m.exec(GUIDE) ?? [];
  const ofPnpm = "/app/node_modules/.pnpm/macho-cache@0.1.0_react@19.3.1/node_modules/macho-cache/dist/core/index.js";
  const ignores = (pattern: string): boolean => new RegExp(pattern).test(ofPnpm);
  expect([ignores(npm), ignores(pnpm)]).toEqual([true, false]);
  expect(new RegExp(pnpm).test("/app/node_modules/.pnpm/react@19.3.1/node_modules/react/index.js")).toBe(true);
});
