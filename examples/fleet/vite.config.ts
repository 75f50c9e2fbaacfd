import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two programs for Node: what starts the fleet and measures it, and one of its servers. */
const config: UserConfig = defineConfig({
  root: here("."),
  resolve: { alias: aliases() },
  build: {
    ssr: true,
    outDir: "dist",
    emptyOutDir: true,
    rolldownOptions: { input: { main: here("main.ts"), server: here("server.ts") } },
  },
});

export default config;

/** Names of the package to its sources; an app outside needs none of this. */
function aliases(): { find: RegExp; replacement: string }[] {
  const names = { query: "query/index.ts", persist: "persist/index.ts", "persist/redis": "persist/redis.ts" };
  return Object.entries(names).map(([name, path]) => ({
    find: new RegExp(`^macho-cache/${name}$`),
    replacement: here(`../../src/${path}`),
  }));
}
