// Real tabs over one IndexedDB.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ALIAS } from "../../scripts/alias.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "../support/chromium.ts";
import { RawTabs } from "../support/raw-tabs.ts";

let server: Server;
let url: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("tabs-page.ts", import.meta.url));
  const alias = Object.fromEntries(
    ["query", "persist", "lru"].map((name) => {
      const found = ALIAS.find(({ find }) => find.test(`macho-cache/${name}`))!;
      return [`macho-cache/${name}`, found.replacement];
    }),
  );
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", write: false, alias });
  server = createServer(({ url: path }, response) => {
    if (path === "/tab.js") return void response.setHeader("content-type", "text/javascript").end(outputFiles[0]!.text);
    const script = path === "/away" ? "" : '<script src="/tab.js"></script>';
    response.setHeader("content-type", "text/html").end(`<!doctype html><link rel="icon" href="data:,">${script}`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Playwright turns the back-forward cache off.
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_FLAGS],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

beforeEach(async () => {
  context = await browser.newContext();
  return () => context.close();
});

async function open(path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url + path);
  await page.evaluate(() => tab.persistence.ready);
  return page;
}

const data = (page: Page, name: string): Promise<unknown> => page.evaluate((key) => tab.data(key), name);

it("1,000 interleaved writes in two tabs: both show the newest, and neither what is older", async () => {
  const pages = [await open(), await open()];
  const names = ["a", "b", "c", "d"];
  for (const page of pages) for (const name of names) await page.evaluate((key) => tab.show(key), name);
  await Promise.all(
    pages.map((page, at) =>
      page.evaluate(
        async ([own, keys]) => {
          for (let count = 0; count < 500; count++) {
            tab.client.setQueryData([keys[count % 4]!], { own, count });
            if (count % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
          }
          await tab.persistence.flush();
        },
        [at, names] as const,
      ),
    ),
  );
  for (const name of names) {
    await expect
      .poll(async () => {
        const [one, other] = await Promise.all(pages.map((page) => data(page, name)));
        return JSON.stringify(one) === JSON.stringify(other);
      })
      .toBe(true);
  }
  for (const page of pages) {
    for (const name of names) {
      const shown = (await page.evaluate((key) => tab.shown[key], name)) as (
        | { own: number; count: number }
        | undefined
      )[];
      for (const own of [0, 1]) {
        const counts = shown.flatMap((each) => (each?.own === own ? [each.count] : []));
        expect(counts).toEqual(counts.toSorted((one, two) => one - two));
      }
    }
  }
});

it("a new tab of fresh data loads nothing", async () => {
  const one = await open();
  await one.evaluate(async () => {
    for (const name of ["a", "b"]) tab.client.setQueryData([name], name);
    await tab.persistence.flush();
  });
  const other = await open();
  await other.evaluate(() => ["a", "b"].forEach((name) => tab.show(name)));
  await expect.poll(() => data(other, "b")).toBe("b");
  expect(await other.evaluate(() => tab.loads)).toBe(0);
});

it("a page comes back from the back-forward cache with what was written meanwhile", async () => {
  const [one, other] = [await open(), await open()];
  await one.evaluate(async () => (tab.client.setQueryData(["a"], 1), tab.persistence.flush()));
  await other.evaluate(() => tab.show("a"));
  await expect.poll(() => data(other, "a")).toBe(1);
  await other.goto(`${url}/away`);
  await one.evaluate(async () => (tab.client.setQueryData(["a"], 2), tab.persistence.flush()));
  await other.evaluate(() => history.back());
  await expect.poll(() => other.evaluate(() => globalThis.tab?.isBack).catch(() => undefined)).toBe(true);
  await expect.poll(() => data(other, "a")).toBe(2);
  expect(await other.evaluate(() => tab.loads)).toBe(0);
});

it("a load waits no longer than the bound for one that hangs, and not at all for a tab that is gone", async () => {
  const [one, other] = [await open("/?lock"), await open("/?lock")];
  await one.evaluate(() => tab.show("a", true));
  await expect.poll(() => one.evaluate(() => tab.loads)).toBe(1);
  await other.evaluate(() => tab.show("a"));
  expect(await other.evaluate(() => tab.loads)).toBe(0);
  await expect.poll(() => data(other, "a")).toBe("loaded a");
  await one.close();
  await other.evaluate(() => tab.show("b"));
  await expect.poll(() => data(other, "b")).toBe("loaded b");
});

it("a hidden tab that is frozen while it holds a lock keeps no other tab from loading", async () => {
  const tabs = await RawTabs.of(browser);
  const [frozen, other] = [
    await tabs.open(`${url}/?lock`, '"tab" in globalThis'),
    await tabs.open(`${url}/?lock`, '"tab" in globalThis'),
  ];
  await frozen.run('tab.show("frozen", true)');
  await expect.poll(() => frozen.run("tab.loads")).toBe(1);
  await other.show();
  expect(await frozen.run("document.visibilityState")).toBe("hidden");
  await frozen.send("Page.setWebLifecycleState", { state: "frozen" });
  await other.run('tab.show("frozen")');
  await expect.poll(() => other.run('tab.data("frozen")')).toBe("loaded frozen");
});

it("a purge in one tab leaves the answer of a load in another neither shown nor stored", async () => {
  const [one, other] = [await open(), await open()];
  await other.evaluate(() => {
    const hang = (): Promise<unknown> => new Promise((resolve) => (tab.answer = resolve));
    void tab.client.fetchQuery(["a"], hang);
  });
  await expect.poll(() => other.evaluate(() => tab.answer !== undefined)).toBe(true);
  await one.evaluate(() => tab.persistence.purge());
  await other.evaluate(async () => {
    tab.answer!("of the user before");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await tab.persistence.flush();
  });
  expect(await data(other, "a")).toBeUndefined();
  const third = await open();
  expect(await third.evaluate(() => tab.persistence.status.entries)).toBe(0);
});
