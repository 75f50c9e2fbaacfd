import type { Browser, Page } from "playwright";
import { deferred } from "../../support/deferred.ts";

interface Notes {
  /** Of React. */
  readonly version: string;
  /** Errors that React recovered from. */
  readonly recovered: string[];
  /** The states of each line, in order. */
  readonly shown: Record<string, string[]>;
}

/** A visit whose client bundle and answers wait until the test lets them through. */
export class Visit {
  /** What the console and the page complained about. */
  readonly complaints: string[] = [];
  /** What the page asked for. */
  readonly asked: string[] = [];
  readonly page: Page;
  #bundle = deferred<void>();
  #answers = deferred<void>();

  private constructor(page: Page) {
    this.page = page;
  }

  static async begin(browser: Browser, address: string): Promise<Visit> {
    const visit = new Visit(await browser.newPage());
    await visit.#listen();
    await visit.page.goto(address, { waitUntil: "commit" });
    return visit;
  }

  async #listen(): Promise<void> {
    const { page, complaints, asked } = this;
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await page.route("**/client.js", async (route) => {
      await this.#bundle.promise;
      await route.continue();
    });
    await page.route("**/api/**", async (route) => {
      asked.push(new URL(route.request().url()).pathname);
      await this.#answers.promise;
      await route.fulfill({ body: "here" });
    });
  }

  /** Lets React into the page. */
  hydrate(): void {
    this.#bundle.resolve();
  }

  answer(): void {
    this.#answers.resolve();
  }

  /** The lines of the page, as a reader sees them. */
  async lines(): Promise<string[]> {
    return (await this.page.locator("p:visible").allInnerTexts()).map((line) => line.trim());
  }

  /** Names the elements that the server sent, for `kept`. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => {
      for (const each of document.querySelectorAll("p")) Object.assign(each, { fromServer: true });
    });
  }

  /** The same for those that come until the page is complete. */
  async markAlways(): Promise<void> {
    await this.page.evaluate(() => {
      // The parser puts a late part aside first, before anything shows it.
      const watch = new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const node of addedNodes) {
            if (!(node instanceof Element) || !node.closest("[hidden]")) continue;
            for (const each of [node, ...node.querySelectorAll("p")]) Object.assign(each, { fromServer: true });
          }
      });
      watch.observe(document, { childList: true, subtree: true });
    });
  }

  /** Takes the end off each data block that comes from now on, before anything reads it. */
  async damageBlocks(): Promise<void> {
    await this.page.evaluate(() => {
      const watch = new MutationObserver(() => {
        for (const block of document.querySelectorAll("script[data-macho]")) {
          if (block.textContent?.endsWith("]")) block.textContent = block.textContent.slice(0, -1);
        }
      });
      watch.observe(document, { childList: true, subtree: true });
    });
  }

  /** How many elements of the server are still in the page. */
  kept(): Promise<number> {
    return this.page.evaluate(() => [...document.querySelectorAll("p")].filter((each) => "fromServer" in each).length);
  }

  /** What the app itself wrote down. */
  notes(): Promise<Notes> {
    return this.page.evaluate(() => {
      const { version, recovered, shown } = window as unknown as Notes;
      return { version, recovered, shown };
    });
  }
}
