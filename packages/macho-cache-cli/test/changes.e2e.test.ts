import type { Page } from "playwright";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";
import { macho, type Run } from "./support/command.ts";
import { openScreen } from "./support/screen.ts";
import { browser, openFilms, port, useWorld } from "./support/world.ts";

useWorld();

let page: Page;

beforeAll(async () => {
  page = await browser.newPage();
});
beforeEach(async () => {
  await openFilms(page);
});

const changed = (cache: string, ...words: string[]): Promise<Run> =>
  macho([words[0]!, "--port", String(port), "--cache", cache, "--yes", ...words.slice(1)]);

describe("a change by the command", () => {
  test("removes an entry, and says with status 1 that none is there", async () => {
    expect(await changed("films", "delete", "film:7")).toEqual({ status: 0, out: "Removed film:7\n", err: "" });
    expect(await page.evaluate(() => globalThis.exposed.films.has("film:7"))).toBe(false);
    expect(await changed("films", "delete", "film:7")).toEqual({
      status: 1,
      out: "Nothing is stored under film:7.\n",
      err: "",
    });
  });

  test("removes everything", async () => {
    expect((await changed("films", "clear")).out).toBe("Cleared 20 entries.\n");
    expect(await page.evaluate(() => globalThis.exposed.films.size)).toBe(0);
  });

  test("sets the size, and says what the cache says of one that it refuses", async () => {
    expect((await changed("films", "resize", "5")).out).toBe("Resized from 50 to 5 entries. 15 entries left.\n");
    expect(await page.evaluate(() => globalThis.exposed.films.options.maxCacheSize)).toBe(5);
    const refused = await changed("films", "resize", "1.5");
    expect(refused.status).toBe(2);
    expect(refused.err).toContain("A whole number of 1 or more, got 1.5.");
  });

  test("writes a value, which keeps the time that the entry had left, or has the ttl that is given", async () => {
    expect((await changed("films", "set", "film:7", '{"title":"Ran"}')).out).toMatch(/^Wrote film:7\. It keeps the /);
    expect((await changed("films", "set", "film:99", "[1]", "--ttl", "5")).out).toBe("Wrote film:99\n");
    const read = await page.evaluate(() => {
      const { films } = globalThis.exposed;
      return [films.peek("film:7"), films.peek("film:99"), films.remainingTtl("film:99")! <= 5_000];
    });
    expect(read).toEqual([{ title: "Ran" }, [1], true]);
    const wrong = await changed("films", "set", "film:7", "{title");
    expect(wrong.status).toBe(2);
    expect(wrong.err).toContain("The value is JSON, got {title");
  });

  test("pins an entry until it is unpinned", async () => {
    expect((await changed("small", "set", "a", "1")).status).toBe(0);
    expect((await changed("small", "pin", "a")).out).toContain("Pinned a");
    const isThere = (): Promise<boolean> =>
      page.evaluate(() => {
        for (const key of ["b", "c", "d", "e"]) globalThis.exposed.small.set(key, 0);
        return globalThis.exposed.small.has("a");
      });
    expect(await isThere()).toBe(true);
    expect((await changed("small", "pin", "a", "--off")).out).toBe("Unpinned a\n");
    expect(await isThere()).toBe(false);
    expect((await changed("small", "pin", "b", "--off")).status).toBe(1);
  });

  test("marks queries stale, and loads those on screen again", async () => {
    await page.evaluate(() => {
      const { api } = globalThis.exposed;
      api.mount();
      // A load never ends, so that what is loading can be counted.
      let loads = 0;
      const load = (): unknown => (++loads === 1 ? ["milk"] : new Promise(() => undefined));
      api.observe(["todos", 2], load, { tags: ["lists"] }).subscribe(() => undefined);
    });
    await page.waitForFunction(() => globalThis.exposed.api.getQueryData(["todos", 2]) !== undefined);
    const one = await changed("api", "invalidate", '["todos",1]', "--exact");
    expect(one.out).toBe("Marked 1 query stale. None of them are loading.\n");
    expect((await changed("api", "invalidate", '["todos"]')).out).toMatch(
      /^Marked 2 queries stale\. 1 of them is loading\.$/m,
    );
    expect((await changed("api", "refetch", "--tag", "lists")).out).toMatch(
      /^Asked for 1 query again\. 1 of them is loading\.$/m,
    );
    expect((await changed("api", "invalidate", '["books"]')).status).toBe(1);
    const bare = await changed("films", "invalidate");
    expect(bare.status).toBe(5);
    expect(bare.err).toContain("This is a cache without queries");
  });

  test("is not made where nobody can be asked, and is told as JSON where it is", async () => {
    const words = ["delete", "film:7", "--port", String(port), "--cache", "films"];
    expect(await macho(words)).toEqual({
      status: 5,
      out: "",
      err: "macho: Nothing was changed: nobody can be asked here. Pass --yes to do it.\n",
    });
    expect(await page.evaluate(() => globalThis.exposed.films.has("film:7"))).toBe(true);
    const { out } = await macho([...words, "--yes", "--json"]);
    expect(JSON.parse(out)).toEqual({ words: "Removed film:7", count: 1 });
  });

  test.each([
    { typed: "y\r", said: "Removed film:7", status: 0, isThere: false },
    { typed: "\r", said: "Nothing was changed.", status: 5, isThere: true },
    { typed: "\u0003", said: "Nothing was changed.", status: 130, isThere: true },
    { typed: "\u0004", said: "Nothing was changed.", status: 5, isThere: true },
  ])("asks where somebody can answer, and $said", async ({ typed, said, status, isThere }) => {
    const words = ["delete", "film:7", "--port", String(port), "--cache", "films"];
    const screen = openScreen(process.execPath, [builtCommand(), ...words]);
    await screen.shows("Remove film:7? (films in page Films) [y/N]");
    screen.type(typed);
    await screen.shows(said);
    expect(await screen.ended).toBe(status);
    expect(await page.evaluate(() => globalThis.exposed.films.has("film:7"))).toBe(isThere);
  });
});
