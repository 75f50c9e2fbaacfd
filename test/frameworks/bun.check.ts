import { describe, test } from "vitest";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectToWork } from "./harness/films.ts";
import { testPageApp } from "./harness/page-app.ts";
import { expectScript } from "./harness/script.ts";

describe("Bun", () => {
  const bench = setUpBench();
  const app = testPageApp(bench, {
    name: "bun",
    build: (each) => each.run("bun", ["build", "./index.html", "--production", "--outdir", "dist"]),
    develop: (each) => each.serve("bun", ["./index.html", "--port", "PORT", "--hostname", "127.0.0.1"]),
  });

  test("ends a script when nothing is awaited any more", async () => {
    expectScript(await app().run("bun", ["shared/script.mjs"]));
  });

  test("renders with data, and the page loads nothing again, and works from there", async () => {
    await app().run("bun", ["build", "shared/take-over.jsx", "--production", "--outfile", "pages/page.js"]);
    const env = { API: bench.api.url, NODE_ENV: "production" };
    const site = await app().serve("bun", ["server.jsx"], env);
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    await visit.end();
    await site.stop();
  });
});
