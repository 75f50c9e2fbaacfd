import type { TierStatus } from "macho-cache/persist";
import type { Locator } from "playwright";
import { describe, expect, test } from "vitest";
import {
  findings,
  launch,
  page,
  panel,
  persistCache,
  reopen,
  row,
  sideways,
  tab,
  useFixture,
} from "./fixture/panel-driver.ts";
import { tierStatus } from "../support/tier-status.ts";

useFixture();

const storage = (): Locator => page.getByRole("region", { name: "Storage", exact: true });
const state = (): Locator => storage().getByRole("region", { name: "State" });
const card = (name: string): Locator => storage().getByRole("region", { name, exact: true });
const button = (name: string | RegExp): Locator => storage().getByRole("button", { name });
const said = (): Locator => storage().getByRole("status");

/** What a card says behind a term. */
const figure = (name: string, term: string): Promise<string> =>
  card(name)
    .locator("dl div")
    .filter({ has: page.getByText(term, { exact: true }) })
    .locator("dd")
    .innerText();

/** Puts a view behind the cache of the page whose status a test says, and that counts how often it is read. */
async function feign(part: Partial<TierStatus>): Promise<void> {
  await page.evaluate((all) => {
    Object.assign(window, { told: all, looks: 0 });
    window.cache.parts.tier = {
      deleted: () => undefined,
      cleared: () => undefined,
      view: {
        get status() {
          const source = window as unknown as { told: TierStatus; looks: number };
          source.looks++;
          return { ...source.told };
        },
        purge: async () => undefined,
        restore: async () => 0,
      },
    };
  }, tierStatus(part));
}

const change = (status: Partial<TierStatus>): Promise<void> =>
  page.evaluate((part) => void Object.assign((window as unknown as { told: object }).told, part), status);
const looks = (): Promise<number> => page.evaluate(() => (window as unknown as { looks: number }).looks);

async function open(): Promise<void> {
  await tab("Storage").click();
  await storage().waitFor();
}

describe("the page Storage", () => {
  test("is there where the cache that is looked at is persisted, also when that comes late, and its code with it", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache();
      launchDashboard({ one: window.cache, other: new Cache() });
    });
    await panel().waitFor();
    expect(await page.getByRole("tab").count()).toBe(6);
    await persistCache();
    expect(asked.filter((url) => url.includes("storage-page"))).toEqual([]);
    await tab("Settings").focus();
    await page.keyboard.press("Home");
    for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.getByRole("tab", { selected: true }).textContent()).toBe("Storage");
    await storage().waitFor();
    expect(asked.filter((url) => url.includes("storage-page"))).toHaveLength(1);
    // Another cache has no such page. The choice is remembered all the same.
    await page.getByLabel("Cache", { exact: true }).selectOption("other");
    await page.getByRole("tab", { name: "Overview", selected: true }).waitFor();
    expect(await tab("Storage").count()).toBe(0);
    await page.getByLabel("Cache", { exact: true }).selectOption("one");
    await storage().waitFor();
    await page.evaluate(() => window.persistence.stop());
    await panel().getByText("its persistence was stopped").waitFor();
    await tab("Entries").click();
    await expect.poll(() => tab("Storage").count()).toBe(0);
  });

  test("is remembered, and shows where it was left when the panel opens again", async () => {
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"storage"}'));
    await launch(3);
    await page.getByRole("tab", { name: "Overview", selected: true }).waitFor();
    await persistCache();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Open Macho devtools" }).click();
    await storage().waitFor();
  });

  test("says what is stored, what was read and written, and which entries are", async () => {
    await launch(3);
    await persistCache();
    await open();
    await state().getByText("It works.").waitFor();
    expect(await figure("Stored", "Scope")).toBe("anna");
    expect(await figure("Stored", "Entries")).toBe("0");
    expect(await figure("Stored", "Oldest")).toBe("–");
    await page.evaluate(async () => {
      const { cache, persistence } = window;
      cache
        .set("film:1", { title: "Jaws" })
        .set("film:2", { title: "Alien" })
        .set("film:3", () => 1);
      await persistence.flush();
      await cache.getOrLoad("film:4", () => Promise.resolve(4));
      cache.delete("film:2");
      await persistence.flush();
    });
    await expect.poll(() => figure("Stored", "Entries")).toBe("2");
    expect(await figure("Stored", "Bytes, about")).toMatch(/^\d+ B$/);
    expect(await figure("Stored", "Oldest")).toMatch(/^(just now|\d.* ago)$/);
    expect(await figure("Writes", "Not storable")).toBe("1");
    await card("Writes").getByText("No storage can hold functions").waitFor();
    expect(await figure("Reads", "… not asked, as nothing is there")).toBe("1");
    expect(await figure("Reads", "Misses")).toBe("1");
    await tab("Entries").click();
    await row("film:1").getByRole("gridcell", { name: "yes", exact: true }).waitFor();
    await row("film:3").getByRole("gridcell", { name: "no", exact: true }).waitFor();
    await row("film:1").click();
    const fact = panel().locator(".fact").filter({ hasText: "Persisted" });
    await expect.poll(() => fact.innerText()).toMatch(/Persisted\s*yes/);
  });

  test("says of each state what it means, with the last error as text", async () => {
    await launch(1);
    await feign({});
    await open();
    await state().getByText("It works.").waitFor();
    await card("Failures").getByText("No error yet.").waitFor();
    expect(await figure("Stored", "Entries")).toBe("not known");
    await change({ state: "opening" });
    await state().getByText("It has not answered yet.").waitFor();
    const markup = '<img src=x onerror="window.ran=1"><b>no</b>';
    await page.evaluate((text) => {
      const lastError = new DOMException(text, "QuotaExceededError");
      Object.assign((window as unknown as { told: object }).told, { state: "full", lastError });
    }, markup);
    await state().getByText("It has no room.").waitFor();
    await card("Failures").getByText(`QuotaExceededError: ${markup}`).waitFor();
    expect(await storage().locator("img").count()).toBe(0);
    await change({ state: "degraded", breaker: "open", failures: 3, pending: 12, unanswered: 5 });
    await state().getByText("none is made for now").waitFor();
    expect([await figure("Failures", "Calls"), await figure("Failures", "Failed or too slow")]).toEqual([
      "are not made",
      "3",
    ]);
    expect([await figure("Writes", "Waiting"), await figure("Reads", "Not answered")]).toEqual(["12", "5"]);
    await change({ breaker: "half-open" });
    await state().getByText("The next one tries").waitFor();
    await change({ breaker: "closed", hits: 3, misses: 1 });
    await state().getByText("It failed lately.").waitFor();
    await card("Reads").getByText("75%").waitFor();
  });

  test("reads nothing of the store while another page is open, or none, and stands still with the others", async () => {
    await launch(3);
    await feign({ hits: 1 });
    await tab("Storage").waitFor();
    expect(await looks()).toBe(0);
    await open();
    await change({ hits: 7 });
    await expect.poll(() => figure("Reads", "Hits")).toBe("7");
    await page.getByRole("button", { name: "Pause" }).click();
    await change({ hits: 9 });
    await tab("Overview").click();
    const before = await looks();
    await open();
    expect(await figure("Reads", "Hits")).toBe("7");
    await page.getByRole("button", { name: "Pause" }).click();
    await expect.poll(() => figure("Reads", "Hits")).toBe("9");
    expect(await looks()).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Close" }).click();
    const closed = await looks();
    const started = await page.evaluate(() => performance.now());
    await page.waitForFunction((then) => performance.now() - then > 2_500, started);
    expect(await looks()).toBe(closed);
  });

  test("purges after a question, and tells when that is done", async () => {
    await launch(3);
    await persistCache();
    await page.evaluate(async () => {
      window.cache.set("a", 1).set("b", 2);
      await window.persistence.flush();
    });
    await open();
    await expect.poll(() => figure("Stored", "Entries")).toBe("2");
    await button("Purge").click();
    await button("Purge 2 stored, 5 in memory?").waitFor();
    // Elsewhere is no answer.
    await tab("Storage").focus();
    await button(/^Purge$/).waitFor();
    expect(await page.evaluate(() => [window.cache.size, window.tier.records.size])).toEqual([5, 2]);
    await page.evaluate(() => {
      const { tier } = window;
      tier.before = (call) => (call === "clear" ? new Promise((go) => Object.assign(window, { go })) : undefined);
    });
    await button("Purge").click();
    await button(/^Purge 2/).click();
    await said().getByText("Purging…").waitFor();
    // Pages come and go meanwhile.
    await tab("Overview").click();
    await open();
    expect([await button("Purge").isDisabled(), await button("Restore").isDisabled()]).toEqual([true, true]);
    await page.evaluate(() => (window as unknown as { go(): void }).go());
    await said().getByText("purged").waitFor();
    await expect.poll(() => button("Purge").isDisabled()).toBe(false);
    expect(await page.evaluate(() => [window.cache.size, window.tier.records.size])).toEqual([0, 0]);
    await expect.poll(() => figure("Stored", "Entries")).toBe("0");
  });

  test("restores what is stored, and says what a purge failed with", async () => {
    await launch(0);
    await page.evaluate(async () => {
      const { Cache, persist, MemoryTier } = window.fixture;
      const tier = new MemoryTier();
      const before = new Cache<string, unknown>();
      const first = persist(before, { scope: "anna", storage: tier });
      before.set("film:1", 1).set("film:2", 2);
      await first.stop();
      const persistence = persist(window.cache, { scope: "anna", storage: tier });
      await persistence.ready;
      window.cache.purgeExpired();
      Object.assign(window, { tier, persistence });
    });
    await open();
    await expect.poll(() => figure("Stored", "Entries")).toBe("2");
    await button("Restore").click();
    await said().getByText("restored 0 entries").waitFor();
    await page.evaluate(() => {
      window.tier.before = (call) => {
        if (call === "clear") throw new Error("<i>the disk</i> is gone");
      };
    });
    await button("Purge").click();
    await button("Purge 2 stored, 2 in memory?").click();
    await said().getByText("Purge failed: Error: <i>the disk</i> is gone").waitFor();
    await expect.poll(() => button("Purge").isDisabled()).toBe(false);
    await card("Failures").getByText("the disk").waitFor();
  });

  for (const width of [390, 320])
    test(`is whole and in reach at ${width} px, in light and dark`, async () => {
      await reopen({ bypassCSP: true, viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
      await launch(3);
      await feign({
        tier: "IndexedDB",
        scope: "user-of-a-tenant/0123456789abcdef0123456789abcdef",
        state: "full",
        entries: 12_345,
        bytes: 49_999_999,
        oldest: 1,
        pending: 321,
        hits: 12_345,
        misses: 6_789,
        late: 4_000,
        unusable: 3,
        unpersistable: 2,
        evicted: 99,
        dropped: 17,
        failures: 4,
        lastWrite: 1,
      });
      await page.evaluate(() => {
        const lastError = new Error(`https://${"x".repeat(250)}`);
        Object.assign((window as unknown as { told: object }).told, { lastError });
      });
      await open();
      const scrolls = async (): Promise<string[]> =>
        (await sideways()).filter((each) => width > 320 || each !== "tabs");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect([colorScheme, await findings(), await scrolls()]).toEqual([colorScheme, [], []]);
      }
      // Where its tabs have no room they scroll, and the chosen one is seen.
      const at = (await tab("Storage").boundingBox())!;
      expect(at.x >= 0 && at.x + at.width <= width).toBe(true);
      await button("Purge").tap();
      await button("Purge 12,345 stored, 3 in memory?").waitFor();
      expect(await scrolls()).toEqual([]);
    });
});
