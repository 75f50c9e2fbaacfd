// npm run bench: every subject in a process of its own, rounds interleaved, medians and ratios; then the README's table.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { run } from "../scripts/setup.mjs";
import { SUBJECTS } from "./subjects.mjs";

const ROUNDS = 7;
const BASE = "macho";

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;

function measure(subject) {
  const args = ["--expose-gc", "bench/measure.mjs", subject];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The benchmark of ${subject} failed:\n${stderr}`);
  return JSON.parse(stdout).cells;
}

if (!run(process.execPath, ["scripts/build.mjs"])) process.exit(1);
const names = Object.keys(SUBJECTS);
const rounds = [];
for (let round = 1; round <= ROUNDS; round++) {
  rounds.push(Object.fromEntries(names.map((name) => [name, measure(name)])));
  console.log(`round ${round} of ${ROUNDS}`);
}

const cells = rounds[0][BASE].map(({ workload, size }, index) => {
  const of = (pick) => Object.fromEntries(names.map((name) => [name, median(rounds.map((each) => pick(each, name)))]));
  const ns = of((each, name) => each[name][index].ns);
  // How many times as fast as each other subject, within a round: both saw the same noise.
  const ratio = of((each, name) => each[name][index].ns / each[BASE][index].ns);
  return { workload, size, ns, ratio };
});

const environment = { node: process.versions.node, cpu: cpus()[0]?.model ?? "unknown", rounds: ROUNDS };
const versions = { "lru-cache": versionOf("lru-cache") };
mkdirSync("bench/results", { recursive: true });
writeFileSync("bench/results/engine.json", `${JSON.stringify({ environment, versions, cells }, null, 2)}\n`);
run(process.execPath, ["bench/table.mjs"]);
