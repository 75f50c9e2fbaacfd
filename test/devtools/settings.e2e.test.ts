import { expect, test } from "vitest";
import { findings, launch, page, panel, reopen, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const toggle = (): ReturnType<typeof page.getByRole> => page.getByRole("button", { name: "Open Macho devtools" });

test("says what recording keeps and costs, and turns it off and on", async () => {
  await reopen({ bypassCSP: true });
  await launch(30);
  await tab("Settings").click();
  const card = page.getByRole("region", { name: "Recording" });
  await card.getByText(/kB of reads and writes, as hashes/).waitFor();
  await card.getByText(/of at most 5,000 keys that left/).waitFor();
  await card.getByRole("button", { name: "Measure" }).click();
  await card.getByText(/A read takes [\d.]+ (ns|µs), and [\d.]+ (ns|µs) while it is recorded\./).waitFor();
  expect(await findings()).toEqual([]);
  const isRecorded = (): Promise<boolean> => page.evaluate(() => window.cache.parts.stores[0]!.recorder !== undefined);
  await card.getByRole("switch", { name: "Record what is read" }).click();
  await expect.poll(isRecorded).toBe(false);
  await card.getByText("Nothing is recorded").waitFor();
  expect(await page.getByRole("button", { name: "Recording off" }).getAttribute("aria-pressed")).toBe("false");
  await card.getByRole("switch", { name: "Record what is read" }).click();
  await expect.poll(isRecorded).toBe(true);
});

test("has a key of the reader's that opens and closes the panel, except while they write", async () => {
  await launch(3);
  await tab("Settings").click();
  const field = page.getByLabel("Shortcut");
  await field.press("m");
  await page.getByText("M is none.").waitFor();
  await field.press("Alt+Shift+M");
  expect(await field.inputValue()).toBe("Alt+Shift+M");
  await tab("Overview").click();
  await page.keyboard.press("Alt+Shift+M");
  await expect.poll(() => panel().count()).toBe(0);
  await page.getByLabel("Name").focus();
  await page.keyboard.press("Alt+Shift+M");
  await page.getByLabel("Name").evaluate((element: HTMLElement) => element.blur());
  expect(await panel().count()).toBe(0);
  await page.keyboard.press("Alt+Shift+M");
  await panel().waitFor();
  // It is remembered, and Backspace ends it.
  await tab("Settings").click();
  await field.press("Backspace");
  expect(await field.inputValue()).toBe("");
  await tab("Overview").click();
  await page.keyboard.press("Alt+Shift+M");
  expect(await panel().count()).toBe(1);
});

test("shows the hit ratio of the last ten seconds on the toggle, where that is wanted", async () => {
  await page.evaluate(() => {
    const cache = (window.cache = new window.fixture.Cache<string, unknown>());
    cache.set("there", 1);
    setInterval(() => ["there", "there", "there", "not there"].forEach((key) => void cache.get(key)), 20);
    window.fixture.mountDevtools(cache, { badge: true, shortcut: "Shift+Alt+K" });
  });
  await expect.poll(() => toggle().textContent(), { timeout: 20_000 }).toBe("Macho75%");
  await page.keyboard.press("Alt+Shift+K");
  await panel().waitFor();
  await tab("Settings").click();
  await page.getByRole("switch", { name: "Hit ratio on the toggle" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  expect(await toggle().textContent()).toBe("Macho");
});

test("estimates no bytes where that is switched off, and each place that would show them says so", async () => {
  await launch(30);
  const size = (): ReturnType<typeof page.locator> => page.getByRole("gridcell").filter({ hasText: /^(\d+ B|off)$/ });
  await tab("Entries").click();
  await size().first().waitFor();
  expect(await size().first().innerText()).toMatch(/\d+ B/);
  await tab("Settings").click();
  await page.getByRole("switch", { name: "Estimate bytes" }).click();
  await page.getByText("Bytes are off.").waitFor();
  await tab("Entries").click();
  await size().first().waitFor();
  expect(new Set(await size().allInnerTexts())).toEqual(new Set(["off"]));
  await page.getByLabel("Filter keys").fill("size>4kB");
  await page.getByText("size>4kB: The byte estimate is off in Settings.").waitFor();
  expect(await page.getByLabel("Sort by").locator("option").allInnerTexts()).not.toContain("Size");
  await tab("Memory").click();
  const prefixes = page.getByRole("region", { name: "Memory by prefix", exact: true });
  await prefixes.getByText("The byte estimate is off in Settings.").waitFor();
  await prefixes.getByRole("cell", { name: "off" }).waitFor();
  await prefixes.getByRole("cell", { name: "30" }).waitFor();
  await tab("Statistics").click();
  await page.getByText("The byte estimate is off in Settings.").waitFor();
  await tab("Settings").click();
  await page.getByRole("switch", { name: "Estimate bytes" }).click();
  await tab("Memory").click();
  await prefixes.getByText(/about [\d.]+ k?B/).waitFor();
});
