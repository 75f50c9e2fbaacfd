import { describe } from "vitest";
import { setUpBench } from "./harness/bench.ts";
import { testPageApp } from "./harness/page-app.ts";

describe("Preact in the place of React", () => {
  testPageApp(setUpBench(), {
    name: "preact",
    build: (app) => app.run("vite", ["build"]),
    develop: (app) => app.serve("vite", ["--host", "127.0.0.1", "--port", "PORT"]),
    keepsState: false,
  });
});
