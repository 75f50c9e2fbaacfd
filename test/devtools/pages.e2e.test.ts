import { beforeEach, describe, expect, test } from "vitest";
import { launch, openPage, page, panel, recorded, row, statistics, useFixture } from "./fixture/panel-driver.ts";

useFixture();

describe("the Overview", () => {
  test("says which keys left, why, how old they were and how often they were read, one line each", async () => {
    await launch(0, 2);
    await recorded();
    await page.evaluate(() => {
      const { cache } = window;
      for (const key of ["a", "b", "c", "c"]) cache.set(key, 1);
      cache.delete("b");
      for (const key of ["c", "c", "c", "missing"]) cache.get(key);
    });
    const left = page.getByRole("region", { name: "Keys that left, the latest first" });
    await left.getByText("evicted").waitFor();
    const rows = await left.getByRole("row").allInnerTexts();
    const words = rows.slice(1).map((text) =>
      text
        .trim()
        .replace(/ \d+ ms|\t\d+ ms/, " ms")
        .split(/\s+/)
        .slice(1),
    );
    expect(words).toEqual([
      ["b", "deleted", "ms", "never"],
      ["a", "evicted", "ms", "never"],
    ]);
    await page.getByRole("region", { name: "Hit ratio", exact: true }).getByText("75%", { exact: true }).waitFor();
    await page.getByRole("img", { name: /^Ages of the last 2 keys that left/ }).waitFor();
  });

  test("explains the past when it is opened late", async () => {
    await page.evaluate(() => {
      const { Cache, mountDevtools } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 2 });
      mountDevtools(window.cache);
    });
    await recorded();
    await page.evaluate(() => {
      for (const key of ["a", "b", "c"]) window.cache.set(key, 1).get(key);
    });
    await page.getByRole("button", { name: "Open Macho devtools" }).click();
    await page.getByRole("row").filter({ hasText: "evicted" }).filter({ hasText: "1×" }).waitFor();
  });

  test("has the command find what it shows, by name, for as long as it is mounted", async () => {
    const names = await page.evaluate(() => {
      const { Cache, mountDevtools, QueryClient } = window.fixture;
      const found = (): string[] =>
        (globalThis as unknown as Record<symbol, { names(): string[] }>)[Symbol.for("macho-cache.exposed")]!.names();
      const undos = [mountDevtools(new QueryClient()), mountDevtools(new Cache(), { name: "films" })];
      const two = mountDevtools({ one: new Cache(), other: new Cache() });
      const all = found();
      two();
      const fewer = found();
      undos.forEach((undo) => undo());
      return [all, fewer, found()];
    });
    expect(names).toEqual([["client", "films", "one", "other"], ["client", "films"], []]);
  });

  test("judges nothing of a few reads", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 16, shardCount: 2 });
      launchDashboard(window.cache);
      for (let step = 0; step < 60; step++) {
        const key = `page ${step % 30}`;
        if (window.cache.get(key) === undefined) window.cache.set(key, step);
      }
    });
    await page.getByText("0 of 60 reads").waitFor();
    // The two cards that there are fill the width.
    const card = (await page.getByRole("region", { name: "What left lately" }).boundingBox())!;
    expect(card.x + card.width).toBeGreaterThan(1_240);
    for (const name of ["Overview", "General"]) {
      await openPage(name);
      expect(await panel().innerText()).not.toMatch(/\b(good|too small|try)\b/i);
    }
  });

  test("says why a key left on its first screen, and within a scroll on a phone", async () => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await launch(20, 10);
      await page.evaluate(() => window.cache.set("one more", 1));
      const reason = panel().getByRole("table").getByText("evicted").first();
      await reason.waitFor();
      if (width === 390) await reason.scrollIntoViewIfNeeded();
      expect((await reason.boundingBox())!.y + 16).toBeLessThan(844);
      await page.reload();
      await page.waitForFunction(() => "fixture" in window);
    }
  });

  test("tells what to do while nothing was asked", async () => {
    await launch(0);
    await panel().getByText("The cache was not asked for anything yet.").waitFor();
    await page.evaluate(() => window.cache.set("a", 1));
    const chart = page.getByRole("region", { name: "Hit ratio", exact: true });
    await chart.getByText("No reads in this time").waitFor();
    await page.evaluate(() => window.cache.get("a"));
    await chart.getByText("No reads in this time").waitFor({ state: "detached" });
  });
});

describe("the requests of the Statistics page", () => {
  test("shows the requests of one shard, as figures and over time", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 12, shardCount: 3 });
      launchDashboard(window.cache);
    });
    await panel().waitFor();
    await statistics("Requests");
    await page.evaluate(() => {
      for (let turn = 0; turn < 4; turn++)
        for (let index = 0; index < 30; index++) {
          window.cache.get(`key ${index}`);
          window.cache.set(`key ${index}`, turn);
          window.cache.get(`key ${index}`);
        }
    });
    const choice = page.getByLabel("Shards", { exact: true });
    await choice.waitFor();
    const chart = page.getByRole("region", { name: "Reads", exact: true });
    await chart.getByRole("button", { name: "Table" }).click();
    /** Hits and misses a second, of all samples together. */
    const drawn = (): Promise<number[]> =>
      chart.locator("tbody tr").evaluateAll((rows) => {
        const column = (at: number): number =>
          rows.reduce((sum, each) => sum + Number(each.querySelectorAll("td")[at]?.textContent), 0);
        return [column(0), column(1)];
      });
    await expect.poll(async () => (await drawn())[0]).toBeGreaterThan(0);
    const [hitsOfAll = 0, missesOfAll = 0] = await drawn();
    let [hitsOfShards, missesOfShards] = [0, 0];
    for (const shard of [0, 1, 2]) {
      await choice.selectOption(`Shard ${shard}`);
      const { hits, misses, removals, capacity } = await page.evaluate((at) => window.cache.metrics.shards[at]!, shard);
      const figures = page.getByLabel("Counters", { exact: true });
      await figures.getByText(`${hits} hits, ${misses} misses`, { exact: true }).waitFor();
      await figures.getByText(`of ${capacity}`, { exact: true }).waitFor();
      const left = figures.locator(".figure").filter({ hasText: "Values that left" });
      await left.getByText(String(removals.evicted + removals.replaced), { exact: true }).waitFor();
      const [hitsDrawn = 0, missesDrawn = 0] = await drawn();
      hitsOfShards += hitsDrawn;
      missesOfShards += missesDrawn;
    }
    expect(Math.abs(hitsOfShards - hitsOfAll)).toBeLessThan(1);
    expect(Math.abs(missesOfShards - missesOfAll)).toBeLessThan(1);
  });

  test("shows its figures and all three charts without scrolling, and few reads as bars of whole numbers", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 3 });
      launchDashboard(window.cache);
    });
    await panel().waitFor();
    await statistics("Requests");
    for (let second = 0; second < 3; second++) {
      await page.evaluate(() => void (window.cache.get("a") ?? window.cache.set("a", 1)));
      await page.waitForTimeout(1_000);
    }
    const reads = page.getByRole("region", { name: "Reads", exact: true });
    const sentence = /^Reads over the last 30 s\. Hits: 2, at most [12] a second\. Misses: 1, at most 1 a second\.$/;
    await reads.getByRole("img", { name: sentence }).waitFor();
    // Each sample is a bar of its own, and no line joins two.
    const paths = await reads.locator("path.band").evaluateAll((all) => all.map((each) => each.getAttribute("d")!));
    for (const path of paths) expect(path).toMatch(/^(M[\d.]+ [\d.]+V[\d.]+H[\d.]+V[\d.]+Z)+$/);
    // When nobody reads any more, the legend still says what was drawn.
    await page.waitForTimeout(1_500);
    expect((await reads.locator(".legend").innerText()).replaceAll(/\s+/g, " ")).toContain(
      "Hits 2 Misses 1 in this time",
    );
    const bottom = (await panel().boundingBox())!;
    for (const name of ["Hit ratio", "Reads", "Values that left"]) {
      const card = (await page.getByRole("region", { name, exact: true }).boundingBox())!;
      expect([name, card.y + card.height <= bottom.y + bottom.height]).toEqual([name, true]);
    }
  });

  test("magnifies the axis of a ratio that hardly moves, and goes back", async () => {
    await launch(5);
    await page.evaluate(() => {
      for (let turn = 0; turn < 99; turn++) window.cache.get(`user:${turn % 5}`);
      window.cache.get("nobody");
    });
    await statistics("Requests");
    const chart = page.getByRole("region", { name: "Hit ratio", exact: true });
    const zoom = chart.getByRole("button", { name: "Zoom" });
    const axis = (): Promise<string[]> => chart.locator(".axis-y span").allInnerTexts();
    await zoom.waitFor();
    expect(await axis()).toEqual(["100%", "50%", "0%"]);
    await zoom.click();
    await expect.poll(axis).toEqual(["99.1%", "99.1%", "99%"]);
    await zoom.click();
    await expect.poll(axis).toEqual(["100%", "50%", "0%"]);
  });

  test("says how many loads failed, and leads to them", async () => {
    await launch(0);
    await page.evaluate(async () => {
      const { cache } = window;
      for (const key of ["a", "b", "c"]) await cache.getOrLoad(key, () => Promise.resolve(1));
      await cache.getOrLoad("broken", () => Promise.reject(new Error("503"))).catch(() => undefined);
    });
    await statistics("Requests");
    await page.getByRole("button", { name: "1 failed (25%)" }).click();
    await page.getByRole("tab", { name: "Loads", selected: true }).waitFor();
  });

  test("draws charts that can be read as a sentence and as a table", async () => {
    await launch(1);
    await statistics("Requests");
    await page
      .getByRole("img", { name: /^Reads over the last 30 s\. Hits: 0, at most 0 a second\. Misses: 0/ })
      .waitFor();
    const chart = page.getByRole("region", { name: "Hit ratio", exact: true });
    await chart.getByRole("button", { name: "Table" }).click();
    expect(await chart.getByRole("table").getByRole("columnheader").allInnerTexts()).toEqual(["Time", "Hit ratio"]);
  });
});

describe("the Entries page", () => {
  beforeEach(async () => {
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":500}'));
  });

  test("opens 10,000 keys without delay, and renders only those in view", async () => {
    const took = await page.evaluate(async () => {
      const { Cache, mountDevtools } = window.fixture;
      const cache = new Cache<string, unknown>({ maxCacheSize: 10_000 });
      for (let index = 0; index < 10_000; index++) cache.set(`user:${index}`, { id: index });
      mountDevtools(cache);
      const root = document.querySelector("macho-devtools")?.shadowRoot as ShadowRoot;
      const times: number[] = [];
      // The first opening loads the code; the later ones show what opening costs, and what a busy machine adds.
      for (let turn = 0; turn < 4 || (Math.min(...times) >= 500 && turn < 20); turn++) {
        const started = performance.now();
        root.querySelector<HTMLElement>(".toggle")?.click();
        while (!root.querySelector("[role=gridcell]")) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - started);
        root.querySelector<HTMLElement>('[aria-label="Close"]')?.click();
      }
      root.querySelector<HTMLElement>(".toggle")?.click();
      return times;
    });
    console.log(`10,000 keys open in ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    expect(Math.min(...took)).toBeLessThan(500);
    expect(await page.getByRole("row").count()).toBeLessThan(60);
    await page.getByText("10,000 keys").waitFor();
  });

  test("is walked by keys, to the last of many rows", async () => {
    await launch(1_000, 1_000);
    await page.getByRole("grid").focus();
    for (const [key, chosen] of [
      ["ArrowDown", "user:0"],
      ["ArrowDown", "user:1"],
      ["End", "user:999"],
      ["ArrowUp", "user:998"],
      ["Home", "user:0"],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole("heading", { name: chosen, exact: true }).waitFor();
      expect(await page.getByRole("row", { selected: true }).innerText()).toContain(chosen);
    }
    await page.keyboard.press("PageDown");
    expect(await page.getByRole("row", { selected: true }).innerText()).not.toContain("user:0");
  });

  test("filters, clears the filter by Escape, and sorts", async () => {
    await launch(30);
    await page.getByLabel("Filter keys").fill("USER:2");
    await page.getByText("11 of 30 keys").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("30 keys", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Key" }).click();
    await page.getByRole("button", { name: "Key" }).click();
    expect(await page.getByRole("columnheader", { name: "Key" }).getAttribute("aria-sort")).toBe("descending");
    expect(await page.getByRole("row").nth(1).innerText()).toContain("user:9");
    await page.getByLabel("Filter keys").fill("nobody");
    await page.getByRole("button", { name: "Show all keys" }).click();
    await page.getByText("30 keys", { exact: true }).waitFor();
  });

  test("shows the value as a tree that keys open and close", async () => {
    await launch(0);
    await page.evaluate(() => {
      const { cache } = window;
      cache.set("deep", { list: Array.from({ length: 250 }, (_, index) => index), map: new Map([["k", 1n]]) });
    });
    await row("deep").click();
    await page.getByRole("tree").focus();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    expect(await page.getByRole("treeitem", { selected: true }).innerText()).toContain("[0 … 99]");
    expect(await page.getByRole("treeitem", { selected: true }).getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await page.getByRole("treeitem", { selected: true }).innerText()).toContain("Array(250)");
  });

  test("removes the chosen entry, and shows what the app changes", async () => {
    await launch(3);
    await row("user:1").click();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByText("2 keys", { exact: true }).waitFor();
    const cached = () => page.evaluate(() => window.cache.has("user:1"));
    expect(await cached()).toBe(false);
    await page.evaluate(() => window.cache.set("new", 1));
    await row("new").waitFor();
  });

  test("acts on the queries of a client", async () => {
    await page.evaluate(async () => {
      const { QueryClient, launchDashboard } = window.fixture;
      const client = new QueryClient();
      await client.fetchQuery(["todos", 1], () => ["Buy milk"]);
      client.setQueryData(["todos", 2], []);
      Object.assign(window, { client });
      launchDashboard(client);
    });
    expect(await page.getByRole("row").nth(1).innerText()).toContain("Buy milk");
    await page.getByRole("row").nth(1).click();
    expect(await page.getByRole("treeitem").first().innerText()).toContain("Array(1)");
    await page.getByRole("button", { name: "Invalidate" }).click();
    await page.getByRole("row").nth(1).getByText("stale").waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByText("1 key", { exact: true }).waitFor();
  });
});

describe("looking", () => {
  /** The same operations in 60 frames; gives what was looked at, counters, the order of removal and what is left. */
  function operate(open: boolean): Promise<unknown> {
    return page.evaluate(async (isOpen) => {
      const { Cache, SEED, launchDashboard } = window.fixture;
      const removed: string[] = [];
      // Both place their keys in the same shards.
      const options = {
        maxCacheSize: 40,
        shardCount: 2,
        bloom: true,
        onRemoval: (key: string, _value: unknown, cause: string) => removed.push(`${cause} ${key}`),
        [SEED]: 5,
      };
      const cache = new Cache<string, unknown>(options);
      const close = isOpen ? launchDashboard(cache) : undefined;
      const seen: unknown[] = [];
      const looked: string[] = [];
      const find = (selector: string): HTMLElement | null | undefined =>
        document.querySelector("macho-devtools")?.shadowRoot?.querySelector<HTMLElement>(selector);
      const appeared = async (selector: string): Promise<HTMLElement> => {
        for (;;) {
          const element = find(selector);
          if (element) return element;
          await new Promise(requestAnimationFrame);
        }
      };
      // A row may be of a key that has just left: the next reading has another one in its place.
      const look = async (press: string, shows: string): Promise<void> => {
        for (let frame = 0; !find(shows); frame++) {
          if (frame % 60 === 0) (await appeared(press)).click();
          await new Promise(requestAnimationFrame);
        }
      };
      // Every page in turn, then a value.
      const looks: Record<number, [press: string, shows: string]> = {
        3: ["#tab-statistics", "[aria-label=Statistics] > :nth-child(3)"],
        5: ["[aria-label=Statistics] > :nth-child(3)", ".box"],
        12: ["[aria-label=Statistics] > :nth-child(4)", "[aria-label=Self-test]"],
        19: ["[aria-label=Statistics] > :nth-child(1)", ".settings"],
        22: ["[aria-label=Statistics] > :nth-child(2)", ".charts"],
        26: ["#tab-overview", ".left-card .table"],
        33: ["#tab-entries", ".rows .row"],
        45: [".rows .row", "[role=treeitem]"],
      };
      for (let frame = 0; frame < 60; frame++) {
        for (let index = 0; index < 20; index++) {
          const key = `key:${(frame * 7 + index * index) % 90}`;
          seen.push(cache.get(key) ?? cache.set(key, { frame, index }).size);
          if (index % 9 === 0) cache.delete(`key:${(frame * 3) % 90}`);
        }
        if (frame === 40) cache.clear();
        await new Promise(requestAnimationFrame);
        const [press, shows] = looks[frame] ?? [];
        if (!isOpen || !press || !shows) continue;
        await look(press, shows);
        looked.push(shows);
      }
      const { since: _since, ...counters } = cache.metrics;
      const left = [...cache];
      close?.();
      return { looked, result: { counters, removed, left, seen } };
    }, open);
  }

  test("changes no counter, no order of eviction and no value: the same operations, open and closed", async () => {
    const closed = (await operate(false)) as { looked: string[]; result: { removed: string[] } };
    const open = (await operate(true)) as { looked: string[]; result: unknown };
    expect(open.looked).toHaveLength(8);
    expect(closed.result.removed.filter((line) => line.startsWith("evicted")).length).toBeGreaterThan(100);
    expect(open.result).toEqual(closed.result);
  });
});
