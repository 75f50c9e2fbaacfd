// npm run docs: builds the site, unless that was done since its last change, and serves it on this machine.
// `npm run docs -- build` only builds it; `npm run docs -- --port 8080` serves it there.
import { createServer } from "node:net";
import { ensureDependencies, run } from "./setup.mjs";

/** The first port to be tried. */
const PORT = 4180;
/** How many ports after it are tried. */
const TRIES = 20;

/** A port that nobody listens at, from this one on. */
async function freePort(first) {
  for (let port = first; port < first + TRIES; port++) if (await isFree(port)) return port;
  throw new Error(`Ports ${first} to ${first + TRIES - 1} are taken. Pass another one: npm run docs -- --port 8080`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** What the arguments ask for. */
function asked([first, second]) {
  if (first === undefined) return { port: PORT };
  if (first === "build") return {};
  const port = Number(second);
  if (first === "--port" && Number.isInteger(port) && port > 0 && port < 65_536) return { port };
  const got = process.argv.slice(2).join(" ");
  console.error(`npm run docs takes "build" or "--port 8080", got "${got}".`);
  return process.exit(1);
}

const { port } = asked(process.argv.slice(2));
ensureDependencies();
const { buildSiteOnce } = await import("./site.mjs");
buildSiteOnce();
if (port !== undefined) {
  // Ctrl-C reaches the server as well, and ends it; that is no failure. The server says where it serves.
  process.on("SIGINT", () => undefined);
  run(process.execPath, [
    "node_modules/.bin/vitepress",
    "preview",
    "packages/site",
    "--port",
    String(await freePort(port)),
  ]);
}
