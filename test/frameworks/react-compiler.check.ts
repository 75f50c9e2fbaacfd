import { describe, expect, test } from "vitest";
import { setUpBench } from "./harness/bench.ts";
import { serveFolder } from "./harness/folder.ts";
import { testPageApp } from "./harness/page-app.ts";
import { Visit } from "./harness/visit.ts";

describe("the compiler of React", () => {
  const bench = setUpBench();
  const app = testPageApp(bench, {
    name: "react-compiler",
    build: (each) => each.run("vite", ["build"]),
    develop: (each) => each.serve("vite", ["--host", "127.0.0.1", "--port", "PORT"]),
  });

  test("compiles what uses the hooks, and keeps nothing too long of what they give", async () => {
    const site = await serveFolder(app().path("dist"));
    // A component that was compiled begins with its own memory.
    expect(app().contents("dist")).toContain("react.memo_cache_sentinel");
    const visit = await Visit.begin(bench, `${site.url}/#every-hook`);
    await visit.shows("#chosen", "Film number 4");
    await visit.shows("#several", "Film number 5 and Film number 6");
    await visit.shows("#pages", "Film number 20");
    await visit.page.locator("#further").click();
    await visit.shows("#pages", "Film number 20, Film number 21");
    const release = bench.api.hold("GET /api/film/14");
    await visit.page.locator("#other").click();
    await visit.shows("#chosen", "Film number 4, which was before");
    await visit.shows("#busy", "busy");
    release();
    await visit.shows("#chosen", "Film number 14");
    const votes = bench.api.votes + 1;
    await visit.page.locator("#vote-again").click();
    await visit.shows("#busy", `at rest, ${votes} votes`);
    await visit.end();
    await site.stop();
  });
});
