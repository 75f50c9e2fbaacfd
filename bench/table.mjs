// Writes the README's table from bench/results; with --check, fails when the README holds other numbers.
import { readFileSync, writeFileSync } from "node:fs";

const README = "README.md";
const { environment, subjects, cells, bytes } = JSON.parse(readFileSync("bench/results/engine.json", "utf8"));
const names = Object.keys(subjects);

const number = (value) => value.toFixed(value < 10 ? 1 : 0);
const geometric = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
const row = (head, pick) => `| ${head} | ${names.map(pick).join(" | ")} |`;

function table() {
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

const readme = readFileSync(README, "utf8");
const written = readme.replace(
  /(<!-- bench:engine -->\n)[\s\S]*?(\n<!-- \/bench:engine -->)/,
  (_, start, end) => start + table() + end,
);
if (!process.argv.includes("--check")) writeFileSync(README, written);
else if (written !== readme || !readme.includes("<!-- bench:engine -->")) {
  console.error("The README's table is not the one of bench/results. Run: node bench/table.mjs");
  process.exitCode = 1;
} else console.log("The README's numbers are those of bench/results.");
