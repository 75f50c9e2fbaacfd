import { build } from "esbuild";

/** The one file of each entry for pages without a bundler. */
const FILES = { "browser/cache": "dist/core/index.js", "browser/react": "dist/react/index.js" };

/** `use-sync-external-store` is CommonJS, and a page has no `require`: it gets what the page imports as React. */
const reactByImport = {
  name: "react-by-import",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react$/ }, ({ kind }) =>
      kind === "require-call" ? { path: "react", namespace: "by-import" } : { path: "react", external: true },
    );
    onLoad({ filter: /.*/, namespace: "by-import" }, () => ({ contents: 'export * from "react";' }));
  },
};

/** Bundles what a page without a bundler imports, React apart, from the files of `dist/`. */
export function buildForPages() {
  return build({
    entryPoints: FILES,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    sourcemap: true,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [reactByImport],
    outdir: "dist",
    logLevel: "warning",
  });
}
