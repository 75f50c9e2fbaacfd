// Writes the README's table from bench/results; with --check, fails when the README holds other numbers.
import { readFileSync, writeFileSync } from "node:fs";

const README = "README.md";
const { environment, versions, cells } = JSON.parse(readFileSync("bench/results/engine.json", "utf8"));

const number = (value) => value.toFixed(value < 10 ? 2 : 0);
const geometric = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

function table() {
  const rows = cells.map(({ workload, size, ns, ratio }) => {
    const figures = [ns.macho, ns["lru-cache"], ns.map].map((value) => `${number(value)} ns`);
    const ratios = [ratio["lru-cache"], ratio.map].map((value) => value.toFixed(2));
    return `| ${workload} | ${size.toLocaleString("en")} | ${[...figures, ...ratios].join(" | ")} |`;
  });
  const means = ["lru-cache", "map"].map((name) => geometric(cells.map(({ ratio }) => ratio[name])).toFixed(2));
  return [
    `| workload | entries | Macho, lru, ttl, metrics | lru-cache ${versions["lru-cache"]}, ttl | bare \`Map\`, unbounded | times lru-cache | times \`Map\` |`,
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows,
    `| geometric mean | | | | | **${means[0]}** | **${means[1]}** |`,
    "",
    `Node ${environment.node}, ${environment.cpu}; ns an operation, medians of ${environment.rounds} interleaved rounds, each library in a process of its own. Above 1: Macho is faster. \`npm run bench\` writes this table.`,
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
