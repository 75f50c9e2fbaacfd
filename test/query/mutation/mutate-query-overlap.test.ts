// Calls of mutateQuery that overlap, and what else may happen to their key meanwhile.
import { mutateQuery, type MutateQueryOptions } from "macho-cache/query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import { Watched } from "../../support/watched.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld, watch } from "../../support/query-world.ts";

let sent: Deferred<void>[];

inQueryWorld({ queries: { retry: false, staleTime: Infinity } });

beforeEach(() => {
  sent = [];
});

const never = { revalidate: false } as const;
const quiet = { revalidate: false, throwOnError: false } as const;
const data = (): unknown => client.getQueryData("a");
/** A hook that shows some data; what it was told, each change once. */
function show(value: unknown): { shown: () => unknown[]; leave: () => void } {
  client.setQueryData("a", value);
  const hook = watch("a");
  hook.shown.length = 0;
  return { shown: () => hook.shown.filter((each, at) => each !== hook.shown[at - 1]), leave: hook.leave };
}
const post = (): Promise<void> => {
  sent.push(deferred());
  return sent.at(-1)!.promise;
};
async function land(index: number): Promise<void> {
  sent[index]!.resolve();
  await settled();
}
async function fail(index: number): Promise<void> {
  sent[index]!.reject(new Error("no"));
  await settled();
}

describe("a counter", () => {
  const plusOne = (options: MutateQueryOptions<number> = never): Promise<number | undefined> =>
    mutateQuery<number>(client, "a", (count = 0) => post().then(() => count + 1), {
      optimisticData: (_committed, displayed = 0) => displayed + 1,
      ...options,
    });

  test.each([
    ["in their order", [0, 1, 2]],
    ["the last first", [2, 1, 0]],
    ["the middle one first", [1, 2, 0]],
  ])("96. goes 1, 2, 3 and never back, also with calls that land %s", async (_order, order) => {
    const { shown } = show(0);
    for (let call = 0; call < 3; call++) void plusOne();
    // oxlint-disable-next-line no-await-in-loop
    for (const index of order) await land(index);
    expect([data(), shown()]).toEqual([3, [1, 2, 3]]);
  });

  test("96. goes up with optimistic data of what is committed, too", async () => {
    const { shown } = show(0);
    const optimisticData = (committed = 0): number => committed + 1;
    for (let call = 0; call < 2; call++) void plusOne({ ...never, optimisticData });
    await land(0);
    await land(1);
    expect([data(), shown()]).toEqual([2, [1, 2]]);
  });

  test("97. loses only what failed: the others are made anew without it", async () => {
    const { shown } = show(0);
    for (let call = 0; call < 3; call++) void plusOne(quiet);
    await fail(0);
    expect(data()).toBe(2);
    await fail(2);
    expect(data()).toBe(1);
    await fail(1);
    expect([data(), shown()]).toEqual([0, [1, 2, 3, 2, 1, 0]]);
  });

  test("shows no load until the last call has ended, and then one", async () => {
    const { shown } = show(0);
    for (let call = 0; call < 2; call++) void plusOne({});
    await land(1);
    void client.refetchQueries("a");
    await backend.answer(0, 1);
    await land(0);
    expect(backend.count).toBe(2);
    await backend.answer(1, 2);
    expect(shown()).toEqual([1, 2]);
  });
});

describe("a list", () => {
  const add = (item: string, options: MutateQueryOptions<string[], string> = {}): Promise<string | undefined> =>
    mutateQuery<string[], string>(
      client,
      "a",
      post().then(() => item),
      {
        ...quiet,
        optimisticData: (_committed, displayed = []) => [...displayed, `${item}?`],
        populateCache: (answer, list = []) => [...list, answer],
        ...options,
      },
    );

  test.each([
    ["first to last", [0, 1], [["A?"], ["A?", "B?"], ["A", "B?"], ["A", "B"]]],
    ["last to first", [1, 0], [["A?"], ["A?", "B?"], ["A?", "B"], ["A", "B"]]],
  ])("96. has what every call brought, in the order of the calls, landing %s", async (_order, order, expected) => {
    const { shown } = show([]);
    void add("A");
    void add("B");
    // oxlint-disable-next-line no-await-in-loop
    for (const index of order) await land(index);
    expect(shown()).toEqual(expected);
  });

  test("97. keeps what landed when a call before it fails, or one after it", async () => {
    show(["0"]);
    for (const item of ["A", "B", "C"]) void add(item);
    await land(1);
    expect(data()).toEqual(["0", "A?", "B", "C?"]);
    await fail(0);
    expect(data()).toEqual(["0", "B", "C?"]);
    await fail(2);
    expect(data()).toEqual(["0", "B"]);
  });

  test("a whole answer does not undo a later hope, and shows when the later call failed", async () => {
    const { shown } = show(["0"]);
    void add("A", { populateCache: true as never });
    void add("B");
    await land(0);
    expect(data()).toEqual(["0", "A?", "B?"]);
    await fail(1);
    expect(data()).toBe("A");
    expect(shown()).toEqual([["0", "A?"], ["0", "A?", "B?"], "A"]);
  });

  test("optimistic functions are called again only where what they build on is different", async () => {
    show([]);
    let calls = 0;
    const optimisticData = (_committed: string[] | undefined, displayed: string[] = []): string[] => {
      calls++;
      return [...displayed, "B?"];
    };
    void add("A", { populateCache: () => ["A?"] });
    void add("B", { optimisticData, populateCache: true as never });
    expect(calls).toBe(1);
    await land(1);
    await land(0);
    expect(calls).toBe(1);
  });

  test("a function that throws when it is called again is reported, and changes nothing", async () => {
    const reported: unknown[] = [];
    vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
    show([]);
    let isBroken = false;
    const optimisticData = (_committed: string[] | undefined, displayed: string[] = []): string[] => {
      if (isBroken) throw new Error("broken");
      return [...displayed, "B?"];
    };
    void add("A");
    void add("B", { optimisticData });
    isBroken = true;
    await fail(0);
    expect([data(), reported]).toEqual([[], [new Error("broken")]]);
    await land(1);
    expect(data()).toEqual(["B"]);
    vi.unstubAllGlobals();
  });

  test("a populateCache that throws fails its call, and takes its hope back", async () => {
    show(["0"]);
    void add("A");
    const populateCache = (): never => {
      throw new Error("broken");
    };
    const failing = add("B", { populateCache, throwOnError: true });
    void land(1);
    await expect(failing).rejects.toThrow("broken");
    expect(data()).toEqual(["0", "A?"]);
    await land(0);
    expect(data()).toEqual(["0", "A"]);
  });
});

describe("revalidate", () => {
  test("99. false beside a first load does not load again, and what was written stays", async () => {
    const hook = watch("a");
    await mutateQuery(client, "a", "mine", never);
    await backend.answer(0, "late");
    expect([hook.data, backend.count, hook.result.fetchStatus]).toEqual(["mine", 1, "idle"]);
  });

  test("99. false beside a first load that began meanwhile does not load again, either", async () => {
    const done = mutateQuery(
      client,
      "a",
      post().then(() => "mine"),
      never,
    );
    const hook = watch("a");
    await backend.answer(0, "late");
    expect(hook.data).toBeUndefined();
    await land(0);
    await done;
    expect([hook.data, backend.count]).toEqual(["mine", 1]);
  });

  test("of a call that overlaps one without is made when both have ended", async () => {
    show("old");
    void mutateQuery(
      client,
      "a",
      post().then(() => "one"),
    );
    void mutateQuery(
      client,
      "a",
      post().then(() => "two"),
      never,
    );
    await land(0);
    expect(backend.count).toBe(0);
    await land(1);
    expect(backend.count).toBe(1);
  });

  test("a rollback to nothing loads once", async () => {
    const hook = watch("a");
    await mutateQuery(client, "a", Promise.reject(new Error("no")), { optimisticData: "hoped", throwOnError: false });
    expect([hook.data, backend.count]).toEqual([undefined, 2]);
    await backend.answer(1, "loaded");
    expect(hook.data).toBe("loaded");
  });

  test("that throws still lets go of the key", async () => {
    show("old");
    const revalidate = (): never => {
      throw new Error("broken");
    };
    await expect(mutateQuery(client, "a", "mine", { revalidate })).rejects.toThrow("broken");
    void client.refetchQueries("a");
    await backend.answer(0, "loaded");
    expect(data()).toBe("loaded");
  });
});

describe("meanwhile", () => {
  const change = (options: MutateQueryOptions<string> = {}): Promise<string | undefined> =>
    mutateQuery<string>(
      client,
      "a",
      post().then(() => "mine"),
      { ...quiet, optimisticData: "hoped", ...options },
    );

  test("an invalidation is made up for, where the call itself loads nothing", async () => {
    const { shown } = show("old");
    void change();
    void client.invalidateQueries("a");
    await backend.answer(0, "dismissed");
    await land(0);
    expect(backend.count).toBe(2);
    await backend.answer(1, "loaded");
    expect(shown()).toEqual(["hoped", "mine", "loaded"]);
  });

  test("an invalidation of a key that nobody watches is remembered", async () => {
    client.setQueryData("a", "old");
    void change();
    void client.invalidateQueries("a");
    await land(0);
    expect(client.getQueryState("a")).toMatchObject({ data: "mine", isInvalidated: true });
  });

  test.each<[string, () => void]>([
    ["clear", () => client.clear()],
    ["removeQueries", () => client.removeQueries("a")],
    ["delete of the cache", () => void client.cache.delete(JSON.stringify("a"))],
  ])("after %s the call writes nothing, also where somebody has set the key since", async (_name, remove) => {
    client.setQueryData("a", "old");
    void change();
    remove();
    client.setQueryData("a", "of the next user");
    await land(0);
    expect(data()).toBe("of the next user");
  });

  test("after clear the call writes nothing, also where there was no data", async () => {
    void mutateQuery(
      client,
      "a",
      post().then(() => "mine"),
      quiet,
    );
    client.clear();
    await land(0);
    expect(data()).toBeUndefined();
  });

  test("a call after a removal begins from nothing, beside those before, which write nothing", async () => {
    client.setQueryData("a", "old");
    void change();
    client.removeQueries("a");
    const seen: unknown[] = [];
    void mutateQuery<string>(client, "a", (now) => (seen.push(now), post().then(() => "new")), quiet);
    await land(1);
    await land(0);
    expect([seen, data()]).toEqual([[undefined], "new"]);
  });

  test("data that is set ends the hopes of calls under way; what they bring is shown nevertheless", async () => {
    const { shown } = show("old");
    void change();
    void change({ optimisticData: "hoped too" });
    client.setQueryData("a", "pushed");
    await fail(1);
    expect(data()).toBe("pushed");
    await land(0);
    expect(shown()).toEqual(["hoped", "hoped too", "pushed", "mine"]);
  });

  test("a rollback to an answer that the cache may not hold keeps its age, and the hopes of others", async () => {
    client.setQueryDefaults("a", { ttl: 1_000 });
    const hook = new Watched(client, "a", (key, context) => {
      context.setLifetime({ isStorable: false });
      return backend.deaf(key, context);
    });
    await backend.answer(0, "unstored");
    clock.advance(400);
    void mutateQuery(
      client,
      "a",
      post().then(() => "mine"),
      quiet,
    );
    void change();
    expect(hook.data).toBe("hoped");
    await fail(1);
    expect(hook.data).toBe("unstored");
    expect(client.cache.has(JSON.stringify("a"))).toBe(false);
    clock.advance(599);
    expect(hook.data).toBe("unstored");
    clock.advance(1);
    expect(hook.data).toBeUndefined();
    await land(0);
    expect(hook.data).toBe("mine");
  });

  test("an eviction keeps no call from writing", async () => {
    enterQueryWorld({ cache: { maxCacheSize: 1 } });
    client.setQueryData("a", "old");
    void change();
    client.setQueryData("b", 1);
    await land(0);
    expect(data()).toBe("mine");
  });

  test("what landed before a call that failed is as old as its landing", async () => {
    client.setQueryDefaults("a", { ttl: 1_000 });
    show("old");
    void change();
    void change({ optimisticData: "hoped too" });
    clock.advance(100);
    await land(0);
    const landedAt = clock.wallNow();
    clock.advance(300);
    await fail(1);
    expect(client.getQueryState("a")).toMatchObject({ data: "mine", dataUpdatedAt: landedAt });
    clock.advance(699);
    expect(data()).toBe("mine");
    clock.advance(2);
    expect(data()).toBeUndefined();
  });

  test("a listener that calls again while a call is written is one that overlaps, or comes after", async () => {
    client.setQueryData("a", "old");
    const seen: unknown[] = [];
    let again = 0;
    client.observe("a", backend.fetcher).subscribe(() => {
      if (again++ > 1) return;
      const append = (now: string | undefined): string => (seen.push(now), `${now}!`);
      void mutateQuery<string>(client, "a", append, { ...quiet, optimisticData: (_old, now) => `${now}?` });
    });
    void change();
    await settled();
    await land(0);
    // Calls in a listener came later than the one that it heard of.
    expect([data(), seen]).toEqual(["hoped?!", ["hoped?", "hoped"]]);
    expect(client.getQueryState("a")?.fetchStatus).toBe("idle");
  });

  test("a rollbackOnError that calls again finds the hope that is being taken back", async () => {
    show("old");
    const rollbackOnError = (): boolean => {
      void mutateQuery(client, "a", "written", never);
      return true;
    };
    void change({ rollbackOnError });
    await fail(0);
    expect(data()).toBe("written");
  });
});
