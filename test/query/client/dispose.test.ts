import { expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

const error = new Error("no");

inQueryWorld({ queries: { retry: 3 } });

/** What a call ended with. */
const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => value,
    (reason: unknown) => (reason as Error).name,
  );

test("aborts the signals of loads, and rejects who waits for them, whether or not they listen to it", async () => {
  const calls = [
    outcome(client.fetchQuery("a", backend.fetcher)),
    outcome(client.fetchQuery("a", backend.fetcher)),
    outcome(client.fetchQuery("b", backend.deaf)),
    outcome(client.prefetchQuery("c", backend.fetcher)),
  ];
  const film = watch("d");
  client.dispose();
  expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true, undefined, true, true]);
  expect(await Promise.all(calls)).toEqual(["AbortError", "AbortError", "AbortError", undefined]);
  await backend.answer(3, "late");
  expect(film.shown).toEqual([undefined]);
  expect([client.getQueries(), clock.timers]).toEqual([[], []]);
});

test("aborts a load whose answer was not welcome any more", async () => {
  const call = outcome(client.fetchQuery("a", backend.fetcher));
  client.setQueryData("a", "set");
  client.dispose();
  expect(backend.requests[0]?.signal?.aborted).toBe(true);
  expect(await call).toBe("AbortError");
});

test("a load between two tries ends, and is not tried again", async () => {
  const call = outcome(client.fetchQuery("a", backend.fetcher, { retry: 3 }));
  await backend.fail(0, error);
  client.dispose();
  expect(await call).toBe("AbortError");
  clock.advance(100_000);
  await settled();
  expect([backend.count, clock.timers]).toEqual([1, []]);
});

test("a load that waits for the network ends, and its fetcher is never called", async () => {
  page.goOffline();
  const call = outcome(client.fetchQuery("a", backend.fetcher));
  const film = watch("b");
  expect(film.result.fetchStatus).toBe("paused");
  client.dispose();
  expect(await call).toBe("AbortError");
  await settled();
  expect([backend.count, page.listeners]).toEqual([0, 0]);
});

test("what resolves at the end of loads does so", async () => {
  const film = watch("a");
  await backend.answer(0, 1);
  const calls = [client.invalidateQueries(), film.observer.refetch()];
  client.dispose();
  await Promise.all(calls);
  expect(backend.count).toBe(3);
});
