import { describe } from "vitest";
import { setUpBench } from "./harness/bench.ts";
import { testPageApp } from "./harness/page-app.ts";

describe("Rspack", () => {
  testPageApp(setUpBench(), {
    name: "rspack",
    build: (app) => app.run("rspack", ["build", "--mode", "production"]),
    develop: (app) => app.serve("rspack", ["serve", "--mode", "development", "--port", "PORT"]),
  });
});
