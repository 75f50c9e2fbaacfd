import { afterAll, beforeAll, describe, test } from "vitest";
import { App } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectLoaded, expectToTakeOver, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();

describe.each([5, 6, 7, 8])("Vite %i", (version) => {
  let app: App;

  beforeAll(async () => void (app = await App.install(`vite-${version}`, "page")));
  afterAll(() => app?.dispose());

  test("works in production, without a word of the panel", async () => {
    await app.run("vite", ["build"]);
    const site = await app.serve("vite", ["preview", "--host", "127.0.0.1", "--port", "PORT"]);
    const visit = await expectLoaded(bench, site.url);
    await expectToWork(visit, bench.api);
    await expectNoPanelOn(visit);
    await visit.end();
    await site.stop();
    expectNoPanelIn(app.contents("dist"));
  });

  test.for(["false", "true"])("works in development, with optimizeDeps.exclude: %s", async (EXCLUDE) => {
    const site = await app.serve("vite", ["--host", "127.0.0.1", "--port", "PORT"], { EXCLUDE });
    const visit = await expectLoaded(bench, site.url);
    await expectToWork(visit, bench.api);
    await expectToTakeOver(visit, bench.api, app);
    await expectPanel(visit);
    await visit.end();
    await site.stop();
  });
});
