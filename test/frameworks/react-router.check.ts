import { afterAll, beforeAll, describe, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectStreamed, expectToNavigate, expectToTakeOver, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("react-router")));
afterAll(() => app?.dispose());

describe.each(["production", "development"] as const)("React Router 7 in %s", (mode) => {
  let site: Site;

  beforeAll(async () => {
    const env = { API: bench.api.url, HOST: "127.0.0.1" };
    if (mode === "production") {
      await app.run("react-router", ["build"], env);
      site = await app.serve("react-router-serve", ["build/server/index.js"], env);
    } else site = await app.serve("react-router", ["dev", "--host", "127.0.0.1", "--port", "PORT"], env);
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

  test.for([1, 2, 3, 4, 5])("streams a promise of a loader, visit %i", async () => {
    await expectStreamed(bench, `${site.url}/streamed`, "late");
    await expectStreamed(bench, `${site.url}/streamed`, "early");
  });

  test("goes on to a page whose promise is under way, and back", () => expectToNavigate(bench, site.url));

  if (mode === "production") {
    test("has nothing of the panel among the files of the page", () =>
      expectNoPanelIn(app.contents("build", "client")));
  }
});
