// What a record takes, and what a page with the devtools takes after minutes. Part of panel.mjs.
import { setTimeout } from "node:timers/promises";
import { alive } from "./browser.mjs";
import { hurry } from "./fast-time.mjs";

const CACHES = 4;
/** Minutes of simulated time. Samples of the first ten are kept; then nothing may grow. What waits for the collector varies by 0.2 MB. */
const MINUTES = 24;
const FULL = 10;
const POLLING = 20;

const MEMORIES = [
  "keys that stay",
  "keys that stay, with ttl and weight",
  "keys of 10 characters that leave",
  "keys of 200 characters that leave",
  "keys of 10,000 characters that leave",
];

/** Bytes of one cache's record, beside caches that are not recorded. */
const remembering = (visit) => (load) =>
  visit(async (page, context) => {
    const session = await context.newCDPSession(page);
    const grown = async (...args) => {
      const before = await alive(session);
      await page.evaluate((given) => bench.remember(...given), args);
      return (await alive(session)) - before;
    };
    // Code is loaded and compiled, and the second time nothing of it counts.
    for (const isRecorded of [false, true]) await grown(load, isRecorded, 1);
    const bare = await grown(load, false, CACHES);
    return ((await grown(load, true, CACHES)) - bare) / CACHES;
  });

/** Megabytes alive after each minute of a page whose time runs as fast as it can, from before the devtools on. */
const living = (visit) => (isOpen) =>
  visit(async (page, context) => {
    const session = await context.newCDPSession(page);
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries"}'));
    await page.evaluate(hurry);
    const sizes = [await alive(session)];
    await page.evaluate((open) => bench.live(open), isOpen);
    // Code comes from the server, in the time of the server.
    while (!(await page.evaluate((open) => bench.isLive(open), isOpen))) await setTimeout(POLLING);
    for (let minute = 0; minute < MINUTES; minute++) {
      await page.evaluate(() => advance(60_000));
      sizes.push(await alive(session));
    }
    return sizes.map((bytes) => bytes / 1e6);
  });

/** The slope of the line through these, a step. */
function slopeOf(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [above, below] = values.reduce(
    ([up, down], value, at) => [up + (at - middle) * (value - mean), down + (at - middle) ** 2],
    [0, 0],
  );
  return above / below;
}

/** Bytes of a cache's record by what was done with the cache. */
export async function recordBytes(visit) {
  const bytes = {};
  for (const load of MEMORIES) bytes[load] = await remembering(visit)(load);
  return bytes;
}

/** Megabytes by the minute, closed and open: what they have grown by after ten, and kB that each further one adds. */
export async function minutes(visit) {
  const lives = {};
  for (const [name, isOpen] of Object.entries({ closed: false, open: true })) {
    const sizes = await living(visit)(isOpen);
    lives[name] = { grown: sizes[FULL] - sizes[0], slope: 1_000 * slopeOf(sizes.slice(FULL)), sizes };
  }
  return lives;
}
