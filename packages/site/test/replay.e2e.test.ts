import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { launchChromium } from "../../../test/support/chromium.ts";
import { PATIENCE } from "../../../test/support/patience.ts";
import { type Visitor, visitor } from "./support/built-site.ts";

let browser: Browser;

beforeAll(async () => {
  buildSiteOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

async function open(options?: object): Promise<Visitor & { page: Page }> {
  const reader = await visitor(browser, options);
  const page = await reader.context.newPage();
  await page.goto("which-policy-which-size");
  await page.getByText("Nothing was replayed yet.").waitFor();
  return { ...reader, page };
}

/** The cells of a policy's row. */
const row = (page: Page, policy: string): Promise<string[]> =>
  page
    .getByRole("row", { name: new RegExp(`^${policy} `) })
    .getByRole("cell")
    .allTextContents();

test("a sample is replayed in the page, and the page says which policy and size", async () => {
  const { page, complaints, context } = await open();
  await page.getByRole("combobox", { name: "Trace" }).selectOption("loop");
  await page.getByRole("spinbutton").fill("1000");
  await page.getByRole("button", { name: "Replay" }).click();
  // A loop that does not fit: lru keeps nothing of it, and needs room for all.
  const verdict = page.getByText(/lru hits 0\.0% of the accesses\. tinylfu hits \d\d\.\d%\. lru needs 3,000 entries/);
  // A hundred replays take long where other tests run beside this one.
  await verdict.waitFor({ timeout: PATIENCE * 3 });
  expect(await row(page, "lru")).toEqual(["0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "97.0"]);
  expect(await page.getByRole("img", { name: /^Hit ratio by size\. At 1,000 entries, tinylfu/ }).count()).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a file of the reader's is replayed, and what is no trace is said", async () => {
  const { page, complaints, context } = await open({ viewport: { width: 390, height: 844 } });
  const replay = page.getByRole("button", { name: /^(Replay|Start again)$/ });
  await page.getByRole("combobox", { name: "Trace" }).selectOption("file");
  await replay.click();
  await page.getByText("Choose a file first.").waitFor();
  const give = (name: string, text: string): Promise<void> =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await give("empty.txt", "\n");
  await replay.click();
  await page.getByText("empty.txt holds no keys. Write one key a line.").waitFor();
  // Of two entries, lru has lost a when it comes again; fifo as well.
  await give("keys.txt", "a\nb\nb\nc\na\na");
  await page.getByRole("spinbutton").fill("2");
  await replay.click();
  await page.getByText("6 accesses of 3 keys. Each line is a key.").waitFor();
  await page.getByText("With room for all keys, any policy hits 50.0%.").waitFor();
  expect(await row(page, "lru")).toEqual(["33.3", "33.3", "50.0"]);
  // The table scrolls in its box, not the page.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
  await context.close();
});
