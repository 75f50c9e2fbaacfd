import type { Browser, BrowserContext } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchChromium } from "./chromium.ts";
import { TierSite } from "./tier-site.ts";

/** What the tests of a file about a tier in pages share. */
export interface TierWorld {
  readonly browser: Browser;
  readonly site: TierSite;
  /** Of one test alone: it begins without anything stored. */
  readonly context: BrowserContext;
}

/** Starts a browser and a site for the tests of this file, and ends both after them. */
export function setUpTierWorld(): TierWorld {
  const world = {} as { -readonly [K in keyof TierWorld]: TierWorld[K] };
  beforeAll(async () => {
    [world.browser, world.site] = await Promise.all([launchChromium(), TierSite.start()]);
  });
  beforeEach(async () => {
    world.context = await world.browser.newContext();
  });
  afterEach(() => world.context.close());
  afterAll(async () => {
    await world.browser?.close();
    await world.site?.stop();
  });
  return world;
}
