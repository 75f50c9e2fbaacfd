import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { launchChromium } from "../../../test/support/chromium.ts";
import { visitor } from "./support/built-site.ts";

let browser: Browser;

beforeAll(async () => {
  buildSiteOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Types into the search of the front page, with the keyboard alone, while other hosts are refused. */
async function find(text: string, use: (page: Page) => Promise<void>): Promise<void> {
  const { context, complaints } = await visitor(browser, { colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto("");
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
  await page.keyboard.press("Control+k");
  await page.locator("#localsearch-input").fill(text);
  await use(page);
  expect(complaints).toEqual([]);
  await context.close();
}

test("a page is found by words of its text, and opened with the keyboard", () =>
  find("keepPreviousData placeholder", async (page) => {
    const first = page.locator("#localsearch-list li a").first();
    const address = await first.getAttribute("href");
    await page.locator("#localsearch-input").press("Enter");
    await page.waitForURL((url) => url.pathname + url.hash === address);
    await page.locator("main").getByText("keepPreviousData").first().waitFor();
  }));

test("the code of an error finds the page of this error", () =>
  find("invalid-option", async (page) => {
    // It comes first.
    await page.locator("#localsearch-list li a").first().click();
    await page.waitForURL(/errors\/invalid-option#/);
    await page.locator("main h1").getByText("invalid-option").waitFor();
  }));

test("a search that finds nothing says so", () =>
  find("zzyzxqwv", async (page) => {
    await page.getByText('No results for "zzyzxqwv"').waitFor();
  }));
