// What advice comes to: a test plays each load through the engine, with what is advised and without it, and writes what it
// saw, also where that is not what is aimed at. Run by run.mjs.
import { existsSync, rmSync } from "node:fs";
import { runTool } from "../scripts/setup.mjs";

const RESULTS = "bench/results/advice.json";

rmSync(RESULTS, { force: true });
const env = { ...process.env, ADVICE_RESULTS: RESULTS };
runTool("vitest", ["run", "--project=slow", "test/simulate/advice.slow.test.ts"], { env });
process.exitCode = existsSync(RESULTS) ? 0 : 1;
