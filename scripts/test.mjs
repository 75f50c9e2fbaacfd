// npm test: types, then unit, property and browser tests. Arguments go to vitest: npm test -- test/core
import { ensureChromium, ensureDependencies, runCompiler, runTool } from "./setup.mjs";

ensureDependencies();
ensureChromium();
const PROJECTS = [
  "tsconfig.json",
  "test/tsconfig.json",
  "examples/explorer/tsconfig.json",
  "examples/ssr/tsconfig.json",
];
const typed = PROJECTS.map((project) => {
  console.log(`types of ${project}`);
  return runCompiler(["--noEmit", "-p", project]);
});
const tested = runTool("vitest", ["run", ...process.argv.slice(2)]);
process.exitCode = tested && !typed.includes(false) ? 0 : 1;
