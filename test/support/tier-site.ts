import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { BrowserContext, CDPSession, Page } from "playwright";

const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>Tier</title><script src="/tier.js"></script>`;
/** A page that shows another one, which has no origin. */
const FRAME = `<!doctype html><title>Frame</title><iframe sandbox="allow-scripts" src="/"></iframe>`;

/** Pages with the tier in IndexedDB, on loopback. `tierPage` is what they have. */
export class TierSite {
  readonly url: string;
  #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async start(): Promise<TierSite> {
    const entry = fileURLToPath(new URL("../persist/tier-page.ts", import.meta.url));
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", write: false });
    const script = outputFiles[0]!.text;
    const server = createServer(({ url }, response) => {
      if (url === "/tier.js") return void response.setHeader("content-type", "text/javascript").end(script);
      response.setHeader("content-type", "text/html").end(url === "/frame" ? FRAME : PAGE);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new TierSite(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      const closed = new Promise((done) => server.close(done));
      // A browser opens connections ahead, and a server waits for those that never asked for anything.
      server.closeAllConnections();
      await closed;
    });
  }

  async visit(context: BrowserContext, path = "/"): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.url + path);
    return page;
  }

  /** What the browser's own tools can do with a page. */
  static tools(page: Page): Promise<CDPSession> {
    return page.context().newCDPSession(page);
  }

  stop(): Promise<void> {
    return this.#close();
  }
}
