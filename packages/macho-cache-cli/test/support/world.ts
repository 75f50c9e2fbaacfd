import type { Browser, Page } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { buildFixture, serve } from "./site.ts";
import { startChromium } from "./targets.ts";

/** The fixture's programs, as they were built for the tests of this file. */
export let fixture: ReturnType<typeof buildFixture>;
/** The fixture's page. */
export let site: Awaited<ReturnType<typeof serve>>;
/** A Chromium, and the port of its debugger. */
export let browser: Browser;
export let port: number;

/** Starts all of it before the tests of the calling file, and ends it after them. */
export function useWorld(): void {
  beforeAll(async () => {
    fixture = buildFixture();
    site = await serve(fixture.folder);
    ({ browser, port } = await startChromium());
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    fixture?.remove();
  });
}

/** Shows the fixture's page, until its caches can be found. */
export async function openFilms(page: Page, query = ""): Promise<Page> {
  await page.goto(`${site.url}${query}`);
  await page.waitForFunction(() => document.title === "Films");
  return page;
}
