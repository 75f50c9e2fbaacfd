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

const HOSTILE = "</script><script>hacked = true</script>";
const FILM = "film 1: success idle from the server";
const LATE = "a part is on its way";
const SHELL = [FILM, LATE, LATE];
const WHOLE = [FILM, `review 1: success idle ${HOSTILE}`, `review 2: success idle ${HOSTILE}`, FILM];

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

  const blocks = (): Promise<number> => visit.page.locator("script[data-macho]").count();

  /** Nothing was loaded again, nothing was rendered but what the server rendered, and nobody complained. */
  async function expectGoodEnd(): Promise<void> {
    await expect.poll(() => visit.lines()).toEqual(WHOLE);
    // Each block goes when its part has hydrated.
    await expect.poll(blocks).toBe(0);
    expect(await visit.kept()).toBe(4);
    expect(visit.asked).toEqual([]);
    const { version, recovered, shown } = await visit.notes();
    expect(version).toMatch(new RegExp(`^${react}\\.`));
    const places = ["shell: film 1", "details: review 1", "details: review 2", "details: film 1"];
    expect(shown).toEqual(Object.fromEntries(places.map((place) => [place, ["success idle"]])));
    expect(recovered).toEqual([]);
    expect(visit.complaints).toEqual([]);
    expect(await visit.page.evaluate(() => "hacked" in window)).toBe(false);
  }

  test("a page that hydrates between its parts loads nothing that came with one", async () => {
    visit = await Visit.begin(browser, `${site.url}/sent`);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    await visit.mark();
    visit.hydrate();
    await expect.poll(blocks).toBe(0);
    expect(await visit.lines()).toEqual(SHELL);
    // Elements of the late parts are marked as they come.
    await visit.markAlways();
    await site.release();
    await expectGoodEnd();
  });

  test.each([
    ["its storage holds", "/sent-stored"],
    ["its memory has from its storage", "/sent-restored"],
  ])("a page shows what each part brings, whatever other data %s, and loads nothing", async (_what, path) => {
    visit = await Visit.begin(browser, site.url + path);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    await visit.mark();
    visit.hydrate();
    await expect.poll(blocks).toBe(0);
    expect(await visit.lines()).toEqual(SHELL);
    await visit.markAlways();
    await site.release();
    await expectGoodEnd();
  });

  test("a page that is complete before it hydrates loads nothing", async () => {
    visit = await Visit.begin(browser, `${site.url}/sent`);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    await site.release();
    await expect.poll(() => visit.lines()).toEqual(WHOLE);
    expect(await blocks()).toBe(3);
    await visit.mark();
    visit.hydrate();
    await expectGoodEnd();
  });

  test("a late part whose key is known here begins with what the server had, and then shows what is newer", async () => {
    visit = await Visit.begin(browser, `${site.url}/sent`);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    visit.hydrate();
    await expect.poll(blocks).toBe(0);
    await visit.page.evaluate(() => {
      const { client } = window as unknown as { client: { setQueryData(...args: unknown[]): void } };
      client.setQueryData(["review", 1], "newer", { updatedAt: Date.now() + 60_000 });
      client.setQueryData(["review", 2], "older", { updatedAt: 1 });
    });
    await site.release();
    await expect.poll(() => visit.lines()).toEqual([FILM, "review 1: success idle newer", ...WHOLE.slice(2)]);
    expect((await visit.notes()).recovered).toEqual([]);
    expect(visit.asked).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("a part whose load failed on the server is loaded in the page, which hears nothing of the reason", async () => {
    visit = await Visit.begin(browser, `${site.url}/sent-failing`);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    visit.hydrate();
    await site.release();
    await expect.poll(() => visit.asked.toSorted()).toEqual(["/api/review/1", "/api/review/2"]);
    visit.answer();
    const reviews = [1, 2].map((id) => `review ${id}: success idle here`);
    await expect.poll(() => visit.lines()).toEqual([FILM, ...reviews, FILM]);
    // React's development build shows a server's errors by itself.
    if (mode === "production") expect(await visit.page.content()).not.toContain("secret");
  });

  test("a part whose data was damaged is rendered anew, and loads", async () => {
    visit = await Visit.begin(browser, `${site.url}/sent`);
    await expect.poll(() => visit.lines()).toEqual(SHELL);
    visit.hydrate();
    await expect.poll(blocks).toBe(0);
    await visit.damageBlocks();
    await site.release();
    await expect.poll(() => visit.asked.toSorted()).toEqual(["/api/review/1", "/api/review/2"]);
    visit.answer();
    const reviews = [1, 2].map((id) => `review ${id}: success idle here`);
    await expect.poll(() => visit.lines()).toEqual([FILM, ...reviews, FILM]);
    const { recovered } = await visit.notes();
    expect(recovered.some((error) => error.includes("readText needs what toText gave"))).toBe(true);
  });

  test("each part comes with its data, and the data of others does not hold it up", async () => {
    const [shell, late] = await site.parts("/sent");
    expect(shell.match(/<script[^>]*data-macho/g)).toHaveLength(1);
    expect(shell).not.toContain("review");
    expect(late.match(/<script[^>]*data-macho/g)).toHaveLength(2);
    expect(late.match(/<script>hacked/g)).toBe(null);
  });

  test("the server loads each key once, sets no timer, and ends by itself when it stops listening", async () => {
    const before = await site.report();
    await site.parts("/sent");
    const after = await site.report();
    expect({ ...after, loads: after.loads - before.loads }).toEqual({ loads: 3, timers: 0 });
    expect(await site.stop()).toBe(0);
  });
});
