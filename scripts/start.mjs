// npm start: the film explorer with the devtools open, on whatever machine has Node and npm. npm start NAME: another one
// of the examples. ssr is rendered by a server; fleet is two servers that share a Redis, and a table of what that spares.
import { existsSync } from "node:fs";
import { ensureDependencies, ensureRedis, runTool } from "./setup.mjs";

const [first = "", ...rest] = process.argv.slice(2);
// What is no name is an option of Vite.
const isNamed = /^[a-z-]+$/.test(first) && !first.startsWith("-");
const name = isNamed ? first : "explorer";
const options = isNamed ? rest : process.argv.slice(2);
const config = `examples/${name}/vite.config.ts`;

if (!existsSync(config)) {
  console.error(`There is no example "${name}" to start. The folder examples/ has them.`);
  process.exit(1);
}
ensureDependencies();
if (name === "fleet") ensureRedis();
if (name === "ssr" || name === "fleet") await import(`../examples/${name}/start.mjs`);
else {
  // Ctrl-C reaches the server as well, and ends it; that is no failure.
  process.on("SIGINT", () => undefined);
  runTool("vite", ["--config", config, ...options]);
}
