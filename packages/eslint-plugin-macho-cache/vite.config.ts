import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";

// The plugin, as it is published: one file without a dependency.
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    target: "node20",
    minify: false,
    ssr: true,
    outDir: "dist",
    emptyOutDir: true,
    rollupOptions: {
      input: { index: fileURLToPath(new URL("src/index.ts", import.meta.url)) },
      output: { entryFileNames: "[name].js" },
    },
  },
});

export default config;
