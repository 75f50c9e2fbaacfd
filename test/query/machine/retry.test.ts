// What further tries of one load do.
import { MutationObserver, streamedQuery } from "macho-cache/query";
import { expect, test, vi } from "vitest";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

inQueryWorld();

test("a stream that appends begins its first load anew when it is tried again, and shows no chunk twice", async () => {
  let tries = 0;
  const fetcher = streamedQuery({
    async *stream() {
      tries++;
      yield `${tries} a`;
      if (tries === 1) throw new Error("no");
      yield `${tries} b`;
    },
    refetchMode: "append",
  });
  const film = watch("a", { retry: 1, retryDelay: 10 }, fetcher);
  await settled();
  expect(film.data).toEqual(["1 a"]);
  clock.advance(10);
  await settled();
  expect(film.data).toEqual(["2 a", "2 b"]);
  void film.observer.refetch();
  await settled();
  expect(film.data).toEqual(["2 a", "2 b", "3 a", "3 b"]);
});

test("a load that nobody waits for, and whose answer is not welcome any more, is not tried again", async () => {
  const film = watch("a", { retry: 5, retryDelay: 1_000 }, backend.deaf);
  await backend.fail(0, new Error("no"));
  film.leave();
  clock.advance(1);
  client.clear();
  await settled();
  expect(clock.timers).toEqual([]);
  clock.advance(10_000);
  await settled();
  expect([backend.count, client.getQueries()]).toEqual([1, []]);
});

test("what waits for its next try when the client rests has that try at once, and it is the last one", async () => {
  const call = client.fetchQuery("a", backend.fetcher, { retry: 5, retryDelay: 60_000 });
  const send = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("no")).mockResolvedValueOnce("sent");
  const mutation = new MutationObserver(client, { mutationFn: send, retry: 5, retryDelay: 60_000 });
  const sent = mutation.actions.mutateAsync();
  await backend.fail(0, new Error("first"));
  client.unmount();
  // A remount in the same task, as StrictMode does it, changes nothing.
  client.mount();
  clock.advance(0);
  await settled();
  expect([backend.count, send.mock.calls.length]).toEqual([1, 1]);
  client.unmount();
  clock.advance(0);
  expect(await sent).toBe("sent");
  await backend.fail(1, new Error("last"));
  await expect(call).rejects.toThrow("last");
  expect(clock.timers).toEqual([]);
});

test("a load and a mutation that are tried for ever keep nothing of the tries before", async () => {
  const add = vi.spyOn(AbortSignal.prototype, "addEventListener");
  const remove = vi.spyOn(AbortSignal.prototype, "removeEventListener");
  const mutation = new MutationObserver(client, {
    mutationFn: () => Promise.reject(new Error("no")),
    retry: true,
    retryDelay: 1,
  });
  mutation.actions.mutate();
  await settled();
  for (let turn = 0; turn < 20; turn++) {
    clock.advance(1);
    // oxlint-disable-next-line no-await-in-loop
    await settled();
  }
  expect(mutation.getResult().failureCount).toBe(21);
  expect(add.mock.calls.length - remove.mock.calls.length).toBeLessThan(5);
  vi.restoreAllMocks();
  client.dispose();
});
