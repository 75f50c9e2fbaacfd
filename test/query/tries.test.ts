// What further tries of one load do.
import { QueryClient, streamedQuery } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { Backend } from "../support/backend.ts";
import { settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { Watched } from "../support/watched.ts";

let clock: ManualClock;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  client = new QueryClient({ cache: { clock } });
  client.mount();
});

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
  const film = new Watched(client, "a", fetcher, { retry: 1, retryDelay: 10 });
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
  const backend = new Backend();
  const film = new Watched(client, "a", backend.deaf, { retry: 5, retryDelay: 1_000 });
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
