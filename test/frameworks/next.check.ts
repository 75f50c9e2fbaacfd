import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import {
  expectLoaded,
  expectSent,
  expectStreamed,
  expectToNavigate,
  expectToShowMore,
  expectToTakeOver,
  expectToWork,
} from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";
import { Visit } from "./harness/visit.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("next")));
afterAll(() => app?.dispose());

/** Each of these is what somebody's `next.config` and scripts say. */
const WAYS = [
  { way: "Turbopack", flags: ["--turbopack"], cacheComponents: "false", visits: [1, 2, 3, 4, 5] },
  { way: "webpack", flags: ["--webpack"], cacheComponents: "false", visits: [1, 2] },
  { way: "cacheComponents", flags: ["--turbopack"], cacheComponents: "true", visits: [1, 2] },
];

describe.each(WAYS)("Next, $way", ({ flags, cacheComponents, visits }) => {
  describe.each(["production", "development"] as const)("in %s", (mode) => {
    let site: Site;

    beforeAll(async () => {
      const env = { API: bench.api.url, CACHE_COMPONENTS: cacheComponents };
      if (mode === "production") await app.run("next", ["build", ...flags], env);
      const command = mode === "production" ? ["start"] : ["dev", ...flags];
      site = await app.serve("next", [...command, "-H", "127.0.0.1", "-p", "PORT"], env);
    });
    afterAll(() => site?.stop());

    test("sends what a server component prefetched, loads nothing again, and works from there", async () => {
      const visit = await expectSent(bench, site.url);
      await expectToWork(visit, bench.api);
      if (mode === "production") await expectNoPanelOn(visit);
      else await expectPanel(visit);
      await visit.end();
    });

    test.for(visits)("streams a promise that a boundary waits for, visit %i", async () => {
      await expectStreamed(bench, `${site.url}/streamed`, "late");
      await expectStreamed(bench, `${site.url}/streamed`, "early");
    });

    test("goes on to a page whose promise is under way, and back", () => expectToNavigate(bench, site.url));

    test("sends the data of a hook that suspended on the server along with its part", async () => {
      bench.api.forget();
      const visit = await Visit.begin(bench, `${site.url}/parts`);
      await visit.shows("h2", "Film number 8");
      await expectToShowMore(visit);
      expect(bench.api.fromServer).toEqual(["GET /api/film/8"]);
      expect(bench.api.fromPage).toEqual([]);
      await visit.end();
    });

    test("loads in the page where no server has", async () => {
      const visit = await expectLoaded(bench, `${site.url}/static`);
      await expectToWork(visit, bench.api);
      await visit.end();
    });

    test("caches in a server component, for all its requests", async () => {
      await fetch(`${site.url}/server`);
      expect(await (await fetch(`${site.url}/server`)).text()).toMatch(/<h1>A cached word, \d+ times<\/h1>/);
    });

    if (mode === "production") {
      test("has nothing of the panel among the files of the page", () => {
        expectNoPanelIn(app.contents(".next", "static"));
      });
      return;
    }

    // The last one: other routes of Next's server may show the old text for a while.
    test("takes over a changed file, and keeps what it has loaded", async () => {
      const visit = await expectSent(bench, site.url);
      await expectToTakeOver(visit, bench.api, app);
      await visit.end();
    });
  });
});
