/** The workloads whose worst ratio is told against the bound, beside the two caches. */
const CACHES = ["LruCache", "Cache"];
const BOUND = 2;
const REAL_BOUND = 1.05;

/** What it costs to record a cache. */
export function recordingTable({ environment, entries, cells, client, bytes }) {
  const rows = cells.filter(({ cache }) => cache === CACHES[0]);
  const cell = (cache, { keys, workload }) => {
    const { off, on } = cells.find((each) => each.cache === cache && each.keys === keys && each.workload === workload);
    return `${off.toFixed(0)} to ${on.toFixed(0)} (${(on / off).toFixed(2)})`;
  };
  const worst = Math.max(...cells.map(({ off, on }) => on / off));
  const real = client.on / client.off;
  const verdict = (value, bound) => (value <= bound ? "reached" : "**not reached**");
  return [
    `| ns an operation, without and with a record | keys | ${CACHES.map((name) => `\`${name}\``).join(" | ")} |`,
    `|---|---|${CACHES.map(() => "---:").join("|")}|`,
    ...rows.map((row) => `| ${row.workload} | ${row.keys} | ${CACHES.map((name) => cell(name, row)).join(" | ")} |`),
    "",
    `The worst ratio is ${worst.toFixed(2)} (bound ${BOUND}: ${verdict(worst, BOUND)}). \`getQueryData\` of a client takes ${client.off.toFixed(0)} to ${client.on.toFixed(0)} ns, ${real.toFixed(2)} times as long (bound ${REAL_BOUND}: ${verdict(real, REAL_BOUND)}). A record of ${entries.toLocaleString("en")} entries takes ${(bytes / 1e6).toFixed(2)} MB. The least of 160 rounds by turns. Node ${environment.node}, ${environment.cpu}. \`npm run bench -- recording\` writes this table.`,
  ].join("\n");
}
