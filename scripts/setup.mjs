import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { platform } from "node:os";
import { findChromium } from "./chromium.mjs";
import { findRedis } from "./redis.mjs";

const LOCK = "package-lock.json";
/** Written by npm at the end of an installation. */
const INSTALLED = "node_modules/.package-lock.json";

/** Runs a command with the terminal of this one. Returns whether it succeeded. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  return status === 0;
}

/** A program of an installed package. */
export function runTool(name, args, options = {}) {
  return run(process.execPath, [`node_modules/.bin/${name}`, ...args], options);
}

/** The compiler by its path: the oldest one that is supported is installed as well, and brings a `tsc` of its own. */
export function runCompiler(args) {
  return run(process.execPath, ["node_modules/typescript/bin/tsc", ...args]);
}

/** Ends the process with a message when something is missing that only the reader can provide. */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Installs the dependencies when they are missing or older than the lock file. */
export function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isKnown = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!isKnown) fail(`Node 20.19, 22.12 or later is needed, got ${process.versions.node}.`);
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return;
  console.log("Installing the dependencies (npm install) ...");
  // Not `npm ci`: it refuses a lock file that lacks the optional binaries of platforms that a registry does not offer.
  if (!run("npm", ["install", "--no-audit", "--no-fund"])) fail("npm install failed; see its messages above.");
}

/** Installs Debian's packages, where that is possible without a question. */
function installPackages(...packages) {
  if (platform() !== "linux" || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  console.log(`Installing ${packages[0]} (apt-get install ${packages.join(" ")}) ...`);
  const environment = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  run("apt-get", ["update", "-qq"], environment);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], environment);
}

/** Finds a Chromium, or installs Debian's; browser tests are never skipped. */
export function ensureChromium() {
  if (!findChromium()) installPackages("chromium", "fonts-dejavu-core");
  if (findChromium()) return;
  fail(
    [
      "No Chromium was found, and the tests drive a real browser.",
      "Install it (Debian: sudo apt-get install -y chromium; macOS: Google Chrome),",
      "or set CHROMIUM_PATH to the executable of one.",
    ].join("\n"),
  );
}

/** Finds a Redis server, or installs Debian's. The tests start it on a free port of this machine, and end it. */
export function ensureRedis() {
  if (!findRedis()) installPackages("redis-server");
  if (findRedis()) return;
  fail(
    [
      "No Redis server was found, and the tests of redisTier talk to a real one.",
      "Install it (Debian: sudo apt-get install -y redis-server; macOS: brew install redis),",
      "or set REDIS_PATH to the executable of one.",
    ].join("\n"),
  );
}
