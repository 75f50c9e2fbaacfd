import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../support/chromium.ts";

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** An example as `npm start NAME` serves it, and a browser, for the tests of a file. */
export class ExampleApp {
  browser!: Browser;
  #server!: ViteDevServer;

  get url(): string {
    return this.#server.resolvedUrls!.local[0]!;
  }

  async start(name: string): Promise<void> {
    this.#server = await createServer({
      configFile: path(`examples/${name}/vite.config.ts`),
      cacheDir: path(`node_modules/.vite/${name}-e2e`),
      logLevel: "warn",
      // Nothing is watched: a file that is saved during the run must not reload the page.
      server: { port: 0, watch: null },
    });
    await this.#server.listen();
    this.browser = await launchChromium();
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await this.#server?.close();
  }

  /** What the example's own API says. */
  async get<T>(name: string): Promise<T> {
    return (await fetch(`${this.url}api/${name}`)).json() as Promise<T>;
  }

  async post(name: string, body: unknown = {}): Promise<void> {
    await fetch(`${this.url}api/${name}`, { method: "POST", body: JSON.stringify(body) });
  }
}

/**
 * Starts an example before the tests of a file, and ends it after. The first visit makes Vite prepare the dependencies,
 * which may reload the page; the tests start after it.
 * @param isReady what the first page shows when it is there
 */
export function useExample(name: string, isReady: (page: Page) => Locator): ExampleApp {
  const app = new ExampleApp();
  beforeAll(async () => {
    await app.start(name);
    const first = await app.browser.newPage();
    await first.goto(app.url);
    await isReady(first).waitFor({ timeout: 90_000 });
    await first.close();
  }, 120_000);
  afterAll(() => app.stop());
  return app;
}
