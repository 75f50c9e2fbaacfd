import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";
import { ALIAS } from "../../scripts/alias.ts";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

// The command, as it is published. What it uses of macho-cache is built in: docs/decisions/0053-a-command-of-its-own.md.
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { alias: ALIAS },
  // Whatever NODE_ENV says: elements of a development build name the files of this machine.
  oxc: { jsx: { development: false } },
  build: {
    target: "node20",
    minify: false,
    ssr: true,
    outDir: "dist",
    emptyOutDir: true,
    rollupOptions: {
      input: { macho: source("macho.ts"), "simulation-worker": source("simulate/simulation-worker.ts") },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
    },
  },
});

export default config;
