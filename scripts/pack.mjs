// The package as it is published, packed once for all that install it: node scripts/pack.mjs prints where it is.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const HOME = join(ROOT, ".tmp", "pack");
const TARBALL = join(HOME, "macho-cache.tgz");
const STAMP = join(HOME, "stamp");
/** What the package is made of. */
const SOURCES = ["src", "scripts", "package.json", "vite.config.ts", "tsconfig.json", "tsconfig.build.json"];
const PAGES = ["README.md", "CHANGELOG.md", "LICENSE"];
/** Ms that another process may take to pack. */
const PATIENCE = 270_000;

/** Every file below a path, by name and by what `read` says of it. */
function fingerprint(paths, read) {
  const hash = createHash("sha256");
  const add = (path) => {
    const from = join(ROOT, path);
    if (!existsSync(from)) return;
    if (statSync(from).isDirectory()) for (const name of readdirSync(from).toSorted()) add(join(path, name));
    else hash.update(path).update("\0").update(read(from)).update("\0");
  };
  paths.forEach(add);
  return hash.digest("hex");
}

/** What was packed, and the build that it left in dist/. */
const stamp = () =>
  `${fingerprint([...SOURCES, ...PAGES], readFileSync)} ${fingerprint(["dist"], (file) => String(statSync(file).mtimeMs))}`;

const isPacked = () => existsSync(TARBALL) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp();

function pack() {
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const args = ["pack", "--pack-destination", HOME, "--loglevel", "error"];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  const file = readdirSync(HOME).find((name) => name.endsWith(".tgz"));
  if (status !== 0 || file === undefined) throw new Error(`npm pack failed:\n${stdout}${stderr}`);
  cpSync(join(HOME, file), TARBALL);
  rmSync(join(HOME, file));
  writeFileSync(STAMP, stamp());
}

/** Whether the process that left this lock has ended without taking it away. */
function isLeft(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Runs `work` while no other process of this checkout does. */
function alone(work) {
  const lock = join(ROOT, ".tmp", "pack.lock");
  mkdirSync(join(ROOT, ".tmp"), { recursive: true });
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch {
      if (Date.now() > end) throw new Error(`${lock} was not given up within ${PATIENCE / 1_000} s. Remove it.`);
      if (isLeft(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Builds `dist/` and packs it, unless that was done since the last change. Processes that ask at the same time wait for
 * the first one.
 *
 * @returns the path of the tarball
 */
export function packOnce() {
  alone(() => isPacked() || pack());
  return TARBALL;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(packOnce());
