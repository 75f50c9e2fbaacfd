// npm run docs: builds the site and serves it. `npm run docs -- build` only builds it.
import { ensureDependencies, run } from "./setup.mjs";

const SITE = "packages/site";
const vitepress = (...args) => run(process.execPath, ["node_modules/.bin/vitepress", ...args]);

ensureDependencies();
const built = run(process.execPath, [`${SITE}/scripts/content.mjs`]) && vitepress("build", SITE);
process.exitCode = built ? 0 : 1;
if (built && process.argv[2] !== "build") {
  process.on("SIGINT", () => undefined);
  vitepress("preview", SITE);
}
