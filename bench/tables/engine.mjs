import { geometric } from "../statistics.mjs";

const number = (value) => value.toFixed(value < 10 ? 1 : 0);
const ratio = (value) => value.toFixed(2);
const labelOf = ({ label, version }) => `${label}${version ? ` (${version})` : ""}`;
const BASE = "macho";

/** How many times as fast as each other subject Macho is: geometric means over key kinds and sizes. */
export function engineTable({ environment, subjects, cells, bytes }) {
  const names = Object.keys(subjects).filter((name) => name !== BASE);
  const workloads = [...new Set(cells.map(({ workload }) => workload))];
  const mean = (name, chosen) => {
    const known = chosen.map((cell) => cell.ratio[name]).filter((each) => each !== undefined);
    return ratio(geometric(known));
  };
  const columns = workloads.map((workload) => cells.filter((cell) => cell.workload === workload));
  return [
    `| times as fast as | ${workloads.join(" | ")} | all | bytes an entry |`,
    `|---|${workloads.map(() => "---:").join("|")}|---:|---:|`,
    ...names.map((name) => {
      const parts = columns.map((chosen) => mean(name, chosen));
      return `| ${labelOf(subjects[name])} | ${parts.join(" | ")} | **${mean(name, cells)}** | ${number(bytes[name])} |`;
    }),
    `| ${labelOf(subjects[BASE])} | ${workloads.map(() => "1").join(" | ")} | **1** | ${number(bytes[BASE])} |`,
    "",
    `Above 1: Macho (LRU, with ttl and metrics) is faster. Node ${environment.node}, ${environment.cpu}. Medians of ${environment.rounds} interleaved rounds, each library in a process of its own and each figure after 150 ms of warm-up, ratios within a round; geometric means over string and integer keys and 1,000, 10,000 and 100,000 entries (@isaacs/ttlcache to 10,000; [each figure](#each-figure-of-the-engine)). zipf: a get, and on a miss a set, over ten times as many keys as fit; evict: every set is of a new key; replay: the requests of a web site's pages. Keys that are read are other strings than those stored. Bytes beyond key and value, at 200,000 string keys. \`npm run bench -- engine\` writes this table.`,
  ].join("\n");
}

/** Ns an operation, each cell. */
export function engineCells({ environment, subjects, cells }) {
  const names = Object.keys(subjects);
  return [
    `| ns an operation | ${names.map((name) => labelOf(subjects[name])).join(" | ")} |`,
    `|---|${names.map(() => "---:").join("|")}|`,
    ...cells.map(({ workload, keys, size, ns }) => {
      const head = `${workload}, ${keys} keys, ${size.toLocaleString("en")}`;
      return `| ${head} | ${names.map((name) => (name in ns ? number(ns[name]) : "")).join(" | ")} |`;
    }),
    "",
    `Medians of ${environment.rounds} rounds, Node ${environment.node}, ${environment.cpu}.`,
  ].join("\n");
}
