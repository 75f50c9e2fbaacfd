import { readFileSync, writeFileSync } from "node:fs";
import { describe } from "vitest";
import type { App } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { testPageApp } from "./harness/page-app.ts";

const bench = setUpBench();
const FLAGS = ["--no-cache", "--no-autoinstall"];

/** Makes Parcel read the `exports` of packages, which it does not by itself. */
function readExports(app: App): void {
  const manifest = JSON.parse(readFileSync(app.path("package.json"), "utf8")) as object;
  const resolver = { "@parcel/resolver-default": { packageExports: true } };
  writeFileSync(app.path("package.json"), JSON.stringify({ ...manifest, ...resolver }));
}

describe("Parcel", () => {
  testPageApp(bench, {
    name: "parcel",
    build: (app) => app.run("parcel", ["build", "index.html", ...FLAGS]),
    develop(app) {
      readExports(app);
      return app.serve("parcel", ["index.html", "--host", "127.0.0.1", "--port", "PORT", ...FLAGS]);
    },
  });
});
