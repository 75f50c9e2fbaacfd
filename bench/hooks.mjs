// Hooks and clients in Chromium, beside SWR, TanStack Query and a bare useSyncExternalStore. Run by run.mjs.
import { alive, withBrowser } from "./browser.mjs";
import { environment, median, turned, versionOf, writeResults } from "./statistics.mjs";

const ROUNDS = 7;
const BASE = "macho";

const SUBJECTS = {
  macho: { label: "Macho" },
  swr: { label: "SWR", package: "swr" },
  tanstack: { label: "TanStack Query", package: "@tanstack/react-query" },
  bare: { label: "bare `useSyncExternalStore`" },
  floor: { label: "the same with a context, a ref and an effect" },
};

const EVERYBODY = Object.keys(SUBJECTS);
const PLAN = [
  { kind: "hooks", workload: "mount distinct", subjects: EVERYBODY },
  { kind: "hooks", workload: "mount shared", subjects: EVERYBODY },
  { kind: "hooks", workload: "update many", subjects: [...EVERYBODY, "tanstack in a batch"] },
  { kind: "hooks", workload: "update many in a flat list", subjects: EVERYBODY },
  { kind: "hooks", workload: "update one", subjects: EVERYBODY },
  { kind: "store", workload: "store", subjects: ["macho", "tanstack"] },
  { kind: "bytes", workload: "entry", subjects: ["macho", "swr", "tanstack", "tanstack without gc"] },
];

const MEASURES = {
  hooks: (subject, workload) => (page) => page.evaluate((args) => bench.hooks(...args), [subject, workload]),
  store: (subject) => (page) => page.evaluate((name) => bench.store(name), subject),
  bytes: (subject) => async (page, context) => {
    const session = await context.newCDPSession(page);
    await page.evaluate((name) => bench.prepare(name), subject);
    const before = await alive(session);
    const entries = await page.evaluate(() => bench.fill());
    return { bytes: ((await alive(session)) - before) / entries };
  },
};

async function measureRound(visit, round) {
  const values = {};
  for (const { kind, workload, subjects } of PLAN)
    for (const subject of turned(subjects, round)) {
      const measured = await visit(MEASURES[kind](subject, workload));
      for (const [figure, value] of Object.entries(measured)) {
        const row = (values[`${workload}: ${figure}`] ??= {});
        row[subject] = value;
      }
    }
  console.log(`round ${round + 1} of ${ROUNDS}`);
  return values;
}

const mapValues = (object, map) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));

await withBrowser("hooks", async ({ version, visit }) => {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(visit, round));
  const rows = mapValues(rounds[0], (first, row) => ({
    median: mapValues(first, (_, subject) => median(rounds.map((each) => each[row][subject]))),
    // How many times as much as Macho within a round: both saw the same noise.
    ratio: mapValues(first, (_, subject) => median(rounds.map((each) => each[row][subject] / each[row][BASE]))),
    rounds: mapValues(first, (_, subject) => rounds.map((each) => each[row][subject])),
  }));
  const subjects = mapValues(SUBJECTS, ({ label, package: from }) => ({ label, version: from && versionOf(from) }));
  const { node, cpu } = environment();
  writeResults("hooks", {
    environment: { chromium: version, react: versionOf("react"), node, cpu, rounds: ROUNDS },
    subjects,
    rows,
  });
});
