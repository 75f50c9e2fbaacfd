import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectStreamed, expectToTakeOver, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("tanstack-start")));
afterAll(() => app?.dispose());

describe.each(["production", "development"] as const)("TanStack Start in %s", (mode) => {
  let site: Site;

  beforeAll(async () => {
    const env = { API: bench.api.url, HOST: "127.0.0.1" };
    if (mode === "production") {
      await app.run("vite", ["build"], env);
      site = await app.serve("srvx", ["--prod", "--static", "../client", "dist/server/server.js"], env);
    } else site = await app.serve("vite", ["dev", "--host", "127.0.0.1", "--port", "PORT"], env);
  });
  afterAll(() => site?.stop());

  test("sends what a loader prefetched, loads nothing again, and works from there", async () => {
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    if (mode === "production") await expectNoPanelOn(visit);
    else {
      await expectToTakeOver(visit, bench.api, app);
      await expectPanel(visit);
    }
    await visit.end();
  });

  test.for([1, 2])("streams a load that a loader began, visit %i", async () => {
    await expectStreamed(bench, `${site.url}/streamed`, "late");
    await expectStreamed(bench, `${site.url}/streamed`, "early");
  });

  test("goes on to a page whose loader runs in the browser, and loads only what is not there", async () => {
    const visit = await expectSent(bench, site.url);
    const release = bench.api.hold("GET /api/film/9");
    await visit.page.locator("#to-streamed").click();
    await visit.page.locator("#late").waitFor();
    release();
    await visit.shows("h2", "Film number 9");
    await visit.page.goBack();
    await visit.page.locator("h2").waitFor({ state: "hidden" });
    await visit.shows("h1", "Film number 1");
    expect(bench.api.fromPage).toEqual(["GET /api/film/9"]);
    await visit.end();
  });

  if (mode === "production") {
    test("has nothing of the panel among the files of the page", () => expectNoPanelIn(app.contents("dist", "client")));
  }
});
