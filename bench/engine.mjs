// The engine beside other caches: every subject in a process of its own, rounds interleaved, medians and ratios. Run by run.mjs.
import { spawnSync } from "node:child_process";
import { environment, median, versionOf, writeResults } from "./statistics.mjs";
import { SUBJECTS } from "./subjects.mjs";

const ROUNDS = 5;
const BASE = "macho";

function measure(script, subject) {
  const { stdout, status, stderr } = spawnSync(process.execPath, ["--expose-gc", script, subject], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The benchmark of ${subject} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

const names = Object.keys(SUBJECTS);
const rounds = [];
for (let round = 1; round <= ROUNDS; round++) {
  rounds.push(Object.fromEntries(names.map((name) => [name, measure("bench/measure.mjs", name).cells])));
  console.log(`round ${round} of ${ROUNDS}`);
}

const cells = rounds[0][BASE].map(({ workload, keys, size }) => {
  const isIt = (cell) => cell.workload === workload && cell.keys === keys && cell.size === size;
  const those = names.filter((name) => rounds[0][name].some(isIt));
  const of = (pick) => Object.fromEntries(those.map((name) => [name, median(rounds.map((each) => pick(each, name)))]));
  const nsOf = (each, name) => each[name].find(isIt).ns;
  // How many times as fast as each other subject, within a round: both saw the same noise.
  const ratio = of((each, name) => nsOf(each, name) / nsOf(each, BASE));
  return { workload, keys, size, ns: of(nsOf), ratio };
});
const bytes = Object.fromEntries(
  names.map((name) => [name, median(Array.from({ length: 3 }, () => measure("bench/bytes.mjs", name).bytes))]),
);

const subjects = Object.fromEntries(
  Object.entries(SUBJECTS).map(([name, { label, package: from }]) => [
    name,
    { label, version: from === undefined ? undefined : versionOf(from) },
  ]),
);
writeResults("engine", { environment: { ...environment(), rounds: ROUNDS }, subjects, cells, bytes });
