import type { Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { useExplorer, watchComplaints } from "./explorer-app.ts";

const explorer = useExplorer("#/faults", (first) => first.getByRole("heading", { name: "Planted faults" }));
let page: Page;
let complaints: readonly string[];

/** Hit ratios in percent, as they are with the fault, and from where on they are mended. */
const FAULTS = [
  { id: "too-small", title: "Too small", remedy: "Room for all products", from: 20, to: 45, mended: 85 },
  { id: "short-ttl", title: "A ttl that is too short", remedy: "A ttl in milliseconds", from: 15, to: 75, mended: 90 },
  { id: "unstable-key", title: "An unstable key", remedy: "A key of the city alone", from: 0, to: 0, mended: 95 },
  { id: "failing-loads", title: "Failing loads", remedy: "The archive is up again", from: 55, to: 85, mended: 95 },
  { id: "cleared", title: "Cleared all the time", remedy: "Store only what was edited", from: 10, to: 50, mended: 90 },
] as const;

describe("planted faults", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    page = await explorer.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    complaints = watchComplaints(page);
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test.each(FAULTS)(
    "$id keeps the hit ratio low, and its switch mends it",
    async ({ id, title, remedy, ...ratios }) => {
      await page.goto(`${explorer.app.url}#/faults/${id}`);
      await page.getByRole("heading", { name: title }).waitFor();
      await lookups(4_000);
      const before = await hitRatio();
      expect(before).toBeGreaterThanOrEqual(ratios.from);
      expect(before).toBeLessThanOrEqual(ratios.to);

      await page.getByRole("switch", { name: remedy }).click();
      await lookups(4_000);
      await expect.poll(hitRatio).toBeGreaterThanOrEqual(ratios.mended);
    },
  );

  test("each has an address, and begins with its fault", async () => {
    await page.goto(`${explorer.app.url}#/films`);
    await page.getByRole("link", { name: "Planted faults" }).click();
    for (const { title, remedy } of FAULTS) {
      await page.getByRole("navigation", { name: "Faults" }).getByRole("link", { name: title }).click();
      await page.getByRole("heading", { name: title }).waitFor();
      const mend = page.getByRole("switch", { name: remedy });
      expect(await mend.isChecked()).toBe(false);
      await mend.click();
    }
    await page.goBack();
    expect(await page.getByRole("switch").first().isChecked()).toBe(false);
  });

  test("is accessible, and fits a narrow window, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${explorer.app.url}#/faults/unstable-key`);
      await lookups(100);
      expect(await axeFindings(page, "#root")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
});

/** Waits for that many look-ups of the app that is shown. */
async function lookups(count: number): Promise<void> {
  const shown = async (): Promise<number> => Number((await textOf("lookups")).replaceAll(",", ""));
  await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
}

/** In percent. */
async function hitRatio(): Promise<number> {
  return Number.parseFloat(await textOf("hit-ratio"));
}

async function textOf(testId: string): Promise<string> {
  return (await page.getByTestId(testId).textContent()) ?? "";
}
