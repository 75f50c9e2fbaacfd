// Builds the site once for all that look at it.
import { once } from "./once.mjs";
import { run } from "./setup.mjs";

const SITE = "packages/site";
const CONFIG = ["config.ts", "navigation.ts", "plain-text.ts", "sidebar.ts", "theme"].map(
  (name) => `${SITE}/.vitepress/${name}`,
);
/** What pages are made of. */
const SOURCES = ["docs", "README.md", "CHANGELOG.md", "package.json", "src", "examples", "bench/results", "scripts"];

function build() {
  const content = run(process.execPath, [`${SITE}/scripts/content.mjs`]);
  if (!content || !run(process.execPath, ["node_modules/.bin/vitepress", "build", SITE]))
    throw new Error("The site could not be built: see above.");
}

/** Builds the site, unless that was done since its pages and its sources changed. */
export function buildSiteOnce() {
  once("site", [...SOURCES, ...CONFIG, `${SITE}/pages`, `${SITE}/scripts`], [`${SITE}/dist`], build);
}
