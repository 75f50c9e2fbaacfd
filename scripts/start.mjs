// npm start: the example app with the devtools open, on whatever machine has Node and npm. npm start ssr: the one that a
// server renders. npm start fleet: two servers that share a Redis, and a table of what that spares.
import { ensureDependencies, ensureRedis, runTool } from "./setup.mjs";

ensureDependencies();
if (process.argv[2] === "ssr") await import("../examples/ssr/start.mjs");
else if (process.argv[2] === "fleet") {
  ensureRedis();
  await import("../examples/fleet/start.mjs");
} else {
  // Ctrl-C reaches the server as well, and ends it; that is no failure.
  process.on("SIGINT", () => undefined);
  runTool("vite", ["--config", "examples/explorer/vite.config.ts", ...process.argv.slice(2)]);
}
