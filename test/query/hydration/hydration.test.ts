import { type DehydratedState, dehydrate, hydrate, QueryClient } from "macho-cache/query";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Backend } from "../../support/backend.ts";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

let stop: () => void;

/** What another client sends of two keys. */
function sentOf(data: string, updatedAt: number): DehydratedState {
  const other = new QueryClient({ cache: { clock } });
  for (const key of ["shown", "stored"]) other.setQueryData(key, data, { updatedAt });
  return dehydrate(other);
}

const known = (): unknown[] => ["shown", "stored", "new"].map((key) => client.getQueryData(key));

inQueryWorld();

beforeEach(() => {
  client.setQueryData("shown", "before", { updatedAt: 1 });
  client.setQueryData("stored", "before", { updatedAt: 1 });
  stop = client.observe("shown", () => "loaded", { staleTime: Infinity }).subscribe(() => undefined);
});

afterEach(() => stop());

test("a render takes what no hook shows, and what hooks show follows", () => {
  const state = sentOf("newer", 2);
  hydrate(client, state, { which: "unwatched" });
  expect(known()).toEqual(["before", "newer", undefined]);
  hydrate(client, state, { which: "watched" });
  expect(known()).toEqual(["newer", "newer", undefined]);
});

test("older data changes nothing, whoever shows it", () => {
  hydrate(client, sentOf("older", 0));
  expect(known()).toEqual(["before", "before", undefined]);
});

test("a part that hydrates begins with what was sent, whatever is newer here", () => {
  const state = sentOf("older", 0);
  for (const which of ["unwatched", "watched"] as const) {
    const late = new QueryClient({ cache: { clock } });
    late.setQueryData("shown", "newer", { updatedAt: 9 });
    hydrate(late, state, { which });
    expect(late.host.sent?.get('"shown"')?.answer?.state.data).toBe("older");
    expect(late.getQueryData("shown")).toBe("newer");
  }
});

test.each([{ which: "mounted" }, { which: true }, { what: "all" }])("%o is no choice of what is taken", (options) => {
  const state = sentOf("newer", 2);
  const named = expect.objectContaining({ name: "MachoOptionError", option: Object.keys(options)[0] });
  expect(() => hydrate(client, state, options as never)).toThrow(named);
  expect(known()).toEqual(["before", "before", undefined]);
});

test("a hook that mounts on what a render took loads nothing", () => {
  let loads = 0;
  hydrate(client, sentOf("newer", clock.wallNow()), { which: "unwatched" });
  const leave = client.observe("stored", () => ++loads, { staleTime: 50 }).subscribe(() => undefined);
  expect(loads).toBe(0);
  leave();
});

describe("a load that goes on at the sender", () => {
  let server: QueryClient;

  beforeEach(() => {
    server = new QueryClient({ cache: { clock } });
    void server.prefetchQuery("film", backend.fetcher, { tags: ["films"], ttl: 50 });
    hydrate(client, dehydrate(server, { pending: true, showErrors: true }));
  });

  test("has its tags and its ttl, and is not asked again", async () => {
    expect(client.isFetching({ tags: ["films"] })).toBe(1);
    await backend.answer(0, "sent");
    expect(client.getQueries({ tags: ["films"] })).toMatchObject([{ key: "film", data: "sent" }]);
    await client.invalidateQueries("film", { refetchType: "all" });
    await client.refetchQueries("film");
    expect(client.getQueryState("film")).toMatchObject({ isInvalidated: true, dataUpdateCount: 1 });
    clock.advance(50);
    expect(client.getQueryData("film")).toBeUndefined();
  });

  test("fails without a word where a hook can load for itself", async () => {
    const page = new Backend();
    const film = watch("film", { retry: false }, page.fetcher);
    expect(page.count).toBe(0);
    await backend.fail(0, new Error("of the server"));
    expect(film.result).toMatchObject({ status: "pending", fetchStatus: "fetching", error: undefined });
    await page.answer(0, "own");
    expect(film.result).toMatchObject({ status: "success", data: "own" });
    void film.observer.refetch();
    await page.fail(1, new Error("own"));
    expect(film.result.error).toEqual(new Error("own"));
  });

  test("is an error of the dump where JSON lost it", () => {
    const lost = JSON.parse(JSON.stringify(dehydrate(server, { pending: true }))) as unknown;
    expect(() => hydrate(client, lost)).toThrow(expect.objectContaining({ code: "invalid-dump" }));
  });
});

test("data that its fetcher calls fresh for ever is so at the receiver, also by JSON", async () => {
  const server = new QueryClient({ cache: { clock } });
  await server.prefetchQuery("film", (_key, { setLifetime }) => {
    setLifetime({ staleTime: Infinity });
    return "sent";
  });
  hydrate(client, JSON.parse(JSON.stringify(dehydrate(server))));
  const film = watch("film", {}, () => "loaded");
  await settled();
  expect(film.result).toMatchObject({ data: "sent", isStale: false });
  expect(dehydrate(client).queries.at(-1)?.staleTime).toBe(Number.MAX_SAFE_INTEGER);
});

test("a key that is none makes the dump invalid", () => {
  const { queries, ...rest } = sentOf("new", 2);
  const dump = { ...rest, queries: [...queries, { ...queries[0], key: 5 }] };
  expect(() => hydrate(client, dump)).toThrow(expect.objectContaining({ code: "invalid-dump" }));
  expect(known()).toEqual(["before", "before", undefined]);
});
