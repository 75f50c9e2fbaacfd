// A production build of bench/hooks, in a Chromium whose pages know nothing of each other.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";

const SITE = {
  configFile: false,
  logLevel: "error",
  root: fileURLToPath(new URL("hooks", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../.tmp/bench-hooks", import.meta.url)),
    emptyOutDir: true,
    minify: true,
  },
  preview: { host: "127.0.0.1", port: 0 },
};

/** Gives `use` the browser's version and `visit`, which runs a function with a fresh page, and ends both afterwards. */
export async function withBrowser(use) {
  await build(SITE);
  const server = await preview(SITE);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_FLAGS, "--js-flags=--expose-gc"],
  });
  const [url] = server.resolvedUrls.local;
  try {
    return await use({ version: browser.version(), visit: (act) => visit(browser, url, act) });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A context of its own means a process of its own: no code is warm, and nothing is left on the heap. */
async function visit(browser, url, act) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error));
  try {
    await page.goto(url);
    await page.waitForFunction("globalThis.bench");
    const result = await act(page, context);
    if (complaints.length > 0) throw complaints[0];
    return result;
  } finally {
    await context.close();
  }
}
