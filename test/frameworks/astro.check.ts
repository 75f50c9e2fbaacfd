import { afterAll, beforeAll, describe, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectToTakeOver, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("astro")));
afterAll(() => app?.dispose());

describe.each(["production", "development"] as const)("an island of Astro in %s", (mode) => {
  let site: Site;

  beforeAll(async () => {
    const env = { API: bench.api.url, HOST: "127.0.0.1" };
    if (mode === "production") {
      await app.run("astro", ["build"], env);
      site = await app.serve("node", ["dist/server/entry.mjs"], env);
    } else site = await app.serve("astro", ["dev", "--host", "127.0.0.1", "--port", "PORT"], env);
  });
  afterAll(() => site?.stop());

  test("begins with what the page loaded for it, and works from there", async () => {
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    if (mode === "production") await expectNoPanelOn(visit);
    else {
      await expectToTakeOver(visit, bench.api, app);
      await expectPanel(visit);
    }
    await visit.end();
  });

  if (mode === "production") {
    test("has nothing of the panel among the files of the page", () => expectNoPanelIn(app.contents("dist", "client")));
  }
});
