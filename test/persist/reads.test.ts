// How stored data is read: who gets it, who gets fresh data, and what is overtaken while a read is under way.
import { QueryObserver, skipToken } from "macho-cache/query";
import { describe, expect, it } from "vitest";
import { deferred, settled } from "../support/deferred.ts";
import { PersistedPage } from "../support/persisted-page.ts";

const KEY = ["film"];
const FRESH = { staleTime: 60_000 };

/** A page whose storage has "stored" under the key, and nothing in memory. */
async function reloaded(age = 0): Promise<PersistedPage> {
  const first = new PersistedPage();
  first.client.setQueryData(KEY, "stored");
  await first.persistence.flush();
  first.client.dispose();
  const page = new PersistedPage(first.tier.records);
  page.clock.sleep(age);
  await page.persistence.ready;
  return page;
}

/** The same, and its reads wait until they are let go. */
async function reading(): Promise<PersistedPage & { go: () => Promise<void> }> {
  const page = await reloaded();
  const gate = deferred<void>();
  page.tier.before = (call) => (call === "getMany" ? gate.promise : undefined);
  const go = async (): Promise<void> => {
    gate.resolve();
    await settled();
  };
  return Object.assign(page, { go });
}

describe("stored data", () => {
  it.each([
    ["fetchQuery, stale", (page: PersistedPage) => page.client.fetchQuery(KEY, page.backend.fetcher), 1],
    ["fetchQuery, fresh", (page: PersistedPage) => page.client.fetchQuery(KEY, page.backend.fetcher, FRESH), 0],
    [
      "fetchQuery, static",
      (page: PersistedPage) => page.client.fetchQuery(KEY, page.backend.fetcher, { staleTime: "static" }),
      0,
    ],
    [
      "fetchQuery, by a function",
      (page: PersistedPage) => page.client.fetchQuery(KEY, page.backend.fetcher, { staleTime: () => 60_000 }),
      0,
    ],
    ["prefetchQuery, stale", (page: PersistedPage) => page.client.prefetchQuery(KEY, page.backend.fetcher), 1],
    ["prefetchQuery, fresh", (page: PersistedPage) => page.client.prefetchQuery(KEY, page.backend.fetcher, FRESH), 0],
    ["ensureQueryData", (page: PersistedPage) => page.client.ensureQueryData(KEY, page.backend.fetcher), 0],
  ])("is given to %s only where it is fresh enough for it", async (_, call, loads) => {
    const page = await reloaded(1_000);
    const answer = call(page);
    await settled();
    expect(page.backend.count).toBe(loads);
    await page.backend.answer(0, "loaded");
    const given = await answer;
    if (given !== undefined) expect(given).toBe(loads ? "loaded" : "stored");
    expect(page.client.getQueryData(KEY)).toBe(loads ? "loaded" : "stored");
  });

  it.each([
    [{ staleTime: 0 }, 1],
    [FRESH, 0],
    [{ staleTime: 500 }, 1],
    [{ staleTime: "static" as const }, 0],
    [{ staleTime: () => 60_000 }, 0],
    [{ staleTime: 0, refetchOnMount: false }, 0],
    [{ ...FRESH, refetchOnMount: "always" as const }, 1],
    [{ staleTime: "static" as const, refetchOnMount: "always" as const }, 0],
    [{ ...FRESH, refetchOnMount: () => "always" as const }, 1],
  ])("is shown by a hook with %o, which loads it again as if it had been in memory", async (options, loads) => {
    const page = await reloaded(1_000);
    const hook = page.watch(KEY, options);
    await settled();
    expect(hook.result).toMatchObject({ data: "stored", status: "success", fetchStatus: loads ? "fetching" : "idle" });
    expect(page.backend.count).toBe(loads);
    await page.backend.answer(0, "loaded");
    expect(hook.data).toBe(loads ? "loaded" : "stored");
  });

  it("is shown to a render that waits for its first answer, which loads what is stale", async () => {
    for (const staleTime of [0, 60_000]) {
      const page = await reloaded(1_000);
      const observer = new QueryObserver(page.client.host, "test", KEY, JSON.stringify(KEY), page.backend.fetcher, {
        staleTime,
      });
      await page.client.host.open(KEY, observer.hash).lease(observer);
      expect(page.client.getQueryData(KEY)).toBe("stored");
      await settled();
      expect(page.backend.count).toBe(staleTime ? 0 : 1);
    }
  });

  it("is no answer to a refetch, an invalidation or a reset", async () => {
    const page = await reloaded();
    const hook = page.watch(KEY, FRESH);
    await settled();
    expect([hook.data, page.backend.count]).toEqual(["stored", 0]);
    void hook.result.refetch();
    await settled();
    expect(page.backend.count).toBe(1);
    await page.backend.answer(0, 1);
    void page.client.invalidateQueries(KEY);
    await settled();
    await page.backend.answer(1, 2);
    expect(hook.data).toBe(2);
    void page.client.resetQueries(KEY);
    await settled();
    expect([hook.result.status, page.backend.count]).toEqual(["pending", 3]);
  });

  it("leaves an error beside it, and goes on to be shown", async () => {
    const page = await reloaded(1_000);
    const hook = page.watch(KEY);
    await settled();
    await page.backend.fail(0, new Error("down"));
    expect(hook.result).toMatchObject({ status: "error", data: "stored", error: new Error("down") });
  });

  it("is shown without a network, while the load waits for it", async () => {
    const page = await reloaded(1_000);
    page.page.goOffline();
    const stale = page.watch(KEY);
    await settled();
    expect(stale.result).toMatchObject({ data: "stored", fetchStatus: "paused" });
    expect(page.backend.count).toBe(0);
    const absent = page.watch(["absent"]);
    await settled();
    expect(absent.result).toMatchObject({ status: "pending", fetchStatus: "paused" });
  });

  it("is not looked for by a hook that may not load", async () => {
    const page = await reloaded();
    const hook = page.watch(KEY, { enabled: false });
    page.client.observe(KEY, skipToken).subscribe(() => undefined);
    await settled();
    expect(page.tier.calls.filter((call) => call === "getMany")).toEqual([]);
    expect(hook.result.status).toBe("pending");
  });

  it("counts as a load that succeeded and called no fetcher", async () => {
    const page = await reloaded();
    await page.client.fetchQuery(KEY, page.backend.fetcher, FRESH);
    expect(page.client.cache.metrics.loads).toMatchObject({ started: 1, succeeded: 1, failed: 0, aborted: 0 });
    expect(page.persistence.status).toMatchObject({ hits: 1, misses: 0 });
  });
});

describe("while the storage is read", () => {
  it("one read serves all hooks and calls of a key", async () => {
    const page = await reading();
    const hooks = [page.watch(KEY, FRESH), page.watch(KEY, FRESH)];
    const answer = page.client.fetchQuery(KEY, page.backend.fetcher, FRESH);
    await settled();
    await page.go();
    await expect(answer).resolves.toBe("stored");
    expect(hooks.map(({ data }) => data)).toEqual(["stored", "stored"]);
    expect(page.tier.calls.filter((call) => call === "getMany")).toHaveLength(1);
    expect(page.backend.count).toBe(0);
  });

  it.each([
    ["a call", (page: PersistedPage) => page.client.fetchQuery(KEY, page.backend.fetcher)],
    ["a hook", (page: PersistedPage) => page.watch(KEY, { ...FRESH, refetchOnMount: "always" })],
    ["a refetch", (page: PersistedPage) => page.client.refetchQueries(KEY)],
  ])("%s that joins the load and wants fresh data gets it", async (_, join) => {
    const page = await reading();
    const hook = page.watch(KEY, FRESH);
    await settled();
    const joined = join(page);
    await page.go();
    expect([hook.data, page.backend.count]).toEqual(["stored", 1]);
    await page.backend.answer(0, "loaded");
    expect(hook.data).toBe("loaded");
    if (joined instanceof Promise) expect([undefined, "loaded"]).toContain(await joined);
  });

  it("a call that comes just when stored data was enough for others does not join them", async () => {
    for (let turns = 0; turns < 12; turns++) {
      const page = await reading();
      const first = page.client.fetchQuery(KEY, page.backend.fetcher, FRESH);
      await settled();
      void page.go();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      const fresh = page.client.fetchQuery(KEY, page.backend.fetcher);
      await settled();
      await page.backend.answer(0, "loaded");
      await expect(fresh).resolves.toBe("loaded");
      expect(["stored", "loaded"]).toContain(await first);
    }
  });

  it("a write, a removal, an invalidation or a clear is the last word", async () => {
    for (const change of ["set", "remove", "invalidate", "clear", "cache.delete"]) {
      const page = await reading();
      const answer = page.client.fetchQuery(KEY, page.backend.fetcher, FRESH).catch(() => "aborted");
      await settled();
      if (change === "set") page.client.setQueryData(KEY, "set");
      if (change === "remove") page.client.removeQueries(KEY);
      if (change === "invalidate") void page.client.invalidateQueries(KEY);
      if (change === "clear") page.client.clear();
      if (change === "cache.delete") page.client.cache.delete(JSON.stringify(KEY));
      await page.go();
      await page.backend.answer(0, "loaded");
      expect(["loaded", "stored", "aborted"]).toContain(await answer);
      expect([change, page.client.getQueryData(KEY)]).toEqual([change, change === "set" ? "set" : undefined]);
      const next = page.watch(KEY, FRESH);
      await settled();
      expect([change, next.data]).toEqual([change, { set: "set", invalidate: "stored" }[change]]);
      if (change === "invalidate") expect(next.result.isStale).toBe(true);
    }
  });

  it("a late answer is shown while nothing newer came, and replaces nothing", async () => {
    const page = await reading();
    const hook = page.watch(KEY);
    await settled();
    page.clock.advance(201);
    await settled();
    expect([hook.result.status, page.backend.count]).toEqual(["pending", 1]);
    await page.go();
    expect(hook.result).toMatchObject({ data: "stored", fetchStatus: "fetching" });
    await page.backend.answer(0, "loaded");
    expect(hook.data).toBe("loaded");
    expect(page.persistence.status).toMatchObject({ late: 1, misses: 1, hits: 0 });
    const other = await reading();
    const loaded = other.watch(KEY);
    await settled();
    other.clock.advance(201);
    await settled();
    await other.backend.answer(0, "loaded");
    await other.go();
    expect(loaded.data).toBe("loaded");
  });

  it("the end of the client is nobody's trouble", async () => {
    const page = await reading();
    const answer = page.client.fetchQuery(KEY, page.backend.fetcher, FRESH);
    await settled();
    page.client.dispose();
    await expect(answer).rejects.toThrow("aborted");
    await page.go();
    await page.persistence.stop();
    expect(page.tier.records.size).toBe(1);
  });

  it("what it brings is no answer any more to who asks after a write", async () => {
    const page = await reloaded();
    const gate = deferred<void>();
    const { getMany } = page.tier;
    page.tier.getMany = async (ids) => {
      const found = await getMany.call(page.tier, ids);
      await gate.promise;
      return found;
    };
    void page.client.fetchQuery(KEY, page.backend.fetcher, FRESH).catch(() => undefined);
    await settled();
    page.client.setQueryData(KEY, "new");
    await page.persistence.flush();
    page.client.cache.resize(1);
    page.client.setQueryData(["other"], 1);
    page.tier.getMany = getMany;
    const answer = page.client.fetchQuery(KEY, page.backend.fetcher, FRESH);
    gate.resolve();
    await expect(answer).resolves.toBe("new");
  });
});
