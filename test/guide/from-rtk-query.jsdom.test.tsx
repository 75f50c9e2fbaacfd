// Each difference that docs/from-rtk-query.md names, shown beside RTK Query. A title is a name on that page.
import { configureStore } from "@reduxjs/toolkit";
import { createApi, fakeBaseQuery } from "@reduxjs/toolkit/query/react";
import { act, renderHook } from "@testing-library/react";
import {
  keepPreviousData,
  MachoProvider,
  MutationObserver,
  type QueryClient,
  useCachedMutation,
  useCachedQuery,
} from "macho-cache/react";
import { Provider } from "react-redux";
import { afterEach, describe, expect, test, vi } from "vitest";
import { macho, onFakeTime, pass, server, watchMacho } from "../support/beside.ts";

onFakeTime();
const no = new Error("no");
const MINUTE = 60_000;

/** An api with one query and one mutation, in a store of its own. */
function rtk(load: (arg: string, signal: AbortSignal) => unknown = () => 1) {
  const api = createApi({
    baseQuery: fakeBaseQuery<unknown>(),
    tagTypes: ["Film"],
    endpoints: (build) => ({
      get: build.query<unknown, string>({
        queryFn: async (arg, { signal }) => {
          try {
            return { data: await load(arg, signal) };
          } catch (error) {
            return { error };
          }
        },
        providesTags: (_data, _error, arg) => [{ type: "Film", id: arg }],
      }),
      send: build.mutation<unknown, string>({
        queryFn: async (arg, { signal }) => ({ data: await load(arg, signal) }),
        invalidatesTags: ["Film"],
      }),
    }),
  });
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (defaults) => defaults({ serializableCheck: false, immutableCheck: false }).concat(api.middleware),
  });
  const wrapper = ({ children }: { children: React.ReactNode }) => <Provider store={store}>{children}</Provider>;
  /** A mounted hook; gives its end. */
  const watch = (arg: string): (() => void) => store.dispatch(api.endpoints.get.initiate(arg)).unsubscribe;
  const known = (arg: string) => api.endpoints.get.select(arg)(store.getState());
  return { api, store, wrapper, known, watch };
}
const around =
  (client: QueryClient) =>
  ({ children }: { children: React.ReactNode }) => <MachoProvider client={client}>{children}</MachoProvider>;

describe("the cache", () => {
  test("Unused data stays until the cache is full", async () => {
    const { known, watch } = rtk();
    const { client } = macho();
    const there = watch("a");
    const here = watchMacho(client, "a", () => 1);
    await pass();
    there();
    here.leave();
    await pass(MINUTE + 1_000);
    expect(known("a").data).toBeUndefined();
    expect(client.getQueryData("a")).toBe(1);
  });

  test("The cache is bounded", () => {
    const { client } = macho();
    for (let key = 0; key < 1_001; key++) client.setQueryData([key], key);
    expect(client.cache.size).toBe(1_000);
  });

  test("Data need not be serialisable", async () => {
    const { client } = macho();
    const data = { at: new Date(0), names: new Set(["Ran"]), url: new URL("https://macho-cache.dev") };
    const { result } = watchMacho(client, "a", () => data);
    await pass();
    expect(result().data).toBe(data);
  });
});

describe("loads", () => {
  test("A hook that mounts loads stale data again", async () => {
    const counts = { there: 0, here: 0, fresh: 0 };
    const { watch } = rtk(() => ++counts.there);
    const { client } = macho();
    for (let hook = 0; hook < 2; hook++) {
      watch("a");
      watchMacho(client, "a", () => ++counts.here);
      watchMacho(client, "b", () => ++counts.fresh, { staleTime: Infinity });
      await pass(MINUTE);
    }
    expect(counts).toEqual({ there: 1, here: 2, fresh: 1 });
  });

  test("Focus and network load stale data", async () => {
    const counts = { there: 0, here: 0, quiet: 0 };
    const { watch } = rtk(() => ++counts.there);
    const { client, page } = macho();
    watch("a");
    watchMacho(client, "a", () => ++counts.here);
    watchMacho(client, "b", () => ++counts.quiet, { refetchOnWindowFocus: false, refetchOnReconnect: false });
    await pass();
    window.dispatchEvent(new Event("focus"));
    page.focus();
    await pass();
    page.goOffline();
    page.goOnline();
    await pass();
    expect(counts).toEqual({ there: 1, here: 3, quiet: 1 });
  });

  test("A failed load is tried again", async () => {
    const counts = { there: 0, here: 0 };
    const { watch } = rtk(() => (counts.there++, Promise.reject(no)));
    const { client } = macho({ retry: undefined });
    watch("a");
    watchMacho(client, "a", () => (counts.here++, Promise.reject(no)));
    await pass(MINUTE);
    expect(counts).toEqual({ there: 1, here: 4 });
  });

  test("A load that nobody waits for is aborted", async () => {
    const [there, here] = [server(), server()];
    const { watch } = rtk((_arg, signal) => there.load(signal));
    const { client } = macho();
    const hooks = [watch("a"), watchMacho(client, "a", (_key, { signal }) => here.load(signal)).leave];
    await pass();
    for (const leave of hooks) leave();
    await pass();
    expect([there.signals[0]!.aborted, here.signals[0]!.aborted]).toEqual([false, true]);
  });

  test("Polling rests while the page is hidden", async () => {
    const counts = { there: 0, here: 0, always: 0 };
    const { api, wrapper } = rtk(() => ++counts.there);
    const hook = renderHook(() => api.useGetQuery("a", { pollingInterval: 1_000 }), { wrapper });
    const { client, page } = macho();
    watchMacho(client, "a", () => ++counts.here, { refetchInterval: 1_000 });
    watchMacho(client, "b", () => ++counts.always, { refetchInterval: 1_000, refetchIntervalInBackground: true });
    await act(() => pass());
    page.hide();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await act(() => pass(3_100));
    expect(counts).toEqual({ there: 4, here: 1, always: 4 });
    hook.unmount();
  });

  test("A fetcher gives data or throws", async () => {
    const { client } = macho();
    const { result } = watchMacho(client, "a", () => Promise.reject(no));
    const odd = watchMacho(client, "b", () => ({ error: "a value" }));
    await pass();
    expect(result().error).toBe(no);
    expect(odd.result()).toMatchObject({ status: "success", data: { error: "a value" } });
  });

  test("Another key shows no data of the key before", async () => {
    const { api, wrapper } = rtk((arg) => (arg === "b" ? server().load() : arg));
    const { client } = macho();
    const load = ([key]: readonly [string]) => (key === "b" ? server<string>().load() : key);
    const there = renderHook(({ key }) => api.useGetQuery(key), { initialProps: { key: "a" }, wrapper });
    const here = renderHook(({ key }) => useCachedQuery([key], load), {
      initialProps: { key: "a" },
      wrapper: around(client),
    });
    const kept = renderHook(({ key }) => useCachedQuery([key], load, { placeholderData: keepPreviousData }), {
      initialProps: { key: "a" },
      wrapper: around(client),
    });
    const hooks = [there, here, kept] as const;
    // A store tells of such actions in the next frame.
    await act(() => pass(200));
    for (const { rerender } of hooks) rerender({ key: "b" });
    expect([there.result.current.data, there.result.current.currentData]).toEqual(["a", undefined]);
    expect([here.result.current.data, kept.result.current.data]).toEqual([undefined, "a"]);
    expect(kept.result.current.isPlaceholderData).toBe(true);
    for (const { unmount } of hooks) unmount();
  });
});

describe("tags and mutations", () => {
  test("A mutation invalidates nothing by itself", async () => {
    const { client } = macho();
    let count = 0;
    watchMacho(client, "a", () => ++count);
    await pass();
    const send = new MutationObserver(client, { mutationFn: () => Promise.resolve(1) });
    await send.actions.mutateAsync();
    expect(count).toBe(1);
    send.update({ mutationFn: () => Promise.resolve(1), onSettled: () => client.invalidateQueries("a") });
    await send.actions.mutateAsync();
    expect(count).toBe(2);
  });

  test("A tag covers itself alone", async () => {
    const counts = { there: 0, single: 0, both: 0 };
    const { api, store, watch } = rtk(() => ++counts.there);
    const { client } = macho();
    watch("1");
    watchMacho(client, "a", () => ++counts.single, { tags: ["Film 1"] });
    watchMacho(client, "b", () => ++counts.both, { tags: ["Film", "Film 1"] });
    await pass();
    store.dispatch(api.util.invalidateTags(["Film"]));
    void client.invalidateQueries({ tags: ["Film"] });
    await pass();
    expect(counts).toEqual({ there: 2, single: 1, both: 2 });
  });

  test("An invalidation marks what is not on screen", async () => {
    const { api, store, known, watch } = rtk();
    const { client } = macho();
    watch("a")();
    await client.fetchQuery("a", () => 1, { tags: ["Film"] });
    await pass();
    store.dispatch(api.util.invalidateTags(["Film"]));
    void client.invalidateQueries({ tags: ["Film"] });
    await pass();
    expect(known("a").isUninitialized).toBe(true);
    expect(client.getQueryState("a")).toMatchObject({ data: 1, isInvalidated: true });
    client.removeQueries({ tags: ["Film"] });
    expect(client.getQueryState("a")).toBeUndefined();
  });

  test("An invalidation acts at once", async () => {
    const counts = { there: 0, here: 0 };
    const slow = server();
    const { api, store, watch } = rtk((arg) => (arg === "slow" ? slow.load() : ++counts.there));
    const { client } = macho();
    watch("a");
    watchMacho(client, "a", () => ++counts.here, { tags: ["Film"] });
    await pass();
    watch("slow");
    watchMacho(client, "slow", () => server().load());
    await pass();
    store.dispatch(api.util.invalidateTags([{ type: "Film", id: "a" }]));
    void client.invalidateQueries({ tags: ["Film"] });
    await pass(1_000);
    expect(counts).toEqual({ there: 1, here: 2 });
    slow.requests[0]!.resolve("done");
    await pass();
    expect(counts.there).toBe(2);
  });

  test("The result of a hook's `mutate` is no promise", async () => {
    const { api, wrapper } = rtk((arg) => `${arg} there`);
    const { client } = macho();
    const there = renderHook(() => api.useSendMutation(), { wrapper });
    const here = renderHook(() => useCachedMutation({ mutationFn: () => Promise.reject(no) }), {
      wrapper: around(client),
    });
    await act(async () => {
      expect(await there.result.current[0]("sent")).toMatchObject({ data: "sent there" });
      expect(here.result.current.mutate()).toBeUndefined();
      await expect(here.result.current.mutateAsync()).rejects.toBe(no);
    });
    there.unmount();
    here.unmount();
  });
});

afterEach(() => void vi.restoreAllMocks());
