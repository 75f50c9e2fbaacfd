// What it costs to open a panel, to have it open, and to have it mounted. Part of panel.mjs.
import { median, turned } from "./statistics.mjs";

const KEYS = 10_000;
const OPEN_ROUNDS = 7;
const WRITE_ROUNDS = 3;
const BURST_ROUNDS = 5;
/** Ms for which the page writes, and those that a panel has before it is looked at. */
const WRITING = 2_500;
const SETTLING = 1_000;

const OPENERS = [
  { name: "cache: entries", subject: "cache" },
  { name: "cache: overview", subject: "cache", page: "overview" },
  { name: "client: entries", subject: "client" },
  { name: "client: entries, pointer first", subject: "client", isApproached: true },
  { name: "tanstack", subject: "tanstack", isApproached: true },
];

/** Ms for which a reader's pointer is on a button before it presses. */
const APPROACH = 200;

/** What is written to at 1,000 keys, and on which page of the panel; "closed" is only mounted. */
const WRITERS = [
  { name: "cache: app alone", subject: "cache" },
  { name: "cache: closed", subject: "cache", page: "closed" },
  { name: "cache: overview", subject: "cache", page: "overview" },
  { name: "cache: entries", subject: "cache", page: "entries" },
  { name: "client: app alone", subject: "client" },
  { name: "client: closed", subject: "client", page: "closed" },
  { name: "client: entries", subject: "client", page: "entries" },
  { name: "tanstack: app alone", subject: "tanstack" },
  { name: "tanstack: closed", subject: "tanstack", page: "closed" },
  { name: "tanstack: open", subject: "tanstack", page: "open" },
];

const BURSTS = [
  { name: "app alone" },
  { name: "closed, recording off", page: "closed", recording: false },
  { name: "open, recording off", page: "entries", recording: false },
  { name: "closed", page: "closed" },
  { name: "overview", page: "overview" },
  { name: "entries", page: "entries" },
];

/** Rounds over all cases: what each gave, by its name. */
async function inRounds(what, rounds, cases, measure) {
  const values = Object.fromEntries(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const each of turned(cases, round)) values[each.name].push(await measure(each));
  console.log(`${what}: ${rounds} rounds`);
  return values;
}

/** What the panel's reader has chosen before. */
const remembered = ({ page = "entries", recording = true }) => ({
  name: "macho-devtools:",
  settings: JSON.stringify({ page: page === "closed" ? "entries" : page, recording, height: 420 }),
});

const withSettings = (chosen) => (page) =>
  page.addInitScript(({ name, settings }) => localStorage.setItem(name, settings), remembered(chosen));

const prepare = (page, ...args) => page.evaluate((given) => bench.prepare(...given), args);

const opening = (visit) => (each) =>
  visit(async (page) => {
    await prepare(page, each.subject, KEYS, true);
    // What was written while it was prepared is told first.
    await page.waitForTimeout(300);
    if (each.isApproached) await page.evaluate(() => bench.approach());
    await page.waitForTimeout(APPROACH);
    return page.evaluate(() => bench.open());
  }, withSettings(each));

/** Frames a second, and the share of its thread that the page takes, in percent. */
const writing = (visit) => (each) =>
  visit(async (page, context) => {
    const isOpen = each.page !== undefined && each.page !== "closed";
    await prepare(page, each.subject, 1_000, each.page !== undefined);
    if (isOpen) await page.evaluate(() => bench.open());
    await page.evaluate((ms) => bench.write(ms), SETTLING);
    const session = await context.newCDPSession(page);
    // Time of the processor, which does not go on while other programs have it.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const before = await busy(session);
    const frames = await page.evaluate((args) => bench.writeAndCount(...args), [WRITING, isOpen]);
    const after = await busy(session);
    const share = (100 * (after.TaskDuration - before.TaskDuration)) / (after.Timestamp - before.Timestamp);
    return { share, frames };
  }, withSettings(each));

async function busy(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

const bursting = (visit) => (each) =>
  visit(async (page) => {
    await prepare(page, "cache", 1_000, each.page !== undefined);
    if (each.page !== undefined && each.page !== "closed") await page.evaluate(() => bench.open());
    const run = (isAtOnce) => page.evaluate((once) => bench.burst(once), isAtOnce);
    await run(true);
    await run(false);
    return { "at once": await run(true), "in tasks": await run(false) };
  }, withSettings(each));

const mapValues = (object, map) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

/** Ms until 10,000 keys are shown, from the press of the button, in a page that has not loaded the panel's code. */
export async function openingTimes(visit) {
  const opened = await inRounds("opening", OPEN_ROUNDS, OPENERS, opening(visit));
  return {
    ms: mapValues(opened, (rounds) => ({ median: median(rounds), rounds })),
    // Of each round, so that both saw the same noise.
    ratio: median(opened["client: entries, pointer first"].map((ms, round) => ms / opened.tanstack[round])),
  };
}

/** While a page writes 1,000 times a second. */
export async function writingCosts(visit) {
  const written = await inRounds("writes", WRITE_ROUNDS, WRITERS, writing(visit));
  return mapValues(written, (rounds) => ({
    share: median(rounds.map(({ share }) => share)),
    frames: median(rounds.map(({ frames }) => frames)),
  }));
}

/** Ms of 200,000 gets and sets, and times those of the closed panel of the same round. */
export async function burstTimes(visit) {
  const bursts = await inRounds("bursts", BURST_ROUNDS, BURSTS, bursting(visit));
  const figures = (name, how) => ({
    ms: median(bursts[name].map((each) => each[how])),
    ratio: median(bursts[name].map((each, round) => each[how] / bursts.closed[round][how])),
  });
  return mapValues(Object.fromEntries(Object.keys(bursts).map((name) => [name, name])), (name) => ({
    "at once": figures(name, "at once"),
    "in tasks": figures(name, "in tasks"),
  }));
}
