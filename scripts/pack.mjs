// The package as it is published, packed once for all that install it: node scripts/pack.mjs prints where it is.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once, ROOT } from "./once.mjs";

const HOME = join(ROOT, ".tmp", "pack");
const TARBALL = join(HOME, "macho-cache.tgz");
/** What the package is made of. */
const SOURCES = ["src", "scripts", "package.json", "vite.config.ts", "tsconfig.json", "tsconfig.build.json"];
const PAGES = ["README.md", "AGENTS.md", "CHANGELOG.md", "LICENSE"];

function pack() {
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const args = ["pack", "--pack-destination", HOME, "--loglevel", "error"];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  const file = readdirSync(HOME).find((name) => name.endsWith(".tgz"));
  if (status !== 0 || file === undefined) throw new Error(`npm pack failed:\n${stdout}${stderr}`);
  cpSync(join(HOME, file), TARBALL);
  rmSync(join(HOME, file));
}

/**
 * Builds `dist/` and packs it, unless that was done since the last change. Processes that ask at the same time wait for
 * the first one.
 *
 * @returns the path of the tarball
 */
export function packOnce() {
  once("pack", [...SOURCES, ...PAGES], ["dist", ".tmp/pack"], pack);
  return TARBALL;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(packOnce());
