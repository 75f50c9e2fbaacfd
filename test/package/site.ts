import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Serves a folder on loopback while `use` runs, shows it in the browser, and gives what the console complained about. */
export async function visit(
  browser: Browser | BrowserContext,
  folder: string,
  use: (page: Page) => Promise<void>,
  first = "index.html",
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const server = createServer((request, response) => {
    const path = request.url === "/" ? "index.html" : (request.url ?? "");
    readFile(join(folder, path)).then(
      (body) => response.writeHead(200, { ...headers, "content-type": TYPES[extname(path)] ?? "text/plain" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/${first === "index.html" ? "" : first}`,
    );
    await use(page).catch((error: unknown) => {
      throw complaints.length > 0 ? new Error(`The console says: ${complaints.join("\n")}`, { cause: error }) : error;
    });
    return complaints;
  } finally {
    await page.close();
    const closed = new Promise((done) => server.close(done));
    // A browser opens connections ahead, and a server waits for those that never asked for anything.
    server.closeAllConnections();
    await closed;
  }
}
