// A production build of a folder of bench/, in a Chromium whose pages know nothing of each other.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";

const siteOf = (folder) => ({
  configFile: false,
  logLevel: "error",
  root: fileURLToPath(new URL(folder, import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL(`../.tmp/bench-${folder}`, import.meta.url)),
    emptyOutDir: true,
    minify: true,
  },
  resolve: { dedupe: ["@tanstack/query-core"] },
  // As files with a hash in their names are served.
  preview: { host: "127.0.0.1", port: 0, headers: { "Cache-Control": "max-age=31536000, immutable" } },
});

/** Gives `use` the address of the built site, and takes it down afterwards. */
export async function withSite(folder, use) {
  const site = siteOf(folder);
  await build(site);
  const server = await preview(site);
  try {
    return await use(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
}

/**
 * Gives `use` the browser's version and `visit`, which runs a function with a fresh page, and ends both afterwards. A
 * second function may prepare the page before it loads.
 */
export async function withBrowser(folder, use) {
  await withSite(folder, async (url) => {
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...CHROMIUM_FLAGS, "--js-flags=--expose-gc"],
    });
    try {
      return await use({ version: browser.version(), visit: (act, prepare) => visit(browser, url, act, prepare) });
    } finally {
      await browser.close();
    }
  });
}

/** A context of its own means a process of its own: no code is warm, and nothing is left on the heap. */
async function visit(browser, url, act, prepare) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error));
  try {
    await prepare?.(page);
    await page.goto(url);
    await page.waitForFunction("globalThis.bench");
    const result = await act(page, context);
    if (complaints.length > 0) throw complaints[0];
    return result;
  } finally {
    await context.close();
  }
}

/** Bytes that are alive, with what is held outside of the JavaScript heap: typed arrays, timers. */
export async function alive(session) {
  for (let pass = 0; pass < 2; pass++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}
