import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds the programs of the example.
 * @returns {Promise<typeof import("./main.ts")>} what measures the fleet
 */
export async function build() {
  const options = ["build", "--config", "examples/fleet/vite.config.ts", "--logLevel", "warn"];
  const { status } = spawnSync(process.execPath, ["node_modules/.bin/vite", ...options], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The example could not be built; see above.");
  return import(new URL("dist/main.js", import.meta.url).href);
}
