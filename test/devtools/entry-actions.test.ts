import { Cache, LruCache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { interventionsOf } from "../../src/devtools/interventions.ts";
import type { RowAction } from "../../src/devtools/row-action.ts";
import type { DevtoolsTarget } from "../../src/devtools/source.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

/** What a reader does with the first row, by the name on a button. */
function rowOf(target: DevtoolsTarget): { press(name: RowAction["name"]): string; offered(): string[] } {
  const source = createEntrySource(target);
  const [row] = [...source.rows()];
  const { id, label } = row!;
  return {
    press: (name) => source.actions.find((each) => each.name === name)!.run(id, label),
    offered: () =>
      source.actions
        .filter((action) => action.isOffered?.(id) ?? true)
        .map((action) => `${action.name} ${action.more?.(id) ?? ""}`.trim()),
  };
}

describe.each([
  ["LruCache", (options: object) => new LruCache<string, number>({ clock, ...options })],
  ["Cache", (options: object) => new Cache<string, number>({ clock, ...options })],
] as const)("an entry of a bare %s", (_name, make) => {
  test("is pinned until it is unpinned, the devtools end, or it leaves", () => {
    const cache = make({ maxCacheSize: 1, ttl: 1_000 });
    const held = interventionsOf(cache);
    cache.set("a", 1);
    const a = rowOf(cache);
    expect(a.offered()).toEqual(["Remove", "Pin", "Extend 1 s", "Expire now"]);
    expect(a.press("Pin")).toBe("Pinned a: it is not evicted. It still expires, and can be removed.");
    expect(a.offered()).toContain("Unpin");
    cache.set("b", 2);
    expect([cache.has("a"), held.counts.pins]).toEqual([true, 1]);
    expect(a.press("Unpin")).toBe("Unpinned a");
    cache.set("c", 2);
    expect(cache.has("a")).toBe(false);

    cache.clear();
    cache.set("a", 1);
    a.press("Pin");
    cache.delete("a");
    cache.set("a", 2);
    expect([held.isPinned("a"), held.counts.pins]).toEqual([false, 0]);

    a.press("Pin");
    held.undoAll();
    cache.set("d", 4);
    expect(cache.has("a")).toBe(false);
    expect(a.press("Pin")).toBe("a is not there any more.");
  });

  test("expires when it is told to, as expired", () => {
    const cache = make({ ttl: 1_000 });
    cache.set("a", 1).set("b", 2);
    const a = rowOf(cache);
    expect(a.press("Expire now")).toBe("a has expired.");
    expect(cache.metrics).toMatchObject({ size: 1, sets: 2, removals: { expired: 1 } });
    expect(a.press("Expire now")).toBe("a is not there any more.");
    expect(a.press("Extend")).toBe("a is not there any more.");
  });

  test("is extended by its own ttl, and keeps its weight", () => {
    const cache = make({ ttl: 1_000, maxWeight: 10 });
    cache.set("a", 1, { ttl: 5_000, weight: 3 });
    clock.advance(4_000);
    expect(rowOf(cache).press("Extend")).toBe("The ttl of a begins anew: 5 s from now.");
    expect([cache.remainingTtl("a"), cache.metrics.weight, cache.metrics.sets]).toEqual([5_000, 3, 1]);
  });

  test("that never expires says why it is not extended", () => {
    const cache = make({ ttl: Infinity });
    cache.set("a", 1);
    expect(rowOf(cache).press("Extend")).toBe("a is not extended: it never expires.");
  });

  test("is cleared with all others", () => {
    const cache = make({});
    cache.set("a", 1).set("b", 2);
    expect(createEntrySource(cache).clear()).toBe("Cleared 2 entries.");
    expect(cache.size).toBe(0);
  });
});

test("a time to idle ends an entry all the same, which its extension says", () => {
  const cache = new Cache<string, number>({ clock, timeToIdle: 100 });
  cache.set("a", 1);
  expect(rowOf(cache).press("Extend")).toContain("a is not extended: it leaves when nobody reads it");
});

test("a cache of another copy says that lifetimes cannot be changed", () => {
  const cache = new Cache<string, number>({ clock });
  cache.set("a", 1);
  const other = otherCopy(cache, { parts: {} });
  const a = rowOf(other);
  expect(a.press("Expire now")).toBe("a does not expire now: its cache is of another copy of macho-cache.");
  expect(a.press("Extend")).toBe("a is not extended: its cache is of another copy of macho-cache.");
  a.press("Pin");
  expect(interventionsOf(other).isPinned("a")).toBe(true);
  cache.delete("a");
  expect(interventionsOf(other).isPinned("a")).toBe(false);
});

describe("a query", () => {
  let client: QueryClient;
  beforeEach(async () => {
    client = new QueryClient();
    client.mount();
    await client.fetchQuery("films", () => 1);
    return () => client.dispose();
  });
  const show = (load = () => 2) => {
    const hook = client.observe("films", load, { staleTime: Infinity });
    return { hook, leave: hook.subscribe(() => undefined) };
  };

  test("is shown as loading, as failed, and as it is again", () => {
    const { hook } = show();
    const films = rowOf(client);
    expect(films.offered().slice(-2)).toEqual(["Show loading", "Show error"]);
    expect(films.press("Show loading")).toBe("Hooks show films as loading until Restore. Its data stays.");
    expect([hook.getResult().isLoading, [...createEntrySource(client).rows()][0]!.status]).toEqual([true, "fetching"]);
    expect(films.offered().slice(-2)).toEqual(["Show error", "Restore"]);
    expect(films.press("Show error")).toBe("Hooks show films as failed until Restore. Its data stays.");
    expect(String(hook.getResult().error)).toBe("Error: This error was made in the Macho devtools.");
    expect(films.press("Restore")).toBe("Hooks show films as it is again.");
    expect(hook.getResult()).toMatchObject({ status: "success", data: 1 });
    expect(films.offered()).not.toContain("Restore");
  });

  test("is shown as it is when the devtools end", () => {
    const { hook } = show();
    rowOf(client).press("Show error");
    expect(interventionsOf(client).counts).toEqual({ feigned: 1, pins: 0 });
    interventionsOf(client).undoAll();
    expect([hook.getResult().data, interventionsOf(client).counts.feigned]).toEqual([1, 0]);
  });

  test("that nobody shows says so, and one of another copy that it stays as it is", () => {
    const films = rowOf(client);
    expect(films.press("Show loading")).toBe(
      "No hook shows it now; those that come show films as loading until Restore. Its data stays.",
    );
    films.press("Restore");
    const other = otherCopy(client, { host: { isDisposed: false } });
    expect(rowOf(other).press("Show error")).toBe(
      "films stays as it is: its client is of another copy of macho-cache.",
    );
  });

  test("expires, and is loaded again where it is on screen", () => {
    const films = rowOf(client);
    const { leave } = show();
    expect(films.press("Expire now")).toBe("films has expired. It is loaded again.");
    leave();
    client.setQueryData("films", 3);
    expect(rowOf(client).press("Expire now")).toBe("films has expired.");
    expect(client.getQueryData("films")).toBeUndefined();
  });

  test("is reset, and says what loads it again", async () => {
    const films = rowOf(client);
    const { leave } = show();
    expect(films.press("Reset")).toBe("Reset films to what it was before its first load. It is loaded again.");
    await expect.poll(() => client.getQueryData("films")).toBe(2);
    leave();
    expect(rowOf(client).press("Reset")).toBe("Reset films. Nobody shows it, so that nothing is left of it.");
  });

  test("is cleared with all others", () => {
    client.setQueryData("other", 1);
    expect(createEntrySource(client).clear()).toBe("Cleared 2 entries. What is on screen is loaded again.");
    expect(client.getQueries()).toEqual([]);
  });

  test("is pinned and extended as an entry is", () => {
    const films = rowOf(client);
    films.press("Pin");
    expect(interventionsOf(client).counts.pins).toBe(1);
    expect(films.press("Extend")).toBe("films is not extended: it never expires.");
    interventionsOf(client).undoAll();
  });
});

/** A cache or client that has something else under some names, as one of another copy might. */
function otherCopy<T extends object>(target: T, others: object): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in others) return Reflect.get(others, name);
      const own: unknown = Reflect.get(target, name);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}
