import type { Locator } from "playwright";
import { describe, expect, test } from "vitest";
import {
  choose,
  findings,
  openPage,
  page,
  panel,
  recorded,
  reopen,
  sideways,
  tab,
  useFixture,
} from "./fixture/panel-driver.ts";

useFixture();

const card = (name: string): Locator => page.getByRole("region", { name, exact: true });

/** A sharded, filtered cache with two prefixes, of which one is heavy and seldom read, and many entries that expire together. */
async function launchEngine(): Promise<void> {
  await page.evaluate(() => {
    const { Cache, launchDashboard } = window.fixture;
    window.cache = new Cache<string, unknown>({ maxCacheSize: 4_000, ttl: 600_000, shardCount: 4, bloom: true });
    launchDashboard(window.cache);
  });
  await recorded();
  await page.evaluate(() => {
    const { cache } = window;
    for (let id = 0; id < 400; id++) cache.set(`session:${id}`, id, { ttl: 300_500 });
    for (let id = 0; id < 100; id++) cache.set(`search:${id}`, "x".repeat(4_000), { ttl: 5_000 + id * 5_900 });
    for (let id = 0; id < 800; id++) cache.get(`session:${id % 400}`);
    for (let id = 0; id < 50; id++) cache.get(`absent:${id}`);
    cache.set("search:0", "again");
    cache.delete("search:1");
  });
}

describe("Memory and shards", () => {
  test("shows what is large and of little use, and leads to its entries", async () => {
    await launchEngine();
    await openPage("Memory & shards");
    const memory = card("Memory by prefix");
    await memory.getByText(/^about \d+ kB ±\d+%$/).waitFor();
    await memory.getByText(/^search: \d+% of the bytes for 0% of the hits\. Try a shorter ttl there\.$/).waitFor();
    const rows = await memory.getByRole("row").allInnerTexts();
    expect(rows.slice(1).map((text) => text.split(/\s+/).filter((word) => word !== "kB"))).toEqual([
      ["search:", expect.stringMatching(/^\d+$/), "99", "0%"],
      ["session:", expect.stringMatching(/^[\d.]+$/), "400", "100%"],
    ]);
    await memory.getByRole("button", { name: "Show the entries of search:" }).click();
    expect(await tab("Entries").getAttribute("aria-selected")).toBe("true");
    expect(await page.getByRole("searchbox").inputValue()).toBe("prefix:'search:'");
    await page.getByText("99 of 499 keys").waitFor();
  });

  test("says what expires together, filters it by its bar, by keys too, and copies the remedy", async () => {
    await reopen({ permissions: ["clipboard-read", "clipboard-write"] });
    await launchEngine();
    await openPage("Memory & shards");
    const strip = card("Expiring in the next 10 min");
    await strip.getByText(/^40\d within \d+ s, 400 of them session:, written at \d\d:\d\d:\d\d$/).waitFor();
    await strip.getByRole("button", { name: "Copy" }).click();
    await strip.getByText(/^Copied: /).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "cache.set(key, value, { ttl: 300_500 * (0.9 + 0.2 * Math.random()) })",
    );
    const bars = strip.getByRole("toolbar").getByRole("button");
    await bars.first().focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    const many = 30;
    const words = `ttl>=${(600 / many) * (many - 2)}s ttl<${(600 / many) * (many - 1)}s`;
    expect(await page.getByRole("searchbox").inputValue()).toBe(words);
  });

  test("judges shards and filter, and colours lifespans by cause", async () => {
    await launchEngine();
    await openPage("Memory & shards");
    await card("Shards")
      .getByText(/^Even\. Shard \d is read most/)
      .waitFor();
    await card("Shards").getByRole("button", { name: "Entries" }).click();
    await card("Shards")
      .getByRole("img", { name: /^Shards: 4 shards with 125 entries each on average/ })
      .waitFor();
    await card("Filter")
      .getByText(/^Works as planned/)
      .waitFor();
    expect(await card("Filter").innerText()).toMatch(/Absent keys answered by it\s+(?:4\d|50)\s/);
    await card("Lifespans")
      .getByRole("img", { name: /^Histogram of 2 removals.* 1 replaced, 1 deleted\. Half lived less than/ })
      .waitFor();
  });

  test("of a small cache shows prefixes, expiries and a line, and a client groups by tag", async () => {
    await page.evaluate(() => {
      const { QueryClient, mountDevtools } = window.fixture;
      const client = new QueryClient();
      mountDevtools(client, { initialIsOpen: true });
      client.setQueryData(["film", 1], { title: "Alien" }, { tags: ["film", "old"], ttl: 20_000 });
      client.setQueryData(["user", 1], { name: "Ann" });
    });
    await openPage("Memory & shards");
    await page.getByText("One shard and no filter", { exact: false }).waitFor();
    expect(await card("Shards").count()).toBe(0);
    await card("Expiring in the next 30 s").getByText("1 of 2 entries").waitFor();
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    const tags = card("Memory by tag");
    await tags.getByRole("rowheader", { name: "film old" }).waitFor();
    expect(await tags.getByRole("button", { name: "Show the entries of no tag" }).isDisabled()).toBe(true);
    await tags.getByRole("button", { name: "Show the entries of film old" }).click();
    expect(await page.getByRole("searchbox").inputValue()).toBe("tag:'film' tag:'old'");
  });

  test("fits its first screen at 1280 x 420, scrolls nothing sideways elsewhere, and axe finds nothing", async () => {
    for (const [width, height, dock] of [
      [1280, 780, "Bottom"],
      [844, 390, "Bottom"],
      [1280, 780, "Right"],
      [390, 844, ""],
    ] as const) {
      await reopen({ bypassCSP: true, viewport: { width, height } });
      await launchEngine();
      if (dock === "Right") await choose("Dock", dock);
      await openPage("Memory & shards");
      const strip = card("Expiring in the next 10 min");
      await strip.getByText(/written at/).waitFor();
      if (width === 1280 && dock === "Bottom") {
        const [inner, outer] = [await strip.boundingBox(), await panel().boundingBox()];
        expect(inner!.y + inner!.height).toBeLessThanOrEqual(outer!.y + outer!.height);
      }
      expect([width, await sideways(), await findings()]).toEqual([width, [], []]);
      for (const button of await page.getByRole("button", { name: "Table" }).all()) await button.click();
      expect([width, await findings()]).toEqual([width, []]);
    }
  });
});
