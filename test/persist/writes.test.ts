// How changes reach the storage: what is written, when, and what becomes of it where the storage fails.
import { LruCache } from "macho-cache/lru";
import { persist, type PersistOptions, type Tier } from "macho-cache/persist";
import { describe, expect, it } from "vitest";
import { deferred, settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { PersistedPage } from "../support/persisted-page.ts";

const never = (): Promise<never> => new Promise(() => undefined);
const quota = (): never => {
  throw Object.assign(new Error("no room"), { name: "QuotaExceededError" });
};

/** A page, and what it is told. */
async function opened(options: Partial<PersistOptions> = {}): Promise<PersistedPage & { told: unknown[] }> {
  const told: unknown[] = [];
  const page = new PersistedPage(undefined, { onError: (error) => told.push(error), ...options });
  await page.persistence.ready;
  return Object.assign(page, { told });
}

async function pass(page: PersistedPage, ms: number): Promise<void> {
  page.clock.advance(ms);
  await settled();
  page.clock.advance(0);
  await settled();
}

const dataOf = (page: PersistedPage): unknown[] => [...page.tier.records.values()].map(({ d }) => d);

describe("a change", () => {
  it("of a key that only the storage holds removes it there", async () => {
    const page = await opened();
    page.client.setQueryData(["a", 1], 1);
    page.client.setQueryData(["b"], 2, { tags: ["x"] });
    page.client.setQueryData(["c"], 3);
    await page.persistence.flush();
    const next = new PersistedPage(page.tier.records);
    await next.persistence.ready;
    next.client.removeQueries(["a"]);
    next.client.removeQueries({ tags: ["x"] });
    next.client.cache.delete('["c"]');
    await next.persistence.flush();
    expect(next.tier.records.size).toBe(0);
  });

  it("by prefix that comes before the storage has said what it holds is made all the same", async () => {
    const page = await opened();
    page.client.setQueryData(["a", 1], 1);
    page.client.setQueryData(["b"], 2);
    await page.persistence.flush();
    const next = new PersistedPage(page.tier.records);
    next.client.removeQueries(["a"]);
    void next.client.invalidateQueries(["b"]);
    await next.persistence.flush();
    expect([...next.tier.records.values()]).toMatchObject([{ d: 2, i: 1 }]);
    const cleared = new PersistedPage(page.tier.records);
    cleared.client.clear();
    cleared.client.setQueryData(["c"], 3);
    await cleared.persistence.flush();
    expect(dataOf(cleared)).toEqual([3]);
  });

  it("of everything is made also where the storage cannot say what it holds", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], 1);
    await page.persistence.flush();
    const storage = new MemoryTier(page.tier.records);
    storage.before = (call) => {
      if (call === "list") throw new Error("list");
    };
    const next = new PersistedPage(undefined, { storage });
    next.client.clear();
    next.client.setQueryData(["b"], 2);
    await next.persistence.flush();
    expect(dataOf(page)).toEqual([2]);
  });

  it("leaves the storage's entry where memory only made room", async () => {
    const page = await opened();
    page.client.cache.resize(2);
    for (let at = 0; at < 5; at++) page.client.setQueryData([at], at);
    await page.persistence.flush();
    expect(dataOf(page)).toEqual([0, 1, 2, 3, 4]);
  });

  it("is read from what waits, before it is written and after it was evicted", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], 1);
    page.client.cache.resize(1);
    page.client.setQueryData(["b"], 2);
    await expect(page.client.fetchQuery(["a"], page.backend.fetcher, { staleTime: 60_000 })).resolves.toBe(1);
    expect(page.backend.count).toBe(0);
    expect(page.tier.calls).toEqual(["list"]);
  });

  it("is not what a mutation hopes for: that is stored when it is certain", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], "old");
    await page.persistence.flush();
    const { mutateQuery } = await import("macho-cache/query");
    const answer = deferred<string>();
    const call = mutateQuery(page.client, ["a"], () => answer.promise, { optimisticData: "hoped", revalidate: false });
    await page.persistence.flush();
    expect([page.client.getQueryData(["a"]), dataOf(page)]).toEqual(["hoped", ["old"]]);
    answer.resolve("certain");
    await call;
    await pass(page, 1_000);
    expect(page.client.getQueryData(["a"])).toBe(dataOf(page)[0]);
    const failing = mutateQuery(page.client, ["a"], () => Promise.reject(new Error("down")), {
      optimisticData: "hoped",
      revalidate: false,
    });
    await failing.catch(() => undefined);
    await page.persistence.flush();
    expect(page.client.getQueryData(["a"])).toBe(dataOf(page)[0]);
  });

  it("is not what a hook began with, and never takes the place of what is stored", async () => {
    const page = await opened();
    page.client.setQueryData(["filter"], "chosen");
    await page.persistence.flush();
    const next = new PersistedPage(page.tier.records);
    const hook = next.watch(["filter"], { initialData: "", staleTime: "static" });
    await next.persistence.flush();
    expect([hook.data, dataOf(next)]).toEqual(["", ["chosen"]]);
    await expect(next.persistence.restore(["filter"])).resolves.toBe(1);
    expect(hook.data).toBe("chosen");
  });
});

describe("a value that cannot be stored", () => {
  it("stays in memory, is counted and named, and leaves nothing older behind", async () => {
    const errors: unknown[] = [];
    const page = await opened({ onError: (error) => errors.push(error) });
    page.client.setQueryData(["a"], 1);
    await page.persistence.flush();
    const run = (): number => 1;
    page.client.setQueryData(["a"], { run });
    page.client.setQueryData(["b"], 2);
    await page.persistence.flush();
    expect(page.client.getQueryData(["a"])).toEqual({ run });
    expect(dataOf(page)).toEqual([2]);
    expect(page.persistence.status).toMatchObject({ unpersistable: 1, pending: 0, state: "ready" });
    expect(errors).toEqual([
      expect.objectContaining({ code: "tier", message: expect.stringContaining('the data of "[\\"a\\"]"') as string }),
    ]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("codec");
      },
    ],
    ["rejects", () => Promise.reject(new Error("codec"))],
    ["never settles", never],
  ])("by a codec that %s is one of them, and is told once", async (_, encode) => {
    const page = await opened({ codec: { encode, decode: (data) => data } });
    for (const key of ["a", "b"]) page.client.setQueryData([key], 1);
    const flushed = page.persistence.flush();
    for (let turn = 0; turn < 20; turn++) {
      await pass(page, 5_000);
      // Between two slices, the host has a task of its own.
      await new Promise((resume) => setTimeout(resume));
    }
    await flushed;
    expect([page.told.length, page.client.getQueryData(["a"]), page.tier.records.size]).toEqual([1, 1, 0]);
    expect(page.persistence.status).toMatchObject({ unpersistable: 2, pending: 0, breaker: "closed" });
  });
});

describe("a storage that fails", () => {
  it.each([
    [
      "throws",
      () => {
        throw new Error("down");
      },
    ],
    ["rejects", () => Promise.reject(new Error("down"))],
    ["hangs", never],
  ])("and %s keeps what waits, the newest of each key, and gets it when it works again", async (_, before) => {
    const page = await opened();
    page.tier.before = before;
    for (let at = 0; at < 20; at++) {
      page.client.setQueryData(["a"], at);
      await pass(page, 6_000);
    }
    expect(page.told).toHaveLength(1);
    expect(page.persistence.status).toMatchObject({ breaker: "open", state: "degraded", pending: 1, dropped: 0 });
    page.tier.before = () => undefined;
    for (let turn = 0; turn < 4; turn++) await pass(page, 60_000);
    expect(dataOf(page)).toEqual([19]);
    expect(page.persistence.status).toMatchObject({ breaker: "closed", state: "ready", pending: 0 });
    page.tier.before = before;
    page.client.setQueryData(["b"], 1);
    for (let turn = 0; turn < 4; turn++) await pass(page, 6_000);
    expect(page.told).toHaveLength(2);
  });

  it("is asked less and less: at most ten calls in the first minute, and one a minute in the end", async () => {
    const page = await opened();
    page.tier.before = () => {
      throw new Error("down");
    };
    const before = page.tier.calls.length;
    page.client.setQueryData(["a"], 1);
    for (let turn = 0; turn < 60; turn++) await pass(page, 1_000);
    expect(page.tier.calls.length - before).toBeLessThanOrEqual(10);
    for (let turn = 0; turn < 120; turn++) await pass(page, 1_000);
    const later = page.tier.calls.length;
    for (let turn = 0; turn < 600; turn++) await pass(page, 1_000);
    expect(page.tier.calls.length - later).toBeLessThanOrEqual(11);
  });

  it("does not let what waits grow: beyond its bound, nothing that is stored is trusted any more", async () => {
    const page = await opened();
    page.client.setQueryData(["old"], "old");
    await page.persistence.flush();
    page.tier.before = () => {
      throw new Error("down");
    };
    page.client.removeQueries(["old"]);
    page.client.cache.resize(10);
    for (let at = 0; at <= 20_000; at++) page.client.setQueryData(["many", at], at);
    expect(page.persistence.status.pending).toBeLessThan(20_000);
    expect(page.persistence.status.dropped).toBeGreaterThan(19_000);
    page.tier.before = () => undefined;
    for (let turn = 0; turn < 30; turn++) await pass(page, 1_000);
    expect(page.persistence.status.pending).toBe(0);
    expect(dataOf(page)).not.toContain("old");
  });

  it("whose error handler throws is no trouble either", async () => {
    const page = await opened({
      onError: () => {
        throw new Error("handler");
      },
    });
    const { reportError } = globalThis;
    const reported: unknown[] = [];
    globalThis.reportError = (error: unknown) => void reported.push(error);
    page.tier.before = () => {
      throw new Error("down");
    };
    page.client.setQueryData(["a"], 1);
    await page.persistence.flush();
    globalThis.reportError = reportError;
    expect(reported).toMatchObject([{ message: "handler" }]);
  });
});

describe("a storage that is full", () => {
  it("makes room once by the coldest tenth, and takes what is new", async () => {
    const page = await opened();
    for (let at = 0; at < 20; at++) page.client.setQueryData([at], at);
    await page.persistence.flush();
    page.client.cache.resize(10);
    let isFull = true;
    page.tier.before = (call) => {
      if (call !== "write" || !isFull) return;
      isFull = false;
      quota();
    };
    page.client.setQueryData(["new"], "new");
    await page.persistence.flush();
    expect(dataOf(page)).toContain("new");
    expect(dataOf(page)).not.toContain(0);
    expect(page.persistence.status).toMatchObject({ evicted: 2, state: "ready", failures: 0, entries: 19 });
  });

  it("is left alone for a minute, says so, keeps nothing that is not true any more, and recovers", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], 1);
    await page.persistence.flush();
    const { write } = page.tier;
    page.tier.write = async (changes) =>
      changes.some(({ record }) => record) ? quota() : write.call(page.tier, changes);
    page.client.setQueryData(["a"], 2);
    await page.persistence.flush();
    expect(page.persistence.status).toMatchObject({ state: "full", breaker: "closed", dropped: 1, pending: 0 });
    expect(page.tier.records.size).toBe(0);
    const calls = page.tier.calls.length;
    page.client.setQueryData(["b"], 2);
    await page.persistence.flush();
    expect(page.tier.calls.slice(calls)).toEqual(["write"]);
    expect(page.told).toMatchObject([{ code: "full" }]);
    page.tier.write = write;
    await pass(page, 60_000);
    page.client.setQueryData(["c"], 3);
    await page.persistence.flush();
    expect([page.persistence.status.state, dataOf(page)]).toEqual(["ready", [3]]);
  });
});

describe("the bounds", () => {
  it("of entries and bytes remove the coldest, and keep what is in memory", async () => {
    const page = await opened({ maxEntries: 20 });
    for (let at = 0; at < 40; at++) page.client.setQueryData([at], at);
    page.client.cache.resize(30);
    for (let turn = 0; turn < 4; turn++) await page.persistence.flush();
    const { entries, evicted, bytes } = page.persistence.status;
    expect(entries).toBeLessThanOrEqual(20);
    expect(evicted).toBeGreaterThanOrEqual(20);
    expect(bytes).toBe([...page.tier.records.values()].reduce((sum, { z }) => sum + z, 0));
    expect(dataOf(page)).toContain(39);
    expect(dataOf(page)).not.toContain(0);
  });

  it("of age remove what expired, without reading it", async () => {
    const page = await opened({ maxAge: 10_000 });
    page.client.setQueryData(["a"], 1);
    await page.persistence.flush();
    await pass(page, 70_000);
    page.client.setQueryData(["b"], 2);
    await page.persistence.flush();
    expect(dataOf(page)).toEqual([2]);
    expect(page.persistence.status).toMatchObject({ expired: 1, entries: 1 });
    expect(page.tier.calls).not.toContain("getMany");
  });

  it("cost a write the same, however much is stored", async () => {
    const scans = async (stored: number): Promise<number> => {
      const page = await opened();
      page.client.cache.resize(20_000);
      for (let at = 0; at < stored; at++) page.client.setQueryData([at], at);
      await page.persistence.flush();
      let asked = 0;
      const { holds } = page.persister.source;
      page.persister.source.holds = (text) => (asked++, holds.call(page.persister.source, text));
      page.client.setQueryData(["new"], 1);
      await page.persistence.flush();
      return asked;
    };
    expect([await scans(10), await scans(2_000)]).toEqual([0, 0]);
  });
});

describe("the end", () => {
  it("writes what waits, and nothing more", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], 1);
    const [one, two] = [page.persistence.stop(), page.persistence.stop()];
    page.client.setQueryData(["a"], 2);
    page.client.removeQueries(["a"]);
    await Promise.all([one, two]);
    expect([dataOf(page), page.persistence.status.state, page.clock.timers.length]).toEqual([[1], "stopped", 0]);
  });

  it("closes a storage also where it fails, once, and leaves no timer", async () => {
    const page = await opened();
    let closed = 0;
    (page.tier as Tier).close = () => closed++;
    page.tier.before = () => {
      throw new Error("down");
    };
    for (let turn = 0; turn < 3; turn++) {
      page.client.setQueryData(["a"], turn);
      await pass(page, 1_000);
    }
    await page.persistence.stop();
    page.client.dispose();
    expect([closed, page.clock.timers.length]).toEqual([1, 0]);
  });

  it("of the client comes before or after that of its persistence", async () => {
    const page = await opened();
    page.client.setQueryData(["a"], 1);
    page.client.dispose();
    await page.persistence.stop();
    expect(dataOf(page)).toEqual([1]);
  });

  it("lets the same cache be persisted again, and only then", async () => {
    const page = await opened();
    const again = (): unknown => persist(page.client, { storage: page.tier, scope: "bob", clock: page.clock });
    expect(again).toThrow("This cache is persisted already");
    page.client.setQueryData(["a"], 1);
    await page.persistence.stop();
    again();
    expect(() => persist({} as never, { scope: "ada" })).toThrow("persist needs a QueryClient or a cache");
    expect(() => persist(new LruCache(), { scope: "" })).toThrow("scope");
    page.client.setQueryData(["b"], 2);
    await pass(page, 1_000);
    expect([...page.tier.records.keys()].map((id) => id.split(".")[1])).toEqual(["ada", "bob"]);
  });
});
