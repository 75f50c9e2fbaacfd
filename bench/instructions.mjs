// Instructions an operation, which a noisy machine disturbs less than times: node bench/instructions.mjs, after a build.
// Needs Linux's `perf`. String keys, 1,000 entries; the difference of a long and a short run, medians of three.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.mjs";
import { SUBJECTS } from "./subjects.mjs";
import { KEYS, OPERATIONS, WORKLOADS } from "./workloads.mjs";

const NAMES = ["macho", "lru-cache with ttl", "mnemonist", "map"];
const SIZE = 1_000;
const SHORT = 60;
const LONG = 160;

function count(subject, workload, rounds) {
  const args = [process.execPath, fileURLToPath(import.meta.url), subject, workload, rounds];
  const { stderr, error } = spawnSync("perf", ["stat", "-x,", "-e", "instructions:u", ...args], { encoding: "utf8" });
  const counted = /^(\d+),/m.exec(stderr ?? "");
  if (error || !counted) throw new Error(`perf could not count instructions here: ${error?.message ?? stderr}`);
  return Number(counted[1]);
}

async function loop(subject, workload, rounds) {
  const make = await SUBJECTS[subject].make();
  const run = WORKLOADS[workload](make(SIZE), SIZE, KEYS.string);
  for (let round = 0; round < rounds; round++) run();
}

const [subject, workload, rounds] = process.argv.slice(2);
if (subject) await loop(subject, workload, Number(rounds));
else {
  for (const each of ["hit", "miss", "update", "evict"]) {
    for (const name of NAMES) {
      const more = Array.from({ length: 3 }, () => count(name, each, LONG) - count(name, each, SHORT));
      const perOperation = more.map((instructions) => Math.round(instructions / (LONG - SHORT) / OPERATIONS));
      console.log(
        `${each}, ${name}: ${median(perOperation)} (${Math.min(...perOperation)} to ${Math.max(...perOperation)})`,
      );
    }
  }
}
