import type { Browser, FrameLocator } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { launchChromium } from "../../../test/support/chromium.ts";
import { type Visitor, visitor } from "./support/built-site.ts";

let browser: Browser;

beforeAll(async () => {
  buildSiteOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** The start page, scrolled to the explorer, with a reader of its own. */
async function openExplorer(options?: object): Promise<Visitor & { app: FrameLocator }> {
  const reader = await visitor(browser, options);
  const page = await reader.context.newPage();
  await page.goto("start");
  expect(await page.locator("iframe").count()).toBe(0);
  await page.locator(".explorer-frame").scrollIntoViewIfNeeded();
  const app = page.frameLocator('iframe[title="Film explorer, with its panel"]');
  await app.getByRole("link", { name: /^8 femmes/ }).waitFor();
  return { ...reader, app };
}

test("the start page loads the explorer when it is seen, and the explorer needs no server", async () => {
  const { app, complaints, context } = await openExplorer();
  const asked: string[] = [];
  context.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await app.getByRole("searchbox").fill("jaws");
  await app.getByRole("link", { name: /^Jaws 1975/ }).press("Enter");
  await app.getByRole("heading", { name: "Jaws", exact: true }).waitFor();
  expect(asked.filter((path) => path.includes("/api/"))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("the panel beside it shows what the explorer loads", async () => {
  const { app, complaints, context } = await openExplorer();
  await app.getByRole("tab", { name: "Entries" }).click();
  await app.getByRole("row", { name: /^\["genres"\]/ }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("its server counts a request that was cancelled, and fails when it is told to", async () => {
  const { app, complaints, context } = await openExplorer();
  const requests = app.getByTestId("requests");
  await app.getByRole("switch", { name: "Slow answers" }).click();
  await app.getByRole("searchbox").fill("star");
  await app.getByRole("searchbox").fill("star w");
  await expect.poll(() => requests.textContent()).toContain("(1 cancelled)");
  await app.getByRole("switch", { name: "Slow answers" }).click();
  await app.getByRole("switch", { name: "Failing answers" }).click();
  await app.getByRole("searchbox").fill("zulu");
  await app.getByText("The film server is out of order, as you asked.").waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("the explorer has the look that the reader chose for the site", async () => {
  const { app, context } = await openExplorer({ colorScheme: null });
  const page = context.pages()[0]!;
  const isDark = (): Promise<boolean> =>
    app.locator("body").evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  // Without a choice of its own, the browser asks for a light one.
  expect(await isDark()).toBe(false);
  await page.locator(".VPSwitchAppearance").first().click();
  await expect.poll(isDark).toBe(true);
  await context.close();
});
