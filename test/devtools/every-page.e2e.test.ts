import type { BrowserContextOptions } from "playwright";
import { expect, test } from "vitest";
import { missedByTab, outOfReach, tooSmall } from "./fixture/controls.ts";
import { findings, page, panel, reopen, sideways, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

interface Mode extends BrowserContextOptions {
  /** What the reader chose before. */
  settings?: object;
  isRightToLeft?: boolean;
  /** Whether the Tab key walks over everything. */
  isWalked?: boolean;
}

const MODES: Record<string, Mode> = {
  "1280 x 420 at the bottom, light": { settings: { height: 420 }, colorScheme: "light", isWalked: true },
  "1280 x 420 at the bottom, dark": { settings: { height: 420, theme: "dark" }, reducedMotion: "reduce" },
  "420 at the right": { settings: { dock: "right", width: 420 }, isWalked: true },
  "420 at the left, right to left": { settings: { dock: "left", width: 420 }, isRightToLeft: true },
  "a phone": { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, isWalked: true },
  "a phone on its side, dark": { viewport: { width: 844, height: 390 }, colorScheme: "dark" },
  "forced colours": { settings: { height: 420 }, forcedColors: "active" },
};

for (const [mode, { settings, isRightToLeft = false, isWalked = false, ...options }] of Object.entries(MODES)) {
  test(`every page is whole and in reach: ${mode}`, async () => {
    await reopen({ bypassCSP: true, viewport: { width: 1280, height: 840 }, ...options });
    await useCaches({ ...settings }, isRightToLeft);
    const faults: string[] = [];
    for (const target of ["engine", "app"]) {
      await page.getByLabel("Cache", { exact: true }).selectOption(target);
      for (const text of await page.getByRole("tab").allInnerTexts())
        // Beside its name, a tab may count what failed.
        for await (const view of viewsOf(text.replace(/\s*\d+$/, ""))) {
          // A table of many columns may, within its own labelled region.
          const wide = (await sideways()).filter((each) => !each.startsWith("table-scroll"));
          const found = [...(await findings()), ...wide.map((each) => `${each} scrolls sideways`)];
          found.push(...(await outOfReach()), ...(isWalked ? await missedByTab() : []));
          found.push(...(await tooSmall(options.isMobile ? 28 : 24)));
          faults.push(...found.map((fault) => `${target}, ${view}: ${fault}`));
        }
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
  });
}

/** A page as it opens, its parts where it has some, and Entries with one chosen. */
async function* viewsOf(name: string): AsyncGenerator<string> {
  await tab(name).click();
  const shown = page.getByRole("tabpanel", { name });
  await shown.locator("[tabindex], button").first().waitFor();
  if (name === "Overview")
    await shown.getByRole("region", { name: "Advice" }).filter({ hasNotText: "being replayed" }).waitFor();
  yield name;
  const parts = shown.getByRole("group", { name, exact: true }).getByRole("button");
  for (const part of await parts.all()) {
    await part.click();
    yield `${name}, ${await part.innerText()}`;
  }
  if (name !== "Entries") return;
  // Headers of groups are rows as well; a closed one is opened.
  const entry = shown.locator("[role=row][aria-selected]").first();
  if (!(await entry.isVisible())) await shown.locator("[role=row][aria-expanded=false]").first().click();
  await entry.click();
  await shown.getByRole("tree").waitFor();
  yield `${name}, one chosen`;
}

/** A cache and a client on which everything has happened that a page can show. */
async function useCaches(settings: object, isRightToLeft: boolean): Promise<void> {
  await page.evaluate(
    async ([chosen, rtl]) => {
      if (rtl) document.documentElement.dir = "rtl";
      localStorage.setItem("macho-devtools:", JSON.stringify(chosen));
      const { Cache, QueryClient, launchDashboard, persist, MemoryTier } = window.fixture;
      const options = { maxCacheSize: 60, shardCount: 4, bloom: true, maxWeight: 5_000, weigher: () => 20 };
      const cache = new Cache<string, unknown>({ ...options, ttl: 600_000 });
      const client = new QueryClient({ cache: { maxCacheSize: 40 }, defaultOptions: { queries: { retry: false } } });
      launchDashboard({ engine: cache, app: client });
      const storage = new MemoryTier();
      // What it fails with is as long as such words get.
      storage.before = (call) => {
        if (call === "write")
          throw new DOMException(`The quota of ${location.origin} is exceeded`, "QuotaExceededError");
      };
      const { persistence } = Object.assign(window, {
        persistence: persist(client, { scope: "user-of-a-tenant/0123456789abcdef0123456789abcdef", storage }),
      });
      persist(cache, { scope: "anna", storage: new MemoryTier() });
      const isRecorded = (): boolean =>
        [cache, client.cache as unknown as typeof cache].every(({ parts }) => {
          const { recorder } = parts.stores[0]!;
          return recorder !== undefined && "recorders" in recorder;
        });
      while (!isRecorded()) await new Promise(requestAnimationFrame);
      const keyOf = (at: number): string =>
        at % 3 === 0 ? `user:${at}` : `https://api.example.com/v1/films/${at}?include=cast,crew&lang=en`;
      for (let at = 0; at < 4_000; at++) {
        const key = keyOf((at * 7_919) % 110);
        if (cache.get(key) === undefined) cache.set(key, { at, list: [1, 2, 3], text: "x".repeat(200) });
      }
      cache.set("short", 1, { ttl: 1 });
      cache.delete(keyOf(1));
      for (let at = 0; at < 50; at++) {
        const answer = at % 7 === 0 ? Promise.reject(new Error(`No film ${at}`)) : Promise.resolve({ id: at });
        await client.fetchQuery(["films", { id: at, search: "love" }], () => answer).catch(() => undefined);
      }
      for (let at = 0; at < 900; at++) client.getQueryData(["films", { id: at % 50, search: "love" }]);
      await persistence.flush();
      await cache.getOrLoad("loaded", () => Promise.resolve("value"));
      await cache.getOrLoad("broken", () => Promise.reject(new Error("no"))).catch(() => undefined);
    },
    [settings, isRightToLeft] as const,
  );
  await panel().waitFor();
}
