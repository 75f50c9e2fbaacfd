import { build } from "esbuild";

const mode = process.env.MODE;
const options = {
  bundle: true,
  format: "esm",
  jsx: "automatic",
  minify: mode === "production",
  outdir: "dist",
  define: { "process.env.NODE_ENV": JSON.stringify(mode), "process.env.API": '"http://films"' },
};
// What this host's own tools say.
const conditions = ["workerd", "worker", "browser"];

await build({
  ...options,
  entryPoints: ["shared/take-over.jsx"],
  entryNames: "page",
  conditions: mode === "production" ? [] : ["development"],
});
await build({ ...options, entryPoints: ["worker.jsx"], conditions, external: ["page.txt"] });
