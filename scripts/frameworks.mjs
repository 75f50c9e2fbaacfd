// npm run test:frameworks: apps of other tools, built from the packed package and driven in a browser, one by one.
// Arguments are names of apps; without any, all of them run.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium, ensureDependencies, run, runTool } from "./setup.mjs";

const CHECKS = "test/frameworks";
const REPORTS = ".tmp/frameworks";
/** Where the counts of all apps go, in the words of the test runner. */
const TOTAL = process.env.TEST_REPORT ?? join(REPORTS, "total.json");
/** The most telling; the others come after them. */
const FIRST = ["next", "react-router", "vite-ssr", "vite", "workerd"];

const all = readdirSync(CHECKS).flatMap((file) => /^(.+)\.check\.ts$/.exec(file)?.[1] ?? []);
const inOrder = [...FIRST, ...all.filter((name) => !FIRST.includes(name)).toSorted()];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no app ${unknown.join(", ")}. Pass some of ${inOrder.join(" ")}.`);
  process.exit(1);
}

/** Packs once for all apps. @returns the path of the tarball */
function pack(folder) {
  const packed = run("npm", ["pack", "--pack-destination", folder, "--loglevel", "error"]);
  const tarball = packed && readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (!tarball) throw new Error("npm pack failed; see its messages above.");
  return join(folder, tarball);
}

/** Tests by outcome. An app that was not installed or did not build has failed, also where no test says so. */
function outcomeOf(name, report, succeeded) {
  const none = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  const told = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : none;
  const { numPassedTests: passed, numFailedTests: failed, testResults } = told;
  if (succeeded || failed > 0) return { passed, failed, testResults };
  const failureMessages = testResults.map(({ message }) => message);
  const assertionResults = [{ fullName: "the app is installed and built", status: "failed", failureMessages }];
  return {
    passed,
    failed: 1,
    testResults: [{ name: `${CHECKS}/${name}.check.ts`, status: "failed", assertionResults }],
  };
}

function check(name) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const report = join(REPORTS, `${name}.json`);
  const files = ["--config", `${CHECKS}/vitest.config.ts`, `${CHECKS}/${name}.check.ts`];
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${report}`];
  const succeeded = runTool("vitest", ["run", ...files, ...reporters]);
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  return { name, minutes, ...outcomeOf(name, report, succeeded) };
}

const line = ({ name, minutes, passed, failed }) => `${name}: ${passed} passed, ${failed} failed, ${minutes} min`;

ensureDependencies();
ensureChromium();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "macho-pack-"));
try {
  process.env.MACHO_TARBALL = pack(folder);
  const outcomes = [];
  for (const name of asked.length > 0 ? asked : inOrder) {
    outcomes.push(check(name));
    console.log(line(outcomes.at(-1)));
  }
  const sum = (field) => outcomes.reduce((total, each) => total + Number(each[field]), 0);
  const [passed, failed] = [sum("passed"), sum("failed")];
  const testResults = outcomes.flatMap((outcome) => outcome.testResults);
  writeFileSync(TOTAL, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }));
  console.log(`\n${outcomes.map(line).join("\n")}\n\n${sum("minutes").toFixed(1)} minutes`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
