// One process, one subject: ns an operation of each workload at each size, as JSON. Run by engine.mjs.
import { median } from "./statistics.mjs";
import { checkBound } from "./sanity.mjs";
import { SUBJECTS } from "./subjects.mjs";
import { KEYS, OPERATIONS, replay, REPLAY_SIZE, WORKLOADS } from "./workloads.mjs";

const SIZES = [1_000, 10_000, 100_000];
/** Ms for which a cell runs before it is measured: until then, engines have compiled what it runs, also after a change of course. */
const WARM_UP = 150;
const SAMPLES = 9;

const subject = SUBJECTS[process.argv[2]];
const make = await subject.make();
checkBound(make, subject);
const sizes = SIZES.filter((size) => size <= (subject.largest ?? Infinity));
let sink = 0;
function* plan() {
  for (const [workload, prepare] of Object.entries(WORKLOADS))
    for (const [keys, key] of Object.entries(KEYS))
      for (const size of sizes) yield { workload, keys, size, start: () => prepare(make(size), size, key) };
  for (const [keys, key] of Object.entries(KEYS))
    yield { workload: "replay", keys, size: REPLAY_SIZE, start: () => replay(make(REPLAY_SIZE), key) };
}

const cells = [];
for (const { workload, keys, size, start } of plan()) {
  const run = start();
  if (!run) continue;
  const until = performance.now() + WARM_UP;
  do sink += run();
  while (performance.now() < until);
  const samples = Array.from({ length: SAMPLES }, () => {
    const began = performance.now();
    sink += run();
    return ((performance.now() - began) * 1e6) / OPERATIONS;
  });
  cells.push({ workload, keys, size, ns: median(samples) });
  // The next cell starts with a clean heap and a task of its own.
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve));
}
// What was computed is used, so that no loop can be dropped.
process.stdout.write(JSON.stringify({ cells, sink }));
