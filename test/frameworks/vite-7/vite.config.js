import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Vite bundles each package before a page asks for it, unless told otherwise. CommonJS below one that it leaves alone is named. */
const left = { exclude: ["macho-cache"], include: ["macho-cache > use-sync-external-store/shim"] };

export default defineConfig({ plugins: [react()], optimizeDeps: process.env.EXCLUDE === "true" ? left : {} });
