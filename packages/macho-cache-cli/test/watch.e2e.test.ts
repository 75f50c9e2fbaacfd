import type { Page } from "playwright";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { macho } from "./support/command.ts";
import { startMacho } from "./support/started.ts";
import { startServer } from "./support/targets.ts";
import { browser, fixture, openFilms, port, site, useWorld } from "./support/world.ts";

useWorld();

let at: readonly string[];
let page: Page;

beforeAll(() => {
  at = ["--port", String(port)];
});
beforeEach(async () => {
  page = await openFilms(await browser.newPage());
});
afterEach(() => page.close());

/** Whether anything listens to a cache of the page. */
function isHeard(): Promise<boolean> {
  return page.evaluate(() => globalThis.exposed.small.parts.stores.some(({ recorder }) => recorder !== undefined));
}

/** Once a watch of a cache has begun. */
const begun = (): Promise<unknown> =>
  page.waitForFunction(() => globalThis.exposed.small.parts.stores.some(({ recorder }) => recorder !== undefined));

/** Lines without their times. */
function linesOf(out: string): string[] {
  return out
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3} {2}/, "").replaceAll(/ {2,}/g, "  "));
}

describe("macho watch", () => {
  test("writes events as they come, until Ctrl-C, and leaves nothing in the page", async () => {
    const watching = startMacho(["watch", "--cache", "small", ...at]);
    await begun();
    await page.evaluate(() => {
      const { small } = globalThis.exposed;
      small.get("a");
      small.set("a", 1).set("b", 2).set("c", 3).set("\u001B[31mred", 4);
    });
    await watching.said(/evicted/);
    await page.evaluate(() => globalThis.exposed.small.clear());
    await watching.said(/cleared/);
    watching.signal("SIGINT");
    const { status, out, err } = await watching.ended;
    expect([status, err]).toEqual([0, ""]);
    expect(linesOf(out)).toEqual([
      "miss  a",
      "set  a",
      "set  b",
      "set  c",
      "evicted  a",
      String.raw`set  \x1b[31mred`,
      "cleared  3 entries",
    ]);
    expect(await isHeard()).toBe(false);
  });

  test("writes JSON for pipes, keeps to kinds and words, and ends after a number of events", async () => {
    const words = ["watch", "--cache", "small", "--json", "--values", "--only", "sets,evicted", "--count", "3", "film"];
    const watching = startMacho([...words, ...at]);
    await begun();
    await page.evaluate(() => {
      const { small } = globalThis.exposed;
      small.set("song", 0);
      small.set("film:\u009B31m\u202E", 0);
      for (let id = 1; id <= 4; id++) small.set(`film:${id}`, id);
    });
    const { status, out, err } = await watching.ended;
    expect([status, err]).toEqual([0, ""]);
    // oxlint-disable-next-line no-control-regex -- none of these reaches the terminal
    expect(out).not.toMatch(/[\u0080-\u009F\u202E]/);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { at: string; kind: string; key: string; value: string });
    expect(events.map(({ kind, key, value }) => [kind, key, value])).toEqual([
      ["set", "film:\u009B31m\u202E", "0"],
      ["set", "film:1", "1"],
      ["set", "film:2", "2"],
    ]);
    expect(Math.abs(Date.now() - Date.parse(events[0]!.at))).toBeLessThan(60_000);
    expect(await isHeard()).toBe(false);
  });

  test.each([
    ["JSON", ["--json"], /^\{"kind":"lost","count":2000\}\n\{"at":"[^"]+","kind":"set","key":"2000"\}\n$/, /^$/],
    ["text", [], /^\S+ {2}set {10}2000\n$/, /^Lost 2,000 events: more came than could be written\./],
  ])("says in %s how many events were lost in a page that is faster than the output", async (_, words, out, err) => {
    const watching = startMacho(["watch", "--cache", "small", "--only", "sets", "--count", "1", ...words, ...at]);
    await begun();
    // In one task: nothing can be fetched meanwhile.
    await page.evaluate(() => {
      for (let id = 0; id < 7_000; id++) globalThis.exposed.small.set(String(id), id);
    });
    const run = await watching.ended;
    expect(run).toEqual({
      status: 0,
      out: expect.stringMatching(out) as string,
      err: expect.stringMatching(err) as string,
    });
  });

  test("two watches do not disturb each other, and looking counts nothing", async () => {
    const first = startMacho(["watch", "--cache", "small", "--only", "sets", "--count", "2", ...at]);
    await begun();
    const second = startMacho(["watch", "--cache", "small", "--count", "2", ...at]);
    await page.waitForFunction(() => {
      const { recorder } = globalThis.exposed.small.parts.stores[0]!;
      return (recorder as { recorders?: unknown[] } | undefined)?.recorders?.length === 2;
    });
    await page.evaluate(() => globalThis.exposed.small.set("a", 1).get("a"));
    expect(linesOf((await second.ended).out)).toEqual(["set  a", "hit  a"]);
    await page.evaluate(() => globalThis.exposed.small.set("b", 1));
    expect(linesOf((await first.ended).out)).toEqual(["set  a", "set  b"]);
    const { gets, sets } = await page.evaluate(() => globalThis.exposed.small.metrics);
    expect([gets, sets]).toEqual([1, 2]);
    expect(await isHeard()).toBe(false);
  });

  test("ends with status 0 when nobody reads any more, and after some seconds", async () => {
    const watching = startMacho(["watch", "--cache", "small", ...at]);
    await begun();
    watching.closeOutput();
    await page.evaluate(() => globalThis.exposed.small.set("a", 1));
    expect((await watching.ended).status).toBe(0);
    expect(await isHeard()).toBe(false);
    expect(await macho(["watch", "--cache", "small", "--seconds", "0.5", ...at])).toEqual({
      status: 0,
      out: "",
      err: "",
    });
  });

  test("ends in time also while it waits for a page that was closed", async () => {
    const tab = await browser.newPage();
    await tab.goto(`${site.url}?closed`);
    await tab.waitForFunction(() => document.title === "Films");
    const watching = startMacho(["watch", "--cache", "small", "--seconds", "2", "--target", "?closed", ...at]);
    await tab.waitForFunction(() =>
      globalThis.exposed.small.parts.stores.some(({ recorder }) => recorder !== undefined),
    );
    await tab.close();
    const { status, out, err } = await watching.ended;
    expect([status, out]).toEqual([0, ""]);
    expect(err).toMatch(/^The page is gone: [^.]+\. Waiting for small at port \d+\.\n$/);
  });

  test("tells of a client's queries, their loads and invalidations", async () => {
    const watching = startMacho(["watch", "--cache", "api", "--only", "loads,invalidated", "--count", "4", ...at]);
    await page.waitForFunction(() => (globalThis.exposed.api.cache.flights?.listeners.size ?? 0) > 0);
    await page.evaluate(async () => {
      const { api } = globalThis.exposed;
      await api.fetchQuery("films", () => Promise.resolve([1]));
      await api.invalidateQueries(["todos"]);
      await api.fetchQuery(["none"], () => Promise.reject(new Error("no such film")), { retry: false }).catch(() => 0);
    });
    const lines = linesOf((await watching.ended).out).map((line) => line.replace(/after \d+ ms/, "after N ms"));
    expect(lines).toEqual(["load  films", "loaded  films  after N ms", 'invalidated  ["todos",1]', 'load  ["none"]']);
  });

  test("goes on when the page is loaded anew, and says that something was missed", async () => {
    const watching = startMacho(["watch", "--cache", "small", "--count", "2", ...at]);
    await begun();
    await page.evaluate(() => globalThis.exposed.small.set("a", 1));
    await watching.said(/set/);
    await page.reload();
    await begun();
    await page.evaluate(() => globalThis.exposed.small.set("b", 2));
    const { status, out, err } = await watching.ended;
    expect([status, linesOf(out)]).toEqual([0, ["set  a", "set  b"]]);
    expect(err).toContain("Waiting for small");
    expect(err).toMatch(/small is there again after .* What happened meanwhile was not seen\./);
  });

  test("watches a Node server", async () => {
    const server = await startServer(fixture.folder, "--busy");
    try {
      const words = ["watch", "--port", String(server.port), "--only", "reads", "--count", "5", "--json"];
      const { status, out } = await macho(words);
      expect(status).toBe(0);
      expect(out.trimEnd().split("\n")).toHaveLength(5);
      expect(out).toMatch(/"kind":"(hit|miss)","key":"session:\d+"/);
    } finally {
      await server.stop();
    }
  });

  test("says what is wrong with what it is asked for", async () => {
    const kind = await macho(["watch", "--only", "dances", ...at]);
    expect([kind.status, kind.err]).toEqual([2, expect.stringContaining("There is no dances. There are: hit, miss")]);
    const words = await macho(["watch", "status:stale", "--cache", "small", ...at]);
    expect([words.status, words.err]).toEqual([2, expect.stringContaining("A watch looks for words in keys.")]);
  });
});
