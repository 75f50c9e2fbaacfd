// Every gate, one after the other, also after one that failed. The counts are those of the test runner, and one a gate.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { ensureChromium, ensureDependencies, run, runTool } from "./setup.mjs";

/** The runs of the tests, and where each says its counts. */
const RUNS = [
  { name: "npm test", args: ["test"], report: ".tmp/tests.json" },
  { name: "npm run test:slow", args: ["run", "test:slow"], report: ".tmp/slow-tests.json" },
  { name: "npm run test:frameworks", args: ["run", "test:frameworks"], report: ".tmp/frameworks.json" },
];

ensureDependencies();
ensureChromium();

const seconds = (since) => ((performance.now() - since) / 1_000).toFixed(0);
const outcomes = [];

function gate(name, check) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const passed = check();
  outcomes.push({ name, passed });
  console.log(`== ${name}: ${passed ? "passed" : "FAILED"} (${seconds(began)} s)`);
}

/** Tests by outcome, as the runner counted them. A file that could not be loaded is one failure. */
function countTests(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

const began = performance.now();
for (const { name, args, report } of RUNS) {
  rmSync(report, { force: true });
  const env = { ...process.env, TEST_REPORT: report };
  gate(name, () => run("npm", args, { env }));
}
gate("lint", () => runTool("oxlint", ["--type-aware", "--deny-warnings"]));
gate("arrows between rooms", () => run(process.execPath, ["scripts/arrows.mjs"]));
gate("format", () => runTool("oxfmt", ["--check"]));
gate("build", () => run(process.execPath, ["scripts/build.mjs"]));
gate("publint", () => runTool("publint", ["--strict"]));
// Everything resolves, also by the oldest rules; it is ESM, which CommonJS gets by import() or by Node's require().
const RESOLUTION = ["--profile", "strict", "--ignore-rules", "cjs-resolves-to-esm"];
gate("attw", () => runTool("attw", ["--pack", ".", ...RESOLUTION, "--format", "ascii"]));
gate("size", () => runTool("size-limit", []));
gate("unused code", () => runTool("knip", ["--no-config-hints"]));
gate("numbers in the README", () => run(process.execPath, ["bench/table.mjs", "--check"]));

const counts = RUNS.map(({ report }) => countTests(report));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const passed = sum(counts.map((count) => count.passed)) + outcomes.filter((outcome) => outcome.passed).length;
const failed = sum(counts.map((count) => count.failed)) + outcomes.filter((outcome) => !outcome.passed).length;
console.log(`\n${outcomes.length} gates and ${passed + failed - outcomes.length} tests in ${seconds(began)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
