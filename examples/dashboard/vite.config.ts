import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfigFnObject } from "vite";
import { api } from "./server/api.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const config: UserConfigFnObject = defineConfig(({ command }) => ({
  root: here("."),
  cacheDir: here("../../node_modules/.vite/dashboard"),
  plugins: [react({ refreshInclude: /\/examples\/dashboard\/.*\.tsx$/ }), api()],
  resolve: { alias: aliases(command === "build") },
  server: { host: "127.0.0.1", port: 5177 },
  preview: { host: "127.0.0.1", port: 5177 },
  build: { outDir: "dist", emptyOutDir: true },
}));

export default config;

/** Names of the package to its sources, with the same conditions as in its `exports`; an app outside needs none of this. */
function aliases(production: boolean): { find: RegExp; replacement: string }[] {
  const entries = {
    "macho-cache/react": "react/index.ts",
    "macho-cache/devtools": production ? "devtools/absent.ts" : "devtools/index.tsx",
  };
  return Object.entries(entries).map(([name, path]) => ({
    find: new RegExp(`^${name}$`),
    replacement: here(`../../src/${path}`),
  }));
}
