import type { Frame, Page } from "playwright";
import { expect, test } from "vitest";
import { TierSite } from "../support/tier-site.ts";
import { setUpTierWorld } from "../support/tier-world.ts";

const world = setUpTierWorld();

const SCOPE = "macho.ada.";
/** Whether a page can write and read. */
const works = (page: Page | Frame): Promise<boolean> =>
  page.evaluate(async (scope) => {
    const { tier, tierRecord, outcome } = tierPage;
    const n = [Date.now(), "works"] as const;
    await outcome(tier.set(`${scope}works`, tierRecord(n, n)));
    const found = await outcome(tier.get(`${scope}works`));
    return (
      typeof found === "object" && "value" in found && JSON.stringify(found.value) === JSON.stringify(tierRecord(n, n))
    );
  }, SCOPE);

/** What the page writes, and what is there afterwards. */
const writeMuch = (page: Page, bytes: number): Promise<unknown[]> =>
  page.evaluate(
    async ([scope, size]) => {
      const { tier, outcome, changes } = tierPage;
      const written = await outcome(tier.write(changes(`${scope}much`, 50, size, [Date.now(), "a"]), scope));
      return [written, (await tier.list(`${scope}much`)).length];
    },
    [SCOPE, bytes] as const,
  );

test("a slice for which there is no room rejects, leaves nothing half done, and is there once there is room", async () => {
  const page = await world.site.visit(world.context);
  const tools = await TierSite.tools(page);
  // Before its first write: the browser remembers for a while how much room it found.
  await tools.send("Storage.overrideQuotaForOrigin", { origin: world.site.url, quotaSize: 2_000_000 });
  expect(await works(page)).toBe(true);
  const [written, found] = await writeMuch(page, 100_000);
  expect(written).toMatchObject({ name: "QuotaExceededError" });
  expect(found).toBe(0);
  expect(await page.evaluate(async (scope) => tierPage.tier.list(scope), SCOPE)).toHaveLength(1);
  await tools.send("Storage.overrideQuotaForOrigin", { origin: world.site.url });
  expect(await writeMuch(page, 100_000)).toEqual([{ value: [] }, 50]);
});

test("after a user deletes the data of the site, the next call finds nothing and works", async () => {
  const page = await world.site.visit(world.context);
  const tools = await TierSite.tools(page);
  expect(await writeMuch(page, 10)).toEqual([{ value: [] }, 50]);
  for (let round = 0; round < 3; round++) {
    await tools.send("Storage.clearDataForOrigin", { origin: world.site.url, storageTypes: "indexeddb" });
    expect(await page.evaluate((scope) => tierPage.outcome(tierPage.tier.get(`${scope}much1`)), SCOPE)).toEqual({});
    expect(await works(page)).toBe(true);
  }
});

test("data that is deleted in the midst of writes leaves no call without an answer", async () => {
  const page = await world.site.visit(world.context);
  const tools = await TierSite.tools(page);
  expect(await works(page)).toBe(true);
  const writes = page.evaluate((scope) => {
    const { tier, outcome, changes } = tierPage;
    const slices = Array.from({ length: 40 }, (_, at) => changes(`${scope}${at}-`, 50, 1_000, [at, "a"]));
    return Promise.all(slices.map((slice) => outcome(tier.write(slice, scope), 20_000)));
  }, SCOPE);
  await tools.send("Storage.clearDataForOrigin", { origin: world.site.url, storageTypes: "indexeddb" });
  expect((await writes).filter((each) => each === "hangs")).toEqual([]);
  expect(await works(page)).toBe(true);
});

test("values that cannot be copied leave the others of their slice alone", async () => {
  const page = await world.site.visit(world.context);
  const [refused, found] = await page.evaluate(async (scope) => {
    const { tier, tierRecord } = tierPage;
    const bad = [() => 1, new Response("body"), new Proxy({}, {}), document.body, new WeakMap(), Symbol("none")];
    const good = [new Date(0), new Map([[1n, new Set([-0])]]), new Uint8Array([1]), new Blob(["text"]), undefined];
    const slice = [...bad, ...good].map((value, at) => {
      const n = [1, "a"] as const;
      return { id: `${scope}${at}`, n, record: tierRecord(n, "", { d: value }) };
    });
    const ids = await tier.write(slice, scope);
    const all = (await tier.getMany(slice.map(({ id }) => id))) as ({ d: unknown } | undefined)[];
    return [ids, all.map((each) => each && Object.prototype.toString.call(each.d))];
  }, SCOPE);
  expect(refused).toEqual([0, 1, 2, 3, 4, 5].map((at) => `${SCOPE}${at}`));
  const kinds = ["Date", "Map", "Uint8Array", "Blob", "Undefined"].map((kind) => `[object ${kind}]`);
  expect(found).toEqual([...Array.from({ length: 6 }, () => undefined), ...kinds]);
});

test("a frame without an origin rejects, and says why", async () => {
  const page = await world.site.visit(world.context, "/frame");
  const frame = page.frames()[1]!;
  expect(await frame.evaluate(() => origin)).toBe("null");
  const answers = await frame.evaluate((scope) => {
    const { tier, outcome } = tierPage;
    return Promise.all([outcome(tier.get(`${scope}a`)), outcome(tier.write([], scope)), outcome(tier.list(scope))]);
  }, SCOPE);
  const error = {
    name: "MachoError",
    message: expect.stringMatching(/^IndexedDB cannot be used here, got SecurityError: /),
  };
  expect(answers).toEqual([error, error, error]);
});

/** Opens the database as another program would. */
const openElsewhere = (page: Page, version: number): Promise<string> =>
  page.evaluate(
    (asked) =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open("macho-cache", asked);
        for (const type of ["success", "blocked", "error"]) request.addEventListener(type, () => resolve(type));
      }),
    version,
  );

test("it makes way for a newer version of its database, rejects from then on, and works when that is gone", async () => {
  const [page, other] = await Promise.all([world.site.visit(world.context), world.site.visit(world.context)]);
  expect(await works(page)).toBe(true);
  expect(await openElsewhere(other, 2)).toBe("success");
  const get = (): Promise<unknown> => page.evaluate((scope) => tierPage.outcome(tierPage.tier.get(`${scope}a`)), SCOPE);
  for (let call = 0; call < 5; call++) expect(await get()).toMatchObject({ name: "VersionError" });
  await other.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase("macho-cache");
        // The page's own handle is still open.
        request.addEventListener("blocked", resolve);
        request.addEventListener("success", resolve);
      }),
  );
  await other.close();
  expect(await works(page)).toBe(true);
});

test("while a page holds the database, others use it; once an upgrade waits for that page, they wait, and are answered when it goes", async () => {
  const [page, holder, upgrader] = await Promise.all([
    world.site.visit(world.context),
    world.site.visit(world.context),
    world.site.visit(world.context),
  ]);
  expect(await works(page)).toBe(true);
  expect(await openElsewhere(holder, 1)).toBe("success");
  expect(await works(page)).toBe(true);
  expect(await openElsewhere(upgrader, 2)).toBe("blocked");
  const call = (ms: number): Promise<unknown> =>
    page.evaluate(([scope, limit]) => tierPage.outcome(tierPage.tier.get(`${scope}a`), limit), [SCOPE, ms] as const);
  expect(await call(300)).toBe("hangs");
  const waiting = call(20_000);
  await holder.close();
  expect(await waiting).toMatchObject({ name: "VersionError" });
});
