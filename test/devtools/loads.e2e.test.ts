import type { Locator } from "playwright";
import { beforeEach, describe, expect, test } from "vitest";
import type { QueryClient } from "macho-cache/query";
import { findings, focused, openPage, page, panel, reopen, sideways, tab, useFixture } from "./fixture/panel-driver.ts";

declare global {
  interface Window {
    client: QueryClient;
    /** Settles the request of a key that was made last. */
    answer: (key: string, error?: string) => void;
    /** Asks for a key, with a fetcher that the test answers. */
    ask: (key: string, options?: { retry?: number; isLeft?: boolean }) => Promise<unknown>;
    leave: (key: string) => void;
    unmount: () => void;
    /** How often the fetcher of a key was called. */
    tries: Record<string, number>;
  }
}

useFixture();

/** A client whose loads the test answers, and the panel on its page Loads. */
async function launchClient(): Promise<void> {
  await page.evaluate(() => {
    const { QueryClient: Client, launchDashboard } = window.fixture;
    const client = (window.client = new Client({ cache: { maxCacheSize: 50 } }));
    client.mount();
    const requests = new Map<string, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
    const left = new Map<string, AbortController>();
    window.tries = {};
    window.answer = (key, error) =>
      error === undefined ? requests.get(key)!.resolve(key) : requests.get(key)!.reject(new Error(error));
    window.ask = (key, { retry = 0, isLeft = false } = {}) => {
      if (isLeft) left.set(key, new AbortController());
      const signal = left.get(key)?.signal;
      const load = client.fetchQuery(
        ["film", key],
        (_, context) =>
          new Promise((resolve, reject) => {
            requests.set(key, { resolve, reject });
            window.tries[key] = (window.tries[key] ?? 0) + 1;
            return isLeft && context.signal;
          }),
        { retry, retryDelay: 5, ...(signal && { signal }) },
      );
      return load.catch(() => undefined);
    };
    window.leave = (key) => left.get(key)!.abort();
    window.unmount = launchDashboard({ films: client, other: new Client() });
  });
  await panel().waitFor();
  await page.waitForFunction(() => (window.client.cache.flights?.listeners.size ?? 0) > 1);
  await openPage("Loads").catch(() => undefined);
}

const rows = (): Locator => page.getByRole("listbox", { name: "Loads, the oldest first" }).getByRole("option");
const row = (words: string | RegExp): Locator => rows().filter({ hasText: words });
const asked = (key: string): Promise<unknown> =>
  page.waitForFunction((name) => window.client.getQueryState(["film", name])?.fetchStatus === "fetching", key);
/** Loads that succeed, are joined, tried again, given up, fail, refresh, and one that runs on. */
async function loadAll(): Promise<void> {
  await page.evaluate(async () => {
    const { ask, answer, leave } = window;
    const plain = ask("plain");
    answer("plain");
    const joined = [ask("joined"), ask("joined"), ask("joined")];
    answer("joined");
    await Promise.all([plain, ...joined]);
    const gone = ask("gone", { isLeft: true });
    leave("gone");
    await gone;
    const broken = ask("broken");
    answer("broken", "404 Not Found");
    await broken;
    const again = ask("plain");
    answer("plain");
    await again;
  });
  await page.evaluate(() => void window.ask("flaky", { retry: 2 }));
  await asked("flaky");
  await page.evaluate(() => window.answer("flaky", "503 Busy"));
  await page.waitForFunction(() => window.tries["flaky"] === 2);
  await page.evaluate(() => window.answer("flaky"));
  await page.waitForFunction(() => window.client.getQueryState(["film", "flaky"])?.status === "success");
  await page.evaluate(() => void window.ask("runs"));
}

describe("the page Loads", () => {
  beforeEach(async () => {
    await launchClient();
  });

  test("shows each load with its outcome in words, and counts them", async () => {
    await page.getByText("No load has begun since the recording began.").waitFor();
    await loadAll();
    await row('["film","runs"]').waitFor();
    const outcome = async (words: string | RegExp, index = 0): Promise<string> =>
      (await row(words).nth(index).locator(".outcome").innerText()).replaceAll(/[\d.]+ m?s/g, "TIME");
    expect(await outcome('["film","plain"]')).toBe("TIME");
    expect(await outcome('["film","plain"]', 1)).toBe("TIME · refresh");
    expect(await outcome('["film","joined"]')).toBe("TIME · 2 joined");
    expect(await outcome('["film","gone"]')).toBe("aborted · after TIME");
    expect(await outcome('["film","broken"]')).toBe("▲ failed · Error: 404 Not Found");
    expect(await outcome('["film","flaky"]')).toBe("TIME · 2 tries");
    expect(await outcome('["film","runs"]')).toBe("running TIME");
    const card = page.getByRole("region", { name: "Loads over time" });
    expect((await card.locator(".load-counts").innerText()).replaceAll("\n", " ")).toBe(
      "7 started4 succeeded1 failed1 aborted1 running2 joined",
    );
    // The signs of these rows, and no other.
    expect(await card.locator(".legend-item").allInnerTexts()).toEqual([
      "load",
      "refresh",
      "failed try",
      "wait",
      "aborted",
      "joined",
    ]);
    // Two tries, and the wait between them; three pins of no other load.
    expect(await row('["film","flaky"]').locator(".span").count()).toBe(3);
    expect(await row('["film","flaky"]').locator(".span.failed").count()).toBe(1);
    expect(await row('["film","joined"]').locator(".pin").count()).toBeGreaterThan(0);
    await page.evaluate(() => window.answer("runs"));
    await row('["film","runs"]').filter({ hasNotText: "running" }).waitFor();
  });

  test("tells of a chosen load its tries and what they failed with, and leads to its entry", async () => {
    await loadAll();
    await row('["film","flaky"]').click();
    const detail = page.getByRole("region", { name: "Chosen load" });
    const steps = detail.getByRole("region", { name: "Steps, table" }).getByRole("row");
    await steps.first().waitFor();
    expect(
      (await steps.allInnerTexts()).map((text) => text.split(/\s*\t\s*/).filter((_, at) => at !== 1 && at !== 2)),
    ).toEqual([
      ["Step", "Ended"],
      ["Try 1", "failed: Error: 503 Busy"],
      ["Wait", "–"],
      ["Try 2", "succeeded"],
    ]);
    await detail.getByRole("button", { name: "Show entry" }).click();
    await page.getByRole("grid", { name: "Queries" }).waitFor();
    await page.getByRole("row").filter({ hasText: '["film","flaky"]' }).first().waitFor();
  });

  test("goes by arrow keys, by a filter for keys, and by failed loads alone", async () => {
    await loadAll();
    const list = page.getByRole("listbox", { name: "Loads, the oldest first" });
    await row('["film","runs"]').waitFor();
    await list.focus();
    await page.keyboard.press("End");
    await expect.poll(() => row('["film","runs"]').getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => row('["film","flaky"]').getAttribute("aria-selected")).toBe("true");
    expect(await list.getAttribute("aria-activedescendant")).toBe(await row('["film","flaky"]').getAttribute("id"));
    await page.keyboard.press("/");
    await page.keyboard.type("PLAIN");
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole("searchbox", { name: "Filter by key" }).fill("");
    await page.getByRole("button", { name: "Failed only" }).click();
    await expect.poll(() => rows().count()).toBe(2);
    expect(await row(/broken|flaky/).count()).toBe(2);
    await page.getByRole("searchbox", { name: "Filter by key" }).fill("nothing");
    await page.getByText("No load of this time fits the filter.").waitFor();
  });

  test("says how long loads take, as a drawing and as a table, and which keys are slow or fail", async () => {
    await loadAll();
    const card = page.getByRole("region", { name: "How long loads take", exact: true });
    await card.getByRole("img", { name: /^Durations of 5 loads: p50 .*, p90 .*, p99 .*\.$/ }).waitFor();
    await card.getByRole("button", { name: "Table" }).click();
    await card.getByText("each at most 3% off").waitFor();
    const counts = await card.locator("tbody td:nth-child(2)").allInnerTexts();
    expect(counts.reduce((sum, text) => sum + Number(text), 0)).toBe(5);
    const lists = page.getByRole("region", { name: "Slowest and failing most" });
    await lists.getByText("1 of 1").waitFor();
    await lists.getByRole("button", { name: '["film","broken"] 1 of 1' }).click();
    await expect.poll(() => panel().locator("input.filter").inputValue()).toBe('["film","broken"]');
  });

  test("stands still while it is paused, scrolls back in time, and goes on", async () => {
    await loadAll();
    await row('["film","runs"]').waitFor();
    const button = page.getByRole("button", { name: "Pause" });
    await button.click();
    await page.evaluate(() => void window.ask("later"));
    await page.waitForFunction(() => window.client.cache.metrics.loads.started === 8);
    await page.evaluate(() => window.answer("runs"));
    await page.waitForFunction(() => window.client.getQueryState(["film", "runs"])?.status === "success");
    // A filter draws the page anew, with what was there.
    await page.getByRole("button", { name: "Failed only" }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole("button", { name: "Failed only" }).click();
    await row('["film","runs"]').filter({ hasText: "running" }).waitFor();
    await page.getByText("7 started").waitFor();
    expect(await row('["film","later"]').count()).toBe(0);
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.getByText("No load in this time.").or(rows().first()).first().waitFor();
    await page.getByRole("button", { name: "Later" }).click();
    expect(await row('["film","later"]').count()).toBe(0);
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    await row('["film","later"]').waitFor();
    await page.getByText("8 started").waitFor();
    // Back in time without a pause: the drawing stands, and goes on where it was.
    await page.getByRole("button", { name: "Earlier" }).click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    await page.getByRole("button", { name: "Later" }).click();
    await row('["film","later"]').waitFor();
  });
});

test("lists mutations with what they were called with, where they stand, and what queries did meanwhile", async () => {
  await launchClient();
  await page.getByText("No mutation was called.").waitFor();
  await page.evaluate(async () => {
    const { client } = window;
    const call = (key: string, send: () => Promise<unknown>, scope?: string): void =>
      new window.fixture.MutationObserver<unknown, { stars: number }>(client, {
        mutationKey: [key],
        mutationFn: send,
        onMutate: () => void client.setQueryData(["film", 1], "hoped"),
        onError: () => void client.setQueryData(["film", 1], "old"),
        onSuccess: () => client.invalidateQueries(["film"]),
        ...(scope !== undefined && { scope: { id: scope } }),
      }).actions.mutate({ stars: 5 });
    const ended = (many: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          const { running } = client.host.mutations as { running: Map<unknown, unknown> };
          if (running.size === many) resolve();
          else setTimeout(look, 5);
        };
        look();
      });
    client.setQueryData(["film", 1], "old");
    client.setQueryData(["film", 2], "old");
    call("rate", async () => "rated");
    await ended(0);
    call("review", () => Promise.reject(new Error("403 Forbidden")));
    await ended(0);
    call("runs", () => new Promise(() => undefined), "list");
    call("waits", () => new Promise(() => undefined), "list");
  });
  const card = page.getByRole("region", { name: "Mutations", exact: true });
  const called = card.getByRole("button");
  await called.nth(3).waitFor();
  const told = (await called.allInnerTexts()).map((text) =>
    text.replaceAll(/\d+:\d+:\d+|[\d.]+ m?s/g, "").split(/\s*\n\s*/),
  );
  expect(told.map((parts) => parts.filter((part) => part.trim() !== "").map((part) => part.trim()))).toEqual([
    ['["waits"] { stars: 5 }', "◐ waits", "in scope list · wrote 1 key"],
    ['["runs"] { stars: 5 }', "↻ runs", "wrote 1 key"],
    ['["review"] { stars: 5 }', "▲ rolled back", "Error: 403 Forbidden · put back 1 key"],
    ['["rate"] { stars: 5 }', "● done", "wrote 1 key · invalidated 2 keys"],
  ]);
  await called.nth(2).click();
  const detail = page.getByRole("region", { name: "Chosen mutation" });
  await detail.getByRole("treeitem", { name: /variables/ }).waitFor();
  await detail.getByRole("treeitem", { name: /stars/ }).waitFor();
  await detail.getByRole("treeitem", { name: /error.*403 Forbidden/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "How long loads take", exact: true }).waitFor();
});

describe("feigning to be offline", () => {
  const isOnline = (): Promise<boolean> => page.evaluate(() => window.client.host.isOnline);
  const feign = (): Locator => page.getByRole("button", { name: "Feign offline" });
  const banner = (): Locator => page.getByRole("button", { name: "Offline: end" });

  beforeEach(async () => {
    await launchClient();
    await feign().click();
    await banner().waitFor();
    expect(await isOnline()).toBe(false);
  });

  test("has loads wait, says so on every page, and lets them go on", async () => {
    await page.evaluate(() => void window.ask("waits"));
    await row('["film","waits"]').filter({ hasText: "paused" }).waitFor();
    expect(await page.evaluate(() => window.tries)).toEqual({});
    await tab("Overview").click();
    await banner().click();
    await expect.poll(isOnline).toBe(true);
    await page.waitForFunction(() => window.tries["waits"] === 1);
    await page.evaluate(() => window.answer("waits"));
    await tab("Loads").click();
    await row('["film","waits"]')
      .filter({ hasNotText: /paused|running/ })
      .waitFor();
    expect(await feign().getAttribute("aria-pressed")).toBe("false");
    expect(await banner().count()).toBe(0);
  });

  test.each(["closes", "is taken away", "shows another cache"])("ends when the panel %s", async (how) => {
    if (how === "closes") await page.getByRole("button", { name: "Close", exact: true }).click();
    else if (how === "is taken away") await page.evaluate(() => window.unmount());
    else await page.getByLabel("Cache").selectOption("other");
    await expect.poll(isOnline).toBe(true);
  });
});

test("opens late and shows what was loaded before, of a cache as well", async () => {
  await page.evaluate(async () => {
    const { Cache, mountDevtools } = window.fixture;
    window.cache = new Cache<string, unknown>({ maxCacheSize: 10 });
    mountDevtools(window.cache);
  });
  await page.waitForFunction(() => window.cache.flights.listeners.size > 1);
  await page.evaluate(async () => {
    await window.cache.getOrLoad("user:1", async () => 1);
    await window.cache.getOrLoad("user:2", () => Promise.reject(new Error("offline"))).catch(() => undefined);
  });
  await page.getByRole("button", { name: /Macho/ }).click();
  await tab("Loads").click();
  await row("user:2").filter({ hasText: "failed · Error: offline" }).waitFor();
  expect(await rows().count()).toBe(2);
  // The toolbar is on one line, and the last card has its row to itself.
  const toolbar = page.getByRole("region", { name: "Loads over time" }).locator("header");
  expect((await toolbar.boundingBox())!.height).toBeLessThan(30);
  const lists = page.getByRole("region", { name: "Slowest and failing most" });
  expect((await lists.boundingBox())!.width).toBeGreaterThan(1_200);
});

test.each([
  ["light", 1280, 780],
  ["dark", 1280, 780],
  ["light", 390, 844],
  ["dark", 390, 844],
] as const)(
  "has nothing that axe finds, and nothing beside its edges, %s at %i px",
  async (colorScheme, width, height) => {
    await reopen({ bypassCSP: true, colorScheme, viewport: { width, height } });
    await launchClient();
    await loadAll();
    await row('["film","runs"]').waitFor();
    expect(await findings()).toEqual([]);
    expect(await sideways()).toEqual([]);
    await row('["film","flaky"]').click();
    await page.getByRole("region", { name: "Chosen load" }).waitFor();
    expect(await findings()).toEqual([]);
    expect(await focused()).toBeDefined();
  },
);
