import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfigFnObject } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two builds of one app: `vite build` for the page, `vite build --ssr server/main.ts` for the server. */
const config: UserConfigFnObject = defineConfig(({ isSsrBuild }) => ({
  root: here("."),
  plugins: [react()],
  resolve: { alias: aliases() },
  build: isSsrBuild
    ? { outDir: "dist/server", emptyOutDir: true }
    : { rolldownOptions: { input: here("main.tsx") }, manifest: true, outDir: "dist/client", emptyOutDir: true },
  // The sources of the package are not in node_modules, so what they import is bundled along with them.
  ssr: { noExternal: ["use-sync-external-store"] },
}));

export default config;

/** Names of the package to its sources; an app outside needs none of this. */
function aliases(): { find: RegExp; replacement: string }[] {
  return ["query", "react"].map((name) => ({
    find: new RegExp(`^macho-cache/${name}$`),
    replacement: here(`../../src/${name}/index.ts`),
  }));
}
