import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfigFnObject } from "vite";
import { api } from "./server/api.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

const config: UserConfigFnObject = defineConfig(({ command }) => ({
  root,
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite/explorer", import.meta.url)),
  plugins: [react({ refreshInclude: /\/examples\/explorer\/.*\.tsx$/ }), api()],
  resolve: { alias: aliases(command === "build") },
  server: { host: "127.0.0.1", port: 5173 },
  preview: { host: "127.0.0.1", port: 5173 },
  build: { outDir: "dist", emptyOutDir: true },
}));

export default config;

/** Names of the package to its sources, with the same conditions as in its `exports`; an app outside needs none of this. */
function aliases(production: boolean): { find: RegExp; replacement: string }[] {
  const entries = {
    "macho-cache": "core/index.ts",
    "macho-cache/query": "query/index.ts",
    "macho-cache/react": "react/index.ts",
    "macho-cache/devtools": production ? "devtools/absent.ts" : "devtools/index.tsx",
    "macho-cache/persist": "persist/index.ts",
    "macho-cache/devtools/mount": "devtools/mount.ts",
  };
  return Object.entries(entries).map(([name, path]) => ({
    find: new RegExp(`^${name}$`),
    replacement: fileURLToPath(new URL(`../../src/${path}`, import.meta.url)),
  }));
}
