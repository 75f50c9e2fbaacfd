import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Apps of other tools, one file an app. `npm run test:frameworks` runs them; `npm test` does not. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/frameworks/*.check.ts"],
    globalSetup: ["test/frameworks/harness/pack.ts"],
    testTimeout: 120_000,
    // An installation and a build of the largest app, on a busy machine.
    hookTimeout: 400_000,
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
  },
});
