import { afterAll, beforeAll, expect, test } from "vitest";
import { InstalledApp } from "./installed-app.ts";

let app: InstalledApp;
beforeAll(() => {
  app = new InstalledApp("vitest");
});
afterAll(() => app.remove());

// Vitest asks for the condition `development`, so that the devtools are the real ones.
test.each(["jsdom", "happy-dom"])("Vitest with %s runs an app's tests, devtools included", async (environment) => {
  const { said, status } = await app.run("vitest/vitest.mjs", ["run", `--environment=${environment}`]);
  expect([status, said]).toEqual([0, expect.stringContaining("6 passed")]);
});
