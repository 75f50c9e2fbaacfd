import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfigFnObject } from "vite";
import { aliases } from "../aliases.ts";
import { api } from "./server/api.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const config: UserConfigFnObject = defineConfig(({ command }) => ({
  root: here("."),
  cacheDir: here("../../node_modules/.vite/dashboard"),
  plugins: [react({ refreshInclude: /\/examples\/dashboard\/.*\.tsx$/ }), api()],
  resolve: { alias: aliases({ panel: command !== "build" }) },
  server: { host: "127.0.0.1", port: 5177 },
  preview: { host: "127.0.0.1", port: 5177 },
  build: { outDir: "dist", emptyOutDir: true },
}));

export default config;
