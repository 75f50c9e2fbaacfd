import { afterAll, beforeAll, test } from "vitest";
import { App, type Site } from "./app.ts";
import type { Bench } from "./bench.ts";
import { expectLoaded, expectToTakeOver, expectToWork } from "./films.ts";
import { serveFolder } from "./folder.ts";
import { expectNoPanelIn, expectNoPanelOn, expectPanel } from "./panel.ts";
import type { Visit } from "./visit.ts";

/** How the sources of `test/frameworks/page` become a page with one tool. */
export interface PageTool {
  /** The app with the tool's configuration. */
  readonly name: string;
  /** Builds for production into `dist`. */
  build(app: App): Promise<unknown>;
  /** Starts the tool's own server for development. */
  develop(app: App): Promise<Site>;
  /** Whether a changed file is taken over without loading the page anew. @defaultValue true */
  readonly keepsState?: boolean;
}

/** The tests of an app that only a browser renders. @returns the app, from before the first of them */
export function testPageApp(bench: Bench, tool: PageTool, more?: (visit: Visit) => Promise<void>): () => App {
  let app: App;
  beforeAll(async () => void (app = await App.install(tool.name, "page")));
  afterAll(() => app?.dispose());

  test("works in production, without a word of the panel", async () => {
    await tool.build(app);
    const site = await serveFolder(app.path("dist"));
    const visit = await expectLoaded(bench, site.url);
    await expectToWork(visit, bench.api);
    await more?.(visit);
    await expectNoPanelOn(visit);
    await visit.end();
    await site.stop();
    expectNoPanelIn(app.contents("dist"));
  });

  test("works in development, with the panel", async () => {
    const site = await tool.develop(app);
    const visit = await expectLoaded(bench, site.url);
    await expectToWork(visit, bench.api);
    if (tool.keepsState ?? true) await expectToTakeOver(visit, bench.api, app);
    await more?.(visit);
    await expectPanel(visit);
    await visit.end();
    await site.stop();
  });
  return () => app;
}
