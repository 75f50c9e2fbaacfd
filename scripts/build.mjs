// npm run build: dist/, as it is published.
import { copyFileSync, rmSync } from "node:fs";
import { ensureDependencies, runTool } from "./setup.mjs";

ensureDependencies();
rmSync("dist", { recursive: true, force: true });
const built = runTool("vite", ["build", "--logLevel", "warn"]) && runTool("tsc", ["-p", "tsconfig.build.json"]);
// Preact's code is part of the panel, so its licence goes along.
if (built) copyFileSync("node_modules/preact/LICENSE", "dist/vendor/preact/LICENSE");
process.exitCode = built ? 0 : 1;
