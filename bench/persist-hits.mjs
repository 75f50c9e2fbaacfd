// What persistence costs what does not ask the storage. Part of persist.mjs.
import { visitOnce } from "./profile.mjs";

const PAGES = 3;

/** Ns without and with it, by what is done: the least of several pages. */
export async function hits(url) {
  const pages = [];
  for (let page = 0; page < PAGES; page++) pages.push(await visitOnce(url, (it) => it.evaluate(() => bench.hits())));
  console.log(`hits: ${PAGES} pages`);
  const least = (name, side) => Math.min(...pages.map((page) => page[name][side]));
  return Object.fromEntries(
    Object.keys(pages[0]).map((name) => [name, { off: least(name, "off"), on: least(name, "on") }]),
  );
}
