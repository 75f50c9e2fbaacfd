import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  // What only routes import is found late, and the first page of a new installation would be sent away.
  optimizeDeps: { include: ["macho-cache/devtools", "macho-cache/query", "macho-cache/react"] },
});
