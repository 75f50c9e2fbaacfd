import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compactPanel } from "./scripts/compact-panel.mjs";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

// The library. One file a module, so that an app's bundler keeps only what the app imports.
// The panel's own library is put beside it (dist/vendor): `devtools/mount` works in a page without a bundler.
export default defineConfig({
  plugins: [compactPanel],
  // Whatever NODE_ENV says: elements of a development build name the files of this machine.
  oxc: { jsx: { development: false } },
  build: {
    target: "es2022",
    minify: false,
    // With the sources in them: an app's debugger shows what was written, and the package ships no second copy.
    sourcemap: true,
    modulePreload: { polyfill: false },
    lib: {
      formats: ["es"],
      entry: {
        "core/index": source("core/index.ts"),
        "core/lru/index": source("core/lru/index.ts"),
        "core/policy/index": source("core/policy/index.ts"),
        "query/index": source("query/index.ts"),
        "react/index": source("react/index.ts"),
        "simulate/index": source("simulate/index.ts"),
        "persist/index": source("persist/index.ts"),
        "persist/indexed-db": source("persist/indexed-db.ts"),
        "persist/item": source("persist/item.ts"),
        "persist/keyv": source("persist/keyv.ts"),
        "persist/redis": source("persist/redis.ts"),
        "persist/react": source("persist/react.ts"),
        "devtools/index": source("devtools/index.tsx"),
        "devtools/absent": source("devtools/absent.ts"),
        "devtools/mount": source("devtools/mount.ts"),
        "devtools/expose": source("devtools/expose.ts"),
      },
    },
    rollupOptions: {
      external: [/^react($|\/)/, /^use-sync-external-store($|\/)/],
      output: {
        preserveModules: true,
        preserveModulesRoot: fileURLToPath(new URL("./src", import.meta.url)),
        entryFileNames: ({ name }) => `${name.replace("node_modules", "vendor")}.js`,
        chunkFileNames: ({ name }) => `${name.replace("node_modules", "vendor")}.js`,
      },
    },
  },
});
