// The command, built once for all that run it: node scripts/command.mjs prints where it is.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once, ROOT } from "./once.mjs";
import { run } from "./setup.mjs";

const HOME = join(ROOT, "packages", "macho-cache-cli");
const SOURCES = [
  "src",
  "scripts/alias.ts",
  "packages/macho-cache-cli/src",
  "packages/macho-cache-cli/vite.config.ts",
  "packages/macho-cache-cli/package.json",
];

/**
 * Builds the command, unless that was done since the last change. Processes that ask at the same time wait for the
 * first one.
 *
 * @returns the path of the program
 */
export function builtCommand() {
  once("command", SOURCES, ["packages/macho-cache-cli/dist"], () => {
    const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
    if (!run(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: HOME }))
      throw new Error("The command could not be built.");
  });
  return join(HOME, "dist", "macho.js");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(builtCommand());
