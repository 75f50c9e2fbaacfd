/** Rows of the results, in the order of the table; `per` is what a value is divided by. */
const ROWS = [
  { row: "mount distinct: first", head: "5,000 hooks mount, 5,000 keys: the first in a page, ms" },
  { row: "mount distinct: again", head: "the same again, ms" },
  { row: "mount shared: first", head: "5,000 hooks mount, 50 keys: the first in a page, ms" },
  { row: "mount shared: again", head: "the same again, ms" },
  {
    row: "update many: shown",
    head: "2,000 of 5,000 keys on screen are set, until all show; 50 rows are siblings, ms",
  },
  { row: "update many in a flat list: shown", head: "the same, when all rows are siblings, ms" },
  { row: "update one: shown", head: "1 key of 5,000 hooks is set, until all show it, ms" },
  { row: "store: get", head: "`getQueryData`, µs", per: 1e3 },
  { row: "store: set", head: "`setQueryData` of a known key, µs", per: 1e3 },
  { row: "store: exact", head: "invalidation of 1 of 20,000 queries, µs", per: 1e3 },
  { row: "store: prefix", head: "invalidation of 10 of 20,000 by prefix, µs", per: 1e3 },
  { row: "store: firstPrefix", head: "the first one by prefix in a page, µs", per: 1e3 },
  { row: "store: secondPrefix", head: "the second one, µs", per: 1e3 },
  { row: "store: tag", head: "invalidation of 10 of 20,000 by tag, µs", per: 1e3 },
  { row: "store: predicate", head: "invalidation of 10 of 20,000 by a function, µs", per: 1e3 },
  { row: "store: fetching", head: "`isFetching()` beside 20,000 queries, µs", per: 1e3 },
  { row: "entry: bytes", head: "bytes an entry that no hook reads, at 20,000" },
];

const BASE = "macho";

function number(value) {
  if (value >= 10) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 1 ? 1 : 2);
}

export function hooksTable({ environment, subjects, rows }) {
  const names = Object.keys(subjects);
  const labels = names.map(
    (name) => subjects[name].label + (subjects[name].version ? ` ${subjects[name].version}` : ""),
  );
  const value = (row, name, per = 1) => number(rows[row].median[name] / per);
  const cell = (row, name, per) => {
    if (rows[row]?.median[name] === undefined) return "";
    return name === BASE ? value(row, name, per) : `${value(row, name, per)} (${number(rows[row].ratio[name])})`;
  };
  const { chromium, react, cpu, rounds } = environment;
  return [
    `| | ${labels.join(" | ")} |`,
    `|---|${names.map(() => "---:").join("|")}|`,
    ...ROWS.map(({ row, head, per }) => `| ${head} | ${names.map((name) => cell(row, name, per)).join(" | ")} |`),
    "",
    `In parentheses: times Macho's, within a round; above 1, Macho needs less. Chromium ${chromium}, React ${react}, ${cpu}; production builds, medians of ${rounds} interleaved rounds, each subject and workload in a page of its own. Data is warm and fresh, and no fetcher runs. The list is not displayed, so layout is not in the times. Updates are one loop of single calls; inside its \`notifyManager.batch\`, TanStack Query needs ${value("update many: shown", "tanstack in a batch")} ms for the 2,000. The bytes are without key and data, and with timers; with \`gcTime: Infinity\`, TanStack Query has no timer an entry and needs ${value("entry: bytes", "tanstack without gc")}. The first question by prefix looks at every key, and the second builds Macho's index. The last column is what a hook over a client takes of React. \`npm run bench -- hooks\` writes this table.`,
  ].join("\n");
}
