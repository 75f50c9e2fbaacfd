// What is made of the sources once for all processes that need it.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const HOME = join(ROOT, ".tmp", "made");
/** Ms that another process may take. */
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

/** Whether the process that left this lock has ended without taking it away. */
function isLeft(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Says to the processes that `work` starts that they work for whoever has the lock. */
const HELD = "MACHO_MADE_LOCK";

/** Runs `work` while no other process of this checkout does. A process of `work` may ask for something else on the way. */
function alone(lock, work) {
  if (process.env[HELD] === lock) return work();
  mkdirSync(HOME, { recursive: true });
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
  process.env[HELD] = lock;
  try {
    return work();
  } finally {
    delete process.env[HELD];
    rmSync(lock, { force: true });
  }
}

/**
 * Makes something, unless that was done since its sources changed and what was made is still as it was left. Processes
 * that ask at the same time wait for the first one. All paths are below the checkout.
 */
export function once(name, sources, made, work) {
  const file = join(HOME, name);
  const stamp = () =>
    `${fingerprint(sources, readFileSync)} ${fingerprint(made, (path) => String(statSync(path).mtimeMs))}`;
  // One lock for all: what is packed is built on the way.
  alone(join(HOME, "lock"), () => {
    if (
      made.every((path) => existsSync(join(ROOT, path))) &&
      existsSync(file) &&
      readFileSync(file, "utf8") === stamp()
    )
      return;
    work();
    writeFileSync(file, stamp());
  });
}
