// Builds the page and the server, and starts it: node examples/ssr/start.mjs. PORT is where, 5174 by default.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

// React's other build is slower, and shows a server's errors to the page.
process.env.NODE_ENV = "production";
for (const kind of [[], ["--ssr", "server/main.ts"]]) {
  const options = ["build", "--config", "examples/ssr/vite.config.ts", "--logLevel", "warn", ...kind];
  const { status } = spawnSync(process.execPath, ["node_modules/.bin/vite", ...options], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

const { start } = await import(new URL("dist/server/main.js", import.meta.url).href);
const { url, stop } = await start(Number(process.env.PORT ?? 5174));
console.log(url);
// Nothing is left to wait for then, so that the process ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
