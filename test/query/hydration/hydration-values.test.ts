import { type DehydratedState, dehydrate, hydrate, QueryClient, suspensionOf } from "macho-cache/query";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Backend } from "../../support/backend.ts";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import { Watched } from "../../support/watched.ts";
import { client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

let server: QueryClient;

inQueryWorld();

beforeEach(() => {
  server = new QueryClient({ cache: { clock } });
});

afterEach(() => server.dispose());

/** A load that a server has begun, and a state that was sent meanwhile. */
function streamed(key = "film"): { load: Deferred<unknown>; state: DehydratedState } {
  const load = deferred<unknown>();
  void server.prefetchQuery(key, () => load.promise);
  return { load, state: dehydrate(server, { pending: true, showErrors: true }) };
}

/** The same state with another promise. */
function withPromise({ queries, ...rest }: DehydratedState, promise: unknown): unknown {
  return { ...rest, queries: [{ ...queries.at(-1), promise }] };
}

/** The promise of a server component: it reads what has come when somebody calls `then`. */
class Chunk implements PromiseLike<unknown> {
  status = "resolved_model";
  value: unknown = '"unread"';

  // It is not awaited by mistake: this is what React's own promises are.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A, B>(onValue?: ((value: unknown) => A | PromiseLike<A>) | null, onError?: ((error: unknown) => B) | null) {
    if (this.status === "resolved_model") Object.assign(this, { status: "fulfilled", value: "read" });
    onValue?.(this.value);
    void onError;
    return Promise.resolve(undefined as A | B);
  }
}

test.each([null, 0, false, "", Number.NaN])("119. takes %o as the data that it is", (data) => {
  server.setQueryData<unknown>("value", data);
  hydrate(client, dehydrate(server));
  expect(client.getQueryState("value")).toMatchObject({ status: "success", data });
});

test("119. takes null also by JSON, by a promise, and by one that is there already", async () => {
  server.setQueryData("value", null);
  hydrate(client, JSON.parse(JSON.stringify(dehydrate(server))));
  expect(client.getQueryState("value")).toMatchObject({ status: "success", data: null });
  const { state, load } = streamed();
  const done = Object.assign(Promise.resolve(null), { status: "fulfilled", value: null });
  const other = new QueryClient({ cache: { clock } });
  hydrate(other, withPromise(state, done));
  expect(other.getQueryState("film")).toMatchObject({ status: "success", data: null });
  hydrate(client, state);
  load.resolve(null);
  await settled();
  expect(client.getQueryState("film")).toMatchObject({ status: "success", data: null });
});

test("120. takes the promise of a server component at once when it is there", () => {
  hydrate(client, withPromise(streamed().state, new Chunk()));
  expect(client.getQueryState("film")).toMatchObject({ status: "success", fetchStatus: "idle", data: "read" });
});

test("120. a promise that was there at once is as old as the state that brought it", () => {
  const { state } = streamed();
  clock.advance(5_000);
  hydrate(client, withPromise(state, new Chunk()));
  expect(client.getQueryState("film")).toMatchObject({ dataUpdatedAt: state.at });
  const film = (staleTime: number): boolean => client.observe("film", () => "own", { staleTime }).getResult().isStale;
  expect([film(5_000), film(5_001)]).toEqual([true, false]);
});

test("a thenable that throws is a load that failed", async () => {
  const broken = {
    // oxlint-disable-next-line unicorn/no-thenable
    then(): never {
      throw new Error("broken");
    },
  };
  hydrate(client, withPromise(streamed().state, broken));
  await settled();
  expect(client.getQueries()).toEqual([]);
});

test("121. what a streamed promise brings replaces older data, which is shown until then", async () => {
  client.setQueryData("film", "older");
  const film = watch("film", { staleTime: Infinity }, () => "own");
  clock.advance(10);
  const { state, load } = streamed();
  hydrate(client, state);
  expect(film.result).toMatchObject({ data: "older", fetchStatus: "fetching" });
  load.resolve("streamed");
  await settled();
  expect(film.result).toMatchObject({ data: "streamed", fetchStatus: "idle" });
  clock.advance(10);
  hydrate(client, withPromise({ ...state, at: clock.wallNow() }, new Chunk()));
  expect(film.data).toBe("read");
});

test("121. what a streamed promise brings never replaces what is newer, whenever that came", async () => {
  const { state, load } = streamed();
  clock.advance(10);
  client.setQueryData("film", "newer");
  hydrate(client, state);
  hydrate(client, withPromise(state, new Chunk()));
  expect(client.getQueryState("film")).toMatchObject({ data: "newer", fetchStatus: "idle" });
  const late = new QueryClient({ cache: { clock } });
  hydrate(late, state);
  clock.advance(10);
  const other = new QueryClient({ cache: { clock } });
  other.setQueryData("film", "newest");
  hydrate(late, dehydrate(other));
  expect(late.getQueryState("film")).toMatchObject({ data: "newest", fetchStatus: "idle" });
  load.resolve("streamed");
  await settled();
  expect([client.getQueryData("film"), late.getQueryData("film")]).toEqual(["newer", "newest"]);
});

test("121. older data that comes after a streamed promise lets it go on", async () => {
  const other = new QueryClient({ cache: { clock } });
  other.setQueryData("film", "older");
  clock.advance(10);
  const { state, load } = streamed();
  hydrate(client, state);
  hydrate(client, dehydrate(other));
  expect(client.getQueryState("film")).toMatchObject({ data: "older", fetchStatus: "fetching" });
  load.resolve("streamed");
  await settled();
  expect(client.getQueryData("film")).toBe("streamed");
});

test("a state that is taken again asks its promise nothing, and changes nothing", async () => {
  const { state, load } = streamed();
  for (const which of ["unwatched", "watched", "all"] as const) hydrate(client, state, { which });
  load.resolve("streamed");
  await settled();
  clock.advance(10);
  hydrate(client, state);
  expect(client.getQueryState("film")).toMatchObject({ fetchStatus: "idle", dataUpdateCount: 1 });
  expect(client.host.sent?.get('"film"')?.answer?.state.data).toBe("streamed");
});

test("a streamed promise needs no network", async () => {
  const page = { onFocus: () => () => undefined, onReconnect: () => () => undefined };
  const offline = new QueryClient({
    cache: { clock },
    environment: {
      ...page,
      onDisconnect(listener) {
        listener();
        return () => undefined;
      },
    },
  });
  offline.mount();
  const { state, load } = streamed();
  hydrate(offline, state);
  expect(offline.getQueryState("film")?.fetchStatus).toBe("fetching");
  load.resolve("streamed");
  await settled();
  expect(offline.getQueryData("film")).toBe("streamed");
  offline.dispose();
});

test("123. a component that waits for a promise of the server loads for itself when that fails", async () => {
  const { state, load } = streamed();
  hydrate(client, state);
  const own = new Backend();
  const waiting = client.observe("film", own.fetcher, { suspense: true });
  let isOver = false;
  void suspensionOf(waiting)?.then(() => (isOver = true));
  load.reject(new Error("of the server"));
  await settled();
  expect([own.count, isOver]).toEqual([1, false]);
  expect(waiting.getResult()).toMatchObject({ status: "pending", error: undefined });
  await own.answer(0, "own");
  expect(isOver).toBe(true);
  expect(waiting.getResult()).toMatchObject({ status: "success", data: "own" });
});

test("123. a failure of the server is not remembered for the page, whatever its defaults say", async () => {
  const cautious = new QueryClient({ cache: { clock }, defaultOptions: { queries: { errorTtl: 60_000 } } });
  const { state, load } = streamed();
  hydrate(cautious, state);
  load.reject(new Error("of the server"));
  await settled();
  const own = new Backend();
  const film = new Watched(cautious, "film", own.fetcher);
  expect(own.count).toBe(1);
  expect(film.result).toMatchObject({ status: "pending", fetchStatus: "fetching", error: undefined });
  cautious.dispose();
});

test("what was sent is forgotten with its key, also when the promise comes later", async () => {
  const { state, load } = streamed();
  hydrate(client, state);
  client.removeQueries();
  load.resolve("streamed");
  await settled();
  expect(client.host.sent?.size ?? 0).toBe(0);
});

test("what was sent and is not stored any more is bounded by a number of keys", () => {
  const small = new QueryClient({ cache: { clock, maxCacheSize: 1 } });
  const many = new QueryClient({ cache: { clock, maxCacheSize: 1_500 } });
  for (let id = 0; id < 1_500; id++) many.setQueryData(["film", id], id);
  hydrate(small, dehydrate(many));
  expect(small.host.sent?.size).toBe(1_000);
  small.removeQueries();
  small.clear();
  expect(small.host.sent).toBeUndefined();
});
