import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type RawTab, RawTabs } from "../support/raw-tabs.ts";
import { TierSite } from "../support/tier-site.ts";

let browser: Browser;
let site: TierSite;
let tabs: RawTabs;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), TierSite.start()]);
  tabs = await RawTabs.of(browser);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const SCOPE = "macho.ada.";
const open = (): Promise<RawTab> => tabs.open(site.url, '"tierPage" in globalThis');
/** What comes of a write that waits for so many ms. */
const write = (tab: RawTab, ms: number): Promise<unknown> =>
  tab.run(
    `tierPage.outcome(tierPage.tier.write(tierPage.changes("${SCOPE}own", 50, 100, [1, "b"]), "${SCOPE}"), ${ms})`,
  );

test("a tab that is frozen in the midst of its writes holds up no other tab", async () => {
  const frozen = await open();
  const other = await open();
  await other.show();
  expect(await frozen.run("document.visibilityState")).toBe("hidden");
  const freeze = (state: string): Promise<unknown> => frozen.send("Page.setWebLifecycleState", { state });
  await frozen.run(`tierPage.tier.list("${SCOPE}")`);

  // A transaction that goes on asking would do it: this is what is avoided.
  await frozen.run(`new Promise((resolve) => {
    indexedDB.open("macho-cache").onsuccess = ({ target: { result: db } }) => {
      const store = db.transaction(["meta", "data"], "readwrite").objectStore("meta");
      const until = performance.now() + 500;
      const goOn = () => {
        if (performance.now() < until) store.get(1).onsuccess = goOn;
        else db.close();
        resolve();
      };
      goOn();
    };
  })`);
  await freeze("frozen");
  expect(await write(other, 1_500)).toBe("hangs");
  await freeze("active");
  expect(await write(other, 20_000)).toEqual({ value: [] });

  // The slices of the tier are complete as soon as they are asked for.
  const answered = frozen.run(`(globalThis.writes = Array.from({ length: 20 }, (_, at) =>
    tierPage.tier.write(tierPage.changes("${SCOPE}" + at + "-", 50, 1_000, [2, "a"]), "${SCOPE}")), 1)`);
  await freeze("frozen");
  await answered;
  expect(await write(other, 20_000)).toEqual({ value: [] });
  expect(await other.run(`tierPage.tier.list("${SCOPE}").then(({ length }) => length)`)).toBe(1_050);
  await freeze("active");
  expect(await frozen.run("Promise.all(writes).then(({ length }) => length)")).toBe(20);
});
