import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPacked } from "../../scripts/install.mjs";
import { launchChromium } from "../support/chromium.ts";
import { visit } from "./site.ts";

const CREATE_ROOT = `import { createRoot } from "react-dom/client";
export const mount = (app) => createRoot(document.getElementById("root")).render(app);`;
const RENDER = `import { render } from "react-dom";
export const mount = (app) => render(app, document.getElementById("root"));`;

let browser: Browser;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "macho-versions-"));
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** The packed package beside this React, in a folder of its own; gives the folder of the bundle. */
async function bundleWith(react: string, mount: string): Promise<string> {
  const folder = join(home, react);
  cpSync(fileURLToPath(new URL("apps/versions", import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, "mount.jsx"), mount);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  installPacked(folder, [`react@${react}`, `react-dom@${react}`]);
  await build({
    absWorkingDir: folder,
    entryPoints: ["main.jsx"],
    bundle: true,
    format: "esm",
    jsx: "automatic",
    // StrictMode mounts effects twice only in React's development build.
    define: { "process.env.NODE_ENV": '"development"' },
    outfile: join(folder, "main.js"),
    logLevel: "error",
  });
  return folder;
}

interface Harness {
  requests: { key: unknown; signal: AbortSignal; answer: (value: unknown) => void }[];
}

/** One load a key, shared; a late answer never shows; back is instant; a removed key loads again, once. */
async function drive(page: Page): Promise<void> {
  const click = (name: string): Promise<void> => page.getByRole("button", { name }).click();
  const shows = (text: string): Promise<void> => page.getByText(text).nth(1).waitFor();
  const asked = (): Promise<unknown[]> =>
    page.evaluate(() => (window as unknown as Harness).requests.map(({ key, signal }) => [key, signal.aborted]));
  // A hook says that it loads before its effect has asked.
  const answer = async (index: number, value: string): Promise<void> => {
    await page.waitForFunction((at) => at in (window as unknown as Harness).requests, index);
    await page.evaluate(([at, given]) => (window as unknown as Harness).requests[at]!.answer(given), [
      index,
      value,
    ] as const);
  };

  await shows("film 1: pending fetching");
  expect(await asked()).toEqual([[["film", 1], false]]);
  await click("Next");
  await shows("film 2: pending fetching");
  await expect.poll(asked).toEqual([
    [["film", 1], true],
    [["film", 2], false],
  ]);
  await answer(0, "late");
  await answer(1, "two");
  await shows("film 2: success idle two");
  await click("Back");
  await shows("film 1: pending fetching");
  await answer(2, "one");
  await shows("film 1: success idle one");
  await click("Next");
  await shows("film 2: success idle two");
  expect(await asked()).toHaveLength(3);
  await click("Remove");
  await shows("film 2: pending fetching");
  await answer(3, "again");
  await shows("film 2: success idle again");
  await click("Toggle");
  await click("Toggle");
  await shows("film 2: success idle again");
  expect(await asked()).toHaveLength(4);
}

describe.each([
  ["18.3.1", CREATE_ROOT],
  ["17.0.2", RENDER],
])("React %s", (react, mount) => {
  test("loads once, shares, aborts, and forgets what was removed, under StrictMode", async () => {
    const folder = await bundleWith(react, mount);
    const complaints = await visit(browser, folder, async (page) => {
      await page.getByText(`React ${react}`).waitFor();
      await drive(page);
    });
    expect(complaints).toEqual([]);
  }, 180_000);
});
