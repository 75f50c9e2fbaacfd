import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** What the compiler cannot make faster is an error. */
const compiler = ["babel-plugin-react-compiler", { panicThreshold: "all_errors" }];

export default defineConfig({ plugins: [react({ babel: { plugins: [compiler] } })], build: { minify: false } });
