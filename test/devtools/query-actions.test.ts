import { Cache } from "macho-cache";
import { type Fetcher, QueryClient, skipToken } from "macho-cache/query";
import { expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";
import { ManualPage } from "../support/manual-page.ts";
import { createEntrySource } from "../../src/devtools/entry-source.ts";

const client = (): QueryClient => {
  const made = new QueryClient();
  made.mount();
  return made;
};

/** What the panel says of an action on the only query of a client. */
function say(target: QueryClient, name: "Refetch" | "Invalidate" | "Remove", meanwhile?: () => void): string {
  const source = createEntrySource(target);
  const [row] = [...source.rows()];
  meanwhile?.();
  return source.actions.find((each) => each.name === name)!.run(row!.id, row!.label);
}

test("a refetch is told as begun where a load begins, and the load that it began is one", async () => {
  const some = client();
  let loads = 0;
  await some.fetchQuery("films", () => ++loads);
  expect(say(some, "Refetch")).toBe("Refetching films");
  await expect.poll(() => some.getQueryData("films")).toBe(2);
});

test("a refetch without a fetcher says that none is known", () => {
  const some = client();
  some.setQueryData("films", 1);
  expect(say(some, "Refetch")).toBe(
    "films is not loaded again: no fetcher is known for it. Its data was set or sent, not loaded here.",
  );
});

test("a refetch of what only disabled hooks show says so", () => {
  const some = client();
  some.setQueryData("films", 1);
  for (const [fetcher, enabled] of [
    [skipToken, true],
    [() => 2, false],
  ] as const) {
    const leave = some.observe("films", fetcher, { enabled }).subscribe(() => undefined);
    expect(say(some, "Refetch")).toBe(
      "films is not loaded again: every hook that shows it is disabled, or has no fetcher.",
    );
    leave();
  }
});

test("a refetch that waits for the network says that it waits", async () => {
  const page = new ManualPage();
  const some = new QueryClient({ environment: page });
  some.mount();
  await some.fetchQuery("films", () => 1);
  page.goOffline();
  expect(say(some, "Refetch")).toBe("films waits for the network, or for the page to come to the front.");
  expect(say(some, "Invalidate")).toBe("Invalidated films");
});

test("a refetch of a first load under way, and of an open source, begins nothing and says so", () => {
  const some = client();
  void some.prefetchQuery("films", () => new Promise(() => undefined));
  expect(say(some, "Refetch")).toBe("films is not loaded again: it is loading already.");
  const other = client();
  // As `useCachedSubscription` makes them.
  const connect: Fetcher<number> = (_, { publish }) => new Promise(() => publish(1));
  const feed = Object.assign(connect, { staysOpen: true });
  const leave = other.observe("feed", feed).subscribe(() => undefined);
  expect(say(other, "Refetch")).toBe("feed is not loaded again: it is loading already.");
  expect(say(other, "Invalidate")).toBe("feed is not invalidated: it is connected to a source that stays open.");
  leave();
});

test("nothing is loaded by a client that is disposed of, also in a cache that lives on", async () => {
  const cache = new Cache<string, unknown>();
  const some = new QueryClient({ cache });
  await some.fetchQuery("films", () => 1);
  const refetch = say(some, "Refetch", () => some.dispose());
  expect(refetch).toBe("films is not loaded again: its client is disposed of.");
  expect(say(some, "Invalidate")).toBe("Invalidated films. Its client is disposed of, and loads nothing.");
  expect(some.getQueryState("films")?.isInvalidated).toBe(true);
  expect(say(some, "Remove")).toBe("Removed films");
});

test("what left since the rows were read is told as gone", async () => {
  for (const name of ["Refetch", "Invalidate"] as const) {
    const some = client();
    await some.fetchQuery("films", () => 1);
    expect(say(some, name, () => some.clear())).toBe("films is not there any more.");
  }
  const cache = new Cache<string, number>().set("a", 1);
  const source = createEntrySource(cache);
  const [row] = [...source.rows()];
  const remove = (): string => source.actions[0]!.run(row!.id, row!.label);
  expect([remove(), remove()]).toEqual(["Removed a", "a is not there any more."]);
});

test("an invalidation says what it did: marked, loaded again, or nothing", async () => {
  const some = client();
  await some.fetchQuery("films", () => 1);
  expect(say(some, "Invalidate")).toBe("Invalidated films");
  const leave = some.observe("films", () => 2, { staleTime: 60_000 }).subscribe(() => undefined);
  await expect.poll(() => some.isFetching()).toBe(0);
  expect(say(some, "Invalidate")).toBe("Invalidated films. It is loaded again.");
  leave();
  const other = client();
  other.observe("films", () => 1, { enabled: false }).subscribe(() => undefined);
  expect(say(other, "Invalidate")).toBe("films is not invalidated: it has no data that could be stale.");
  const still = client();
  still.observe("films", () => 1, { staleTime: "static" }).subscribe(() => undefined);
  await expect.poll(() => still.getQueryData("films")).toBe(1);
  expect(say(still, "Invalidate")).toBe("Invalidated films. No hook that shows it loads it again.");
});

test("a removal says when what is on screen is loaded again, or is not", async () => {
  const some = client();
  await some.fetchQuery("films", () => 1);
  expect(say(some, "Remove")).toBe("Removed films");
  const leave = some.observe("films", () => 2).subscribe(() => undefined);
  await expect.poll(() => some.getQueryData("films")).toBe(2);
  expect(say(some, "Remove")).toBe("Removed the data of films, which is on screen or loading. It is loaded again.");
  leave();
  const other = client();
  other.setQueryData("films", 1);
  other.observe("films", () => 1, { enabled: false }).subscribe(() => undefined);
  expect(say(other, "Remove")).toBe(
    "Removed the data of films, which is on screen or loading. Nothing loads it again.",
  );
});

test("a removed entry of a cache is put back with the ttl that it had left, and never over a newer value", () => {
  const clock = new ManualClock();
  const cache = new Cache<string, number>({ clock, maxWeight: 10, weigher: Number });
  cache.set("a", 1, { ttl: 1_000 });
  const source = createEntrySource(cache);
  clock.advance(400);
  const putBack = source.keep("a", "a")!;
  cache.delete("a");
  expect(putBack()).toBe("Put a back");
  expect([cache.peek("a"), cache.remainingTtl("a")]).toEqual([1, 600]);
  cache.set("a", 2);
  expect(putBack()).toBe("a was stored again meanwhile, and stays as it is.");
  expect(cache.peek("a")).toBe(2);
  expect(source.keep("nothing", "nothing")).toBeUndefined();
});
