import { LruCache } from "macho-cache/lru";
import { persist, type Persistence, type PersistOptions } from "macho-cache/persist";
import { describe, expect, it } from "vitest";
import { settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { QueryWorld } from "../support/query-world.ts";
import { Watched } from "../support/watched.ts";

/** A page with a client that is persisted. Another page with the same records is a reload. */
class Page extends QueryWorld {
  readonly tier: MemoryTier;
  readonly persistence: Persistence;

  constructor(records?: MemoryTier["records"], options: Partial<PersistOptions> = {}) {
    super();
    this.tier = new MemoryTier(records);
    this.persistence = persist(this.client, { storage: this.tier, scope: "ada", clock: this.clock, ...options });
  }

  watch(key: string[], staleTime = 0): Watched {
    return new Watched(this.client, key, this.backend.fetcher, { staleTime });
  }

  /** The page after a reload. */
  async reloaded(options?: Partial<PersistOptions>): Promise<Page> {
    await this.persistence.flush();
    this.client.dispose();
    const page = new Page(this.tier.records, options);
    await page.persistence.ready;
    return page;
  }
}

describe("a persisted client", () => {
  it("shows what was stored after a reload, and loads it again because it is stale", async () => {
    const first = new Page();
    first.client.setQueryData(["film", 1], { title: "Ran" });
    const page = await first.reloaded();
    const hook = page.watch(["film", "1"]);
    await settled();
    expect(hook.result.status).toBe("pending");
    const stored = new Watched(page.client, ["film", 1], page.backend.fetcher, {});
    await settled();
    expect(stored.result).toMatchObject({ data: { title: "Ran" }, fetchStatus: "fetching" });
    await page.backend.answer(1, { title: "Ikiru" });
    expect(stored.result.data).toEqual({ title: "Ikiru" });
  });

  it("loads nothing where what was stored is fresh", async () => {
    const first = new Page();
    first.client.setQueryData(["film"], 1);
    const page = await first.reloaded();
    const hook = page.watch(["film"], 60_000);
    await settled();
    expect(hook.result).toMatchObject({ data: 1, status: "success", fetchStatus: "idle" });
    expect(page.backend.count).toBe(0);
    await expect(page.client.fetchQuery(["film"], page.backend.fetcher, { staleTime: 60_000 })).resolves.toBe(1);
  });

  it("writes a key once, however often it was set", async () => {
    const page = new Page();
    for (let at = 0; at < 1_000; at++) page.client.setQueryData(["hot", at % 10], at);
    await page.persistence.flush();
    expect(page.tier.calls.filter((call) => call === "write")).toHaveLength(1);
    expect(page.persistence.status.writes).toBe(10);
  });

  it("writes after the delay, without being asked", async () => {
    const page = new Page();
    page.client.setQueryData(["film"], 1);
    page.clock.advance(999);
    await settled();
    expect(page.tier.records.size).toBe(0);
    page.clock.advance(1);
    await settled();
    expect(page.tier.records.size).toBe(1);
  });

  it("does not bring back what was removed, invalidated, or purged", async () => {
    const first = new Page();
    for (const name of ["gone", "stale", "kept"]) first.client.setQueryData([name], name);
    const second = await first.reloaded();
    second.client.removeQueries(["gone"]);
    await second.client.invalidateQueries(["stale"]);
    const third = await second.reloaded();
    const [gone, stale, kept] = ["gone", "stale", "kept"].map((name) => third.watch([name], Infinity));
    await settled();
    expect(gone!.result.status).toBe("pending");
    expect(stale!.result).toMatchObject({ data: "stale", fetchStatus: "fetching" });
    expect(kept!.result).toMatchObject({ data: "kept", fetchStatus: "idle" });
    await third.persistence.purge();
    expect(third.tier.records.size).toBe(0);
    expect(third.client.getQueryData(["kept"])).toBeUndefined();
  });

  it("waits for a storage that never answers no longer than the deadline", async () => {
    const page = new Page(undefined, { deadline: 50 });
    page.tier.before = () => new Promise(() => undefined);
    const hook = page.watch(["film"]);
    await settled();
    expect(page.backend.count).toBe(0);
    page.clock.advance(50);
    await settled();
    expect(page.backend.count).toBe(1);
    await page.backend.answer(0, "loaded");
    expect(hook.result.data).toBe("loaded");
    expect(page.persistence.status).toMatchObject({ late: 1, misses: 1 });
  });
});

describe("a persisted cache", () => {
  it("has its entries again when it is ready", async () => {
    const tier = new MemoryTier();
    const cache = new LruCache<string, number>({ maxCacheSize: 10, ttl: Infinity });
    const persistence = persist(cache, { storage: tier, scope: "ada" });
    cache.set("a", 1).set("b", 2);
    await persistence.stop();
    const other = new LruCache<string, number>({ maxCacheSize: 10, ttl: Infinity });
    await persist(other, { storage: new MemoryTier(tier.records), scope: "ada" }).ready;
    expect([...other].sort(([one], [two]) => one.localeCompare(two))).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });
});
