import { describe, expect, test } from "vitest";
import {
  findings,
  launch,
  openPage,
  page,
  panel,
  reopen,
  sideways,
  statistics,
  useFixture,
} from "./fixture/panel-driver.ts";

useFixture();

/** Opens the devtools on a sharded, filtered cache that has lifespans, loads and latencies. */
async function launchBusy(shardCount = 4): Promise<void> {
  await page.evaluate(async (shards) => {
    const { Cache, launchDashboard } = window.fixture;
    const cache = new Cache<string, unknown>({ maxCacheSize: 400, shardCount: shards, bloom: true, ttl: 90_000 });
    window.cache = cache;
    for (let index = 0; index < 1_500; index++) cache.set(`user:${index}`, { id: index });
    for (let index = 0; index < 120_000; index++) cache.get(`user:${1_300 + (index % 300)}`);
    for (let index = 0; index < 20; index++) await cache.getOrLoad(`load:${index}`, async () => index);
    launchDashboard(cache);
  }, shardCount);
  await panel().waitFor();
}

const cellsOf = async (name: string, index: number): Promise<string[]> => {
  const row = page.getByRole("region", { name, exact: true }).getByRole("row").nth(index);
  return (await row.getByRole("cell").or(row.getByRole("rowheader")).allInnerTexts()).map((text) => text.trim());
};

describe("the General page", () => {
  test("shows each option, the size, the memory and the shards", async () => {
    await launchBusy();
    await statistics("General");
    const settings = page.getByRole("region", { name: "Configuration", exact: true });
    await settings.waitFor();
    expect(await settings.getByRole("term").allInnerTexts()).toEqual([
      "maxCacheSize",
      "maxWeight",
      "ttl",
      "timeToIdle",
      "keepTtl",
      "strategy",
      "shardCount",
      "bloom",
      "probability",
      "exactClock",
    ]);
    const values = ["400", "none", "1 m 30 s", "none", "off", "lru", "4", "on", "1%", "off"];
    expect(await settings.locator("b").allInnerTexts()).toEqual(values);
    expect(await page.getByRole("meter", { name: "Fullness" }).getAttribute("aria-valuetext")).toMatch(/^\d+ of 400$/);
    await page.getByText(/^~[\d.]+ kB ± [\d.]+ k?B$/).waitFor();
    const { size, capacity, hits } = await page.evaluate(() => window.cache.metrics.shards[2]!);
    const number = (value: number): string => value.toLocaleString("en-US");
    expect((await cellsOf("Shards, table", 3)).slice(0, 5)).toEqual([
      "2",
      number(size),
      number(capacity),
      expect.stringMatching(/^[\d.]+%$/),
      number(hits),
    ]);
  });
});

describe("the Lifespan page", () => {
  test("says that nothing left yet, and shows what leaves", async () => {
    await launch(3);
    await statistics("Lifespan");
    await page.getByText("Nothing left the cache yet.").waitFor();
    await page.evaluate(() => window.cache.delete("user:1"));
    await page.getByText("of the last 1 removal", { exact: true }).waitFor();
    expect(await page.getByLabel("Shards").count()).toBe(0);
  });

  test("draws a histogram of as many bins as asked for, by keys too, and its table", async () => {
    await launchBusy();
    await statistics("Lifespan");
    const card = page.getByRole("region", { name: "Histogram", exact: true });
    await card
      .getByRole("img", { name: /^Histogram of 1,000 removals, from .* in \d+ bins\. Most are from / })
      .waitFor();
    await card.getByRole("slider", { name: "Bins" }).press("Home");
    await card.getByRole("img", { name: /in 10 bins/ }).waitFor();
    await card.getByRole("slider").fill("100");
    await card.getByRole("button", { name: "Table" }).click();
    expect(await card.getByRole("row").count()).toBe(101);
    const counts = await card.locator("tbody tr td:nth-child(3)").allInnerTexts();
    expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0)).toBe(1_000);
  });

  test("can be scrolled to every box, the first as well, with the axis in sight", async () => {
    await launchBusy(24);
    await statistics("Lifespan");
    const boxes = page.getByRole("region", { name: "Box plot", exact: true }).locator(".boxes");
    await boxes.waitFor();
    const inSight = (name: string): Promise<boolean> =>
      boxes.evaluate((element, label) => {
        const text = [...element.querySelectorAll(".box-name")].find((each) => each.textContent === label)!;
        const [inner, outer] = [text.getBoundingClientRect(), element.getBoundingClientRect()];
        return inner.top >= outer.top && inner.bottom <= outer.bottom;
      }, name);
    const axis = boxes.locator(".axis-x");
    const bottom = async (): Promise<number> => {
      const [inner, outer] = [await axis.boundingBox(), await boxes.boundingBox()];
      return Math.round(outer!.y + outer!.height - inner!.y - inner!.height);
    };
    await boxes.evaluate((element) => void (element.scrollTop = 0));
    expect([await inSight("All"), await inSight("Shard 23"), await bottom()]).toEqual([true, false, 0]);
    await boxes.evaluate((element) => void (element.scrollTop = element.scrollHeight));
    expect([await inSight("All"), await bottom()]).toEqual([false, 0]);
    // The panel has its default height, and the axis is on its first screen.
    expect((await axis.boundingBox())!.y + 12).toBeLessThan(780);
  });

  test("compares the shards, and looks at one", async () => {
    await launchBusy();
    await statistics("Lifespan");
    const boxes = page.getByRole("region", { name: "Box plot", exact: true });
    await boxes.getByRole("img").first().waitFor();
    expect(await boxes.getByRole("img").count()).toBe(5);
    expect(await boxes.getByRole("img").nth(1).getAttribute("aria-label")).toMatch(
      /^Shard 0: median .*, half between .* and .*, all between .* and .*, \d+ outliers?\.$/,
    );
    await page.getByLabel("Shards", { exact: true }).selectOption("Shard 3");
    const many = await page.evaluate(() => window.cache.metricLifespan!.shards[3]!.count);
    await page.getByText(`of the last ${many} removals`, { exact: true }).waitFor();
    expect(await boxes.getByRole("img").count()).toBe(1);
    await boxes.getByRole("button", { name: "Table" }).click();
    expect((await cellsOf("Box plot, table", 1)).slice(0, 2)).toEqual(["Shard 3", String(many)]);
    await page.getByRole("button", { name: "Show" }).click();
    expect(await page.getByRole("region", { name: "Lifespans, raw values, table" }).getByRole("row").count()).toBe(
      many + 1,
    );
  });
});

describe("the Latency page", () => {
  test("says in a line each what is missing", async () => {
    await launch(3);
    await statistics("Latency");
    await page.getByText("No load has ended yet.", { exact: false }).waitFor();
    await page.getByText("Single gets and sets: a mean is shown after some 25,000 of either.").waitFor();
  });

  test("shows the loads of each shard, and of one alone", async () => {
    await launchBusy(3);
    await page.evaluate(() =>
      Object.defineProperty(window.cache, "loadDurationsByShard", {
        get: () => [Array.from({ length: 25 }, (_, index) => 10 + index), [5], []],
      }),
    );
    await statistics("Latency");
    const boxes = page.getByRole("region", { name: "Box plot", exact: true });
    await expect.poll(() => boxes.getByRole("img").count()).toBe(4);
    await page.getByLabel("Shards", { exact: true }).selectOption("Shard 0");
    await page.getByText("of the last 25 loads", { exact: true }).waitFor();
    await page.getByRole("img", { name: /^Histogram of 25 loads, from 10 ms to 34 ms/ }).waitFor();
    await page.getByText("90 of 100 took no longer").waitFor();
    await page.getByLabel("Shards", { exact: true }).selectOption("Shard 1");
    await page.getByText("of the last 1 load", { exact: true }).waitFor();
    await page.getByText("from 10 loads on").waitFor();
    await page.getByLabel("Shards", { exact: true }).selectOption("Shard 2");
    await page.getByText("No load of this shard is among them.", { exact: false }).waitFor();
  });

  test("runs a self-test on a scratch cache, labelled so, and leaves the cache as it is", async () => {
    for (const strategy of ["lru", "arc"]) {
      await page.evaluate((name) => {
        const { Cache, allPolicies, launchDashboard } = window.fixture;
        const removed: unknown[] = [];
        window.cache = new Cache<string, unknown>({
          maxCacheSize: 50,
          strategy: allPolicies[name as "arc"](),
          onRemoval: (key) => removed.push(key),
        });
        window.cache.set("mine", 1);
        Object.assign(window, { removed, undo: launchDashboard(window.cache) });
      }, strategy);
      await statistics("Latency");
      const card = page.getByRole("region", { name: "Self-test", exact: true });
      const before = await page.evaluate(() => window.cache.metrics);
      await card.getByText("on a scratch cache of integer keys, not on yours").waitFor();
      await card.getByRole("button", { name: "Run" }).click();
      await expect
        .poll(() => card.getByRole("status").innerText(), { timeout: 20_000 })
        .toMatch(
          /^[\d.]+ (ns|µs) a get .*, [\d.]+ (ns|µs) a set .* 200,000 each, on a scratch cache of 50 integer keys/,
        );
      expect(await page.evaluate(() => window.cache.metrics)).toEqual(before);
      expect(await page.evaluate(() => (window as unknown as { removed: unknown[] }).removed)).toEqual([]);
      await page.evaluate(() => (window as unknown as { undo: () => void }).undo());
    }
  });

  test("shows loads as figures and charts, and the means of gets and sets by shard", async () => {
    await launchBusy();
    await statistics("Latency");
    await page.getByRole("img", { name: /^Histogram of 20 loads/ }).waitFor();
    await page.getByRole("img", { name: /^All: median/ }).waitFor();
    const [operation, mean, shortest, , samples] = await cellsOf("Single operations, table", 1);
    expect([operation, shortest]).toEqual(["get", "0 ms"]);
    expect(mean).toMatch(/^[\d.]+ (µs|ns|ms) ± [\d.]+ (µs|ns|ms)$/);
    expect(Number(samples)).toBeGreaterThan(400);
    expect(await cellsOf("Single operations, table", 2)).toEqual(["set", "–", "–", "–", "fewer than 100"]);
    await page.getByText(/the clock steps by .*, so that most samples read 0/).waitFor();
    await page.getByLabel("Shards", { exact: true }).selectOption("Shard 1");
    await expect.poll(async () => (await cellsOf("Single operations, table", 1))[0]).toBe("get, shard 1");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, dock] of [
    [1280, "bottom"],
    [1280, "right"],
    [390, "bottom"],
  ] as const) {
    test(`axe finds nothing on any page, as charts and as tables, ${colorScheme}, ${width} wide, ${dock}`, async () => {
      await reopen({ colorScheme, bypassCSP: true, viewport: { width, height: 780 } });
      await page.evaluate((side) => localStorage.setItem("macho-devtools:", JSON.stringify({ dock: side })), dock);
      await launchBusy(8);
      for (const name of ["Overview", "Entries", "General", "Requests", "Lifespan", "Latency"]) {
        await openPage(name);
        expect([name, await findings()]).toEqual([name, []]);
        for (const button of await page.getByRole("button", { name: /^(Table|Show)$/ }).all()) await button.click();
        expect([name, await findings()]).toEqual([name, []]);
      }
    });
  }
}

test("nothing is reached only by scrolling sideways on a phone", async () => {
  await page.setViewportSize({ width: 390, height: 780 });
  await launchBusy();
  for (const name of ["Overview", "Lifespan", "Latency", "General"]) {
    await openPage(name);
    expect([name, await sideways()]).toEqual([name, []]);
  }
});
