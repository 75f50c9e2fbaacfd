import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allPolicies } from "macho-cache/policies";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packOnce } from "../../scripts/pack.mjs";
import { visit } from "../package/site.ts";
import { findings } from "../support/built-engine.ts";
import { launchChromium } from "../support/chromium.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Nothing but the site's own files: no inline script, no eval. */
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src data:";

let browser: Browser;

beforeAll(async () => {
  packOnce();
  browser = await launchChromium();
});

afterAll(() => browser?.close());

test("the engine runs in a page, a worker and a service worker, under a policy without eval", async () => {
  const complaints = await visit(
    browser,
    ROOT,
    async (page) => {
      const [inPage, inWorker, inServiceWorker, evaluated] = await page.evaluate(
        () => (globalThis as unknown as { results: Promise<unknown[]> }).results,
      );
      expect(inPage).toEqual({
        kept: Object.fromEntries(Object.keys(allPolicies).map((name) => [name, 20])),
        loaded: "loaded",
        imported: 1,
        cause: "expired",
        size: 0,
      });
      expect(inWorker).toEqual(inPage);
      expect(inServiceWorker).toEqual(inPage);
      expect(evaluated).toBe("forbidden");
    },
    "test/e2e/places/index.html",
    { "content-security-policy": POLICY },
  );
  expect(complaints).toEqual([]);
});

test("the built engine names no module of Node, awaits nothing at its top level and evaluates no text", () => {
  expect(findings(join(ROOT, "dist/core"))).toEqual([]);
});
