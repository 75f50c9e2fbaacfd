import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright";
import { expect, test } from "vitest";
import { findings, page, panel, persistCache, reopen, row, sideways, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const picker = (): Locator => page.getByLabel("Cache", { exact: true });

async function open(): Promise<void> {
  await reopen({ bypassCSP: true });
  await page.evaluate(() => {
    const cache = (window.cache = new window.fixture.Cache<string, unknown>({ maxCacheSize: 3 }));
    cache
      .set("gone", 0)
      .set("map", new Map([["big", 12n]]))
      .set("when", new Date(0));
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    cache.set("cycle", cycle);
    cache.get("map");
    cache.get("not there");
    window.fixture.launchDashboard(cache);
  });
  await panel().waitFor();
  await tab("Settings").click();
  await page.getByRole("region", { name: "Snapshot" }).waitFor();
}

async function exported(): Promise<string> {
  const button = page.getByRole("region", { name: "Snapshot" }).getByRole("button", { name: "Export" });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toMatch(/^macho-cache-\d{4}-\d\d-\d\dT[\d-]+\.json$/);
  return download.path();
}

const choose = (path: string): Promise<void> => page.getByLabel("Import a snapshot").setInputFiles(path);

test("is exported with its values when they are asked for, and shown as one more cache that cannot be changed", async () => {
  await open();
  await persistCache();
  await page.getByRole("switch", { name: "With values" }).click();
  const path = await exported();
  await page.evaluate(() => window.cache.clear());
  await choose(path);
  await page.getByText(/^Snapshot of/).waitFor();
  expect(await picker().locator("option").allTextContents()).toEqual([
    "Macho",
    expect.stringMatching(/^cache, snapshot of/),
  ]);
  expect(await panel().getByText("3 of 3 · lru").count()).toBe(1);
  expect(await tab("Storage").count()).toBe(0);
  await tab("Entries").click();
  await row("map").click();
  await page.getByRole("treeitem").filter({ hasText: "12n" }).waitFor();
  for (const name of ["Remove", "Clear all", "Expire now"]) {
    expect(await page.getByRole("button", { name }).count()).toBe(0);
  }
  await row("cycle").click();
  await page
    .getByRole("treeitem")
    .filter({ hasText: /Lost: .*cycl/ })
    .waitFor();
  expect(await findings()).toEqual([]);
  for (const name of ["Statistics", "Loads", "Settings"]) {
    await tab(name).click();
    await expect.poll(() => page.getByRole("tabpanel", { name }).textContent()).not.toBe("");
    expect([name, await panel().getByRole("alert").count(), await sideways()]).toEqual([name, 0, []]);
  }
  // At a glance, and back.
  const table = page.getByRole("region", { name: "Caches, table" });
  await table.getByRole("row").filter({ hasText: "snapshot of" }).filter({ hasText: "50%" }).waitFor();
  await table.getByRole("button", { name: "Macho", exact: true }).click();
  expect(await picker().locator("option:checked").innerText()).toBe("Macho");
});

test("has no values unless they are asked for", async () => {
  await open();
  const path = await exported();
  expect(await readFile(path, "utf8")).not.toContain("0xc");
  await choose(path);
  await page.getByText(/^Snapshot of/).waitFor();
  await tab("Entries").click();
  await row("map").click();
  await page.getByRole("treeitem").filter({ hasText: "Values were not exported." }).waitFor();
});

test("says what is wrong with a file that is none", async () => {
  await open();
  const path = join(tmpdir(), `macho-no-snapshot-${process.pid}.json`);
  for (const [text, words] of [
    ["{", "The file is no snapshot of this panel: it cannot be read as one. Export the cache anew."],
    ['[{"name":"x"},[0]]', "The file is no snapshot of this panel. Export the cache anew."],
    [
      '[{"machoSnapshot":9},[0]]',
      "The file is a snapshot of version 9, this panel reads 1. Export the cache anew, or open this file with the macho-cache that wrote it.",
    ],
    [
      '[{"machoSnapshot":1,"name":"x"},[0]]',
      "The snapshot is damaged: its head cannot be used. Export the cache anew.",
    ],
  ] as const) {
    await writeFile(path, text);
    await choose(path);
    await panel().getByText(words, { exact: true }).waitFor();
  }
  expect(await picker().count()).toBe(0);
});
