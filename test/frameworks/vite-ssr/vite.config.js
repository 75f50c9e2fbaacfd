import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  appType: "custom",
  build: { rollupOptions: { input: "client.jsx" }, manifest: true },
});
