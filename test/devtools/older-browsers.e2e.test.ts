import { expect, test } from "vitest";
import { choose, launch, openPage, page, panel, reopen, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

/** Takes away what browsers got after Chrome 91, Firefox 90 and Safari 15, in the page. */
function age(): void {
  const NEWER: Record<string, string> = {
    "": "reportError structuredClone requestIdleCallback cancelIdleCallback scheduler Iterator Temporal HTMLDialogElement",
    Object: "hasOwn groupBy",
    Map: "groupBy",
    Promise: "try withResolvers",
    Array: "fromAsync",
    AbortSignal: "abort any timeout",
    Error: "isError captureStackTrace",
    "Array.prototype": "at findLast findLastIndex toReversed toSorted toSpliced with group groupToMap",
    "String.prototype": "at isWellFormed toWellFormed",
    "Set.prototype": "union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom",
    "Map.prototype": "getOrInsert getOrInsertComputed",
    "WeakMap.prototype": "getOrInsert getOrInsertComputed",
    "Int8Array.prototype.__proto__": "at findLast findLastIndex toReversed toSorted with",
    "AbortSignal.prototype": "reason throwIfAborted",
    "Crypto.prototype": "randomUUID",
    "CSSStyleSheet.prototype": "replace replaceSync",
    "Document.prototype": "adoptedStyleSheets startViewTransition moveBefore",
    "ShadowRoot.prototype": "adoptedStyleSheets moveBefore",
    "Element.prototype": "moveBefore checkVisibility",
    "HTMLElement.prototype": "popover showPopover hidePopover togglePopover inert",
  };
  const ITERATORS = "map filter take drop flatMap reduce toArray forEach some every find";
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object;
  for (const name of ITERATORS.split(" ")) Reflect.deleteProperty(iterators, name);
  for (const [owner, names] of Object.entries(NEWER)) {
    const path = owner === "" ? [] : owner.split(".");
    const found = path.reduce<unknown>((object, part) => (object as Record<string, unknown>)?.[part], globalThis);
    for (const name of names.split(" ")) if (found) Reflect.deleteProperty(found, name);
  }
  const sheet = globalThis.CSSStyleSheet;
  const Sheet = function CSSStyleSheet(): never {
    throw new TypeError("Illegal constructor");
  };
  Sheet.prototype = sheet.prototype;
  Object.assign(globalThis, { CSSStyleSheet: Sheet });
}

/** A browser without constructed stylesheets takes the panel's from an element, which the strictest policy forbids. */
const inOlderBrowser = (): Promise<void> => reopen({ bypassCSP: true }, age);

test("the panel is styled, docked and used in browsers of 2021", async () => {
  await inOlderBrowser();
  expect(await page.evaluate(() => [typeof [].at, typeof Object.hasOwn, typeof reportError])).toEqual(
    Array.from({ length: 3 }, () => "undefined"),
  );
  await launch(30, 20);
  const box = (): Promise<number[]> => panel().evaluate((each) => [each.clientWidth, each.clientHeight]);
  expect((await panel().boundingBox())!.y).toBeGreaterThan(300);
  for (const name of ["Overview", "Requests", "Lifespan", "Latency", "General"]) {
    await openPage(name);
    expect(await page.getByRole("alert").count()).toBe(0);
  }
  await tab("Entries").click();
  await row("user:15").click();
  await page.getByRole("tree").waitFor();
  const grid = (await page.getByRole("grid").boundingBox())!;
  const tree = (await page.getByRole("tree").boundingBox())!;
  expect(tree.x).toBeGreaterThanOrEqual(grid.x + grid.width);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("This entry has left.").waitFor();
  await choose("Dock", "Right");
  await expect.poll(box).toEqual([479, 780]);
  const heading = page.getByRole("heading", { name: "A page with a cache" });
  expect((await heading.boundingBox())!.x + (await heading.boundingBox())!.width).toBeLessThanOrEqual(800);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  expect(await page.locator("html > style").count()).toBe(0);
});

test("the engine loads, counts and aborts in browsers of 2021", async () => {
  await inOlderBrowser();
  const told = await page.evaluate(async () => {
    const { allPolicies, Cache } = window.fixture;
    const left: unknown[] = [];
    for (const strategy of [...Object.values(allPolicies).map((make) => make()), "lru", "sieve"] as const) {
      const cache = new Cache<string, number>({ maxCacheSize: 4, bloom: true, strategy });
      for (let index = 0; index < 40; index++) {
        const key = `key:${index % 7}`;
        if (!cache.has(key)) cache.set(key, index);
        cache.get(key);
      }
      left.push(cache.size);
    }
    const cache = new Cache<string, number>();
    const controller = new AbortController();
    const waits = cache.getOrLoad("a", () => new Promise<number>(() => undefined), { signal: controller.signal });
    controller.abort();
    const aborted = await waits.catch((error: unknown) => (error as Error).name);
    const failed = await cache.getOrLoad("b", () => Promise.reject(new Error("no"))).catch(String);
    return { left, aborted, failed, loads: cache.metrics.loads };
  });
  expect(told.left).toEqual(told.left.map(() => 4));
  expect(told).toMatchObject({ aborted: "AbortError", failed: "Error: no", loads: { started: 2, failed: 1 } });
});

test("hooks load, fail and are cancelled in browsers of 2021", async () => {
  await inOlderBrowser();
  const output = page.locator("output");
  await page.evaluate(() => {
    const client = new window.fixture.QueryClient();
    const load = () => Promise.resolve({ films: [1, 2] });
    Object.assign(window, { client, app: window.fixture.renderHook({ client, queryKey: "films", load }) });
  });
  await expect.poll(() => output.innerText()).toBe('success {"films":[1,2]}');
  const failed = await page.evaluate(async () => {
    const { client } = window as unknown as { client: InstanceType<typeof window.fixture.QueryClient> };
    const controller = new AbortController();
    const waits = client.fetchQuery("slow", () => new Promise(() => undefined), { signal: controller.signal });
    const cancelled = client.fetchQuery("cancelled", () => new Promise(() => undefined));
    controller.abort();
    await client.cancelQueries("cancelled");
    return Promise.all([waits, cancelled].map((each) => each.catch((error: unknown) => (error as Error).name)));
  });
  expect(failed).toEqual(["AbortError", "AbortError"]);
});
