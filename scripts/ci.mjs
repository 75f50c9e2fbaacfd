// Every gate, one after the other, also after one that failed. The counts are those of the test runner, and one a gate.
// What failed is told once more at the end: the start of a long log may be lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { countTests, failureLines } from "./failures.mjs";
import { ensureChromium, ensureDependencies, ensureRedis } from "./setup.mjs";

/** The runs of the tests, and where each says its counts. */
const RUNS = [
  { name: "npm test", args: ["test"], report: ".tmp/tests.json" },
  { name: "npm run test:slow", args: ["run", "test:slow"], report: ".tmp/slow-tests.json" },
  { name: "npm run test:frameworks", args: ["run", "test:frameworks"], report: ".tmp/frameworks.json" },
];

ensureDependencies();
ensureChromium();
ensureRedis();

const seconds = (since) => ((performance.now() - since) / 1_000).toFixed(0);
const outcomes = [];

/** Lines at the end of a gate's output that are told again. */
const LAST = 30;

/** Runs a gate. `check` returns whether it passed, and which lines tell why it did not. */
async function gate(name, check) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const { passed, why } = await check();
  outcomes.push({ name, passed, why });
  console.log(`== ${name}: ${passed ? "passed" : "FAILED"} (${seconds(began)} s)`);
}

/** Runs a program, with its output as it comes. Its last lines say why it failed. */
async function runTold(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let last = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      process.stdout.write(text);
      last = (last + text).split("\n").slice(-LAST).join("\n");
    });
  }
  const [status] = await once(child, "close");
  return { passed: status === 0, why: last.trimEnd().split("\n") };
}

/** A run of tests: those that failed say why. */
async function runTests({ args, report }) {
  rmSync(report, { force: true });
  const { passed, why } = await runTold("npm", args, { env: { ...process.env, TEST_REPORT: report } });
  const failures = passed ? [] : failureLines(report);
  return { passed, why: failures.length > 0 ? failures : why };
}

const script = (path, ...args) => runTold(process.execPath, [path, ...args]);
const tool = (name, ...args) => script(`node_modules/.bin/${name}`, ...args);

const began = performance.now();
// oxlint-disable-next-line no-await-in-loop
for (const tests of RUNS) await gate(tests.name, () => runTests(tests));
await gate("lint", () => tool("oxlint", "--type-aware", "--deny-warnings"));
await gate("arrows between rooms", () => script("scripts/arrows.mjs"));
await gate("format", () => tool("oxfmt", "--check"));
await gate("build", () => script("scripts/build.mjs"));
await gate("publint", () => tool("publint", "--strict"));
// Everything resolves, also by the oldest rules; it is ESM, which CommonJS gets by import() or by Node's require().
const RESOLUTION = ["--profile", "strict", "--ignore-rules", "cjs-resolves-to-esm"];
await gate("build of the command", () => script("scripts/command.mjs"));
await gate("publint of the command", () => tool("publint", "packages/macho-cache-cli", "--strict"));
await gate("build of the lint rules", () => script("scripts/lint-plugin.mjs"));
await gate("publint of the lint rules", () => tool("publint", "packages/eslint-plugin-macho-cache", "--strict"));
await gate("attw", () => tool("attw", "--pack", ".", ...RESOLUTION, "--format", "ascii"));
await gate("size", () => tool("size-limit"));
await gate("size of further imports", () => script("scripts/weights.mjs"));
await gate("unused code", () => tool("knip", "--no-config-hints"));
await gate("numbers in the README", () => script("bench/table.mjs", "--check"));

const counts = RUNS.map(({ report }) => countTests(report));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const passed = sum(counts.map((count) => count.passed)) + outcomes.filter((outcome) => outcome.passed).length;
const failed = sum(counts.map((count) => count.failed)) + outcomes.filter((outcome) => !outcome.passed).length;
for (const { name, why } of outcomes.filter((outcome) => !outcome.passed)) {
  console.log(`\n== ${name} FAILED:\n${why.map((line) => `  ${line}`).join("\n")}`);
}
console.log(`\n${outcomes.length} gates and ${passed + failed - outcomes.length} tests in ${seconds(began)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
