// npm start: the example app with the devtools open, on whatever machine has Node and npm. npm start ssr: the one that a
// server renders.
import { ensureDependencies, runTool } from "./setup.mjs";

ensureDependencies();
if (process.argv[2] === "ssr") await import("../examples/ssr/start.mjs");
else {
  // Ctrl-C reaches the server as well, and ends it; that is no failure.
  process.on("SIGINT", () => undefined);
  runTool("vite", ["--config", "examples/explorer/vite.config.ts", ...process.argv.slice(2)]);
}
