/** Which figures were measured when, and on what. */
const PARTS = [
  ["engine", "The engine"],
  ["extras", "Memory, growth and cost of the engine's features"],
  ["policies", "Hit ratios of policies"],
  ["hooks", "Hooks and clients"],
  ["sharing", "Sharing of answers"],
  ["recording", "Recording"],
  ["panel", "The panel"],
  ["sizes", "Weights"],
  ["advice", "Advice"],
  ["persist", "Persistence"],
  ["fleet", "A fleet of servers"],
];

const HOSTS = [
  ["node", "Node"],
  ["chromium", "Chromium"],
  ["react", "React"],
  ["redis", "Redis"],
  ["esbuild", "esbuild"],
];

/** What a part ran on, as far as its results tell. */
const hostsOf = (environment = {}) =>
  HOSTS.flatMap(([field, name]) => (environment[field] === undefined ? [] : [`${name} ${environment[field]}`]));

/** A row for each part of `npm run bench`. @param results gives the results of a part by its name */
export function measuredTable(results) {
  const rows = PARTS.map(([part, title]) => {
    const { measured, environment } = results(part);
    const machine = environment?.cpu === undefined ? "any: they are counted" : `${environment.cpu}, a virtual machine`;
    return `| ${title} | ${measured} | ${machine} | ${hostsOf(environment).join(", ")} | \`npm run bench -- ${part}\` |`;
  });
  return ["| figures | day | machine | with | measured again by |", "|---|---|---|---|---|", ...rows].join("\n");
}

const MISSED = /^\| (.+) \| (.+) \| (.+) \| \*\*not reached\*\* \|$/gm;

/** Every aim that was missed, out of the tables of aims. @param tables their titles, anchors and texts */
export function missedTable(tables) {
  const rows = tables.flatMap(([title, anchor, text]) =>
    Array.from(
      text.matchAll(MISSED),
      ([, what, aim, measured]) => `| [${title}](#${anchor}) | ${what} | ${aim} | ${measured} |`,
    ),
  );
  return [
    `${rows.length} aims are not reached. The linked sections have all aims, and why these were missed.`,
    "",
    "| | | aim | measured |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
