import { afterAll, beforeAll, expect, test } from "vitest";
import { App } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectLoaded, expectToWork } from "./harness/films.ts";
import { serveFolder } from "./harness/folder.ts";

const bench = setUpBench();
let app: App;

beforeAll(async () => void (app = await App.install("import-map")));
afterAll(() => app?.dispose());

test("an import map leads a page without any tool to the hooks, in one file", async () => {
  const site = await serveFolder(app.folder);
  const visit = await expectLoaded(bench, site.url);
  await expectToWork(visit, bench.api);
  const files = await visit.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(files.filter((file) => file.includes("macho-cache"))).toEqual([
    `${site.url}/node_modules/macho-cache/dist/browser/react.js`,
  ]);
  await visit.end();
  await site.stop();
});
