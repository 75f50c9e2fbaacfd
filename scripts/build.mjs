// npm run build: dist/, as it is published.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { ensureDependencies, runCompiler, runTool } from "./setup.mjs";

ensureDependencies();
rmSync("dist", { recursive: true, force: true });
const built = runTool("vite", ["build", "--logLevel", "warn"]) && runCompiler(["-p", "tsconfig.build.json"]);
// Preact's code is part of the panel, so its licence goes along.
if (built) copyFileSync("node_modules/preact/LICENSE", "dist/vendor/preact/LICENSE");
// What has hooks runs in the browser's part of an app with React Server Components; a bundler drops the words elsewhere.
for (const entry of built ? ["dist/react/index.js", "dist/devtools/index.js", "dist/devtools/absent.js"] : []) {
  writeFileSync(entry, `"use client";\n${readFileSync(entry, "utf8")}`);
}
process.exitCode = built ? 0 : 1;
