// Each difference that docs/from-swr.md names, most of them shown beside SWR. A title is a name on that page.
import { act, renderHook } from "@testing-library/react";
import {
  hashKey,
  MachoProvider,
  mutateQuery,
  QueryClient,
  shareStructure,
  useCachedMutation,
  useCachedSubscription,
} from "macho-cache/react";
import useSWR, { SWRConfig, type SWRConfiguration, type SWRResponse, unstable_serialize, useSWRConfig } from "swr";
import useSWRMutation from "swr/mutation";
import useSWRSubscription, { type SWRSubscriptionOptions } from "swr/subscription";
import { describe, expect, test } from "vitest";
import { macho, onFakeTime, pass, server, watchMacho } from "../support/beside.ts";
import { deferred } from "../support/deferred.ts";

onFakeTime();
const no = new Error("no");

interface Loaded {
  readonly same: number[];
  readonly map: Map<string, { deep: boolean }>;
  readonly other: number;
}

/** A provider of SWR with a cache of its own, as its tests have it. */
function swrAround(value: SWRConfiguration = {}) {
  const cache = new Map();
  return ({ children }: { children: React.ReactNode }) => (
    <SWRConfig value={{ provider: () => cache, ...value }}>{children}</SWRConfig>
  );
}
const around =
  (client: QueryClient) =>
  ({ children }: { children: React.ReactNode }) => <MachoProvider client={client}>{children}</MachoProvider>;
/** What a component reads of a result: SWR renders for that alone. */
const readOf = <T,>({ data, error, isValidating, mutate }: SWRResponse<T>) => ({ data, error, isValidating, mutate });
/** A mounted hook of SWR. */
function watchSwr<T>(key: unknown, fetcher: () => T | Promise<T>, value?: SWRConfiguration, wrapper = swrAround()) {
  return renderHook(() => readOf(useSWR<T>(key as string, fetcher, value)), { wrapper });
}
const wait = (ms?: number): Promise<void> => act(() => pass(ms));

describe("the cache", () => {
  test("The cache is bounded", async () => {
    const { client } = macho();
    expect(client.cache.options.maxCacheSize).toBe(1_000);
    const hook = watchMacho(client, ["shown"], () => 1);
    await pass();
    for (let key = 0; key < 2_000; key++) client.setQueryData([key], key);
    expect(client.cache.size).toBe(1_000);
    expect([hook.result().data, client.getQueryState([0])]).toEqual([1, undefined]);
  });

  test("Removal reaches hooks", async () => {
    const wrapper = swrAround();
    const { client } = macho();
    const there = renderHook(() => ({ hook: readOf(useSWR("a", () => 1)), config: useSWRConfig() }), { wrapper });
    const here = watchMacho(client, "a", () => 1);
    await wait(20);
    await act(async () => {
      there.result.current.config.cache.delete("a");
      client.removeQueries("a");
      expect(here.result()).toMatchObject({ status: "pending", isFetching: true });
      await pass();
    });
    expect(there.result.current.hook).toMatchObject({ data: 1, isValidating: false });
  });

  test("Keys are compared by value", () => {
    const map = () => ["a", new Map([[1, 2]])];
    expect(unstable_serialize(map())).not.toBe(unstable_serialize(map()));
    expect(hashKey(map())).toBe(hashKey(map()));
    expect(hashKey(["a", new Date(0)])).not.toBe(hashKey(["a", new Date(0).toJSON()]));
    expect(() => hashKey([new URL("https://macho-cache.dev")])).toThrow(/instance of a class/);
  });

  test("Equal parts of the data keep their references", async () => {
    const load = (): Loaded => ({ same: [1], map: new Map([["x", { deep: true }]]), other: Math.random() });
    const there = watchSwr<Loaded>("a", load);
    const { client } = macho();
    const here = watchMacho<Loaded>(client, "a", load);
    const shared = watchMacho<Loaded>(client, "b", load, { structuralSharing: shareStructure });
    await wait(20);
    const before = [there.result.current.data, here.result().data, shared.result().data];
    await act(async () => {
      void there.result.current.mutate();
      void client.refetchQueries({});
      await pass(20);
    });
    const after = [there.result.current.data, here.result().data, shared.result().data];
    expect(after.map((data, at) => data?.same === before[at]?.same)).toEqual([false, true, true]);
    expect(after.map((data, at) => data?.map === before[at]?.map)).toEqual([false, false, true]);
  });

  test("A write whose `updatedAt` is older than the data is ignored", () => {
    const { client } = macho();
    client.setQueryData("a", "new");
    client.setQueryData("a", "old", { updatedAt: Date.now() - 1_000 });
    expect(client.getQueryData("a")).toBe("new");
  });

  test("`cache` takes a Macho cache or its options", () => {
    expect(() => new QueryClient({ cache: new Map() as never })).toThrow(/cache must be a Cache/);
    expect(new QueryClient({ cache: { maxCacheSize: 7 } }).cache.options.maxCacheSize).toBe(7);
  });
});

describe("loads", () => {
  test("Freshness has a length", async () => {
    const counts = { there: 0, here: 0, fresh: 0 };
    const wrapper = swrAround();
    const { client } = macho();
    for (let hook = 0; hook < 2; hook++) {
      watchSwr("a", () => ++counts.there, {}, wrapper);
      watchMacho(client, "a", () => ++counts.here);
      watchMacho(client, "b", () => ++counts.fresh, { staleTime: 2_000 });
      await wait(1_000);
    }
    expect(counts).toEqual({ there: 1, here: 2, fresh: 1 });
  });

  test("Retries end", async () => {
    const counts = { there: 0, here: 0, endless: 0 };
    const there = watchSwr("a", () => (counts.there++, Promise.reject(no)));
    const { client } = macho({ retry: 3 });
    const here = watchMacho(client, "a", () => (counts.here++, Promise.reject(no)));
    watchMacho(client, "b", () => (counts.endless++, Promise.reject(no)), { retry: true });
    await wait(20);
    expect([there.result.current.error, here.result().error]).toEqual([no, undefined]);
    await wait(3_600_000);
    expect(here.result().error).toBe(no);
    expect(counts.here).toBe(4);
    expect(counts.there).toBeGreaterThan(4);
    expect(counts.endless).toBeGreaterThan(100);
  });

  test("Delays between tries begin at 1 s", async () => {
    const counts = { there: 0, here: 0 };
    watchSwr("a", () => (counts.there++, Promise.reject(no)));
    const { client } = macho({ retry: 3 });
    watchMacho(client, "a", () => (counts.here++, Promise.reject(no)));
    await wait(1_010);
    expect(counts).toEqual({ there: 1, here: 2 });
    await wait(3_900);
    expect(counts.there).toBe(1);
  });

  test("Polling goes on after a failure", async () => {
    const counts = { there: 0, here: 0 };
    watchSwr("a", () => (counts.there++, Promise.reject(no)), { refreshInterval: 1_000, shouldRetryOnError: false });
    const { client } = macho();
    watchMacho(client, "a", () => (counts.here++, Promise.reject(no)), { refetchInterval: 1_000 });
    await wait(5_100);
    expect(counts).toEqual({ there: 1, here: 6 });
  });

  test("`refetch` waits for all tries of its load", async () => {
    const { client } = macho({ retry: 1, retryDelay: 1_000 });
    let isBroken = false;
    const hook = watchMacho(client, "a", () => (isBroken ? Promise.reject(no) : 1));
    await pass();
    isBroken = true;
    const ended: string[] = [];
    void hook.observer.refetch().then(() => ended.push("refetch"));
    void client.invalidateQueries("a", { cancelRefetch: false }).then(() => ended.push("invalidateQueries"));
    await pass();
    expect(ended).toEqual(["invalidateQueries"]);
    await pass(1_000);
    expect(ended).toEqual(["invalidateQueries", "refetch"]);
  });

  test("Loads are cancelled", async () => {
    const { client } = macho();
    const backend = server();
    const hook = watchMacho(client, "a", (_key, { signal }) => backend.load(signal));
    const deaf = watchMacho(client, "b", () => backend.load());
    hook.leave();
    deaf.leave();
    await pass();
    expect(backend.signals[0]!.aborted).toBe(true);
    backend.requests[1]!.resolve("kept");
    await pass();
    expect(client.getQueryData("b")).toBe("kept");
  });

  test("Focus loads stale data each time", async () => {
    const counts = { there: 0, here: 0 };
    watchSwr("a", () => ++counts.there, { dedupingInterval: 0 });
    const { client, page } = macho();
    watchMacho(client, "a", () => ++counts.here);
    await wait(10_000);
    for (let focus = 0; focus < 2; focus++) {
      window.dispatchEvent(new Event("focus"));
      page.focus();
      await wait(1_000);
    }
    expect(counts).toEqual({ there: 2, here: 3 });
  });

  test("A load that starts in a mount starts at once", async () => {
    const counts = { there: 0, here: 0 };
    watchSwr("a", () => ++counts.there, { fallbackData: 0 });
    const { client } = macho();
    client.setQueryData("a", 0);
    watchMacho(client, "a", () => ++counts.here);
    expect(counts).toEqual({ there: 0, here: 1 });
    await wait(20);
    expect(counts.there).toBe(1);
  });

  test("A failure in the background makes the data stale", async () => {
    const { client } = macho();
    let isBroken = false;
    const hook = watchMacho(client, "a", () => (isBroken ? Promise.reject(no) : 1), { staleTime: Infinity });
    await pass();
    isBroken = true;
    await hook.observer.refetch();
    expect(hook.result()).toMatchObject({ data: 1, error: no, isStale: true });
    isBroken = false;
    await hook.observer.refetch();
    expect(hook.result()).toMatchObject({ data: 1, error: undefined, isStale: false });
  });

  test("Callbacks are the client's", async () => {
    const told: unknown[] = [];
    const { client } = macho({}, {}, { onSuccess: (data: unknown) => void told.push(data) });
    watchMacho(client, "a", () => 1);
    watchMacho(client, "a", () => 1);
    await pass();
    expect(told).toEqual([1]);
  });
});

describe("mutations", () => {
  test("Overlapping changes build on each other", async () => {
    const there = watchSwr<number>("a", () => 1);
    const { client } = macho();
    client.setQueryData("a", 1);
    await wait(20);
    const given: Record<"there" | "here", number[]> = { there: [], here: [] };
    const add =
      (to: number[]) =>
      (count = 0) => (to.push(count), Promise.resolve(count + 1));
    const options = {
      optimisticData: (_committed: number | undefined, displayed = 0): number => displayed + 1,
      revalidate: false,
    };
    await act(async () => {
      for (let call = 0; call < 2; call++) {
        void there.result.current.mutate(add(given.there), options);
        void mutateQuery<number>(client, "a", add(given.here), options);
      }
      await pass();
    });
    expect(given).toEqual({ there: [1, 1], here: [1, 2] });
    expect([there.result.current.data, client.getQueryData("a")]).toEqual([2, 3]);
  });

  test("No load shows while a change of its key is under way", async () => {
    const { client } = macho();
    const backend = server();
    const hook = watchMacho(client, "a", () => backend.load());
    backend.requests[0]!.resolve("old");
    await pass();
    void hook.observer.refetch();
    const sent = deferred<string>();
    void mutateQuery<string>(client, "a", sent.promise, { optimisticData: () => "wanted" });
    backend.requests[1]!.resolve("too early");
    await pass();
    expect(hook.result().data).toBe("wanted");
    sent.resolve("done");
    await pass();
    expect(hook.result().data).toBe("done");
    expect(backend.requests).toHaveLength(3);
  });

  test("A mutation's callbacks are those of the newest render", async () => {
    const told: string[] = [];
    const sent = [deferred<number>(), deferred<number>()] as const;
    const there = renderHook(
      ({ name }) => useSWRMutation("a", () => sent[0].promise, { onSuccess: () => void told.push(`there ${name}`) }),
      { initialProps: { name: "old" }, wrapper: swrAround() },
    );
    const { client } = macho();
    const here = renderHook(
      ({ name }) =>
        useCachedMutation({ mutationFn: () => sent[1].promise, onSuccess: () => void told.push(`here ${name}`) }),
      { initialProps: { name: "old" }, wrapper: around(client) },
    );
    await act(async () => {
      void there.result.current.trigger();
      here.result.current.mutate();
      await pass();
    });
    there.rerender({ name: "new" });
    here.rerender({ name: "new" });
    await act(async () => {
      for (const answer of sent) answer.resolve(1);
      await pass();
    });
    expect(told.sort()).toEqual(["here new", "there old"]);
  });
});

test("An error ends a subscription", async () => {
  const ended: string[] = [];
  let [there, here] = [(_error: unknown): void => undefined, (_error: unknown): void => undefined];
  const hookThere = renderHook(
    () => {
      const { data, error } = useSWRSubscription("a", (_key: string, { next }: SWRSubscriptionOptions<number>) => {
        there = (failure) => next(failure);
        next(null, 1);
        return () => void ended.push("there");
      });
      return { data, error };
    },
    { wrapper: swrAround() },
  );
  const { client } = macho();
  const hookHere = renderHook(
    () =>
      useCachedSubscription<number, string>("a", (_key, { next, error }) => {
        here = error;
        next(1);
        return () => void ended.push("here");
      }),
    { wrapper: around(client) },
  );
  await wait(20);
  await act(async () => {
    there(no);
    here(no);
    await pass();
  });
  expect([hookThere.result.current.error, hookHere.result.current.error]).toEqual([no, no]);
  expect([hookThere.result.current.data, hookHere.result.current.data]).toEqual([1, 1]);
  expect(ended).toEqual(["here"]);
});
