// What is shown, and who goes on, when a load fails again and again.
import { type QueryResult } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

const no = new Error("no");

inQueryWorld({ queries: { retry: false } });

const looks = ({ status, fetchStatus, error, failureCount, failureReason }: QueryResult<unknown>): unknown => [
  status,
  fetchStatus,
  error,
  failureCount,
  failureReason,
];

async function failed(): Promise<Watched> {
  const film = watch("film");
  await backend.fail(0, no);
  expect(looks(film.result)).toEqual(["error", "idle", no, 1, no]);
  return film;
}

describe("a first load that failed", () => {
  test("83. is pending when it is tried again, and nothing of the failure is shown", async () => {
    const film = await failed();
    void film.observer.refetch();
    expect(looks(film.result)).toEqual(["pending", "fetching", undefined, 0, undefined]);
    expect([film.result.isPending, film.result.isLoading, film.result.isRefetching]).toEqual([true, true, false]);
    await backend.answer(1, "data");
    expect(looks(film.result)).toEqual(["success", "idle", undefined, 0, undefined]);
  });

  test("83. has failed as before when the next one is cancelled", async () => {
    const film = await failed();
    void film.observer.refetch();
    await client.cancelQueries("film");
    expect(looks(film.result)).toEqual(["error", "idle", no, 1, no]);
  });

  test("is counted by refetches of all, by invalidations and by the page's return alike", async () => {
    const film = await failed();
    const again = [() => void client.refetchQueries(), () => void client.invalidateQueries(), () => page.focus()];
    for (const [index, load] of again.entries()) {
      load();
      expect(looks(film.result)).toEqual(["pending", "fetching", undefined, 0, undefined]);
      // oxlint-disable-next-line no-await-in-loop
      await backend.fail(index + 1, no);
      expect(film.result.status).toBe("error");
    }
  });

  test("stays forgotten once there is data: what is written or published meanwhile is not taken back", async () => {
    const film = await failed();
    void film.observer.refetch();
    client.setQueryData("film", "set");
    void film.observer.refetch();
    await client.cancelQueries("film");
    expect(looks(film.result)).toEqual(["success", "idle", undefined, 0, undefined]);
  });

  test("is shown as it is to a hook that loads nothing yet, and a load under way with the tries that failed", async () => {
    await client.prefetchQuery("film", () => Promise.reject(no), { errorTtl: 50 });
    expect(looks(client.observe("film", backend.fetcher).getResult())).toEqual(["error", "idle", no, 1, no]);
    void watch("other", { retry: 1 });
    await backend.fail(0, no);
    const second = client.observe("other", backend.fetcher);
    expect(looks(second.getResult())).toEqual(["pending", "fetching", undefined, 1, no]);
  });

  test("with data, a failure stays beside it until the next answer", async () => {
    const film = watch("film");
    await backend.answer(0, "data");
    void film.observer.refetch();
    await backend.fail(1, no);
    void film.observer.refetch();
    expect(looks(film.result)).toEqual(["error", "fetching", no, 0, undefined]);
  });
});

describe("who waits for loads", () => {
  const over = (call: Promise<unknown>): (() => unknown) => {
    let outcome: unknown = "waits";
    call.then(
      () => (outcome = "over"),
      (error: unknown) => (outcome = error),
    );
    return () => outcome;
  };

  test.each<[string, () => Promise<unknown>]>([
    ["invalidateQueries", () => client.invalidateQueries()],
    ["refetchQueries", () => client.refetchQueries()],
    ["resetQueries", () => client.resetQueries()],
  ])("84. %s waits for the first outcome of each, though a hook tries for ever", async (_name, call) => {
    const film = watch("film", { retry: true, retryDelay: 1_000 });
    const other = watch("other");
    await backend.answer(0, "data");
    await backend.answer(1, "data");
    const outcome = over(call());
    await backend.fail(2, no);
    expect(outcome()).toBe("waits");
    await backend.answer(3, "new");
    expect([outcome(), other.data]).toEqual(["over", "new"]);
    expect(film.result).toMatchObject({ fetchStatus: "fetching", failureCount: 1 });
  });

  test("waits for nothing when a try has failed already and the load goes on", async () => {
    const film = watch("film", { retry: true, retryDelay: 1_000 });
    await backend.answer(0, "data");
    void film.observer.refetch();
    await backend.fail(1, no);
    await client.invalidateQueries("film", { cancelRefetch: false });
    expect(backend.count).toBe(2);
  });

  test("84. throwOnError tells of that first failure", async () => {
    void watch("film", { retry: true, retryDelay: 1_000 });
    await backend.answer(0, "data");
    const outcome = over(client.refetchQueries(undefined, { throwOnError: true }));
    await backend.fail(1, no);
    expect(outcome()).toBe(no);
  });

  test("waits on where another load takes the place of the one that it began", async () => {
    void watch("film");
    await backend.answer(0, "data");
    const first = over(client.invalidateQueries());
    const second = over(client.invalidateQueries());
    await settled();
    expect([first(), second()]).toEqual(["waits", "waits"]);
    await backend.answer(2, "new");
    expect([first(), second()]).toEqual(["over", "over"]);
  });

  test("84. refetch waits for all tries of a load, since it gives what they came to", async () => {
    const film = watch("film", { retry: 1, retryDelay: 1_000 });
    await backend.answer(0, "data");
    const outcome = over(film.observer.refetch({ throwOnError: true }));
    await backend.fail(1, new Error("first"));
    expect(outcome()).toBe("waits");
    clock.advance(1_000);
    await settled();
    await backend.fail(2, no);
    expect(outcome()).toBe(no);
  });

  test.each([true, Infinity])("84. but for the first one where there is no last one: retry %s", async (retry) => {
    const film = watch("film", { retry, retryDelay: 1_000 });
    await backend.answer(0, "data");
    const quiet = over(film.observer.refetch());
    const loud = over(film.observer.refetch({ cancelRefetch: false, throwOnError: true }));
    await backend.fail(1, no);
    expect([quiet(), loud()]).toEqual(["over", no]);
    expect(film.result).toMatchObject({ status: "success", failureCount: 1, failureReason: no });
  });

  test("leaves the load then, so that nothing is tried for ever", async () => {
    const film = client.observe("film", backend.fetcher, { retry: true, retryDelay: 1_000 });
    const outcome = over(film.refetch());
    await backend.fail(0, no);
    expect(outcome()).toBe("over");
    clock.advance(1_000);
    await settled();
    expect([backend.count, client.isFetching(), clock.timers]).toEqual([1, 0, []]);
  });

  test("cancelQueries ends what is tried for ever, and who waited for it goes on", async () => {
    const film = watch("film", { retry: 5, retryDelay: 1_000 });
    await backend.answer(0, "data");
    const outcome = over(film.observer.refetch());
    await backend.fail(1, no);
    await client.cancelQueries();
    await settled();
    expect([outcome(), clock.timers]).toEqual(["over", []]);
  });
});
