import { afterAll, beforeAll, describe, test } from "vitest";
import { App } from "./harness/app.ts";
import { setUpBench } from "./harness/bench.ts";
import { expectSent, expectToWork } from "./harness/films.ts";
import { expectScript } from "./harness/script.ts";

/** It may read files and talk to this machine; it downloads nothing. */
const FLAGS = ["--allow-read", "--allow-env", "--allow-net=127.0.0.1", "--no-remote"];

describe("Deno", () => {
  const bench = setUpBench();
  let app: App;
  beforeAll(async () => void (app = await App.install("deno")));
  afterAll(() => app?.dispose());

  test("ends a script when nothing is awaited any more", async () => {
    expectScript(await app.run("deno", ["run", ...FLAGS, "shared/script.mjs"]));
  });

  test("renders with data, and the page loads nothing again, and works from there", async () => {
    await app.run("node", ["build.mjs"]);
    const env = { API: bench.api.url, NODE_ENV: "production" };
    const site = await app.serve(
      "deno",
      ["serve", ...FLAGS, "--host", "127.0.0.1", "--port", "PORT", "server.jsx"],
      env,
    );
    const visit = await expectSent(bench, site.url);
    await expectToWork(visit, bench.api);
    await visit.end();
    await site.stop();
  });
});
