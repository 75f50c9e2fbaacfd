import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packOnce } from "../../scripts/pack.mjs";
import { visit } from "../package/site.ts";
import { axeFindings } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let browser: Browser;

beforeAll(async () => {
  packOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const colours = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector("canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
    return seen.size;
  });

test("the plain page computes each tile once, forgets the far ones, and shows why in the panel", async () => {
  const complaints = await visit(
    browser,
    root,
    async (page) => {
      const status = page.getByRole("status").first();
      const move = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
      await page.getByText("24 of 24 tiles computed").waitFor();
      await move("Right");
      expect(await status.innerText()).toContain("4 of 24 tiles computed, 20 from the cache");
      await page.keyboard.press("ArrowLeft");
      expect(await status.innerText()).toContain("0 of 24 tiles computed, 24 from the cache; 28 computed so far");
      await page.getByRole("tab", { name: "Entries" }).click();
      await page.getByText("28 keys", { exact: true }).waitFor();
      await move("Closer");
      for (let step = 0; step < 4; step++) await move("Down");
      await page.getByText("60 keys", { exact: true }).waitFor();
      await page.getByRole("tab", { name: "Overview" }).click();
      await page.getByRole("tabpanel").getByRole("table").getByText("evicted").first().waitFor();
      // However far one goes, there is something to see.
      for (let step = 0; step < 20; step++) await move("Down");
      for (let step = 0; step < 20; step++) await move("Left");
      expect(await status.innerText()).toContain("0 of 24 tiles computed");
      expect(await colours(page)).toBeGreaterThan(100);
    },
    "examples/vanilla/index.html",
  );
  expect(complaints).toEqual([]);
});

test("the plain page leaves its picture in sight beside the panel, on a phone once that is made lower, and is accessible", async () => {
  await visit(
    browser,
    root,
    async (page) => {
      const panel = page.getByRole("complementary", { name: "Macho devtools: Tiles" });
      for (const [width, height] of [
        [1280, 800],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        // There it is a sheet that leaves a strip.
        if (width < 600) await page.getByRole("separator", { name: "Height of the panel" }).press("Home");
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await panel.waitFor();
          const [picture, cover] = [await page.locator("canvas").boundingBox(), await panel.boundingBox()];
          if (width > 600) expect(picture!.x + picture!.width).toBeLessThanOrEqual(cover!.x);
          else expect(picture!.y + picture!.height).toBeLessThanOrEqual(cover!.y);
          expect(await axeFindings(page, "main")).toEqual([]);
        }
      }
    },
    "examples/vanilla/index.html",
  );
});
