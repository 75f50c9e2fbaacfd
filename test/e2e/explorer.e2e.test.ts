import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { useExplorer, watchComplaints } from "./explorer-app.ts";

const PATIENCE = 15_000;

const explorer = useExplorer("", (first) => first.getByRole("list", { name: "Films" }));
let page: Page;
let complaints: readonly string[];

describe("the example app", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await explorer.app.reset();
    page = await explorer.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    complaints = watchComplaints(page);
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("loads each answer once under StrictMode", async () => {
    await open();
    await main()
      .getByRole("option", { name: /^Western/ })
      .waitFor({ state: "attached" });
    expect((await explorer.app.stats()).paths).toEqual({ "/api/films": 1, "/api/genres": 1 });
    await counter("2 (0 cancelled)");
  });

  test("asks for each keystroke, and cancels the outdated searches", async () => {
    await open();
    await switchTo("Slow answers", true);
    const before = (await explorer.app.stats()).total;
    const letters = "jaws".split("");
    for (const [index, letter] of letters.entries()) {
      await search().press(letter);
      await expect.poll(async () => (await explorer.app.stats()).total).toBe(before + index + 1);
    }
    await counter(`${before + 4} (3 cancelled)`);
    await results("3 films");
    expect((await explorer.app.stats()).aborted).toBe(3);
    expect(await films().getByRole("link").allTextContents()).toContainEqual(expect.stringMatching(/^Jaws/));
  });

  test("shows an earlier search again without asking", async () => {
    await open();
    await search().fill("jaws");
    await results("3 films");
    await search().fill("alien");
    await expect.poll(() => films().getByRole("link").first().textContent()).toMatch(/alien/i);
    const before = (await explorer.app.stats()).total;
    await search().fill("jaws");
    await results("3 films");
    await nothingWasAskedSince(before);
  });

  test("filters by genre and turns the pages", async () => {
    await open();
    const first = await firstFilm();
    await main().getByRole("link", { name: "Next" }).click();
    await main().getByText("Page 2 of 267").waitFor();
    await expect.poll(firstFilm).not.toBe(first);
    await main().getByLabel("Genre").selectOption({ label: "Western (36)" });
    await results("36 films");
    await main().getByText("Page 1 of 3").waitFor();
    await main().getByRole("link", { name: "Next" }).click();
    await main().getByText("Page 2 of 3").waitFor();
    await page.goBack();
    await main().getByText("Page 1 of 3").waitFor();
  });

  test("goes back to a visited page at once, without a request", async () => {
    await open();
    const first = await firstFilm();
    await main().getByRole("link", { name: "Next" }).click();
    await expect.poll(firstFilm).not.toBe(first);
    const second = await firstFilm();
    await openFilm(0);
    await switchTo("Slow answers", true);
    const before = (await explorer.app.stats()).total;
    expect(await goBackAndLook()).toContain(second);
    expect(await goBackAndLook()).toContain(first);
    await nothingWasAskedSince(before);
  });

  test("leads from a film to a related one, and back to the list", async () => {
    await open();
    await search().fill("jurassic park");
    await results("3 films");
    await main()
      .getByRole("link", { name: /^Jurassic Park 1993/ })
      .click();
    await main().getByRole("heading", { level: 1, name: "Jurassic Park" }).waitFor();
    await main().getByRole("link", { name: "Schindler's List" }).click();
    await main().getByRole("heading", { level: 1, name: "Schindler's List" }).waitFor();
    expect(await page.title()).toMatch(/^Schindler's List/);
    const before = (await explorer.app.stats()).total;
    await main().getByRole("link", { name: "All films" }).click();
    await results("3 films");
    expect(await search().inputValue()).toBe("jurassic park");
    await nothingWasAskedSince(before);
  });

  test("keeps a film in sight while it is refreshed", async () => {
    await open();
    const title = await openFilm(0);
    await switchTo("Slow answers", true);
    await main().getByRole("button", { name: "Refresh", exact: true }).click();
    await main().getByText("Refreshing").waitFor();
    expect(await heading().textContent()).toBe(title);
    await main().getByText("Refreshing").waitFor({ state: "hidden" });
    expect(await heading().textContent()).toBe(title);
  });

  test("says what failed, keeps what it knew, and recovers", async () => {
    await open();
    const title = await openFilm(0);
    await switchTo("Failing answers", true);
    await main().getByRole("button", { name: "Refresh", exact: true }).click();
    await main().getByRole("alert").getByText("out of order").waitFor();
    expect(await heading().textContent()).toBe(title);

    await main().getByRole("link", { name: "All films" }).click();
    await main().getByRole("alert").waitFor({ state: "hidden" });
    await films().getByRole("link").nth(1).click();
    await main().getByRole("alert").getByText("out of order").waitFor();
    await switchTo("Failing answers", false);
    await main().getByRole("button", { name: "Try again" }).click();
    await heading().waitFor();
    await main().getByRole("alert").waitFor({ state: "hidden" });
    expect(await heading().textContent()).not.toBe(title);
  });

  test("loads a film before it is opened, when asked to", async () => {
    await open();
    await switchTo("Prefetch on hover", true);
    const before = (await explorer.app.stats()).total;
    await films().getByRole("link").nth(2).hover();
    await page.getByTestId("cached").getByText("3").waitFor();
    expect((await explorer.app.stats()).total).toBe(before + 1);
    await openFilm(2);
    await nothingWasAskedSince(before + 1);
  });

  test("lets entries go when the cache is small, and the panel says why", async () => {
    await open();
    await page.getByLabel("8", { exact: true }).check({ force: true });
    await films().waitFor();
    for (let pageNumber = 2; pageNumber <= 10; pageNumber++) {
      await main().getByRole("link", { name: "Next" }).click();
      await main().getByText(`Page ${pageNumber} of 267`).waitFor();
      await main().locator(".results[aria-busy=false]").waitFor();
    }
    expect(await page.getByTestId("cached").textContent()).toBe("8 of 8");

    await page.getByRole("tab", { name: "Overview" }).click();
    await page.getByRole("tabpanel").getByRole("table").getByText("evicted").first().waitFor();
  });

  test("is accessible, and fits a narrow window, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: 390, height: 844 });
      await open();
      expect(await axeFindings(page, "#root")).toEqual([]);
      await openFilm(0);
      expect(await axeFindings(page, "#root")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
});

describe("its server", () => {
  test.each([
    ["films?page=0", 400],
    ["films?page=1.5", 400],
    ["films?pageSize=1000", 400],
    ["films/abc", 400],
    ["films/999999", 404],
    ["films/1/more", 404],
    ["nothing", 404],
  ])("answers /api/%s with %i and a reason", async (path, status) => {
    const response = await fetch(`${explorer.app.url}api/${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  });
});

async function open(): Promise<void> {
  await page.goto(explorer.app.url);
  await films().waitFor();
}

/** The app's own part of the page: the panel has buttons and words of the same kind. */
function main(): Locator {
  return page.getByRole("main");
}

function films(): Locator {
  return main().getByRole("list", { name: "Films" });
}

function search(): Locator {
  return main().getByRole("searchbox", { name: "Title or director" });
}

function heading(): Locator {
  return main().getByRole("article").getByRole("heading", { level: 1 });
}

async function results(text: string): Promise<void> {
  await main().getByRole("status").getByText(text, { exact: true }).waitFor();
}

async function counter(text: string): Promise<void> {
  await expect.poll(() => page.getByTestId("requests").textContent(), { timeout: PATIENCE }).toBe(text);
}

async function firstFilm(): Promise<string> {
  return (await films().locator(".film-title").first().textContent()) ?? "";
}

/** Opens a film of the list, and gives its title. */
async function openFilm(index: number): Promise<string> {
  const row = films().getByRole("link").nth(index);
  const title = (await row.locator(".film-title").textContent()) ?? "";
  await row.click();
  await heading().getByText(title, { exact: true }).waitFor();
  return title;
}

async function switchTo(name: string, on: boolean): Promise<void> {
  const control = page.getByRole("switch", { name });
  await control.click();
  await expect.poll(() => control.isChecked()).toBe(on);
}

/** What the list shows in the first frame after the browser went back. */
function goBackAndLook(): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const look = (): void => resolve(document.querySelector(".results:not(.outdated) ol")?.textContent ?? "");
        addEventListener("hashchange", () => requestAnimationFrame(look), { once: true });
        history.back();
      }),
  );
}

/** A request that was on its way would arrive before the next one: so one more is made, and must be the only one. */
async function nothingWasAskedSince(total: number): Promise<void> {
  await page.evaluate(async () => (await fetch("/api/genres")).json());
  expect((await explorer.app.stats()).total).toBe(total + 1);
}
