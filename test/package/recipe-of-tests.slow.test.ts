// The recipe of tests has a configuration for Vitest and one for Jest: an app with either runs its test.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { blocksOf } from "../support/guide-blocks.ts";
import { InstalledApp } from "./installed-app.ts";

const PAGE = "recipes/tests";
const apps: InstalledApp[] = [];
afterAll(() => apps.forEach((app) => app.remove()));

/** An app with a configuration of the page, and with its code as a compiler leaves it. */
function appWith(name: string, config: string, change: (code: string) => string): InstalledApp {
  const app = new InstalledApp(name);
  apps.push(app);
  for (const { file = "", code } of blocksOf(PAGE)) {
    const { code: compiled } = transformSync(change(code), { loader: "tsx", jsx: "automatic", format: "esm" });
    writeFileSync(join(app.home, file.replace(/tsx$/, "jsx")), compiled);
  }
  const found = blocksOf(PAGE, "js").find(({ file }) => file === config);
  writeFileSync(join(app.home, config), found!.code);
  return app;
}

test("Vitest runs the recipe's test with the recipe's configuration", async () => {
  const app = appWith("vitest", "vitest.config.js", (code) => code);
  const { said, status } = await app.run("vitest/vitest.mjs", ["run", "film.test.jsx"]);
  expect([status, said]).toEqual([0, expect.stringContaining("6 passed")]);
});

test("Jest does so as well, without the import that the recipe says to leave out", async () => {
  const app = appWith("jest", "jest.config.cjs", (code) => code.replace(/^import .* from "vitest".*\n/m, ""));
  const { said, status } = await app.run("jest/bin/jest.js", ["--ci", "--no-cache", "film.test.jsx"]);
  expect([status, said]).toEqual([0, expect.stringContaining("6 passed, 6 total")]);
});
