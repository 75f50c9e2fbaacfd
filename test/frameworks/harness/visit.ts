import type { Page } from "playwright";
import { expect } from "vitest";
import type { Bench } from "./bench.ts";

/** A browser without a window says so, and frameworks send it the page in one piece, as they do to search engines. */
const READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Next says this of requests without the browser's cache, which a browser sends when its requests are looked at. */
const OF_THE_TEST = /rendering with server caches disabled/;

/** One page of an app in the browser: what it asked the API for, and what it complained about. */
export class Visit {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, and failed requests. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async begin({ browser, api }: Bench, url: string): Promise<Visit> {
    const visit = new Visit(await browser.newPage({ userAgent: READER }));
    const { page, complaints } = visit;
    page.on("pageerror", (error) => complaints.push(`uncaught: ${String(error)}`));
    page.on("console", (message) => {
      if (OF_THE_TEST.test(message.text())) return;
      if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
    });
    await page.route("**/api/**", async (route) => {
      const asked = `${route.request().method()} ${new URL(route.request().url()).pathname}`;
      api.fromPage.push(asked);
      const body = await api.answer(asked);
      await route.fulfill({
        status: body === undefined ? 404 : 200,
        contentType: "application/json",
        body: body ?? "",
      });
    });
    await page.goto(url, { waitUntil: "commit" });
    return visit;
  }

  /** Waits until React has taken the page over. */
  async hydrated(): Promise<void> {
    await this.page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  }

  /**
   * Waits until an element shows this text, and nothing else. A page that complains does not. Of what a framework keeps
   * for later without showing it, nothing counts.
   */
  async shows(selector: string, text: string): Promise<void> {
    const seen = async (): Promise<string[]> => [
      ...(await this.page.locator(selector).filter({ visible: true }).allInnerTexts()),
      ...this.complaints,
    ];
    await expect.poll(seen).toEqual([text]);
  }

  /** Closes the page, which must not have complained. */
  async end(): Promise<void> {
    await this.page.close();
    expect(this.complaints).toEqual([]);
  }
}
