import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { App, type Site } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectToWork } from "./harness/films.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./harness/panel.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("workerd")));
afterAll(() => app?.dispose());

describe.each(["production", "development"] as const)("a worker of workerd in %s", (MODE) => {
  let site: Site;

  const answer = async (path: string): Promise<unknown> => (await fetch(site.url + path)).json();

  beforeAll(async () => {
    await app.run("node", ["build.mjs"], { MODE });
    const api = `--external-addr=api=${new URL(bench.api.url).host}`;
    site = await app.serve("workerd", ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:PORT", api]);
  });
  afterAll(() => site?.stop());

  test("stores at the module's level, where the host allows no timer, and counts it", async () => {
    expect(await answer("/numbers")).toEqual({ size: 50, last: 49, absent: false });
    const stored = { word: "stored before any request", theme: "dark", sets: 1 };
    expect(await answer("/stored")).toEqual(stored);
  });

  test("serves nothing past its ttl, though no timer was ever set", async () => {
    await expect.poll(() => answer("/stored")).toMatchObject({ word: null });
  });

  test("shares a load among requests, and what it gave with later ones, until its ttl is over", async () => {
    bench.api.forget();
    const release = bench.api.hold("GET /api/film/3");
    const together = Promise.all([answer("/load"), answer("/load")]);
    await expect.poll(() => bench.api.fromServer).toEqual(["GET /api/film/3"]);
    release();
    const both = { value: { id: 3, title: "Film number 3" }, loads: 1 };
    expect(await together).toEqual([both, both]);
    expect(await answer("/load")).toEqual(both);
    // The timer of the first request ended with it.
    await expect.poll(() => answer("/load")).toEqual({ ...both, loads: 2 });
  });

  test("renders with data, and the page loads nothing again, and works from there", async () => {
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    if (MODE === "production") await expectNoPanelOn(visit);
    else await expectPanel(visit);
    await visit.end();
    // Nothing that the worker did was refused.
    expect(site.said()).not.toMatch(/error|uncaught/i);
  });

  if (MODE === "production") {
    test("has nothing of the panel among the files", () => expectNoPanelIn(app.contents("dist")));
  }
});
