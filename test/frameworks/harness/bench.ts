import type { Browser } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { Api } from "./api.ts";

/** What the tests of a file share. */
export interface Bench {
  readonly browser: Browser;
  readonly api: Api;
}

/** A browser and an API, from before the first test of this file until after the last. */
export function setUpBench(): Bench {
  const bench = {} as { browser: Browser; api: Api };
  beforeAll(async () => {
    bench.api = await Api.start();
    bench.browser = await launchChromium();
  });
  afterAll(async () => {
    await bench.browser?.close();
    await bench.api?.stop();
  });
  return bench;
}
