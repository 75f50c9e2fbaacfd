// A render that waits for its first answer never waits for ever.
import { type QueryObserver, suspensionOf } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld } from "../../support/query-world.ts";

let observer: QueryObserver;
let wakes: number;

/** A component that suspends: it renders again when what it waits for resolves. */
async function renders(): Promise<void> {
  const waits = suspensionOf(observer);
  if (!waits) return;
  await waits;
  wakes++;
  await renders();
}

inQueryWorld();

beforeEach(() => {
  wakes = 0;
  observer = client.observe("a", backend.fetcher, { suspense: true, retry: false });
});

describe("a load that a suspended component waits for", () => {
  test.each<[string, () => unknown]>([
    ["cancelled", () => client.cancelQueries()],
    ["invalidated", () => client.invalidateQueries()],
    ["reset", () => client.resetQueries()],
    ["removed", () => client.removeQueries()],
    ["cleared", () => client.clear()],
    ["cleared in the cache", () => client.cache.clear()],
    ["deleted in the cache", () => client.cache.delete('"a"')],
  ])("and that is %s is begun anew, once", async (_how, end) => {
    const shown = renders();
    void end();
    // The loads of the cache's own methods end with their answer.
    await backend.answer(0, "old");
    expect(backend.count).toBe(2);
    expect(observer.getResult()).toMatchObject({ status: "pending", isFetching: true });
    await backend.answer(1, "new");
    await shown;
    expect(observer.getResult()).toMatchObject({ data: "new", status: "success" });
    expect({ wakes, requests: backend.count }).toEqual({ wakes: 2, requests: 2 });
  });

  test("ends with the client", async () => {
    const shown = renders();
    client.dispose();
    await shown;
    expect({ wakes, requests: backend.count }).toEqual({ wakes: 1, requests: 1 });
  });

  test("leaves nothing behind when it was given up and the component is gone", async () => {
    void suspensionOf(observer);
    void client.invalidateQueries();
    await settled();
    expect(client.getQueries()).toHaveLength(1);
    clock.advance(5_000);
    await settled();
    expect(client.getQueries()).toEqual([]);
    expect(clock.timers).toEqual([]);
  });

  test("holds its second load for as long as that takes", async () => {
    const shown = renders();
    void client.invalidateQueries();
    await settled();
    for (let second = 0; second < 100; second++) {
      clock.advance(1_000);
      // oxlint-disable-next-line no-await-in-loop
      await settled();
    }
    expect(backend.requests[1]?.signal?.aborted).toBe(false);
    await backend.answer(1, "new");
    await shown;
    expect(observer.getResult().data).toBe("new");
  });

  test("is aborted 5 s after nobody waited any more, which is asked every 30 s", async () => {
    void suspensionOf(observer);
    clock.advance(34_999);
    await settled();
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    clock.advance(1);
    await settled();
    expect(backend.requests[0]?.signal?.aborted).toBe(true);
    expect([client.getQueries(), clock.timers]).toEqual([[], []]);
  });

  test("is waited for again every 30 s by who is still there", async () => {
    const shown = renders();
    for (const round of [1, 2, 3]) {
      clock.advance(30_000);
      // oxlint-disable-next-line no-await-in-loop
      await settled();
      expect(wakes).toBe(round);
    }
    await backend.answer(0, "data");
    await shown;
    expect({ wakes, requests: backend.count }).toEqual({ wakes: 4, requests: 1 });
  });

  test("goes on where somebody else waits for it, too", async () => {
    void suspensionOf(observer);
    const call = client.fetchQuery("a", backend.fetcher);
    clock.advance(35_000);
    await settled();
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    await backend.answer(0, "data");
    expect(await call).toBe("data");
  });
});
