// Bytes an entry in Chromium, at 200,000 string keys: columns and other memory outside of the heap included.
import { build } from "esbuild";
import { chromium } from "playwright";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";
import { alive } from "./browser.mjs";

const ENTRIES = 200_000;
const PAGE = `
import { Cache } from "./dist/core/index.js";
import { LRUCache } from "lru-cache";
const make = {
  macho: (maxCacheSize) => new Cache({ maxCacheSize, ttl: 600_000 }),
  "lru-cache with ttl": (max) => new LRUCache({ max, ttl: 600_000 }),
  map: () => new Map(),
};
const keys = Array.from({ length: ${ENTRIES} }, (_, index) => "user:" + index + ":profile");
globalThis.warm = (name) => { make[name](10).set("", 0); };
globalThis.fill = (name) => {
  const cache = (globalThis.kept = make[name](${ENTRIES}));
  for (let index = 0; index < keys.length; index++) cache.set(keys[index], index);
};
`;

/** A context of its own means a process of its own. */
async function bytesOf(browser, code, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addScriptTag({ content: code });
  const session = await context.newCDPSession(page);
  await page.evaluate((subject) => globalThis.warm(subject), name);
  const before = await alive(session);
  await page.evaluate((subject) => globalThis.fill(subject), name);
  const bytes = ((await alive(session)) - before) / ENTRIES;
  await context.close();
  return bytes;
}

/** By subject; and the browser's version. */
export async function browserBytes() {
  const stdin = { contents: PAGE, resolveDir: process.cwd() };
  const bundle = { stdin, bundle: true, format: "iife", write: false, tsconfigRaw: {} };
  const { outputFiles } = await build(bundle);
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const bytes = {};
    for (const name of ["macho", "lru-cache with ttl", "map"])
      bytes[name] = await bytesOf(browser, outputFiles[0].text, name);
    return { chromium: browser.version(), bytes };
  } finally {
    await browser.close();
  }
}
