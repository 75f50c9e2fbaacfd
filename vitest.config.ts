import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_FLAGS, chromiumPath } from "./test/support/chromium.ts";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/** The package's own names lead to its source, so that tests read as user code. */
const resolve = {
  alias: [
    { find: /^macho-cache$/, replacement: source("core/index.ts") },
    { find: /^macho-cache\/policies$/, replacement: source("core/policy/index.ts") },
    { find: /^macho-cache\/query$/, replacement: source("query/index.ts") },
    { find: /^macho-cache\/react$/, replacement: source("react/index.ts") },
    { find: /^macho-cache\/devtools$/, replacement: source("devtools/index.tsx") },
    { find: /^macho-cache\/devtools\/mount$/, replacement: source("devtools/mount.ts") },
  ],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "node",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/**/*.browser.test.tsx", "test/**/*.e2e.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        optimizeDeps: {
          include: [
            "react",
            "react-dom",
            "react-dom/client",
            "react-dom/server",
            "react/jsx-dev-runtime",
            "use-sync-external-store/shim",
            "vitest-browser-react",
          ],
        },
        test: {
          name: "browser",
          include: ["test/**/*.browser.test.tsx"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        resolve,
        test: {
          name: "e2e",
          include: ["test/**/*.e2e.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          // Each file drives a browser and builds a page: one at a time.
          fileParallelism: false,
        },
      },
    ],
  },
});
