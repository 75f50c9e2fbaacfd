// The rules of docs/behaviours.md about what outlives a page.
import { persist, type PersistOptions, type Persistence } from "macho-cache/persist";
import { expect, test } from "vitest";
import { deferred, settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { exchanged, Network, TabPage } from "../support/tab-world.ts";
import { QueryWorld } from "../support/query-world.ts";
import { Watched } from "../support/watched.ts";

class Page extends QueryWorld {
  readonly tier: MemoryTier;
  readonly persistence: Persistence;

  constructor(records?: MemoryTier["records"], options: Partial<PersistOptions> = {}) {
    super();
    this.tier = new MemoryTier(records);
    this.persistence = persist(this.client, { storage: this.tier, scope: "ada", clock: this.clock, ...options });
  }

  watch(name: string, staleTime = Infinity): Watched {
    return new Watched(this.client, [name], this.backend.fetcher, { staleTime });
  }
}

/** What is stored by a page that had this, in order. */
async function stored(data: Record<string, unknown>, options?: Partial<PersistOptions>): Promise<Page> {
  const page = new Page(undefined, options);
  for (const [name, value] of Object.entries(data)) page.client.setQueryData([name], value);
  await page.persistence.stop();
  return page;
}

test("70. differs: a load waits for its own key to be read, and for no other one", async () => {
  const { tier } = await stored({ a: "stored" });
  const page = new Page(tier.records);
  await page.persistence.ready;
  const answered = deferred<void>();
  page.tier.before = (call) => (call === "getMany" ? answered.promise : undefined);
  const [a, b] = [page.watch("a"), page.watch("b")];
  await settled();
  // The storage has said that it has no b.
  expect(page.backend.requests.map(({ key }) => key)).toEqual([["b"]]);
  answered.resolve();
  await settled();
  expect(a.result).toMatchObject({ data: "stored", fetchStatus: "idle" });
  await page.backend.answer(0, "loaded");
  expect([b.result.data, page.backend.count]).toEqual(["loaded", 1]);
});

test("70. differs: two restores at the same time, as StrictMode makes them, bring each entry once", async () => {
  const { tier } = await stored({ a: 1, b: 2, c: 3 });
  const page = new Page(tier.records);
  const counts = await Promise.all([page.persistence.restore(), page.persistence.restore()]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(3);
  expect(page.client.getQueries().map(({ data }) => data)).toEqual(expect.arrayContaining([1, 2, 3]));
  expect(page.client.cache.metrics.sets).toBe(3);
  expect(page.tier.calls.filter((call) => call === "list")).toHaveLength(1);
});

test("71. what is over or cannot be read is deleted on sight; what is of another version is left alone, and loaded", async () => {
  const { tier } = await stored({ over: 1, damaged: 2, version: 3, foreign: 4, kept: 5 });
  const idOf = (name: string): string => [...tier.records.keys()].find((id) => id.includes(name))!;
  const change = (name: string, fields: object): void => {
    tier.records.set(idOf(name), { ...tier.records.get(idOf(name))!, ...fields });
  };
  change("over", { x: 1 });
  change("damaged", { t: "yesterday" });
  change("version", { b: "another" });
  change("foreign", { v: 2 });
  const ids = new Map(["over", "damaged", "version", "foreign", "kept"].map((name) => [name, idOf(name)]));
  const page = new Page(tier.records);
  await page.persistence.ready;
  for (const name of ids.keys()) page.watch(name);
  await settled();
  expect(page.backend.requests.map(({ key }) => key[0])).toEqual(["over", "damaged", "version", "foreign"]);
  await page.persistence.flush();
  const left = [...ids].flatMap(([name, id]) => (page.tier.records.has(id) ? [name] : []));
  expect(left).toEqual(["version", "foreign", "kept"]);
});

test("71. the others keep their age", async () => {
  const { tier, clock } = await stored({ film: "Ran" });
  const page = new Page(tier.records);
  // An hour goes by until the reload.
  page.clock.advance(3_600_000 + clock.now());
  const [fresh, stale] = [page.watch("film", 3_600_001), page.watch("film", 3_600_000)];
  await settled();
  expect(fresh.result).toMatchObject({ data: "Ran", dataUpdatedAt: page.clock.wallNow() - 3_600_000 });
  expect(stale.result).toMatchObject({ data: "Ran", fetchStatus: "fetching" });
});

test("72. a message of another tab that cannot be used neither mutes this one nor breaks it", async () => {
  const network = new Network();
  const [one, other] = [new TabPage(network), new TabPage(network)];
  await exchanged(one, other);
  await one.store(["film"], "Ran");
  const [{ message, hear }] = network.onItsWay.splice(0) as [{ message: object; hear: (it: unknown) => void }];
  other.watch(["film"], { staleTime: Infinity, enabled: false });
  for (const bad of [undefined, "text", { ...message, v: 99 }, { ...message, written: [[]] }]) hear(bad);
  await exchanged(one, other);
  expect(other.data(["film"])).toBeUndefined();
  // It hears, and is heard.
  hear(message);
  await exchanged(one, other);
  expect(other.data(["film"])).toBe("Ran");
  await other.store(["film"], "Ikiru");
  await exchanged(one, other);
  expect(one.data(["film"])).toBe("Ikiru");
});
