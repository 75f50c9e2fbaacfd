import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { axeFindings } from "../../../test/support/axe.ts";
import { launchChromium } from "../../../test/support/chromium.ts";
import { pages, type Visitor, visitor } from "./support/built-site.ts";

/** Tabs that look at pages at the same time. */
const TABS = 3;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
/** A page of each kind. */
const KINDS = [
  "",
  "start",
  "guides",
  "queries",
  "recipes/search-as-you-type",
  "from-tanstack-query",
  "benchmarks",
  "decisions/",
  "decisions/0001-slots-and-columns",
  "errors/",
  "errors/invalid-option",
  "changelog",
  "which-policy-which-size",
  "reference/",
  "reference/react",
];
/** What axe finds takes no part in an animation. */
const STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }";

let browser: Browser;

beforeAll(async () => {
  buildSiteOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Shows each page in one of the tabs, and gathers what `look` says about it. */
async function onEach(
  paths: readonly string[],
  reader: Visitor,
  look: (page: Page) => Promise<readonly string[]>,
): Promise<string[]> {
  const left = [...paths];
  const found: string[] = [];
  const tabs = Array.from({ length: TABS }, async () => {
    const page = await reader.context.newPage();
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      await page.goto(path);
      await page.waitForFunction(isAlive);
      for (const fault of await look(page)) found.push(`${path}: ${fault}`);
    }
    await page.close();
  });
  await Promise.all(tabs);
  return found;
}

/** Whether the scripts of the page have taken it over. */
const isAlive = (): boolean => "__vue_app__" in (document.querySelector("#app") ?? {});

/** Parts that stick out of the page at the side. */
async function tooWide(page: Page): Promise<readonly string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const seen = page.viewportSize()!.width;
  return width > seen ? [`is ${width} wide on a screen of ${seen}`] : [];
}

/** What axe finds in both looks. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.addStyleTag({ content: STILL });
  const light = await axeFindings(page, "html");
  await page.evaluate(() => document.documentElement.classList.add("dark"));
  const dark = await axeFindings(page, "html");
  return [...light.map((finding) => `light: ${finding}`), ...dark.map((finding) => `dark: ${finding}`)];
}

test("no page is wider than a phone, asks another host for anything, or complains", async () => {
  const reader = await visitor(browser, { viewport: PHONE, colorScheme: "light" });
  expect(await onEach(pages(), reader, tooWide)).toEqual([]);
  expect(reader.complaints).toEqual([]);
  await reader.context.close();
}, 240_000);

test.each([
  ["a phone", PHONE],
  ["a desk", DESK],
])("axe finds nothing on a page of each kind on %s, in light and in dark", async (_, viewport) => {
  const reader = await visitor(browser, { viewport, colorScheme: "light" });
  expect(await onEach(KINDS, reader, findings)).toEqual([]);
  await reader.context.close();
});

test("what is too wide, what axe finds and what is asked of another host is told", async () => {
  const reader = await visitor(browser, { viewport: PHONE, colorScheme: "light" });
  const found = await onEach(["queries"], reader, async (page) => {
    await page.evaluate(() => {
      document.querySelector("h1")!.insertAdjacentHTML("afterend", '<p style="width:500px;color:#bbb">Pale</p>');
      document.body.insertAdjacentHTML("beforeend", '<img alt="" src="https://elsewhere.test/a.png">');
    });
    await expect.poll(() => reader.complaints).not.toEqual([]);
    return [...(await tooWide(page)), ...(await findings(page))];
  });
  expect(found[0]).toMatch(/^queries: is \d+ wide on a screen of 390$/);
  expect(found[1]).toContain("queries: light: color-contrast");
  expect(reader.complaints[0]).toBe("request to another host: https://elsewhere.test/a.png");
  await reader.context.close();
});
