import fc from "fast-check";
import { test } from "vitest";
import { FuzzRun, fuzzRuns } from "../support/fuzz-run.ts";

/** Operations in all; `FUZZ_OPERATIONS=1000000` for the long run. */
const OPERATIONS = Number(process.env["FUZZ_OPERATIONS"] ?? 40_000);
const OPERATIONS_PER_CACHE = 250;
/** `FUZZ_SEED` runs again what another run printed. */
const SEED = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

test("a cache with any options holds what it must after any operations", async () => {
  let count = 0;
  console.log(`fuzz: FUZZ_SEED=${SEED} FUZZ_OPERATIONS=${OPERATIONS}`);
  const property = fc.asyncProperty(fuzzRuns(OPERATIONS_PER_CACHE), async ({ made, operations, isDisposedEarly }) => {
    const run = new FuzzRun(made);
    for (const next of operations) {
      await run.run(next);
      run.check();
    }
    count += operations.length;
    await run.end(isDisposedEarly);
  });
  await fc.assert(property, { seed: SEED, numRuns: Math.ceil((2 * OPERATIONS) / OPERATIONS_PER_CACHE) });
  console.log(`fuzz: ${count} operations`);
}, 3_600_000);
