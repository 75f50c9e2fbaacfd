// What comes back from a storage: which records are used, for how long, and what becomes of the others.
import type { PersistOptions, TierRecord } from "macho-cache/persist";
import { describe, expect, it } from "vitest";
import { drained } from "../support/drained.ts";
import { PersistedPage } from "../support/persisted-page.ts";

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;
const KEYS = ["a", "b", "c"];
const never = (): Promise<never> => new Promise(() => undefined);

/** A page on which three entries were stored, and the next one. */
async function next(
  change: (records: Map<string, TierRecord>, ids: readonly string[]) => void,
  options: Partial<PersistOptions> = {},
  before: Partial<PersistOptions> = {},
  wall = 0,
): Promise<PersistedPage> {
  const first = new PersistedPage(undefined, before);
  for (const key of KEYS) first.client.setQueryData([key], key, { ttl: 10 * HOUR });
  await first.persistence.flush();
  const { records } = first.tier;
  change(records, [...records.keys()]);
  const page = new PersistedPage(records, options);
  page.clock.sleep(wall);
  await page.persistence.ready;
  return page;
}

/** What each key shows, from the storage alone. */
async function shown(page: PersistedPage): Promise<unknown[]> {
  const hooks = KEYS.map((key) => page.watch([key], { staleTime: 24 * HOUR }));
  await drained();
  const all = hooks.map(({ result }) =>
    result.fetchStatus === "idle" || result.data === undefined ? result.data : `${result.data as string}, stale`,
  );
  for (const { leave } of hooks) leave();
  return all;
}

const mend = (records: Map<string, TierRecord>, id: string, change: object | string | null): void => {
  const record = typeof change === "object" && change ? { ...records.get(id)!, ...change } : change;
  records.set(id, record as TierRecord);
};

describe("a record", () => {
  it.each([
    ["text", "{"],
    ["of no form", { v: undefined }],
    ["without a key", { k: undefined }],
    ["of another key", { k: ["b"] }],
    ["of another scope", { o: "bob" }],
    ["whose key is none", { k: { admin: true } }],
    ["with times that are none", { t: Number.NaN }],
    ["with a lifetime that is none", { x: "soon" }],
    ["without a stamp", { n: [Number.NaN, "x"] }],
    ["with a stamp that has no next one", { n: [Number.MAX_VALUE, "x"] }],
    ["with tags that are none", { g: [1] }],
    ["with a mark that is none", { i: 2 }],
  ])("that is damaged, %s, is removed and counted, and the others are shown", async (_, change) => {
    const page = await next((records, [id]) => mend(records, id!, change));
    // The list says nothing of it where its times are not good. It is looked for all the same.
    page.persister.upkeep.index.isComplete = false;
    expect(await shown(page)).toEqual([undefined, "b", "c"]);
    expect(page.persistence.status).toMatchObject({ unusable: 1, hits: 2, misses: 1 });
    await page.persistence.flush();
    expect([...page.tier.records.values()].map(({ d }) => d)).toEqual(["b", "c"]);
  });

  it("of a later form is no entry here, and is left to whoever wrote it", async () => {
    const page = await next((records, [id]) => mend(records, id!, { v: 2 }));
    expect(await shown(page)).toEqual([undefined, "b", "c"]);
    await page.persistence.flush();
    expect([page.tier.records.size, page.persistence.status.unusable]).toEqual([3, 1]);
  });

  it("with __proto__ in its data gives nobody a prototype", async () => {
    const page = await next((records, [id]) =>
      mend(records, id!, { d: JSON.parse('{"__proto__":{"isAdmin":true},"x":1}') as object }),
    );
    const hook = page.watch(["a"], { staleTime: HOUR });
    await drained();
    expect((hook.data as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    page.client.setQueryData(["a"], JSON.parse('{"__proto__":{"isAdmin":true},"x":2}'));
    expect((hook.data as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it("that is gone between the list and its read is a miss", async () => {
    const page = await next(() => undefined);
    page.tier.records.clear();
    expect(await shown(page)).toEqual([undefined, undefined, undefined]);
    expect(page.persistence.status).toMatchObject({ misses: 3, unusable: 0, failures: 0 });
  });
});

describe("a record of another build", () => {
  it("is not shown, and stays until its key is written", async () => {
    const page = await next(() => undefined, { buster: "2" }, { buster: "1" });
    expect(await shown(page)).toEqual([undefined, undefined, undefined]);
    page.client.setQueryData(["a"], "new");
    await page.persistence.flush();
    expect([...page.tier.records.values()].map(({ b }) => b).sort()).toEqual(["1", "1", "2"]);
  });

  it("is shown as migrate makes it; one that migrate cannot is removed", async () => {
    const seen: unknown[] = [];
    const migrate = (data: unknown, from: { readonly buster: string; readonly key: unknown }): unknown => {
      seen.push(from);
      if (data === "a") throw new Error("migrate");
      return data === "b" ? undefined : Promise.resolve(`${String(data)}2`);
    };
    const page = await next(() => undefined, { buster: "2", migrate }, { buster: "1" });
    expect(await shown(page)).toEqual([undefined, undefined, "c2"]);
    expect(seen).toContainEqual({ buster: "1", key: ["a"] });
    await page.persistence.flush();
    expect(page.tier.records.size).toBe(1);
  });

  it("costs no more than the deadline where migrate never settles", async () => {
    const page = await next(() => undefined, { buster: "2", migrate: never, deadline: 50 }, { buster: "1" });
    const hook = page.watch(["a"]);
    await drained();
    page.clock.advance(50);
    await drained();
    expect(page.backend.count).toBe(1);
    await page.backend.answer(0, "loaded");
    expect(hook.data).toBe("loaded");
  });
});

describe("a codec", () => {
  it("has what is stored, and gives it back", async () => {
    const codec = {
      encode: (data: unknown) => Promise.resolve({ secret: btoa(JSON.stringify(data)) }),
      decode: (stored: unknown): unknown => JSON.parse(atob((stored as { secret: string }).secret)),
    };
    const page = await next(() => undefined, { codec }, { codec });
    expect(JSON.stringify([...page.tier.records.values()].map(({ d }) => d))).not.toContain('"a"');
    expect(await shown(page)).toEqual(KEYS);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("codec");
      },
    ],
    ["rejects", () => Promise.reject(new Error("codec"))],
  ])("that %s on the way back makes a miss, and the record goes", async (_, decode) => {
    const page = await next(() => undefined, { codec: { encode: (data) => data, decode } });
    expect(await shown(page)).toEqual([undefined, undefined, undefined]);
    await page.persistence.flush();
    expect([page.tier.records.size, page.persistence.status.unusable]).toEqual([0, 3]);
  });
});

describe("the lifetime of an entry", () => {
  it.each([
    [9 * HOUR, ["a", "b", "c"], 3],
    [11 * HOUR, [undefined, undefined, undefined], 0],
    [YEARS, [undefined, undefined, undefined], 0],
    [-HOUR, ["a, stale", "b, stale", "c, stale"], 3],
    [-60_000, ["a", "b", "c"], 3],
    [-YEARS, ["a, stale", "b, stale", "c, stale"], 3],
  ])("goes by the wall clock: after %i ms", async (wall, expected, left) => {
    const page = await next(() => undefined, {}, {}, wall);
    expect(await shown(page)).toEqual(expected);
    await page.persistence.flush();
    expect(page.tier.records.size).toBe(left);
  });

  it("is what was left of it, and no longer than maxAge", async () => {
    const page = await next(() => undefined, {}, {}, 9 * HOUR);
    await shown(page);
    expect(page.client.cache.remainingTtl('["a"]')).toBe(HOUR);
    const short = await next(() => undefined, {}, { maxAge: HOUR }, 0);
    await shown(short);
    expect(short.client.cache.remainingTtl('["a"]')).toBe(HOUR);
  });

  it("never becomes longer by a clock that goes back", async () => {
    const page = await next(() => undefined, {}, {}, -YEARS);
    await shown(page);
    expect(page.client.cache.remainingTtl('["a"]')).toBe(10 * HOUR);
  });

  it("is known also while the wall clock says nothing", async () => {
    const first = new PersistedPage();
    const { wallNow } = first.clock;
    first.clock.wallNow = () => Number.NaN;
    first.client.setQueryData(["a"], "a");
    await first.persistence.flush();
    for (const { x, t, n } of first.tier.records.values()) expect([x, t, n[0]].every(Number.isFinite)).toBe(true);
    first.clock.wallNow = wallNow;
    first.client.setQueryData(["a"], "b");
    await first.persistence.flush();
    const page = new PersistedPage(first.tier.records);
    await page.persistence.ready;
    expect(await shown(page)).toEqual(["b", undefined, undefined]);
  });

  it("and its order hold where the clock went back between two pages", async () => {
    const page = await next(() => undefined, {}, {}, -YEARS);
    page.client.setQueryData(["a"], "new");
    page.client.removeQueries(["b"]);
    await page.persistence.flush();
    const later = new PersistedPage(page.tier.records);
    later.clock.sleep(-YEARS);
    await later.persistence.ready;
    expect(await shown(later)).toEqual(["new", undefined, "c, stale"]);
  });
});
