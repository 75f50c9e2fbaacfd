import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { StreamingSite } from "./streaming/site.ts";
import { Visit } from "./streaming/visit.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const SHELL = ["film 1: pending fetching", "film 2: pending fetching"];
const DETAILS = ["review 1: pending fetching", "film 1: pending fetching"];
const LOADED = ["film 1", "film 2", "review 1", "film 1"].map((name) => `${name}: success idle here`);
const ON_THEIR_WAY = "details are on their way";
const SEQUENCE = ["pending fetching", "success idle"];

describe.each([
  ["19", "production"],
  ["19", "development"],
  ["18", "production"],
  ["18", "development"],
] as const)("React %s, its %s build", (react, mode) => {
  let site: StreamingSite;
  let visit: Visit;

  beforeAll(async () => {
    site = await StreamingSite.start(mode, react);
  });

  afterAll(() => site?.dispose());

  afterEach(() => visit?.page.close());

  /** Every key was asked for once, its states came in order, and neither React nor the browser had a complaint. */
  async function expectGoodEnd(): Promise<void> {
    visit.answer();
    await expect.poll(() => visit.lines()).toEqual(LOADED);
    expect(visit.asked.toSorted()).toEqual(["/api/film/1", "/api/film/2", "/api/review/1"]);
    const { version, recovered, shown } = await visit.notes();
    expect(version).toMatch(new RegExp(`^${react}\\.`));
    const places = ["shell: film 1", "shell: film 2", "details: review 1", "details: film 1"];
    expect(shown).toEqual(Object.fromEntries(places.map((place) => [place, SEQUENCE])));
    expect(recovered).toEqual([]);
    expect(visit.complaints).toEqual([]);
  }

  test("a streamed page that hydrates between its two parts loads each key once", async () => {
    visit = await Visit.begin(browser, `${site.url}/stream`);
    await expect.poll(() => visit.lines()).toEqual([...SHELL, ON_THEIR_WAY]);
    await visit.mark();
    visit.hydrate();
    await expect.poll(() => visit.asked.length).toBe(2);
    expect(await visit.lines()).toEqual([...SHELL, ON_THEIR_WAY]);
    await site.release();
    await expect.poll(() => visit.asked.length).toBe(3);
    expect(await visit.lines()).toEqual([...SHELL, ...DETAILS]);
    expect(await visit.kept()).toBe(2);
    await expectGoodEnd();
  });

  test("a second part that comes after the data of its keys starts with what the server had", async () => {
    visit = await Visit.begin(browser, `${site.url}/stream`);
    visit.hydrate();
    visit.answer();
    await expect.poll(() => visit.lines()).toEqual([...LOADED.slice(0, 2), ON_THEIR_WAY]);
    await site.release();
    await expectGoodEnd();
  });

  test("a streamed page that is complete before it hydrates loads each key once", async () => {
    visit = await Visit.begin(browser, `${site.url}/stream`);
    await expect.poll(() => visit.lines()).toEqual([...SHELL, ON_THEIR_WAY]);
    await site.release();
    await expect.poll(() => visit.lines()).toEqual([...SHELL, ...DETAILS]);
    expect(visit.asked).toEqual([]);
    await visit.mark();
    visit.hydrate();
    await expect.poll(() => visit.asked.length).toBe(3);
    expect(await visit.kept()).toBe(4);
    await expectGoodEnd();
  });

  test("a page by renderToString loads each key once", async () => {
    visit = await Visit.begin(browser, `${site.url}/string`);
    await expect.poll(() => visit.lines()).toEqual([...SHELL, ...DETAILS]);
    await visit.mark();
    visit.hydrate();
    await expect.poll(() => visit.asked.length).toBe(3);
    expect(await visit.kept()).toBe(4);
    await expectGoodEnd();
  });

  test("the server sends two parts, loads nothing, sets no timer, and ends by itself when it stops listening", async () => {
    const parts = await site.parts();
    expect(parts).toEqual([expect.stringContaining(ON_THEIR_WAY), expect.stringContaining("review 1: pending")]);
    expect(parts[0]).not.toContain("review 1");
    await site.string();
    expect(await site.report()).toEqual({ loads: 0, timers: 0 });
    expect(await site.stop()).toBe(0);
  });
});
