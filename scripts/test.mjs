// npm test: types, then unit, property and browser tests. npm run test:slow: what takes many seconds a test.
// Arguments go to vitest: npm test -- test/core
import { ensureChromium, ensureDependencies, ensureRedis, runCompiler, runTool } from "./setup.mjs";

const PROJECTS = [
  "tsconfig.json",
  "test/tsconfig.json",
  "examples/explorer/tsconfig.json",
  "examples/ssr/tsconfig.json",
  "examples/tracker/tsconfig.json",
  "examples/chat/tsconfig.json",
  "examples/dashboard/tsconfig.json",
  "examples/fleet/tsconfig.json",
  "packages/macho-cache-cli/tsconfig.json",
  "packages/eslint-plugin-macho-cache/tsconfig.json",
  "packages/site/tsconfig.json",
];
const [first, ...rest] = process.argv.slice(2);
const isSlow = first === "--slow";
const asked = isSlow ? rest : process.argv.slice(2);

/** @returns the projects whose types are wrong */
function checkTypes() {
  return PROJECTS.filter((project) => {
    console.log(`types of ${project}`);
    return !runCompiler(["--noEmit", "-p", project]);
  });
}

ensureDependencies();
if (!isSlow) ensureChromium();
ensureRedis();
if (asked.length === 0) {
  console.log(
    isSlow
      ? "The slow tests: 3 to 5 minutes on two cores."
      : "Types, then the tests in Node, in a DOM and in a browser: 20 to 25 minutes on two cores.",
  );
}
const wrong = isSlow ? [] : checkTypes();
const tested = runTool("vitest", ["run", isSlow ? "--project=slow" : "--project=!slow", ...asked]);
if (!isSlow && asked.length === 0)
  console.log("Counts, leaks and installed packages have tests of their own: npm run test:slow");
// The tests have said a lot since: it is told once more what was found before them.
for (const project of wrong) {
  console.log(`The types of ${project} are wrong:`);
  runCompiler(["--noEmit", "-p", project]);
}
process.exitCode = wrong.length === 0 && tested ? 0 : 1;
