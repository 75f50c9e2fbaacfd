import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { dehydrate, QueryClient, toScript } from "macho-cache/query";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";

let browser: Browser;
let script: string;

beforeAll(async () => {
  browser = await launchChromium();
  const contents = `
    import { hydrateScripts, QueryClient } from "./src/query/index.ts";
    const client = new QueryClient();
    Object.assign(window, { read: () => { hydrateScripts(client); return client.getQueryData("film"); } });`;
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: "esm", write: false });
  script = outputFiles[0]!.text;
});

afterAll(() => browser?.close());

test("a block that has come by half is not read before its end has come", async () => {
  const sender = new QueryClient();
  sender.setQueryData("film", "x".repeat(100_000));
  const block = toScript(dehydrate(sender));
  const middle = block.length / 2;
  let page: ServerResponse | undefined;
  const server = createServer((request, response) => {
    if (request.url === "/script.js") return void response.setHeader("content-type", "text/javascript").end(script);
    page = response.setHeader("content-type", "text/html");
    page.write(`<!doctype html><link rel="icon" href="data:,"><script type="module" async src="/script.js"></script>`);
    page.write(`<main>${block.slice(0, middle)}`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const tab = await browser.newPage();
  const read = (): Promise<unknown> => tab.evaluate(() => (window as unknown as { read: () => unknown }).read());
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: "commit" });
  await tab.waitForFunction(() => "read" in window && document.querySelector("script[data-macho]")?.textContent);
  expect(await tab.evaluate(() => document.readyState)).toBe("loading");
  expect(await read()).toBe(undefined);
  page?.write(`${block.slice(middle)}</main><p>More is to come`);
  await tab.getByText("More is to come").waitFor();
  expect(await tab.evaluate(() => document.readyState)).toBe("loading");
  expect(await read()).toHaveLength(100_000);
  page?.end();
  await tab.close();
  const closed = new Promise((done) => server.close(done));
  // A browser opens connections ahead, and a server waits for those that never asked for anything.
  server.closeAllConnections();
  await closed;
});
