// When a page that is opened again shows what it stored. The browser is closed in between. Part of persist.mjs.
import { withSite } from "./browser.mjs";
import { Profile } from "./profile.mjs";
import { median, turned } from "./statistics.mjs";

const ROUNDS = 7;
/** Visits that nobody measures: then the browser has the page's code, and has compiled it. */
const WARM_UP = 2;
const SIZES = [1_000, 10_000];
const SUBJECTS = ["macho", "tanstack", "each", "floor"];
/** What is measured of a visit: since the navigation and the script began, and since the script of a reload began. */
const CLOCKS = ["navigation", "script", "reload"];

/** Gives `use` the address of each subject's site. */
const withSites = ([subject, ...others], use, urls = {}) =>
  subject ? withSite(`first-data/${subject}`, (url) => withSites(others, use, { ...urls, [subject]: url })) : use(urls);

const shown = (page) => page.evaluate(() => bench.shown());

/** The page after the browser's start, and once more: the browser has the database open by then. */
async function shownTwice(page) {
  const times = await shown(page);
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction("globalThis.bench");
  const { script: reload } = await shown(page);
  return { ...times, reload };
}

async function roundsOf(urls, size) {
  const profiles = Object.fromEntries(SUBJECTS.map((subject) => [subject, new Profile()]));
  try {
    for (const subject of SUBJECTS) {
      const visit = (act) => profiles[subject].visit(urls[subject], act);
      await visit((page) => page.evaluate((bytes) => bench.seed(bytes), size));
      for (let turn = 0; turn < WARM_UP; turn++) await visit(shown);
    }
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const row = {};
      for (const subject of turned(SUBJECTS, round))
        row[subject] = await profiles[subject].visit(urls[subject], shownTwice);
      times.push(row);
    }
    console.log(`first data, ${size} bytes: ${ROUNDS} rounds`);
    return times;
  } finally {
    for (const profile of Object.values(profiles)) profile.remove();
  }
}

/** Ms by a clock, and how many times Macho's of the same round. */
function figuresOf(rounds, clock) {
  const of = (subject, value) => median(rounds.map((row) => value(row[subject], row.macho)));
  return Object.fromEntries(
    SUBJECTS.map((subject) => [
      subject,
      {
        ms: of(subject, (times) => times[clock]),
        ratio: of(subject, (times, machos) => times[clock] / machos[clock]),
        rounds: rounds.map((row) => row[subject][clock]),
      },
    ]),
  );
}

export const firstData = () =>
  withSites(SUBJECTS, async (urls) => {
    const figures = {};
    for (const size of SIZES) {
      const times = await roundsOf(urls, size);
      figures[size] = Object.fromEntries(CLOCKS.map((clock) => [clock, figuresOf(times, clock)]));
    }
    return figures;
  });
