import { mutateQuery } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { deferred, settled } from "../../support/deferred.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld } from "../../support/query-world.ts";

/** What a hook of the key has shown, in order. */
let shown: unknown[];

inQueryWorld({ queries: { retry: false } });

beforeEach(() => {
  shown = [];
});

/** A hook of key "a" that shows its data, and has loaded "foo". */
async function show(): Promise<() => void> {
  const leave = watch();
  await backend.answer(backend.count - 1, "foo");
  shown.length = 0;
  return leave;
}
function watch(): () => void {
  const observer = client.observe("a", backend.fetcher);
  observer.noteRead("data");
  const leave = observer.subscribe(() => shown.push(observer.getResult().data));
  observer.getSnapshot();
  shown.length = 0;
  return leave;
}
const data = (): unknown => client.getQueryData("a");
const never = { revalidate: false };

describe("mutateQuery", () => {
  test("shows optimistic data, then the answer, and loads again after it", async () => {
    await show();
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise, { optimisticData: "hoped" });
    expect(data()).toBe("hoped");
    expect(backend.count).toBe(1);
    sent.resolve("answered");
    expect(await done).toBe("answered");
    expect(data()).toBe("answered");
    expect(backend.count).toBe(2);
    await backend.answer(1, "loaded");
    expect(shown).toEqual(["hoped", "answered", "loaded"]);
  });

  test("rolls back optimistic data that shares parts with what was there", async () => {
    const items = [{ id: 1 }, { id: 2 }];
    client.setQueryData("a", items);
    const sent = deferred<never>();
    const done = mutateQuery<unknown>(client, "a", sent.promise, {
      optimisticData: [{ id: 1 }, { id: 2 }, { id: 3 }],
      throwOnError: false,
    });
    expect(data()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    sent.reject(new Error("no"));
    await done;
    expect(data()).toBe(items);
  });

  test("what is rolled back is as old as it was, and lives no longer", async () => {
    client.setQueryData("a", "old", { ttl: 1_000 });
    clock.advance(400);
    const { dataUpdatedAt } = client.getQueryState("a")!;
    const sent = deferred<never>();
    const done = mutateQuery<string>(client, "a", sent.promise, {
      ...never,
      optimisticData: "hoped",
      throwOnError: false,
    });
    clock.advance(400);
    sent.reject(new Error("no"));
    await done;
    expect(client.getQueryState("a")).toMatchObject({ data: "old", dataUpdatedAt, isInvalidated: false });
    clock.advance(199);
    expect(data()).toBe("old");
    clock.advance(2);
    expect(data()).toBeUndefined();
  });

  test("what would have expired meanwhile is not rolled back to", async () => {
    client.setQueryData("a", "old", { ttl: 1_000 });
    const sent = deferred<never>();
    const done = mutateQuery<string>(client, "a", sent.promise, {
      ...never,
      optimisticData: "hoped",
      throwOnError: false,
    });
    clock.advance(1_000);
    sent.reject(new Error("no"));
    await done;
    expect(data()).toBeUndefined();
  });

  test("a load that is dismissed meanwhile leaves the data as old as it is", async () => {
    await show();
    clock.advance(100);
    const { dataUpdatedAt } = client.getQueryState("a")!;
    const sent = deferred<string>();
    const done = mutateQuery<string>(client, "a", sent.promise, never);
    void client.refetchQueries("a");
    await backend.answer(1, "loaded");
    expect(client.getQueryState("a")).toMatchObject({ data: "foo", dataUpdatedAt, fetchStatus: "idle" });
    sent.resolve("answered");
    await done;
    expect(data()).toBe("answered");
  });

  test("a first load that is dismissed answers its callers, shows nothing, and is made again afterwards", async () => {
    watch();
    const called = client.fetchQuery("a", backend.fetcher);
    const sent = deferred<undefined>();
    const done = mutateQuery(client, "a", sent.promise, never);
    expect(client.getQueryState("a")).toMatchObject({ status: "pending", fetchStatus: "idle" });
    await backend.answer(0, "first");
    expect(await called).toBe("first");
    expect(data()).toBeUndefined();
    expect(backend.count).toBe(1);
    sent.resolve(undefined);
    await done;
    await backend.answer(1, "second");
    expect(data()).toBe("second");
  });

  test("takes a value, a promise, a function of what was committed, or nothing, which only loads again", async () => {
    await show();
    await mutateQuery(client, "a", "value", never);
    expect(data()).toBe("value");
    await mutateQuery(client, "a", Promise.resolve("promise"), never);
    await mutateQuery<string>(client, "a", (old) => `${old} sync`, never);
    expect(data()).toBe("promise sync");
    await mutateQuery<string>(client, "a", async (old) => `${old} async`, never);
    expect(data()).toBe("promise sync async");
    expect(backend.count).toBe(1);
    expect(await mutateQuery(client, "a")).toBeUndefined();
    expect([data(), backend.count]).toEqual(["promise sync async", 2]);
  });

  test("of a value writes in the same task", () => {
    void mutateQuery(client, "b", 5);
    expect(client.getQueryData("b")).toBe(5);
  });

  test("populateCache keeps the answer out, or makes data of it; revalidate may be asked", async () => {
    await show();
    const asked: unknown[] = [];
    const revalidate = (...args: unknown[]): boolean => asked.push(args) > 5;
    await mutateQuery<string, number>(client, "a", Promise.resolve(1), { populateCache: false, revalidate });
    expect(data()).toBe("foo");
    const populateCache = (answer: number, old: string | undefined): string => `${old} ${answer}`;
    expect(await mutateQuery<string, number>(client, "a", Promise.resolve(2), { populateCache, revalidate })).toBe(2);
    expect(data()).toBe("foo 2");
    expect(asked).toEqual([
      [1, "a"],
      [2, "a"],
    ]);
    expect(backend.count).toBe(1);
  });

  test("rejects with what the update throws, or resolves to undefined; on screen it loads again either way", async () => {
    await show();
    const thrower = (): never => {
      throw new Error("sync");
    };
    await expect(mutateQuery(client, "a", thrower)).rejects.toThrow("sync");
    expect(backend.count).toBe(2);
    const failing = Promise.reject(new Error("no"));
    expect(await mutateQuery(client, "a", failing, { throwOnError: false })).toBeUndefined();
    expect([data(), backend.count]).toEqual(["foo", 3]);
  });

  test("keeps optimistic data after a failure when rollbackOnError says so", async () => {
    await show();
    const fail = (): Promise<string> => Promise.reject(new Error("no"));
    const quiet = { ...never, throwOnError: false };
    await mutateQuery(client, "a", fail, { ...quiet, optimisticData: "kept", rollbackOnError: false });
    expect(data()).toBe("kept");
    const rollbackOnError = (error: unknown): boolean => (error as Error).message !== "no";
    await mutateQuery(client, "a", fail, { ...quiet, optimisticData: "kept too", rollbackOnError });
    expect(data()).toBe("kept too");
  });

  test("rolls back to nothing where there was nothing, which loads it on screen", async () => {
    const leave = watch();
    await mutateQuery(client, "a", Promise.reject(new Error("no")), {
      ...never,
      optimisticData: "hoped",
      throwOnError: false,
    });
    expect(data()).toBeUndefined();
    expect(shown).toEqual(["hoped", undefined]);
    expect(backend.count).toBe(2);
    leave();
    await mutateQuery(client, "b", Promise.reject(new Error("no")), { optimisticData: 1, throwOnError: false });
    expect(client.cache.has(JSON.stringify("b"))).toBe(false);
  });

  test("leaves data alone that was set meanwhile, also where it is equal to what was hoped for", async () => {
    for (const pushed of ["hoped", { done: true }]) {
      client.setQueryData("a", "before");
      const sent = deferred<unknown>();
      const optimisticData = structuredClone(pushed);
      const done = mutateQuery<unknown>(client, "a", sent.promise, { optimisticData, ...never });
      client.setQueryData<unknown>("a", pushed);
      sent.reject(new Error("timeout"));
      // oxlint-disable-next-line no-await-in-loop
      await expect(done).rejects.toThrow("timeout");
      expect(data()).toEqual(pushed);
    }
  });

  test("leaves data alone that was set meanwhile, and a key that was removed meanwhile", async () => {
    await show();
    const first = deferred<string>();
    const failing = mutateQuery(client, "a", first.promise, { ...never, optimisticData: "hoped" });
    client.setQueryData("a", "pushed");
    first.reject(new Error("no"));
    await expect(failing).rejects.toThrow("no");
    expect(data()).toBe("pushed");
    const second = deferred<string>();
    client.setQueryData("b", "old");
    const late = mutateQuery(client, "b", second.promise);
    client.clear();
    second.resolve("late");
    expect(await late).toBe("late");
    expect(client.getQueryData("b")).toBeUndefined();
  });

  test("that cannot even show its optimistic data rejects, and lets go of the key", async () => {
    let isBroken = false;
    const weigher = (): number => (isBroken ? -1 : 1);
    enterQueryWorld({ cache: { maxWeight: 5, weigher } });
    client.setQueryData("a", "old");
    isBroken = true;
    const failing = mutateQuery(client, "a", Promise.resolve("new"), { optimisticData: "hoped" });
    await expect(failing).rejects.toMatchObject({ code: "invalid-weight" });
    isBroken = false;
    const leave = watch();
    await backend.answer(0, "loaded");
    expect(data()).toBe("loaded");
    leave();
  });

  test("keeps nothing of a key when the call is over, and changes nothing after dispose", async () => {
    client.setQueryData("a", "old");
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise);
    client.dispose();
    sent.resolve("late");
    expect(await done).toBe("late");
    await expect(mutateQuery(client, "a", 1)).rejects.toMatchObject({ code: "disposed" });
  });

  test.each([
    [{ rollback: true }, "rollback"],
    [{ revalidate: 1 }, "revalidate"],
    [{ populateCache: "yes" }, "populateCache"],
    [{ rollbackOnError: null }, "rollbackOnError"],
    [{ throwOnError: () => true }, "throwOnError"],
  ])("%o is an error that names the option, and nothing is changed", async (options, option) => {
    const named = expect.objectContaining({ name: "MachoOptionError", option });
    await expect(mutateQuery(client, "a", 1, options as never)).rejects.toThrow(named);
    await expect(mutateQuery(client, 5 as never, 1)).rejects.toMatchObject({ code: "invalid-key" });
    await expect(mutateQuery(client, "a", 1, null as never)).rejects.toMatchObject({ code: "invalid-argument" });
    const thrower = (): never => {
      throw new Error("no");
    };
    await expect(mutateQuery(client, "a", 1, { optimisticData: thrower })).rejects.toThrow("no");
    expect(client.getQueries()).toEqual([]);
  });
});

describe("a load loses against a mutation", () => {
  test("5. when it started before it", async () => {
    await show();
    void client.refetchQueries("a");
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise, never);
    await backend.answer(1, "stale");
    sent.resolve("mine");
    await done;
    expect([data(), shown]).toEqual(["mine", ["mine"]]);
  });

  test("5. when it started during it and lands after it", async () => {
    await show();
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise, never);
    const caller = client.fetchQuery("a", backend.fetcher);
    sent.resolve("mine");
    await done;
    await backend.answer(1, "stale");
    expect([data(), shown, await caller]).toEqual(["mine", ["mine"], "stale"]);
  });

  test("5. when it lands while the mutation is under way, with data, optimistic data, or none", async () => {
    for (const options of [never, { ...never, optimisticData: "hoped" }]) {
      const leave = await show();
      const sent = deferred<string>();
      const done = mutateQuery(client, "a", sent.promise, options);
      void client.refetchQueries("a");
      await backend.answer(backend.count - 1, "stale");
      expect(shown).not.toContain("stale");
      sent.resolve("mine");
      await done;
      expect(shown.at(-1)).toBe("mine");
      leave();
      client.clear();
    }
    watch();
    const sent = deferred<string>();
    const done = mutateQuery(client, "a", sent.promise, never);
    await backend.answer(backend.count - 1, "stale");
    expect(data()).toBeUndefined();
    sent.resolve("mine");
    await done;
    expect(data()).toBe("mine");
  });

  test("a first load that was ended for it is made up for when the mutation failed", async () => {
    watch();
    const done = mutateQuery(client, "a", Promise.reject(new Error("no")), never);
    await expect(done).rejects.toThrow("no");
    await backend.answer(1, "loaded");
    expect([data(), backend.count]).toEqual(["loaded", 2]);
  });
});

test("6. a value during a load discards its answer", async () => {
  await show();
  void client.refetchQueries("a");
  void mutateQuery(client, "a", "mine", never);
  await backend.answer(1, "stale");
  expect([data(), shown]).toEqual(["mine", ["mine"]]);
});

describe("of calls that overlap", () => {
  test("7. only the latest writes, whichever ends first", async () => {
    await show();
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const sent = [deferred<string>(), deferred<string>()];
      const done = sent.map(({ promise }) => mutateQuery(client, "a", promise, never));
      for (const index of order) {
        sent[index]!.resolve(`answer ${index}`);
        await settled();
      }
      expect(await Promise.all(done)).toEqual(["answer 0", "answer 1"]);
      expect(data()).toBe("answer 1");
    }
    expect(shown).toEqual(["answer 1"]);
  });

  test("7. the error of an earlier one reaches its caller and not the cache", async () => {
    await show();
    const sent = [deferred<string>(), deferred<string>()];
    const [one, other] = sent.map(({ promise }, index) =>
      mutateQuery(client, "a", promise, { ...never, optimisticData: `hoped ${index}` }),
    );
    sent[0]!.reject(new Error("no"));
    await expect(one).rejects.toThrow("no");
    expect(data()).toBe("hoped 1");
    sent[1]!.resolve("mine");
    await other;
    expect(shown).toEqual(["hoped 0", "hoped 1", "mine"]);
  });

  test("the last to end has the key loaded again, once for all of them: no load shows while one is under way", async () => {
    await show();
    const sent = [deferred<string>(), deferred<string>()];
    const done = sent.map(({ promise }) => mutateQuery(client, "a", promise));
    sent[1]!.resolve("mine");
    await done[1];
    expect([backend.count, data()]).toEqual([1, "mine"]);
    sent[0]!.resolve("overtaken");
    await done[0];
    expect([backend.count, data()]).toEqual([2, "mine"]);
    await backend.answer(1, "loaded");
    expect(data()).toBe("loaded");
  });
});

test("8. a load that starts during a mutation is made again after it, and never shows", async () => {
  await show();
  const sent = deferred<string>();
  const done = mutateQuery(client, "a", sent.promise);
  const leave = watch();
  expect(backend.count).toBe(2);
  sent.resolve("mine");
  await done;
  expect(backend.count).toBe(3);
  await backend.answer(1, "stale");
  await backend.answer(2, "fresh");
  expect(new Set(shown)).toEqual(new Set(["mine", "fresh"]));
  leave();
});

test("9. nothing shows between the optimistic value and the committed one, however often it is polled", async () => {
  await show();
  const sent = deferred<string>();
  const done = mutateQuery(client, "a", sent.promise, { optimisticData: "hoped" });
  for (let poll = 0; poll < 20; poll++) {
    clock.advance(10);
    void client.refetchQueries("a");
    await backend.answer(backend.count - 1, `polled ${poll}`);
  }
  sent.resolve("mine");
  await done;
  expect(shown).toEqual(["hoped", "mine"]);
});

describe("a rollback", () => {
  test("10. goes to the last committed value, and never to the optimistic one of another call", async () => {
    await show();
    const sent = [deferred<string>(), deferred<string>(), deferred<string>()];
    const done = sent.map(({ promise }, index) =>
      mutateQuery(client, "a", promise, { ...never, optimisticData: `hoped ${index}`, throwOnError: false }),
    );
    for (const each of sent) each.reject(new Error("no"));
    await Promise.all(done);
    expect(shown).toEqual(["hoped 0", "hoped 1", "hoped 2", "foo"]);
  });

  test("10. leaves the optimistic value and the answer of an earlier call", async () => {
    await show();
    const sent = [deferred<string>(), deferred<string>()];
    const done = [
      mutateQuery(client, "a", sent[0]!.promise, { ...never, optimisticData: "hoped", throwOnError: false }),
      mutateQuery(client, "a", sent[1]!.promise, { ...never, throwOnError: false }),
    ];
    sent[1]!.reject(new Error("no"));
    await Promise.all([done[1], settled()]);
    expect(data()).toBe("hoped");
    sent[0]!.resolve("landed");
    await done[0];
    expect([data(), shown]).toEqual(["landed", ["hoped", "landed"]]);
  });

  test("10. which is what a call before it committed", async () => {
    await show();
    await mutateQuery(client, "a", Promise.resolve("bar"), { ...never, optimisticData: "hoped" });
    const failing = mutateQuery(client, "a", Promise.reject(new Error("no")), { ...never, optimisticData: "hoped" });
    await expect(failing).rejects.toThrow("no");
    expect(data()).toBe("bar");
  });
});

test("11. a function of optimistic data gets the committed value and the displayed one", async () => {
  client.setQueryData("count", 0);
  const sent = [deferred<number>(), deferred<number>()];
  const seen: unknown[] = [];
  const optimisticData = (committed = 0, displayed = 0): number => {
    seen.push([committed, displayed]);
    return displayed + 1;
  };
  const done = sent.map(({ promise }) => mutateQuery(client, "count", promise, { optimisticData }));
  expect(seen).toEqual([
    [0, 0],
    [0, 1],
  ]);
  expect(client.getQueryData("count")).toBe(2);
  sent[0]!.resolve(1);
  sent[1]!.resolve(2);
  await Promise.all(done);
  expect(client.getQueryData("count")).toBe(2);
});
