// The end of a scope, and what comes back into memory at once.
import { Cache } from "macho-cache";
import { persist, type Tier } from "macho-cache/persist";
import { describe, expect, it } from "vitest";
import { deferred, settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { PersistedPage } from "../support/persisted-page.ts";

async function stored(): Promise<PersistedPage> {
  const page = new PersistedPage();
  for (const key of ["a", "b", "c"]) page.client.setQueryData([key], key);
  await page.persistence.flush();
  return page;
}

/** A gate before the calls of a name. */
function gated(page: PersistedPage, name: string): () => Promise<void> {
  const gate = deferred<void>();
  page.tier.before = (call) => (call === name ? gate.promise : undefined);
  return async () => {
    gate.resolve();
    await settled();
  };
}

describe("a purge", () => {
  it("is done when it is gone from memory and storage, and lets other scopes alone", async () => {
    const page = await stored();
    const other = new PersistedPage(page.tier.records, { scope: "bob" });
    other.client.setQueryData(["a"], "bob's");
    await other.persistence.flush();
    await page.persistence.purge();
    expect(page.client.getQueryData(["a"])).toBeUndefined();
    expect([...page.tier.records.values()].map(({ d }) => d)).toEqual(["bob's"]);
    await page.persistence.purge("bob");
    expect([page.tier.records.size, other.client.getQueryData(["a"])]).toEqual([0, "bob's"]);
  });

  it("between the start of a fetch and its answer keeps the answer out", async () => {
    const page = await stored();
    const answer = page.client.fetchQuery(["d"], page.backend.fetcher).catch(() => "aborted");
    await settled();
    await page.persistence.purge();
    await page.backend.answer(0, "late");
    await answer;
    await page.persistence.flush();
    expect([page.tier.records.size, page.client.getQueryData(["d"])]).toEqual([0, undefined]);
  });

  it("between encoding a value and writing it keeps the value out", async () => {
    const encoded = deferred<string>();
    const page = new PersistedPage(undefined, { codec: { encode: () => encoded.promise, decode: (data) => data } });
    await page.persistence.ready;
    page.client.setQueryData(["a"], "a");
    void page.persistence.flush();
    await settled();
    const purged = page.persistence.purge();
    encoded.resolve("encoded");
    await purged;
    await page.persistence.flush();
    expect(page.tier.records.size).toBe(0);
  });

  it.each(["write", "list", "getMany"])("while a %s is under way comes after it", async (call) => {
    const page = await stored();
    const next = new PersistedPage(page.tier.records);
    const go = gated(next, call);
    if (call !== "list") await next.persistence.ready;
    if (call === "write") {
      next.client.setQueryData(["d"], "d");
      void next.persistence.flush();
    }
    const hook = next.watch(["a"], { staleTime: 60_000 });
    await settled();
    const purged = next.persistence.purge();
    await settled();
    await go();
    await purged;
    expect([next.tier.records.size, hook.data]).toEqual([0, undefined]);
    await next.persistence.flush();
    expect(next.persistence.status).toMatchObject({ entries: 0, bytes: 0, pending: 0 });
  });

  it("says what the storage failed with, and is made up for when it works again", async () => {
    const page = await stored();
    page.tier.before = () => {
      throw new Error("down");
    };
    await expect(page.persistence.purge()).rejects.toThrow("down");
    expect(page.client.getQueryData(["a"])).toBeUndefined();
    expect(page.persistence.status.pending).toBe(1);
    const hook = page.watch(["a"], { staleTime: 60_000 });
    page.tier.before = () => undefined;
    for (let turn = 0; turn < 5; turn++) {
      page.clock.advance(1_000);
      await settled();
    }
    expect([page.tier.records.size, hook.data]).toEqual([0, undefined]);
  });

  it("is refused by a storage that can neither clear nor list", async () => {
    const map = new Map<string, unknown>();
    const storage: Tier = {
      name: "map",
      get: (id) => map.get(id),
      set: (id, record) => map.set(id, record),
      delete: (id) => map.delete(id),
    };
    const cache = new Cache<string, number>({ ttl: Infinity });
    const persistence = persist(cache, { storage, scope: "ada" });
    cache.set("a", 1);
    await persistence.flush();
    await expect(persistence.purge()).rejects.toThrow("map can neither clear nor list");
  });
});

describe("a restore", () => {
  it("brings the newest back, as far as there is room, and evicts and replaces nothing", async () => {
    const page = await stored();
    const next = new PersistedPage(page.tier.records);
    next.client.cache.resize(3);
    next.client.setQueryData(["c"], "mine");
    next.client.setQueryData(["d"], "d");
    await expect(next.persistence.restore()).resolves.toBe(1);
    expect(["a", "b", "c", "d"].map((key) => next.client.getQueryData([key]))).toEqual([undefined, "b", "mine", "d"]);
    expect(next.client.cache.metrics.removals.evicted).toBe(0);
  });

  it("is of a prefix or of tags as well", async () => {
    const page = await stored();
    page.client.setQueryData(["b", 1], 1, { tags: ["x"] });
    await page.persistence.flush();
    const next = new PersistedPage(page.tier.records);
    await expect(next.persistence.restore(["b"])).resolves.toBe(2);
    await expect(next.persistence.restore({ tags: ["x"] })).resolves.toBe(0);
    expect(next.client.getQueryData(["a"])).toBeUndefined();
  });

  it.each(["set", "remove", "clear"])("is the last word nowhere: a %s meanwhile stands", async (change) => {
    const page = await stored();
    const next = new PersistedPage(page.tier.records);
    const go = gated(next, "getMany");
    const restored = next.persistence.restore();
    await settled();
    if (change === "set") next.client.setQueryData(["a"], "mine");
    if (change === "remove") next.client.removeQueries(["a"]);
    if (change === "clear") next.client.clear();
    await go();
    await restored;
    expect(next.client.getQueryData(["a"])).toBe(change === "set" ? "mine" : undefined);
    expect(next.client.getQueryData(["b"])).toBe(change === "clear" ? undefined : "b");
  });

  it("gives up on what throws", async () => {
    const page = await stored();
    const next = new PersistedPage(page.tier.records);
    next.client.setQueryDefaults(["a"], { persist: false });
    await expect(next.persistence.restore()).resolves.toBe(2);
  });
});

describe("a persisted cache", () => {
  const open = (tier: Tier): { cache: Cache<string, number>; persistence: ReturnType<typeof persist> } => {
    const cache = new Cache<string, number>({ maxCacheSize: 2, ttl: 60_000 });
    return { cache, persistence: persist(cache, { storage: tier, scope: "ada" }) };
  };

  it("loads what neither it nor its storage has", async () => {
    const tier = new MemoryTier();
    const first = open(tier);
    for (const [key, value] of [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ] as const)
      first.cache.set(key, value);
    await first.persistence.stop();
    const { cache, persistence } = open(new MemoryTier(tier.records));
    await persistence.ready;
    expect(cache.size).toBe(2);
    let loads = 0;
    const load = (): number => ++loads;
    await expect(cache.getOrLoad("a", load)).resolves.toBe(1);
    expect([loads, cache.metrics.loads.started, persistence.status.hits]).toEqual([0, 1, 1]);
    await expect(cache.getOrLoad("d", load)).resolves.toBe(1);
    expect(cache.remainingTtl("a")).toBeLessThanOrEqual(60_000);
  });

  it("asks its storage neither for what is stale in memory nor gets what is stale from there", async () => {
    const tier = new MemoryTier();
    const first = open(tier);
    first.cache.set("a", 1);
    await first.persistence.stop();
    const { cache, persistence } = open(new MemoryTier(tier.records));
    await expect(cache.getOrLoad("a", () => 2, { staleTime: 0 })).resolves.toBe(2);
    await persistence.flush();
    await expect(cache.getOrLoad("a", () => 3, { staleTime: 0, serveStale: false })).resolves.toBe(3);
    expect(cache.get("a")).toBe(3);
  });

  it("says at once that a loader asks for its own key", async () => {
    const { cache } = open(new MemoryTier());
    const own = cache.getOrLoad("a", () => cache.getOrLoad("a", () => 1));
    await expect(own).rejects.toMatchObject({ code: "circular-load" });
  });
});
