// One process, one subject: ns an operation of each workload at each size, as JSON. Run by engine.mjs.
import { median } from "./statistics.mjs";
import { SUBJECTS } from "./subjects.mjs";
import { KEYS, OPERATIONS, WORKLOADS } from "./workloads.mjs";

const SIZES = [1_000, 10_000];
const WARM_UPS = 6;
const SAMPLES = 7;

const make = await SUBJECTS[process.argv[2]].make();
let sink = 0;
function* plan() {
  for (const [workload, prepare] of Object.entries(WORKLOADS))
    for (const [keys, key] of Object.entries(KEYS))
      for (const size of SIZES) yield { workload, prepare, keys, key, size };
}

const cells = [];
for (const { workload, prepare, keys, key, size } of plan()) {
  const run = prepare(make(size), size, key);
  for (let round = 0; round < WARM_UPS; round++) sink += run();
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
