import type { BrowserContext, Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { useExplorer } from "./explorer-app.ts";

const PATIENCE = 15_000;

const explorer = useExplorer("", (first) => first.getByRole("list", { name: "Films" }));
let context: BrowserContext;
let page: Page;
let errors: string[];

describe("the example app, with answers kept beyond the page", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await explorer.app.reset();
    errors = [];
    // Its storage is its own.
    context = await explorer.browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => errors.push(String(error)));
  });

  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });

  test("shows after a reload without a server what was looked at before, and says so; the panel tells how", async () => {
    await browse();
    const first = await filmTitles();
    await turn("Next", 2);
    const second = await filmTitles();
    await openFilm(0);
    const title = await heading().textContent();
    // Two pages, a film and the genres.
    await stored(4);

    await cutOff();
    await page.reload();
    await heading().getByText(title!, { exact: true }).waitFor();
    await kept().waitFor();
    await main().getByRole("link", { name: "All films" }).click();
    await expect.poll(filmTitles).toEqual(first);
    await kept().waitFor();
    await turn("Next", 2);
    expect(await filmTitles()).toEqual(second);
    await main()
      .getByRole("option", { name: /^Western/ })
      .waitFor({ state: "attached" });
    // What the server says now is a failure, and what was kept stays.
    await main().getByRole("button", { name: "Refresh", exact: true }).click();
    await main().getByRole("alert").waitFor();
    expect(await filmTitles()).toEqual(second);
    await panelSays("It works.");
    // The panel looks once a second.
    await expect.poll(() => figure("Reads", "Hits")).toBe("4");
    expect(await figure("Stored", "Entries")).toBe("4");
    await page.getByRole("tab", { name: "Entries" }).click();
    await page.getByRole("gridcell", { name: "yes", exact: true }).first().waitFor();
  });

  test("waits for the network where the browser knows that there is none, and shows what is stored meanwhile", async () => {
    await browse();
    const first = await filmTitles();
    await turn("Next", 2);
    const second = await filmTitles();
    await stored(3);
    await cutOff();
    await page.reload();
    await expect.poll(filmTitles).toEqual(second);
    await context.setOffline(true);
    await turn("Previous", 1);
    expect(await filmTitles()).toEqual(first);
    await kept().waitFor();
    expect(await main().getByRole("alert").count()).toBe(0);
  });

  test("asks the server nothing after a reload while what was stored is fresh", async () => {
    await browse();
    await stored(2);
    const { total } = await explorer.app.stats();
    await page.reload();
    await kept().waitFor();
    await main()
      .getByRole("option", { name: /^Western/ })
      .waitFor({ state: "attached" });
    expect((await explorer.app.stats()).total).toBe(total);
  });

  test("is emptied by Log out, for good, and by the Purge of the panel", async () => {
    await browse();
    await stored(2);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByText("Nothing is stored any more.").waitFor();
    expect(await keeps().isChecked()).toBe(false);
    expect(await page.getByRole("tab", { name: "Storage" }).count()).toBe(0);
    await films().waitFor();
    await switchOn();
    await panelSays("It works.");
    // What is on screen was loaded, and nothing else is there.
    await stored(2);
    await cutOff();
    const region = page.getByRole("region", { name: "Storage", exact: true });
    await region.getByRole("button", { name: "Purge" }).click();
    await region.getByRole("button", { name: /^Purge 2 stored, 2 in memory/ }).click();
    await region.getByRole("status").getByText("purged").waitFor();
    await expect.poll(() => figure("Stored", "Entries")).toBe("0");
    await page.reload();
    await main().getByRole("alert").waitFor();
    expect(await films().count()).toBe(0);
  });

  test("stores nothing while the switch is off, and reads nothing that was stored", async () => {
    await open();
    expect(await keeps().isChecked()).toBe(false);
    expect(await page.getByRole("button", { name: "Log out" }).count()).toBe(0);
    expect(await page.getByRole("tab", { name: "Storage" }).count()).toBe(0);
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
    await switchOn();
    await films().waitFor();
    await stored(2);
    await keeps().click();
    await expect.poll(() => keeps().isChecked()).toBe(false);
    const before = (await explorer.app.stats()).total;
    await page.reload();
    await films().waitFor();
    await expect.poll(async () => (await explorer.app.stats()).total).toBe(before + 2);
    expect(await kept().count()).toBe(0);
  });

  test("is accessible, and fits a narrow window, with its switch on", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await browse();
    await stored(2);
    await page.reload();
    await kept().waitFor();
    expect(await axeFindings(page, "#root")).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

async function open(): Promise<void> {
  await page.goto(explorer.app.url);
  await films().waitFor();
}

/** Opens the app and turns the switch on. */
async function browse(): Promise<void> {
  await open();
  await switchOn();
  await films().waitFor();
}

async function switchOn(): Promise<void> {
  await keeps().click();
  await expect.poll(() => keeps().isChecked()).toBe(true);
}

/** Nothing of the server is reached any more, but for the page itself: a service worker or the browser's cache would have it. */
async function cutOff(): Promise<void> {
  await context.route("**/api/**", (route) => route.abort());
}

/** Until so many answers are stored, by the panel's word. */
async function stored(many: number): Promise<void> {
  await page.getByRole("tab", { name: "Storage" }).click();
  await expect.poll(() => figure("Stored", "Entries"), { timeout: PATIENCE }).toBe(String(many));
  await expect.poll(() => figure("Writes", "Waiting"), { timeout: PATIENCE }).toBe("0");
}

async function panelSays(words: string): Promise<void> {
  await page.getByRole("tab", { name: "Storage" }).click();
  await page.getByRole("region", { name: "State" }).getByText(words).waitFor();
}

/** What a card of the panel says behind a term. */
async function figure(card: string, term: string): Promise<string> {
  const row = page
    .getByRole("region", { name: card, exact: true })
    .locator("dl div")
    .filter({ has: page.getByText(term, { exact: true }) });
  return row.locator("dd").innerText();
}

function main(): Locator {
  return page.getByRole("main");
}

function films(): Locator {
  return main().getByRole("list", { name: "Films" });
}

function keeps(): Locator {
  return page.getByRole("switch", { name: "Keep answers" });
}

function kept(): Locator {
  return main().getByText("kept from an earlier visit");
}

function heading(): Locator {
  return main().getByRole("article").getByRole("heading", { level: 1 });
}

function filmTitles(): Promise<string[]> {
  return main()
    .locator(".results:not(.outdated)")
    .getByRole("list", { name: "Films" })
    .locator(".film-title")
    .allTextContents();
}

/** Turns the page of the list, and waits for its films. */
async function turn(way: "Next" | "Previous", to: number): Promise<void> {
  await main().getByRole("link", { name: way }).click();
  await main().getByText(`Page ${to} of 267`).waitFor();
  await main().locator(".results[aria-busy=false]").waitFor();
}

async function openFilm(index: number): Promise<void> {
  await films().getByRole("link").nth(index).click();
  await heading().waitFor();
}
