import { spawnSync } from "node:child_process";
import { packOnce } from "./pack.mjs";

/**
 * Installs the packed package into a folder that has a package.json, as a user would, beside what that file and its
 * lock file say. Neither is changed.
 *
 * @param packages what else to install: names with versions
 */
export function installPacked(folder, packages = []) {
  const flags = ["--no-save", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"];
  const args = ["install", ...flags, packOnce(), ...packages];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${folder}:\n${stdout}${stderr}`);
}
