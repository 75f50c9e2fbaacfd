// Stored data of queries of pages and of subscriptions, and what listeners may do while it comes and goes.
import { Cache } from "macho-cache";
import { persist } from "macho-cache/persist";
import { infiniteQuery, InfiniteQueryObserver } from "macho-cache/query";
import { describe, expect, it } from "vitest";
import { subscriptionFetcher, type Subscriber } from "../../src/query/kinds/subscription.ts";
import { settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { PersistedPage } from "../support/persisted-page.ts";
import { Watched } from "../support/watched.ts";

const LIST = { key: ["list"], hash: '["list"]' };

function listOf(page: PersistedPage, staleTime: number): InfiniteQueryObserver<{ pages: unknown[] }> {
  const { fetcher } = infiniteQuery({
    queryKey: LIST.key,
    fetcher: (key, context) => page.backend.fetcher([...key, context.pageParam], context),
    initialPageParam: 0,
    getNextPageParam: (_page, _pages, param: number) => param + 1,
  });
  const list = page.client.watch("test", LIST, fetcher, { staleTime }, InfiniteQueryObserver<{ pages: unknown[] }>);
  list.subscribe(() => undefined);
  return list;
}

describe("stored pages", () => {
  it("are shown, all of them, and go on from there", async () => {
    const first = new PersistedPage();
    const before = listOf(first, 60_000);
    await settled();
    await first.backend.answer(0, "page 0");
    void before.getResult().fetchNextPage();
    await settled();
    await first.backend.answer(1, "page 1");
    await first.persistence.flush();
    const page = new PersistedPage(first.tier.records);
    await page.persistence.ready;
    const list = listOf(page, 60_000);
    await settled();
    expect(list.getResult()).toMatchObject({
      data: { pages: ["page 0", "page 1"] },
      hasNextPage: true,
      isFetching: false,
    });
    expect(page.backend.count).toBe(0);
    void list.getResult().fetchNextPage();
    await settled();
    expect(page.backend.requests[0]?.key).toEqual(["list", 2]);
    await page.backend.answer(0, "page 2");
    expect(list.getResult().data?.pages).toEqual(["page 0", "page 1", "page 2"]);
  });
});

describe("stored data of a subscription", () => {
  it("is shown until its source says more, and never in its place", async () => {
    const first = new PersistedPage();
    first.client.setQueryData(["price"], 1);
    await first.persistence.flush();
    const page = new PersistedPage(first.tier.records);
    await page.persistence.ready;
    let source: Subscriber<number> | undefined;
    const fetcher = subscriptionFetcher<number, never>((_key, subscriber) => {
      source = subscriber;
      return () => undefined;
    });
    const hook = new Watched(page.client, ["price"], fetcher as never, { staleTime: 60_000 });
    await settled();
    expect([hook.data, source !== undefined]).toEqual([1, true]);
    source!.next(2);
    await settled();
    expect(hook.data).toBe(2);
    await page.persistence.flush();
    expect([...page.tier.records.values()].map(({ d }) => d)).toEqual([2]);
  });
});

describe("a listener", () => {
  it("may write, remove and clear while an entry comes back, is written or goes", async () => {
    const first = new PersistedPage();
    for (const key of ["a", "b", "c"]) first.client.setQueryData([key], key);
    await first.persistence.flush();
    const page = new PersistedPage(first.tier.records);
    await page.persistence.ready;
    page.client.subscribe(({ hash }) => {
      if (hash === '["a"]' && page.client.getQueryData(["a"]) === "a") page.client.setQueryData(["a"], "mine");
      if (hash === '["b"]' && page.client.getQueryData(["b"]) === "b") page.client.removeQueries(["b"]);
      if (hash === '["c"]' && page.client.getQueryData(["c"]) === "c") page.client.clear();
    });
    for (const key of ["a", "b", "c"]) {
      void page.client.fetchQuery([key], page.backend.fetcher, { staleTime: 60_000 }).catch(() => undefined);
      await settled();
      if (key === "a") expect(page.client.getQueryData(["a"])).toBe("mine");
      expect(page.client.getQueryData(["b"])).toBeUndefined();
    }
    page.client.setQueryData(["d"], "d");
    await page.persistence.flush();
    expect([...page.tier.records.values()].map(({ d }) => d)).toEqual(["d"]);
    expect(page.persistence.status).toMatchObject({ entries: 1, pending: 0 });
  });

  it("that hears of a failure may flush, purge and stop", async () => {
    const done: Promise<unknown>[] = [];
    const page: PersistedPage = new PersistedPage(undefined, {
      onError: () => {
        const { flush, purge, stop } = page.persistence;
        done.push(
          flush(),
          purge().catch((error: unknown) => error),
          stop(),
        );
      },
    });
    await page.persistence.ready;
    page.tier.before = () => {
      throw new Error("down");
    };
    page.client.setQueryData(["a"], "a");
    await page.persistence.flush();
    await Promise.all(done);
    expect(done).toHaveLength(3);
    expect([page.persistence.status.state, page.clock.timers.length]).toEqual(["stopped", 0]);
  });

  it("that throws while stored data is shown keeps nobody from it", async () => {
    const first = new PersistedPage();
    first.client.setQueryData(["a"], "a");
    await first.persistence.flush();
    const page = new PersistedPage(first.tier.records);
    await page.persistence.ready;
    const { reportError } = globalThis;
    globalThis.reportError = () => undefined;
    page.client.cache.subscribe(() => {
      throw new Error("listener");
    });
    await expect(page.client.fetchQuery(["a"], page.backend.fetcher, { staleTime: 60_000 })).resolves.toBe("a");
    globalThis.reportError = reportError;
  });

  it("a weigher that throws for what is stored makes a miss of it", async () => {
    const tier = new MemoryTier();
    const first = new Cache<string, number>({ ttl: 60_000 });
    const before = persist(first, { storage: tier, scope: "ada" });
    first.set("a", 1);
    await before.stop();
    const weigher = (value: number): number => {
      if (value === 1) throw new Error("weigher");
      return 1;
    };
    const cache = new Cache<string, number>({ ttl: 60_000, maxWeight: 10, weigher });
    const persistence = persist(cache, { storage: new MemoryTier(tier.records), scope: "ada" });
    await expect(persistence.restore()).resolves.toBe(0);
    await expect(cache.getOrLoad("a", () => 2)).resolves.toBe(2);
  });
});
