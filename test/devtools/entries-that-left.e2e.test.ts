import { beforeEach, describe, expect, test } from "vitest";
import { findings, launch, page, reopen, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const pane = () => page.getByRole("region", { name: "Chosen entry" });
const settings = (): Promise<void> =>
  page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":500}'));

describe("a chosen entry that leaves", () => {
  beforeEach(settings);

  test("is told by what it was, when it left, and why, at once and while more leaves after it", async () => {
    await launch(3, 3);
    await row("user:0").click();
    await pane().getByRole("tree").waitFor();
    await page.evaluate(() => {
      for (let index = 0; index < 500; index++) window.cache.set(`other:${index}`, index);
    });
    await pane().getByText("This entry has left.").waitFor();
    await pane().getByRole("heading", { name: "user:0" }).waitFor();
    expect(await pane().getByRole("term").allInnerTexts()).toEqual(["Left", "Cause", "Read"]);
    expect(await pane().getByRole("definition").allInnerTexts()).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d, (just now|\d+ s ago)$/),
      "evicted",
      "0 times",
    ]);
    await pane().getByText("evicted: the cache was full (3 of 3) and this was the least recently used entry").waitFor();
    await expect
      .poll(() => page.getByRole("tabpanel").getByRole("status").innerText())
      .toBe("user:0 has left: evicted");
    await tab("Overview").click();
    await tab("Entries").click();
    await pane().getByText("This entry has left.").waitFor();
    await page.evaluate(() => window.cache.set("user:0", "back"));
    await pane().getByRole("treeitem").getByText('"back"').waitFor();
    await pane().getByRole("button", { name: "Close the entry" }).click();
    expect(await pane().count()).toBe(0);
  });

  test("says its cause, whatever it is, and that a newer value was refused", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 9, maxWeight: 100, weigher: (value) => Number(value) });
      for (const key of ["a", "b", "c", "d"]) window.cache.set(key, 1);
      window.cache.set("short", 1);
      launchDashboard(window.cache);
    });
    const cause = async (key: string, leave: () => unknown): Promise<string> => {
      await row(key).click();
      await pane().getByRole("tree").waitFor();
      await leave();
      await pane().getByText("This entry has left.").waitFor();
      return pane().locator(".departed p").nth(1).innerText();
    };
    expect(await cause("a", () => page.evaluate(() => window.cache.delete("a")))).toBe("deleted by a call");
    expect(await cause("b", () => page.evaluate(() => window.cache.set("b", 101)))).toBe(
      "replaced by a newer value, which was too heavy to be stored",
    );
    const expire = (): Promise<unknown> => page.evaluate(() => void window.cache.set("short", 1, { ttl: 50 }));
    expect(await cause("short", expire)).toContain("expired: past its ttl");
    await row("c").click();
    await page.getByRole("button", { name: "Remove" }).click();
    await pane().getByText("deleted by a call").waitFor();
    expect(await page.getByRole("tabpanel").getByRole("status").innerText()).toBe("Removed c");
    expect(await cause("d", () => page.evaluate(() => window.cache.clear()))).toContain("cleared");
  });

  test("that left while the panel was closed is told as well, with its age and how often it was read", async () => {
    await launch(3);
    await page.evaluate(() => {
      window.cache.set("user:1", "newer").get("user:1");
    });
    await row("user:1").click();
    await pane().waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.evaluate(() => window.cache.delete("user:1"));
    await page.getByRole("button", { name: "Open Macho devtools" }).click();
    await pane().getByText("deleted by a call").waitFor();
    expect(await pane().getByRole("term").allInnerTexts()).toEqual(["Left", "Cause", "Age", "Read"]);
    expect((await pane().getByRole("definition").allInnerTexts())[3]).toBe("1 time");
  });

  test("that left while nothing was recorded is told as unseen", async () => {
    await launch(3);
    const recording = page.getByRole("button", { name: "Recording" });
    await recording.click();
    await recording.getByText("off").waitFor();
    await row("user:1").click();
    await pane().waitFor();
    await page.evaluate(() => window.cache.delete("user:1"));
    await pane().getByText("it left while nothing was recorded").waitFor();
    expect(await pane().getByRole("definition").allInnerTexts()).toEqual(["unseen", "unknown"]);
    await page.reload();
    await page.waitForFunction(() => "fixture" in window);
    await launch(3);
    expect(await recording.getAttribute("aria-pressed")).toBe("false");
  });

  test("of which nothing was stored, as of a query that never had an answer, says that nobody needs it", async () => {
    await page.evaluate(() => {
      const { QueryClient, launchDashboard } = window.fixture;
      const client = new QueryClient();
      const leave = client.observe("films", () => 1, { enabled: false }).subscribe(() => undefined);
      Object.assign(window, { leave });
      launchDashboard(client);
    });
    await row("films").click();
    await pane().getByRole("tree").waitFor();
    await page.evaluate(() => (window as unknown as { leave: () => void }).leave());
    await pane().getByText("nothing was stored of it, and no hook or load needs it any more").waitFor();
  });

  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`has no finding of axe, ${colorScheme}, ${width} wide`, async () => {
        await reopen({ colorScheme, bypassCSP: true, viewport: { width, height: 844 } });
        await settings();
        await page.reload();
        await launch(3);
        await row("user:1").click();
        await page.evaluate(() => window.cache.delete("user:1"));
        await pane().getByText("This entry has left.").waitFor();
        expect(await findings()).toEqual([]);
      });
    }
  }
});

describe("an action", () => {
  beforeEach(settings);

  test("that cannot be done is told in sight, with the reason", async () => {
    await page.evaluate(() => {
      const { QueryClient, launchDashboard } = window.fixture;
      const client = new QueryClient();
      client.setQueryData(["films"], 1);
      launchDashboard(client);
    });
    await row('["films"]').click();
    await page.getByRole("button", { name: "Refetch" }).click();
    const said = page.getByRole("tabpanel").getByRole("status");
    await expect.poll(() => said.innerText()).toContain('["films"] is not loaded again: no fetcher is known for it.');
    const box = (await said.boundingBox())!;
    expect(box.height).toBeGreaterThan(16);
    expect(box.y + box.height).toBeLessThanOrEqual(780);
    await page.getByRole("button", { name: "Close the entry" }).click();
    await expect.poll(() => said.innerText()).toBe("");
  });
});

test("an error shows its stack line by line, opened", async () => {
  await settings();
  await page.evaluate(() => {
    const { QueryClient, launchDashboard } = window.fixture;
    const client = new QueryClient();
    const fail = () => Promise.reject(new TypeError("no films today"));
    const watch = client.observe("films", fail, { retry: 0 });
    watch.subscribe(() => undefined);
    launchDashboard(client);
  });
  await row("films").click();
  await pane().getByRole("treeitem").getByText("TypeError: no films today").first().waitFor();
  const lines = await pane().getByRole("treeitem").allInnerTexts();
  expect(lines[1]).toMatch(/stack\s+\d+ lines/);
  expect(lines[2]).toContain("TypeError: no films today");
  expect(lines[3]?.trim()).toMatch(/^at .*:\d+:\d+/);
});

test("failed loads are shown at every width, and on the first screen of the page", async () => {
  const busy = (): Promise<void> =>
    page.evaluate(async () => {
      const { Cache, launchDashboard } = window.fixture;
      const cache = new Cache<string, unknown>({ shardCount: 2 });
      for (let index = 0; index < 12; index++) {
        const load = (): Promise<unknown> => (index % 4 === 0 ? Promise.reject(new Error("no")) : Promise.resolve(1));
        await cache.getOrLoad(`load:${index}`, load).catch(() => undefined);
      }
      launchDashboard(cache);
    });
  for (const [width, height, dock] of [
    [1280, 780, "bottom"],
    [1280, 780, "right"],
    [844, 390, "bottom"],
    [390, 844, "bottom"],
    [320, 640, "bottom"],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.evaluate((side) => localStorage.setItem("macho-devtools:", JSON.stringify({ dock: side })), dock);
    await page.reload();
    await page.waitForFunction(() => "fixture" in window);
    await busy();
    const failed = tab("Loads 3");
    await failed.waitFor();
    const box = (await failed.boundingBox())!;
    expect([width, dock, box.y + box.height <= height]).toEqual([width, dock, true]);
  }
});
