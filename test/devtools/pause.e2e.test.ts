import { expect, test } from "vitest";
import type { QueryClient } from "macho-cache/query";
import { openPage, page, panel, recorded, reopen, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const pause = (): ReturnType<typeof page.getByRole> => page.getByRole("button", { name: "Pause" });
const meanwhile = (): ReturnType<typeof page.locator> => panel().locator(".meanwhile");

/** A cache and a client on which something goes on, all the time that `isBusy`. */
async function launchBusy(): Promise<void> {
  await page.evaluate(() => {
    const { Cache, QueryClient: Client, launchDashboard } = window.fixture;
    const cache = (window.cache = new Cache<string, unknown>({ maxCacheSize: 30, shardCount: 2 }));
    const client: QueryClient = new Client({ defaultOptions: { queries: { retry: false } } });
    launchDashboard({ engine: cache, app: client });
    Object.assign(window, { client });
  });
  await panel().waitFor();
  await recorded();
  await page.waitForFunction(() => (window.cache.flights?.listeners.size ?? 0) > 0);
  await operate(400);
}

/** So many reads, of which most find nothing, so that something is stored and something else leaves. */
async function operate(reads: number): Promise<void> {
  await page.evaluate(async (many) => {
    const { cache } = window;
    const { client } = window as unknown as { client: QueryClient };
    for (let at = 0; at < many; at++) {
      const key = `key:${(at * 7) % 45}`;
      if (cache.get(key) === undefined) cache.set(key, { at });
    }
    await cache.getOrLoad(`load:${many}`, () => Promise.reject(new Error("no"))).catch(() => undefined);
    await client.fetchQuery(["film", many], async () => many);
    cache.delete(`key:${many % 45}`);
  }, reads);
}

/** What a page shows, but for times of now. */
async function shown(): Promise<string> {
  const text = await page.getByRole("tabpanel").innerText();
  return text.replaceAll(/\s+/g, " ");
}

const PAGES = ["Overview", "Loads", "Memory & shards", "General", "Requests", "Lifespan", "Latency"];

test("holds every page still, over pages, caches and windows, until it is pressed once more", async () => {
  await launchBusy();
  const words = page.getByRole("region", { name: "Advice" });
  await words.filter({ hasNotText: "being replayed" }).waitFor();
  await pause().focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => pause().getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => meanwhile().innerText()).toBe("0 reads, 0 left meanwhile");
  const still: Record<string, string> = {};
  for (const name of PAGES) {
    await openPage(name);
    // Estimates are made when a page is first looked at.
    await page.getByText(/being (estimated|replayed)/).waitFor({ state: "detached" });
    await expect.poll(shown).not.toBe("");
    still[name] = await shown();
  }
  await operate(900);
  await expect.poll(() => meanwhile().innerText()).toMatch(/^90\d reads, [1-9]\d* left, 1 load failed meanwhile$/);
  for (const name of PAGES) {
    await openPage(name);
    await page.getByText(/being (estimated|replayed)/).waitFor({ state: "detached" });
    // These walk over the entries as they are now.
    if (name === "Memory & shards") continue;
    await expect.poll(shown, { timeout: 20_000 }).toBe(still[name]);
  }
  // What draws a page anew brings nothing new.
  await tab("Overview").click();
  await page.getByLabel("Cause", { exact: true }).selectOption("Evicted");
  // The evidence is drawn when the advice is there.
  await page.getByText("Policy by size").waitFor();
  await page.getByRole("img", { name: /^Ages of the last/ }).waitFor();
  const before = await shown();
  await operate(300);
  await expect.poll(() => meanwhile().innerText()).toMatch(/^1,20\d reads/);
  await page.getByLabel("Cause", { exact: true }).selectOption("All");
  await page.getByLabel("Cause", { exact: true }).selectOption("Evicted");
  await expect.poll(shown).toBe(before);
  // All caches are held at once.
  await page.getByLabel("Cache", { exact: true }).selectOption("app");
  await expect.poll(() => pause().getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => meanwhile().innerText()).toBe("2 reads, 0 left meanwhile");
  await tab("Loads").click();
  await page.getByText("1 started").waitFor();
  await page.getByLabel("Cache", { exact: true }).selectOption("engine");
  await pause().click();
  await expect.poll(() => meanwhile().count()).toBe(0);
  await tab("Overview").click();
  await expect.poll(shown).not.toBe(before);
  await page
    .getByText(/of 1,60\d reads/)
    .first()
    .waitFor();
});

test("recording goes on while the pages stand still, and the pause ends when the panel closes", async () => {
  await launchBusy();
  await pause().click();
  await operate(500);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: /Open Macho devtools/ }).click();
  await expect.poll(() => pause().getAttribute("aria-pressed")).toBe("false");
  await tab("Statistics").click();
  await page.getByRole("group", { name: "Statistics" }).getByRole("button", { name: "Requests" }).click();
  const reads = await page.evaluate(() => window.cache.metrics.gets);
  expect(reads).toBeGreaterThan(900);
  await page
    .getByText(/^\d+ hits?, [\d,]+ miss/)
    .first()
    .waitFor();
});

test("the rows of Entries stay, and say which are gone, wherever Pause was pressed", async () => {
  await launchBusy();
  await tab("Entries").click();
  await page.locator(".rows .row").first().waitFor();
  const group = page.locator("[role=row][aria-expanded=false]").first();
  if (await group.isVisible()) await group.click();
  await page.locator(".rows .row[aria-selected]").first().waitFor();
  await pause().click();
  const keys = (): Promise<string[]> => page.locator(".rows .row[aria-selected] .key").allInnerTexts();
  const before = await keys();
  await page.evaluate(() => {
    window.cache.clear();
    window.cache.set("one:more", 1);
  });
  await page.getByText("has left: cleared").first().waitFor();
  expect(await keys()).toEqual(before);
  await pause().click();
  await expect.poll(keys).toEqual(["one:more"]);
});

test("tells how much came on a phone as well, and an imported snapshot has no pause", async () => {
  await reopen({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await launchBusy();
  await pause().tap();
  await operate(1_234);
  await expect.poll(() => meanwhile().innerText()).toMatch(/^1,23\d reads/);
  const { x, width } = (await meanwhile().boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(390);
  expect(await meanwhile().evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
});
