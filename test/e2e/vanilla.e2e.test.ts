import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "../package/site.ts";
import { launchChromium } from "../support/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let browser: Browser;

beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "pipe" });
  browser = await launchChromium();
});

afterAll(() => browser?.close());

test("the plain page computes each tile once, forgets the far ones, and shows why in the panel", async () => {
  const complaints = await visit(
    browser,
    root,
    async (page) => {
      const status = page.getByRole("status").first();
      const move = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
      await page.getByText("12 of 12 tiles computed").waitFor();
      await move("Right");
      expect(await status.innerText()).toContain("3 of 12 tiles computed, 9 from the cache");
      await page.keyboard.press("ArrowLeft");
      expect(await status.innerText()).toContain("0 of 12 tiles computed, 12 from the cache; 15 computed so far");
      await page.getByRole("tab", { name: "Entries" }).click();
      await page.getByText("15 keys", { exact: true }).waitFor();
      for (let step = 0; step < 8; step++) await move("Down");
      await page.getByText("30 keys", { exact: true }).waitFor();
      await page.getByRole("tab", { name: "Requests" }).click();
      await page.getByText("this was the least recently used entry").first().waitFor();
    },
    "examples/vanilla/index.html",
  );
  expect(complaints).toEqual([]);
});
