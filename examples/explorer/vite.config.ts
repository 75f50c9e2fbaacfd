import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfigFnObject } from "vite";
import { aliases } from "../aliases.ts";
import { api } from "./server/api.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

const config: UserConfigFnObject = defineConfig(({ command }) => ({
  root,
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite/explorer", import.meta.url)),
  plugins: [react({ refreshInclude: /\/examples\/explorer\/.*\.tsx$/ }), api()],
  resolve: { alias: aliases({ panel: command !== "build" }) },
  server: { host: "127.0.0.1", port: 5173 },
  preview: { host: "127.0.0.1", port: 5173 },
  build: { outDir: "dist", emptyOutDir: true },
}));

export default config;
