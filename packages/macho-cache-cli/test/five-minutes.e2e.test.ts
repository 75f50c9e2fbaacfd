// docs/hit-ratio-in-five-minutes.md, followed: the fault that is planted in the explorer is found by top, why and advise.
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startExplorer } from "../../../test/e2e/explorer-app.ts";
import { macho } from "./support/command.ts";
import { startChromium } from "./support/targets.ts";

let app: Awaited<ReturnType<typeof startExplorer>>;
let browser: Browser;
let port: number;
let page: Page;

beforeAll(async () => {
  app = await startExplorer();
  ({ browser, port } = await startChromium());
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${app.url}#/faults/unstable-key`);
  // Enough look-ups for advice.
  await page.waitForFunction(
    () => Number(document.querySelector("[data-testid=lookups]")?.textContent?.replaceAll(",", "")) > 4_000,
    undefined,
    { timeout: 120_000 },
  );
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const asked = (...words: string[]): ReturnType<typeof macho> =>
  macho([words[0]!, "--port", String(port), ...words.slice(1)]);

interface Top {
  readonly hitRatio: number | null;
}

test("the guide leads to the planted fault by list, top, why and advise, and the switch mends it", async () => {
  const list = await asked("list");
  expect(list.out).toMatch(/^Planted faults +lru +500 of 500 +0% /m);

  const top = await asked("top");
  expect(top.status).toBe(0);
  expect(top.out).toMatch(/evicted/i);
  expect(top.out).toContain("Unstable key: traceId is another one in each of");

  const keys = await asked("keys", "--limit", "1", "--json");
  const [{ key }] = JSON.parse(keys.out) as [{ key: string }];
  expect(key).toContain("traceId");
  const why = await asked("why", key);
  expect(why.out).toMatch(/written/i);
  expect(why.out).toMatch(/never read|not read|read 0|asked for/i);

  const advice = await asked("advise");
  expect(advice.status).toBe(1);
  expect(advice.out).toMatch(/^Caching cannot help here\.$/m);
  expect(advice.out).toContain("ask for a key that was not there to be stored before.");
  expect(advice.out).toContain("Unstable key: traceId is another one in each of");
  expect(advice.out).toContain("Leave it out of the key");

  await page.getByRole("switch", { name: "A key of the city alone" }).click();
  await expect
    .poll(async () => (JSON.parse((await asked("list", "--json")).out) as { caches: Top[] }).caches[0]!.hitRatio ?? 0, {
      timeout: 60_000,
      interval: 1_000,
    })
    .toBeGreaterThan(0.9);
  await page.waitForFunction(
    () => Number(document.querySelector("[data-testid=lookups]")?.textContent?.replaceAll(",", "")) > 6_000,
    undefined,
    { timeout: 120_000 },
  );
  expect((await asked("advise")).out).not.toContain("Unstable key");
});
