// What is there after a page that was left. A browser drops a transaction that has not come to its end when the page is gone:
// docs/decisions/0064-the-stamp-of-a-write-is-part-of-its-key.md. So pages that are left are counted, and those that hide
// first lose nothing.
import type { Page } from "playwright";
import { expect, test, vi } from "vitest";
import { PATIENCE } from "../support/patience.ts";
import { type RawTab, RawTabs } from "../support/raw-tabs.ts";
import { setUpTierWorld } from "../support/tier-world.ts";

const world = setUpTierWorld();

const SLICE = 50;
/** More than a slice. */
const ANSWERS = 90;
/** One user for each page that is left. */
const USERS = ["a", "b", "c", "d", "e", "f"];
/** At least so many of the users' pages leave all. A write that first reads what is there leaves none. */
const MOST = 4;
/** Ms that no change waits out: only the end of the page writes it. */
const NEVER = 600_000;

const LEAVES: [string, (page: Page) => Promise<unknown>][] = [
  ["another page of the site", (page) => page.goto(`${world.site.url}/other`)],
  ["a reload", (page) => page.reload()],
  ["another site", (page) => page.goto(`${world.site.url.replace("127.0.0.1", "localhost")}/`)],
  ["the end of the tab", (page) => page.close()],
];

/** Each user's page is prepared, and left. */
async function leaveEach(
  prepare: (page: Page, user: string) => Promise<void>,
  leave: (page: Page) => Promise<unknown>,
) {
  for (const user of USERS) {
    const page = await world.site.visit(world.context);
    await prepare(page, user);
    await leave(page);
    await page.close();
  }
}

/** At every look each user has all or nothing, and in the end most have all. */
async function expectMost(whole: number, count: (reader: Page, user: string) => Promise<number>): Promise<void> {
  const reader = await world.site.visit(world.context);
  const inPart: number[] = [];
  await vi.waitFor(async () => {
    const counts: number[] = [];
    for (const user of USERS) counts.push(await count(reader, user));
    inPart.push(...counts.filter((each) => each !== 0 && each !== whole));
    // It may still be on its way when the tab has gone.
    expect(counts.filter((each) => each === whole).length).toBeGreaterThanOrEqual(MOST);
  }, PATIENCE);
  expect(inPart).toEqual([]);
}

test.each(LEAVES)(
  "a slice that is written in pagehide is whole or absent after %s, and mostly whole",
  async (_, leave) => {
    const prefixOf = (user: string): string => `macho.${user}.film`;
    await leaveEach(
      (page, user) =>
        page.evaluate(
          async ([prefix, size]) => {
            const { tier, changes } = tierPage;
            const slice = changes(prefix, size, 500, [1, "a"]);
            addEventListener("pagehide", () => void tier.write(slice, prefix));
            // Its database is open, and has just found room.
            await tier.write(changes("macho.other.", 1, 10, [1, "a"]), "macho.other.");
          },
          [prefixOf(user), SLICE] as const,
        ),
      leave,
    );
    await expectMost(SLICE, (reader, user) =>
      reader.evaluate(async (prefix) => (await tierPage.tier.list(prefix)).length, prefixOf(user)),
    );
  },
);

test.each(LEAVES)(
  "answers that a page has just got are all or none there after %s, and mostly all",
  async (_, leave) => {
    await leaveEach(
      (page, user) =>
        page.evaluate(
          async ([scope, count, delay]) => {
            const { persist, QueryClient } = tierPage;
            const client = new QueryClient();
            const persistence = persist(client, { scope, delay });
            await persistence.ready;
            client.setQueryData(["first"], 1);
            await persistence.flush();
            for (let at = 0; at < count; at++) client.setQueryData(["film", at], { at });
          },
          [user, ANSWERS, NEVER] as const,
        ),
      leave,
    );
    await expectMost(ANSWERS, restored);
  },
);

/** How many answers a page of this user finds. */
const restored = (reader: Page, user: string): Promise<number> =>
  reader.evaluate(
    async ([scope, count]) => {
      const { persist, QueryClient } = tierPage;
      const client = new QueryClient();
      const persistence = persist(client, { scope });
      await persistence.restore();
      await persistence.stop();
      return Array.from({ length: count }, (_each, at) => client.getQueryData(["film", at])).filter(Boolean).length;
    },
    [user, ANSWERS] as const,
  );

test("answers of a tab are all there once it hides, before it is left", async () => {
  const tabs = await RawTabs.of(world.browser);
  const open = (): Promise<RawTab> => tabs.open(world.site.url, '"tierPage" in globalThis');
  const count = (tab: RawTab, user: string): Promise<number> =>
    tab.run(`tierPage.tier.list("macho.${user}.").then(({ length }) => length)`);
  for (const user of USERS) {
    const tab = await open();
    await tab.show();
    await tab.run(`(async () => {
      const client = new tierPage.QueryClient();
      await tierPage.persist(client, { scope: "${user}", delay: ${NEVER} }).ready;
      for (let at = 0; at < ${ANSWERS}; at++) client.setQueryData(["film", at], { at });
    })()`);
    expect(await tab.run("document.visibilityState")).toBe("visible");
    // Another tab comes before it. What that finds is complete, and stays.
    const other = await open();
    await vi.waitFor(async () => expect(await count(other, user)).toBe(ANSWERS), PATIENCE);
  }
  await tabs.close();
});
