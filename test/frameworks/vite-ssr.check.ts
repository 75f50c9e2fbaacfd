import { afterAll, beforeAll, describe, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectStreamed, expectToTakeOver, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("vite-ssr")));
afterAll(() => app?.dispose());

describe.each(["production", "development"] as const)("a server of one's own beside Vite in %s", (mode) => {
  let site: Site;

  beforeAll(async () => {
    if (mode === "production") {
      await app.run("vite", ["build", "--outDir", "dist/client"]);
      await app.run("vite", ["build", "--ssr", "render.jsx", "--outDir", "dist/server"]);
    }
    const env = mode === "production" ? { NODE_ENV: "production" } : {};
    site = await app.serve("node", ["server.mjs"], { API: bench.api.url, MODE: mode, ...env });
  });
  afterAll(() => site?.stop());

  test("sends data along, loads nothing again, and works from there", async () => {
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    if (mode === "production") await expectNoPanelOn(visit);
    else {
      await expectToTakeOver(visit, bench.api, app);
      await expectPanel(visit);
    }
    await visit.end();
  });

  test.for([1, 2, 3])("streams a part with its data, visit %i", async () => {
    await expectStreamed(bench, `${site.url}/streamed`, "late");
    await expectStreamed(bench, `${site.url}/streamed`, "early");
  });

  test("hydrates a page that holds the panel itself", async () => {
    const visit = await expectSent(bench, `${site.url}/panel`);
    await visit.end();
  });

  if (mode === "production") {
    test("has nothing of the panel among the files", () => expectNoPanelIn(app.contents("dist")));
  }
});
