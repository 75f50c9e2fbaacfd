// Each app is run as it was, and as the command and a person left it: the same is seen, and the same asked of the server.
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { expectComplaint } from "../../../../test/support/complaints.ts";
import { appNames, type Files, filesOf, finished, migrateApp, Workplace } from "./harness/apps.ts";
import { type AppModule, type Observed, Page } from "./harness/page.tsx";
import { type Scenario, SCENARIOS } from "./harness/scenarios.tsx";

const workplace = new Workplace();
let page: Page | undefined;

afterEach(() => page?.close());
afterAll(() => workplace.remove());

async function load(name: string, files: Files): Promise<AppModule> {
  const folder = workplace.write(name, files);
  const main = join(folder, "app.tsx" in files ? "app.tsx" : "app.jsx");
  const app = (await import(/* @vite-ignore */ main)) as Partial<AppModule> & { default?: AppModule["App"] };
  const server =
    "prepare.ts" in files ? ((await import(/* @vite-ignore */ join(folder, "prepare.ts"))) as AppModule) : undefined;
  return { App: (app.App ?? app.default)!, ...(server?.prepare ? { prepare: server.prepare } : {}) };
}

async function observe(name: string, files: Files, scenario: Scenario): Promise<Observed> {
  page = new Page(await load(name, files), scenario.backend());
  await scenario.run(page);
  page.close();
  const { texts, requests } = page;
  return { texts, requests: scenario.isPolling ? [...new Set(requests)].sort() : requests };
}

describe.each(appNames())("%s", (name) => {
  const scenario = SCENARIOS[name]!;

  test("shows the same, and asks the same of the server", async () => {
    // One of the apps has an error boundary.
    expectComplaint();
    const before = await observe(`${name}-before`, filesOf(name), scenario);
    const after = await observe(`${name}-after`, finished(migrateApp(name, scenario), scenario), scenario);
    expect(before.requests.length).toBeGreaterThan(1);
    expect(after).toEqual(before);
  });
});
