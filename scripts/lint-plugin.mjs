// The lint rules, built once for all that run them: node scripts/lint-plugin.mjs prints where they are.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once, ROOT } from "./once.mjs";
import { run } from "./setup.mjs";

const FOLDER = "packages/eslint-plugin-macho-cache";
const HOME = join(ROOT, FOLDER);
const SOURCES = ["src", "vite.config.ts", "package.json", "tsconfig.json", "tsconfig.build.json"];

/**
 * Builds the plugin of ESLint and oxlint, unless that was done since the last change. Processes that ask at the same
 * time wait for the first one.
 *
 * @returns the path of the module
 */
export function builtLintPlugin() {
  const sources = SOURCES.map((path) => `${FOLDER}/${path}`);
  once("lint-plugin", sources, [`${FOLDER}/dist`], () => {
    const tool = (path, ...args) => run(process.execPath, [join(ROOT, "node_modules", path), ...args], { cwd: HOME });
    const built = tool("vite/bin/vite.js", "build", "--logLevel", "warn");
    if (!built || !tool("typescript/bin/tsc", "-p", "tsconfig.build.json"))
      throw new Error("The lint rules could not be built.");
  });
  return join(HOME, "dist", "index.js");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(builtLintPlugin());
