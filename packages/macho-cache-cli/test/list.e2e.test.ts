import { describe, expect, test } from "vitest";
import { macho } from "./support/command.ts";
import { freePort, startServer } from "./support/targets.ts";
import { browser, fixture, openFilms, port, site, useWorld } from "./support/world.ts";

useWorld();

/** The caches of `macho list --json`. */
async function listed(...words: string[]): Promise<{ name: string; target: { kind: string; title: string } }[]> {
  const { out, err, status } = await macho(["list", "--json", ...words]);
  expect(err).toBe("");
  expect(status).toBe(0);
  return (JSON.parse(out) as { caches: { name: string; target: { kind: string; title: string } }[] }).caches;
}

describe("macho list", () => {
  test("lists the caches of a tab and of its worker, with policy, size, hit ratio and memory", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}?worker`);
    await page.waitForFunction(() => document.title === "Films");
    const { out, status } = await macho(["list", "--port", String(port)]);
    expect(status).toBe(0);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(["cache", "policy", "entries", "hit ratio", "memory", "target"]);
    expect(
      lines
        .slice(1)
        .map(([name, policy, entries, ratio, memory]) => [name, policy, entries, ratio, /^about \d/.test(memory!)]),
    ).toEqual([
      ["films", "sieve", "20 of 50", "83%", true],
      ["api", "lru", "1 of 1,000", "no reads", true],
      ["small", "lru", "0 of 3", "no reads", true],
      ["pictures", "lru", "1 of 10", "100%", true],
    ]);
    expect(lines.map((line) => line.at(-1))).toEqual([
      "target",
      "page Films",
      "page Films",
      "page Films",
      "worker pictures",
    ]);
    await page.close();
  });

  test("lists the caches of a Node server and of its thread", async () => {
    const server = await startServer(fixture.folder, "--thread");
    try {
      const caches = await listed("--port", String(server.port));
      expect(caches.map(({ name, target }) => [name, target.kind])).toEqual([
        ["sessions", "node"],
        ["jobs", "thread"],
      ]);
    } finally {
      await server.stop();
    }
  });

  test("lists others beside a page that hangs, and a frame by its own address", async () => {
    const hung = await browser.newPage();
    await hung.goto(`${site.url}?hung`);
    await hung.waitForFunction(() => document.title === "Films");
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.evaluate((url) => {
      document.title = "Outer";
      document.body.append(Object.assign(document.createElement("iframe"), { src: url }));
    }, `${site.url}inner`);
    await page.frames()[1]!.waitForFunction(() => document.title === "Films");
    // The debugger stops it until the page is closed.
    const debug = await hung.context().newCDPSession(hung);
    await debug.send("Debugger.enable");
    const isStopped = new Promise((stopped) => debug.once("Debugger.paused", stopped));
    hung.evaluate("debugger").catch(() => undefined);
    await isStopped;
    const at = ["--port", String(port), "--timeout", "2"];
    const { out, err, status } = await macho(["list", ...at]);
    expect(status).toBe(0);
    expect(err).toContain("Could not be asked: Films: No answer within 2 s");
    const films = out.split("\n").filter((line) => line.startsWith("films"));
    expect(films.map((line) => line.split(/ {2,}/).at(-1))).toEqual(["page Outer", `frame ${site.url}inner`]);
    const one = await macho(["get", "film:1", "--cache", "films", "--target", "?hung", ...at]);
    expect([one.status, one.out]).toEqual([4, ""]);
    expect((await macho(["ttl", "film:1", "--cache", "films", "--target", "/inner", ...at])).status).toBe(0);
    await debug.send("Debugger.resume");
    await hung.close();
    await page.close();
  });

  test("looking counts nothing", async () => {
    const page = await openFilms(await browser.newPage());
    const before = await page.evaluate(() => JSON.stringify(globalThis.exposed.films.metrics));
    await listed("--port", String(port), "--target", "Films");
    expect(await page.evaluate(() => JSON.stringify(globalThis.exposed.films.metrics))).toBe(before);
    await page.close();
  });

  test("says what to do where nothing listens, and where no cache is exposed", async () => {
    const silent = await freePort();
    const none = await macho(["list", "--port", String(silent)]);
    expect(none).toEqual({
      status: 3,
      out: "",
      err: `macho: No target on port ${silent} of 127.0.0.1. Start Chrome with --remote-debugging-port=9222 --user-data-dir=FOLDER, or Node with --inspect, or name another --port.\n`,
    });
    const page = await browser.newPage();
    await page.goto("data:text/html,<title>Plain</title>");
    const empty = await macho(["list", "--port", String(port), "--target", "Plain"]);
    expect(empty.status).toBe(3);
    expect(empty.err).toContain("No cache in Plain. Call exposeCaches({ name: cache })");
    await page.close();
  });
});
