// What the engine's other figures need, each in a process of its own: bench/extra.mjs NAME. Run by run.mjs.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { browserBytes } from "./browser-bytes.mjs";
import { environment, median, writeResults } from "./statistics.mjs";

const ROUNDS = 7;

function run(name, dist = resolve("dist")) {
  const args = ["--expose-gc", "bench/extra.mjs", name, dist];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

/** What counts, by file, and how many such statements there are at least. A semicolon stays: it may be a whole branch. */
const COUNTERS = [
  {
    file: "core/lru/store.js",
    counter: /this\.(hits|misses|sets|refused|replaced|evicted|expired|deleted)\+\+;|this\[cause\]\+\+;/g,
    least: 6,
  },
  { file: "core/shard.js", counter: /this\.#setup\.lifespans\.record\([^;]*\);/g, least: 2 },
];

/** A copy of the engine that counts nothing. */
function withoutMetrics() {
  const folder = mkdtempSync(join(tmpdir(), "macho-bench-"));
  cpSync("dist", folder, { recursive: true });
  for (const { file, counter, least } of COUNTERS) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    if ((text.match(counter)?.length ?? 0) < least) throw new Error(`The counters of ${file} were not found.`);
    writeFileSync(path, text.replaceAll(counter, ";"));
  }
  return folder;
}

const silent = withoutMetrics();
// The ratio of each round, so that both sides saw the same noise.
const pairs = {
  "all policies": () => [run("after all policies"), run("plain")],
  metrics: () => [run("plain"), run("plain", silent)],
  ttl: () => [run("plain"), run("without ttl")],
  "listener that left": () => [run("listener left"), run("plain")],
};
const ratios = {};
for (const [name, pair] of Object.entries(pairs)) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const [one, other] = pair();
    return Object.fromEntries(Object.keys(one).map((workload) => [workload, one[workload] / other[workload]]));
  });
  const workloads = Object.keys(rounds[0]);
  ratios[name] = Object.fromEntries(
    workloads.map((workload) => [workload, median(rounds.map((round) => round[workload]))]),
  );
  console.log(name, ratios[name]);
}
rmSync(silent, { recursive: true });

// The longest of a single run says what else the machine did; the median of several says what growing takes.
const names = ["growth 256", "growth 1", "growth map"];
const grown = Array.from({ length: ROUNDS }, () => names.map((name) => run(name)));
const growth = Object.fromEntries(
  names.map((name, index) => {
    const of = (figure) => median(grown.map((round) => round[index][figure]));
    return [name, { longest: of("longest"), total: of("total") }];
  }),
);
console.log(growth);
const results = { ratios, empty: run("empty"), growth, browser: await browserBytes() };
console.log(results.empty, results.browser);
writeResults("extras", { environment: { ...environment(), rounds: ROUNDS }, ...results });
