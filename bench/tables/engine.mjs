import { geometric } from "../statistics.mjs";

const number = (value) => value.toFixed(value < 10 ? 1 : 0);

export function engineTable({ environment, subjects, cells, bytes }) {
  const names = Object.keys(subjects);
  const row = (head, pick) => `| ${head} | ${names.map(pick).join(" | ")} |`;
  const labels = names.map(
    (name) => `${subjects[name].label}${subjects[name].version ? ` (${subjects[name].version})` : ""}`,
  );
  return [
    `| ns an operation | ${labels.join(" | ")} |`,
    `|---|${names.map(() => "---:").join("|")}|`,
    ...cells.map(({ workload, keys, size, ns }) =>
      row(`${workload}, ${keys} keys, ${size.toLocaleString("en")}`, (name) => number(ns[name])),
    ),
    row("**times as fast as it**, geometric mean", (name) => {
      const ratio = geometric(cells.map((cell) => cell.ratio[name])).toFixed(2);
      return name === "macho" ? "1" : `**${ratio}**`;
    }),
    row("bytes an entry, 200,000 string keys", (name) => number(bytes[name])),
    "",
    `Node ${environment.node}, ${environment.cpu}. Medians of ${environment.rounds} interleaved rounds, each library in a process of its own; ratios within a round, above 1: Macho (LRU, with ttl and metrics) is faster. zipf: a get, and on a miss a set, over ten times as many keys as fit; evict: every set is of a new key. \`npm run bench\` writes this table.`,
  ].join("\n");
}
