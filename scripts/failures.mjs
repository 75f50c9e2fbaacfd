import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

/** Lines of an error that say what it is; the rest is in the output of the run. */
const LINES = 12;

const read = (report) => (existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null);
const isBroken = ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0;

/** Tests by outcome, as the runner counted them. A file that could not be loaded is one failure. */
export function countTests(report) {
  const told = read(report);
  if (!told) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = told;
  return { passed: numPassedTests, failed: numFailedTests + testResults.filter(isBroken).length };
}

/** The first lines of errors, further in. */
function firstLines(errors) {
  const lines = errors.flatMap((error) => error.trimEnd().split("\n").slice(0, LINES));
  return lines.map((line) => `    ${line}`);
}

/** One file: its tests that failed, and what failed around them. */
function failuresOfFile({ name: path, project, message, errors, assertionResults, ...result }) {
  const file = [project, relative(process.cwd(), path)].filter(Boolean).join(" | ");
  const failed = assertionResults.filter(({ status }) => status === "failed");
  const ofTests = failed.flatMap((test) => [`${file} | ${test.fullName}`, ...firstLines(test.failureMessages)]);
  const ofFile = errors ?? (message ? [message] : []);
  const isTold = ofFile.length === 0 && (failed.length > 0 || result.status !== "failed");
  return isTold ? ofTests : [...ofTests, `${file} | the file itself`, ...firstLines(ofFile)];
}

/** What failed in a run of tests, in lines: project, file, full name, and the first lines of its errors. */
export function failureLines(report) {
  const told = read(report);
  if (!told) return [`no report was written to ${report}`];
  const outside = told.unhandledErrors ?? [];
  const unhandled = outside.length > 0 ? ["errors outside of any test", ...firstLines(outside)] : [];
  return [...told.testResults.flatMap(failuresOfFile), ...unhandled];
}
