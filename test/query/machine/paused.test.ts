import { beforeEach, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

let film: Watched;

inQueryWorld();

beforeEach(async () => {
  film = watch("film");
  await backend.answer(0, 1);
});

test.each<[string, () => Promise<unknown>]>([
  ["invalidateQueries", () => client.invalidateQueries()],
  ["refetchQueries", () => client.refetchQueries()],
  ["resetQueries", () => client.resetQueries()],
])("%s resolves while there is no network, and the load goes on when it is back", async (_name, call) => {
  page.goOffline();
  await call();
  expect(film.result.fetchStatus).toBe("paused");
  page.goOnline();
  await settled();
  expect(backend.count).toBe(2);
  await backend.answer(1, 2);
  expect(film.result).toMatchObject({ data: 2, fetchStatus: "idle" });
});

test("a load that comes to wait on its way is waited for no longer, also by who waits for all of its tries", async () => {
  let isOver = false;
  void film.observer.refetch().then(() => (isOver = true));
  await settled();
  expect(isOver).toBe(false);
  page.goOffline();
  await backend.fail(1, new Error("no network"));
  const now = (): unknown => [backend.count, film.result.fetchStatus, isOver];
  expect(now()).toEqual([2, "fetching", false]);
  clock.advance(1_000);
  await settled();
  expect(now()).toEqual([2, "paused", true]);
});

test("a remount in the same task, as StrictMode does it, is as offline as before", async () => {
  page.goOffline();
  const call = client.fetchQuery("other", backend.fetcher);
  client.unmount();
  client.mount();
  clock.advance(1);
  void film.observer.refetch();
  await settled();
  expect([backend.count, film.result.fetchStatus]).toEqual([1, "paused"]);
  page.goOnline();
  await settled();
  await backend.answer(1, "other");
  expect(await call).toBe("other");
});

test("what waits goes on when the client rests for longer", async () => {
  page.goOffline();
  const call = client.fetchQuery("other", backend.fetcher);
  client.unmount();
  await settled();
  expect(backend.count).toBe(1);
  clock.advance(0);
  await settled();
  await backend.answer(1, "other");
  expect([await call, clock.timers]).toEqual(["other", []]);
});

test("87. a load is paused from its start, and so is the first render of its hook, where there is no network", async () => {
  page.goOffline();
  const seen: unknown[] = [];
  const other = client.observe("other", backend.fetcher);
  expect(other.getResult()).toMatchObject({
    status: "pending",
    fetchStatus: "paused",
    isPaused: true,
    isLoading: false,
  });
  client.subscribe(({ key }) => seen.push(client.getQueryState(key as string)?.fetchStatus));
  other.subscribe(() => undefined);
  void client.prefetchQuery("third", backend.fetcher);
  await settled();
  expect(new Set(seen)).toEqual(new Set(["paused"]));
  const always = client.observe("fourth", backend.fetcher, { networkMode: "always" });
  const first = client.observe("fifth", backend.fetcher, { networkMode: "offlineFirst" });
  expect([always.getResult().fetchStatus, first.getResult().fetchStatus]).toEqual(["fetching", "fetching"]);
  // One that joins a load shows what that does.
  expect(client.observe("third", backend.fetcher).getResult().fetchStatus).toBe("paused");
});
