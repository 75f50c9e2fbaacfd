// A page that logs out and is left at once, in a browser whose storage is looked at afterwards.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";

const SITE = "http://localhost:9";
const HEAD = `<!doctype html><link rel="icon" href="data:,"><script src="/page.js"></script>`;
const CANARY = "canary-7Qx1";
const ENTRIES = 300;

let browser: Browser;
let context: BrowserContext;
let script: string;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("log-out-page.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", write: false });
  script = outputFiles[0]!.text;
  browser = await launchChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  context = await browser.newContext();
  // Nobody listens there: the test answers.
  await context.route(`${SITE}/**`, (route) =>
    route.request().url().endsWith("/page.js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: HEAD }),
  );
});
afterEach(() => context.close());

/** A page in which two users have stored something, and ada is logged in. */
async function begin(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${SITE}/app`);
  await page.evaluate(
    async ([canary, entries]) => {
      const bob = logOut.open("bob");
      bob.client.setQueryData(["film"], "of bob");
      await bob.persistence.stop();
      const ada = logOut.open("ada");
      for (let id = 0; id < entries; id++) ada.client.setQueryData(["film", id], `${canary} ${id}`);
      await ada.persistence.flush();
      Object.assign(globalThis, { ada });
    },
    [CANARY, ENTRIES] as const,
  );
  expect(await rowsWith(page, CANARY)).toBeGreaterThanOrEqual(ENTRIES);
  return page;
}

/** How many rows of the database have a text in them. */
async function rowsWith(page: Page, text: string): Promise<number> {
  const rows = await page.evaluate(() => logOut.raw());
  return rows.filter((row) => row.includes(text)).length;
}

/** Nothing of ada is there but the memory of the purge, and bob finds what he had. */
async function expectGone(page: Page): Promise<void> {
  const rows = await page.evaluate(() => logOut.raw());
  expect(rows.filter((row) => row.includes(CANARY))).toEqual([]);
  expect(rows.filter((row) => row.includes("macho.ada.") && row.includes("film"))).toEqual([]);
  const [left, bobs] = await page.evaluate(async () => {
    const { persistence } = logOut.open("ada");
    const bob = logOut.open("bob");
    await Promise.all([persistence.ready, bob.persistence.restore()]);
    return [persistence.status.entries, bob.client.getQueryData(["film"])] as const;
  });
  expect([left, bobs]).toEqual([0, "of bob"]);
}

type Ada = { ada: ReturnType<(typeof globalThis)["logOut"]["open"]> };

test("a page that awaits its purge and is left in the same task leaves nothing of the user, and all of others", async () => {
  const page = await begin();
  await Promise.all([
    page.waitForURL(`${SITE}/login`),
    page.evaluate(async () => {
      const { client, persistence } = (globalThis as unknown as Ada).ada;
      // What waits to be written, and what is under way, does not come back either.
      client.setQueryData(["film", "late"], "canary-7Qx1");
      void client.fetchQuery(["film", "loading"], async () => "canary-7Qx1");
      void persistence.flush();
      await persistence.purge();
      location.assign("/login");
    }),
  ]);
  await expectGone(page);
});

test("a tab that is closed as soon as its purge is over leaves nothing", async () => {
  const page = await begin();
  await page.evaluate(() => (globalThis as unknown as Ada).ada.persistence.purge());
  await page.close();
  const next = await context.newPage();
  await next.goto(`${SITE}/login`);
  await expectGone(next);
});

test("what the page writes as it is left after a purge and stop() is nothing", async () => {
  const page = await begin();
  await Promise.all([
    page.waitForURL(`${SITE}/login`),
    page.evaluate(async () => {
      const { client, persistence } = (globalThis as unknown as Ada).ada;
      await persistence.purge();
      await persistence.stop();
      client.setQueryData(["film", "after"], "canary-7Qx1");
      location.assign("/login");
    }),
  ]);
  await expectGone(page);
});
