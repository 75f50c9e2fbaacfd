// Unmounting, aborting and forgetting; see races.test.ts.
import { suspensionOf } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

inQueryWorld({ queries: { retry: 1, retryDelay: 1_000 } });

describe("an unmount", () => {
  test("23. lets a load finish whose fetcher never read its signal, and keeps the answer", async () => {
    watch("a", {}, backend.deaf).leave();
    clock.advance(1);
    await backend.answer(0, "kept");
    expect(client.getQueryData("a")).toBe("kept");
  });

  test("23. aborts a load whose fetcher read its signal, and keeps what was there before", async () => {
    client.setQueryData("a", "old");
    watch("a").leave();
    clock.advance(1);
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
    await backend.answer(0, "dropped");
    expect(client.getQueryState("a")).toMatchObject({ data: "old", fetchStatus: "idle", status: "success" });
  });

  test("24. never aborts somebody else's fetchQuery: callers and hooks are counted together", async () => {
    const film = watch("a");
    const caller = client.fetchQuery("a", backend.fetcher);
    film.leave();
    clock.advance(1);
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    await backend.answer(0, "data");
    expect(await caller).toBe("data");
  });

  test("25. before a remount in the same task loads once, whether or not the signal was read", async () => {
    for (const fetcher of [backend.fetcher, backend.deaf]) {
      const before = backend.count;
      const first = watch(fetcher === backend.deaf ? "deaf" : "a", {}, fetcher);
      first.leave();
      const second = watch(fetcher === backend.deaf ? "deaf" : "a", {}, fetcher);
      clock.advance(1);
      expect(backend.count).toBe(before + 1);
      await backend.answer(before, "data");
      expect(second.data).toBe("data");
    }
  });

  test("26. ends the retries", async () => {
    const alone = watch("a", {}, backend.deaf);
    await backend.fail(0, new Error("no"));
    alone.leave();
    clock.advance(2_000);
    await settled();
    expect(backend.count).toBe(1);
  });

  test("26. before a remount that comes before the next try goes on with the same sequence", async () => {
    const film = watch("a", {}, backend.deaf);
    await backend.fail(0, new Error("no"));
    film.leave();
    const again = watch("a", {}, backend.deaf);
    expect(again.result.failureCount).toBe(1);
    clock.advance(1_000);
    await settled();
    expect(backend.count).toBe(2);
    await backend.fail(1, new Error("no"));
    expect(again.result.status).toBe("error");
  });

  test("26. that gives the load up lets a remount start over", async () => {
    const film = watch("a", {}, backend.deaf);
    await backend.fail(0, new Error("no"));
    film.leave();
    await client.cancelQueries("a");
    const again = watch("a", {}, backend.deaf);
    expect(again.result).toMatchObject({ failureCount: 0, isFetching: true });
    expect(backend.count).toBe(2);
  });

  test("27. during a first load that waits for the network means that it never starts", async () => {
    page.goOffline();
    const film = watch("a");
    expect(film.result).toMatchObject({ fetchStatus: "paused", isPaused: true, status: "pending" });
    film.leave();
    clock.advance(1);
    page.goOnline();
    await settled();
    expect(backend.count).toBe(0);
    expect(client.getQueries()).toEqual([]);
  });

  test("27. ends a background load that waits: nothing is loaded for nobody, where TanStack Query goes on", async () => {
    client.setQueryData("a", "old");
    page.goOffline();
    watch("a").leave();
    clock.advance(1);
    page.goOnline();
    await settled();
    expect(backend.count).toBe(0);
    expect(client.getQueryState("a")).toMatchObject({ data: "old", fetchStatus: "idle" });
  });
});

describe("forgetting", () => {
  test("28. waits for a load under way", async () => {
    const film = watch("a", {}, backend.deaf);
    film.leave();
    clock.advance(1);
    expect(client.getQueries()).toHaveLength(1);
    await backend.fail(0, new Error("no"));
    expect(client.getQueries()).toEqual([]);
  });

  test("28. takes a query that never loaded as well", () => {
    watch("a", { enabled: false }).leave();
    clock.advance(1);
    expect(client.getQueries()).toEqual([]);
  });

  test("29. is by the bound and the ttl, not by a time without hooks: what expires on screen is loaded again, once", async () => {
    const film = watch("a", { ttl: 100, staleTime: Infinity });
    await backend.answer(0, "first");
    clock.advance(101);
    await settled();
    expect(film.result).toMatchObject({ status: "pending", isFetching: true });
    clock.advance(500);
    expect(backend.count).toBe(2);
  });

  test("32. removes only the query that is under its hash now", async () => {
    const film = watch("a");
    await backend.answer(0, "old");
    film.leave();
    client.removeQueries("a");
    const again = watch("a");
    await backend.answer(1, "new");
    expect(again.data).toBe("new");
    expect(client.getQueries()).toHaveLength(1);
  });

  test("31. a query that a render suspended on and left is forgotten 5 s after its load", async () => {
    const observer = client.observe("a", backend.deaf, { suspense: true });
    const waiting = suspensionOf(observer);
    await backend.fail(0, new Error("no"));
    clock.advance(1_000);
    await settled();
    await backend.fail(1, new Error("no"));
    await waiting;
    expect(client.getQueryState("a")).toMatchObject({ status: "error" });
    clock.advance(5_000);
    expect(client.getQueries()).toEqual([]);
    expect(clock.timers).toEqual([]);
  });
});
