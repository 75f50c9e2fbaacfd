import { build } from "esbuild";

await build({
  entryPoints: ["shared/take-over.jsx"],
  entryNames: "page",
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  jsx: "automatic",
});
