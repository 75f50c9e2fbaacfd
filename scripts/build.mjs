// npm run build: dist/, as it is published.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildForPages } from "./pages.mjs";
import { ensureDependencies, runCompiler, runTool } from "./setup.mjs";

/**
 * Where hooks and components are: each runs in the browser's part of an app with React Server Components, while what
 * `macho-cache/react` exports of the query layer can be called on the server too. A bundler drops the words elsewhere.
 */
function clientModules() {
  const own = readFileSync("dist/react/index.js", "utf8").matchAll(/from "\.\/([\w-]+\.js)"/g);
  const ofReact = Array.from(own, ([, file]) => `dist/react/${file}`);
  return [...ofReact, "dist/devtools/index.js", "dist/devtools/absent.js"];
}

/** The words are a line of their own, so each line of the map moves down by one. */
function markForClient(file) {
  writeFileSync(file, `"use client";\n${readFileSync(file, "utf8")}`);
  const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }));
}

ensureDependencies();
rmSync("dist", { recursive: true, force: true });
const built = runTool("vite", ["build", "--logLevel", "warn"]) && runCompiler(["-p", "tsconfig.build.json"]);
if (built) {
  // Preact's code is part of the panel, so its licence goes along.
  copyFileSync("node_modules/preact/LICENSE", "dist/vendor/preact/LICENSE");
  clientModules().forEach(markForClient);
  await buildForPages();
}
process.exitCode = built ? 0 : 1;
