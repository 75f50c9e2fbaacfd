// What it costs to write, beside few and beside many entries, and how long a page is held up. Part of persist.mjs.
import { longestTask } from "./longest-task.mjs";
import { visitOnce } from "./profile.mjs";
import { median, turned } from "./statistics.mjs";

const ROUNDS = 3;
const FEW = 100;
const MANY = 10_000;
/** Writes through their flushes, after some that nobody measures. */
const WRITES = 100;
const WRITES_OF_ALL = 10;
const WARM_UP = 5;
/** Ms that a change waits where the bench flushes itself. */
const LATER = 600_000;
/** Processors that are slower by so much, as those of telephones are. */
const SLOWER = 4;

async function busy(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

/** Ms that the page's thread was at work while `act` ran: time of the processor, which stands while others have it. */
async function workOf(session, act) {
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await busy(session);
  const result = await act();
  return { ...result, work: (await busy(session)) - before };
}

/** With few or with many entries stored. */
const writing = (url, subject, entries) =>
  visitOnce(url, async (page, context) => {
    const session = await context.newCDPSession(page);
    const delay = subject === "tanstack" ? 0 : LATER;
    await page.evaluate((args) => bench.prepare(...args), [subject, entries, delay]);
    await page.evaluate(() => bench.flushAll());
    await page.evaluate(() => bench.checkStored());
    await page.evaluate((count) => bench.write(count), WARM_UP);
    const count = subject === "tanstack" ? WRITES_OF_ALL : WRITES;
    const { ms, records, work } = await workOf(session, () => page.evaluate((times) => bench.write(times), count));
    return { ms, work: work / count, records: records / count };
  });

/** Many writes to ten keys, among a thousand entries. */
const hot = (url, subject) =>
  visitOnce(url, async (page, context) => {
    const session = await context.newCDPSession(page);
    await page.evaluate((args) => bench.prepare(...args), [subject, 1_000]);
    await page.evaluate(() => bench.flushAll());
    await page.evaluate(() => bench.checkStored());
    return workOf(session, () => page.evaluate(() => bench.writeHot()));
  });

/** Ms of the longest task while many entries are flushed. */
const flushing = (url, subject, slower) =>
  visitOnce(url, async (page, context) => {
    const session = await context.newCDPSession(page);
    await page.evaluate((args) => bench.prepare(...args), [subject, MANY, LATER]);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const longest = await longestTask(session, page, () => page.evaluate(() => bench.flushAll()));
    await page.evaluate(() => bench.checkStored());
    return { longest };
  });

const SUBJECTS = ["macho", "tanstack", "each"];
/** Ten thousand writes at once would take the persister of single queries half a minute then. */
const subjectsOf = (name) => (name === "slower flush" ? SUBJECTS.slice(0, 2) : SUBJECTS);
const CASES = {
  few: (url, subject) => writing(url, subject, FEW),
  many: (url, subject) => writing(url, subject, MANY),
  hot,
  flush: (url, subject) => flushing(url, subject, 1),
  "slower flush": (url, subject) => flushing(url, subject, SLOWER),
};

/** By case, subject and figure. */
export async function writes(url) {
  const results = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measure] of Object.entries(CASES))
      for (const subject of turned(subjectsOf(name), round))
        ((results[name] ??= {})[subject] ??= []).push(await measure(url, subject));
    console.log(`writes: round ${round + 1} of ${ROUNDS}`);
  }
  const mapValues = (object, map) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
  return mapValues(results, (subjects) =>
    mapValues(subjects, (rows) =>
      Object.fromEntries(Object.keys(rows[0]).map((figure) => [figure, median(rows.map((row) => row[figure]))])),
    ),
  );
}
