import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { aliases } from "../../aliases.ts";
import { readFilms } from "../server/films.ts";

const APP = '<script type="module" src="./main.tsx"></script>';
const API = '<script type="module" src="./in-page/main.ts"></script>';

/** The page begins with the API, which asks for the films as a file. */
const apiInPage: Plugin = {
  name: "api-in-page",
  transformIndexHtml: { order: "pre", handler: (html) => html.replace(APP, API + APP) },
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "films.json", source: JSON.stringify(readFilms()) });
  },
};

/** Builds the explorer as files that need no server, with its panel, at whatever path they are put. */
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  base: "./",
  plugins: [react(), apiInPage],
  resolve: { alias: aliases({ panel: true }) },
  build: { outDir: "dist/in-page", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 600 },
});

export default config;
