import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked } from "../../scripts/install.mjs";
import { launchChromium } from "../support/chromium.ts";
import { reactModules } from "../support/react-modules.ts";
import { visit } from "./site.ts";

const GUIDE = fileURLToPath(new URL("../../docs/without-a-bundler.md", import.meta.url));
const CDN: Record<string, string> = { "/react@19": "/react.js", "/react-dom@19/client": "/react-dom-client.js" };

let browser: Browser;
let home: string;

/** A site of static files: the packed package, what a page asks for, and the page of the guide. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "macho-page-"));
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "site", private: true }));
  installPacked(home);
  mkdirSync(join(home, "films"));
  writeFileSync(join(home, "films", "1.json"), JSON.stringify({ title: "Ran" }));
  const [, page = ""] = /```html\n([\s\S]*?)```/.exec(readFileSync(GUIDE, "utf8")) ?? [];
  writeFileSync(join(home, "index.html"), page.replace("<head>", '<head><link rel="icon" href="data:," />'));
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A browser that gets React from the CDN of the guide, as far as these pages ask it. */
async function contextWithReact(): Promise<BrowserContext> {
  const modules = await reactModules();
  const context = await browser.newContext();
  await context.route("https://esm.sh/**", (route) => {
    const { pathname } = new URL(route.request().url());
    const file = CDN[pathname];
    const body = file ? `export * from "${file}"; export { default } from "${file}";` : modules.get(pathname);
    const headers = { "access-control-allow-origin": "*" };
    return body === undefined ? route.abort() : route.fulfill({ contentType: "text/javascript", body, headers });
  });
  return context;
}

test("the page of the guide runs without a bundler: one file for the hooks, React by the import map, the panel beside it", async () => {
  const own: string[] = [];
  const context = await contextWithReact();
  context.on("request", (request) => request.url().includes("/dist/") && own.push(new URL(request.url()).pathname));
  const complaints = await visit(context, home, async (page) => {
    await page.getByRole("heading", { name: "Ran" }).waitFor();
    expect(own.filter((path) => !path.includes("/devtools/"))).toContain(
      "/node_modules/macho-cache/dist/browser/react.js",
    );
    expect(own.filter((path) => path.includes("/dist/react/") || path.includes("/dist/query/"))).toEqual([]);
    // The client is of another file than the panel.
    await page.getByRole("button", { name: /Macho/ }).click();
    await page.getByRole("tab", { name: "Entries" }).click();
    await page.getByText("1 key", { exact: true }).waitFor();
  });
  expect(complaints).toEqual([]);
  await context.close();
});

test("the engine is one file, which imports nothing", async () => {
  const code = `
    import { Cache, cuckoo } from "/node_modules/macho-cache/dist/browser/cache.js";
    const cache = new Cache({ maxCacheSize: 2, filter: cuckoo() });
    document.body.textContent = [cache.set("a", 1).get("a"), cache.get("b"), cache.metrics.hits].join();`;
  const page = `<!doctype html><link rel="icon" href="data:," /><body><script type="module">${code}</script>`;
  writeFileSync(join(home, "engine.html"), page);
  const context = await browser.newContext();
  const requests: string[] = [];
  context.on("request", (request) => requests.push(new URL(request.url()).pathname));
  const show = (shown: Page): Promise<void> => shown.getByText("1,,1").waitFor();
  expect(await visit(context, home, show, "engine.html")).toEqual([]);
  expect(requests).toEqual(["/engine.html", "/node_modules/macho-cache/dist/browser/cache.js"]);
  await context.close();
});

test("a cache of the engine's file is one for the client of the other file, which holds an engine of its own", async () => {
  const code = `
    import { Cache } from "/node_modules/macho-cache/dist/browser/cache.js";
    import { QueryClient } from "/node_modules/macho-cache/dist/browser/react.js";
    const cache = new Cache({ maxCacheSize: 2, strategy: "sieve" });
    const client = new QueryClient({ cache });
    const data = await client.fetchQuery("a", () => Promise.resolve("loaded"));
    document.body.textContent = [data, client.cache === cache, cache.size, cache.metrics.loads.succeeded].join();`;
  const imports = JSON.stringify({ imports: { react: "https://esm.sh/react@19" } });
  const head = `<!doctype html><link rel="icon" href="data:," /><script type="importmap">${imports}</script>`;
  writeFileSync(join(home, "two.html"), `${head}<body><script type="module">${code}</script>`);
  const context = await contextWithReact();
  const show = (shown: Page): Promise<void> => shown.getByText("loaded,true,1,1").waitFor();
  expect(await visit(context, home, show, "two.html")).toEqual([]);
  await context.close();
});
