import { aim, aimsTable } from "./aims.mjs";

const LABELS = {
  macho: "Macho",
  tanstack: "TanStack's `persistQueryClient`",
  each: "TanStack's persister of single queries",
  floor: "the limit",
};
const CLOCKS = {
  navigation: "since the navigation began",
  script: "since the page's script began",
  reload: "the page loaded anew, since its script began",
};

const two = (value) => value.toFixed(2);
function number(value) {
  if (value === undefined) return "";
  if (value >= 10) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 1 ? 1 : 2);
}
const kB = (size) => `${Number(size) / 1_000} kB`;
const head = (subjects) => [
  `| | ${subjects.map((subject) => LABELS[subject]).join(" | ")} |`,
  `|---|${subjects.map(() => "---:").join("|")}|`,
];

/** What writes cost, and how long they hold a page up. */
function writeRows(writes) {
  const rows = [
    ["one write through its flush, 100 entries stored, ms", "few", "ms"],
    ["the same, 10,000 entries stored, ms", "many", "ms"],
    ["work of the page's thread a write, 100 entries stored, ms", "few", "work"],
    ["the same, 10,000 entries stored, ms", "many", "work"],
    ["records written for it", "many", "records"],
    ["1,000 writes to 10 of 1,000 keys within half a second: records written", "hot", "records"],
    ["work of the page's thread for them, ms", "hot", "work"],
    ["longest task while 10,000 entries are flushed, ms", "flush", "longest"],
    ["the same, the processor slowed down four times, ms", "slower flush", "longest"],
  ];
  const subjects = ["macho", "tanstack", "each"];
  return [
    ...head(subjects),
    ...rows.map(
      ([what, name, figure]) =>
        `| ${what} | ${subjects.map((subject) => number(writes[name][subject]?.[figure])).join(" | ")} |`,
    ),
  ];
}

function firstRows(first) {
  const subjects = ["macho", "tanstack", "each", "floor"];
  const cell = (figures, subject) =>
    subject === "macho"
      ? number(figures[subject].ms)
      : `${number(figures[subject].ms)} (${two(figures[subject].ratio)})`;
  return [
    ...head(subjects),
    ...Object.entries(first).flatMap(([size, clocks]) =>
      Object.entries(clocks).map(
        ([clock, figures]) =>
          `| 200 entries of ${kB(size)}, ${CLOCKS[clock]}, ms | ${subjects.map((subject) => cell(figures, subject)).join(" | ")} |`,
      ),
    ),
  ];
}

/** What was measured of persistence. */
export function persistTable({ environment, writes, first, hits, redis }) {
  const { peers, chromium, react, node, cpu, loads } = environment;
  const versions = Object.entries(peers)
    .map(([name, version]) => `\`${name}\` ${version}`)
    .join(", ");
  const reads = Object.entries(hits).map(
    ([what, { off, on }]) => `\`${what}\` ${Math.round(off)} to ${Math.round(on)} ns (${two(on / off)})`,
  );
  const ofRedis = redis && [
    "",
    `A read through Redis on the same machine takes ${two(redis.tier)} ms (50th percentile; its bare client with \`JSON.parse\` ${two(redis.bare)}). 100 reads of one task ask for all by ${redis.commands} \`MGET\`, and take ${two(redis.together)} ms together.`,
  ];
  return [
    ...writeRows(writes),
    "",
    "A page is opened again after its browser was closed. Ms until 20 entries are in the document, of which the storage has 200:",
    "",
    ...firstRows(first),
    "",
    `In parentheses: times Macho's of the same round. The limit opens the database by the first line of the script, reads the 20 in one transaction, and sets a state of React. Without and with persistence, what asks no storage: ${reads.join(", ")}.`,
    ...(ofRedis ?? []),
    "",
    `Chromium ${chromium} with a profile on the disk, React ${react}, Node ${node}, ${cpu}; ${versions}. Medians of interleaved rounds, each in a browser of its own. Load of the machine while they were measured, on average of a minute: ${Object.entries(
      loads,
    )
      .map(([part, load]) => `${part} ${load}`)
      .join(", ")}. \`npm run bench -- persist\` writes this table.`,
  ].join("\n");
}

/** What was aimed at, and what came of it. */
export function persistAims({ writes, first, hits }) {
  const { few, many, hot, flush } = writes;
  const times = Math.max(many.macho.ms / few.macho.ms, many.macho.work / few.macho.work);
  const peers = many.tanstack.work / few.tanstack.work;
  const soonest = Object.entries(first).flatMap(([size, clocks]) =>
    ["script", "reload"].map((clock) => {
      const { tanstack, floor } = clocks[clock];
      const when = clock === "reload" ? "the page loaded anew" : "the browser just started";
      return aim(
        `first data, 200 entries of ${kB(size)}, ${when}: times sooner than TanStack's, since the script began`,
        "at least 2",
        `${two(tanstack.ratio)} (the limit: ${two(tanstack.ms / floor.ms)})`,
        tanstack.ratio >= 2,
      );
    }),
  );
  const reads = ["cache.get", "getQueryData"].map((name) => {
    const ratio = hits[name].on / hits[name].off;
    return aim(`\`${name}\` with persistence, to the same without`, "at most 1.05", two(ratio), ratio <= 1.05);
  });
  return aimsTable([
    aim(
      "one write with 10,000 entries stored, to one with 100: time, work of the thread, the larger",
      "at most 1.5",
      `${two(times)} (TanStack ${number(peers)})`,
      times <= 1.5,
    ),
    aim("1,000 writes to 10 keys: records written", "at most 20", String(hot.macho.records), hot.macho.records <= 20),
    aim(
      "longest task while 10,000 entries are flushed, ms",
      "under 50",
      `${number(flush.macho.longest)} (TanStack ${number(flush.tanstack.longest)})`,
      flush.macho.longest < 50,
    ),
    ...soonest,
    ...reads,
  ]);
}
