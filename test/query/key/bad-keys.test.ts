import { Cache } from "macho-cache";
import { QueryClient, type QueryKey } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { client, clock, inQueryWorld } from "../../support/query-world.ts";

inQueryWorld();

const answer = async (): Promise<string> => "answer";
/** What a client does afterwards, whatever happened before. */
async function expectSound(): Promise<void> {
  expect(await client.fetchQuery(["sound"], answer)).toBe("answer");
  const { sets, size, removals, loads } = client.cache.metrics;
  expect(sets).toBe(size + Object.values(removals).reduce((sum, count) => sum + count, 0));
  expect(loads.started).toBeGreaterThanOrEqual(loads.succeeded + loads.failed + loads.aborted);
}

describe("a key", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  let deep: unknown = "end";
  for (let level = 0; level < 10_000; level++) deep = [deep];
  const getter = Object.defineProperty({}, "x", {
    enumerable: true,
    get() {
      throw new Error("never run");
    },
  });
  const bad: [string, unknown][] = [
    ["a number", 5],
    ["an object", { a: 1 }],
    ["a symbol", Symbol("a")],
    ["a symbol inside", [Symbol("a")]],
    ["a function inside", [() => 1]],
    [
      "an instance",
      [
        new (class Film {
          title = "Alien";
        })(),
      ],
    ],
    ["a cycle", cyclic],
    ["10,000 levels", deep],
    ["a getter that throws", [getter]],
    ["a WeakMap", [new WeakMap()]],
    ["a promise", [Promise.resolve()]],
  ];

  test.each(bad)("of %s is a named error everywhere", async (name, key) => {
    const it = key as QueryKey;
    // What the user's own getter throws is the user's own error.
    const own = name === "a getter that throws";
    const named = own ? new Error("never run") : expect.objectContaining({ name: "MachoError", code: "invalid-key" });
    await expect(client.fetchQuery(it, answer)).rejects.toThrow(named);
    expect(() => client.getQueryData(it)).toThrow(named);
    expect(() => client.setQueryData(it, 1)).toThrow(named);
    expect(() => client.observe(it, answer)).toThrow(named);
    await expect(client.invalidateQueries({ queryKey: it })).rejects.toThrow(named);
    expect(client.cache.size).toBe(0);
    await expectSound();
  });

  test("with holes, bigints, dates and an own __proto__ is its own key, and touches no prototype", async () => {
    const proto = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    // oxlint-disable-next-line no-sparse-arrays
    const keys: QueryKey[] = [[, 1] as unknown[], [undefined, 1, 1], [1n], ["1n"], [new Date(1)], [proto], [{}]];
    keys.forEach((key, index) => client.setQueryData(key, index));
    expect(keys.map((key) => client.getQueryData(key))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("data with an own __proto__ is stored as it is", () => {
    const data: unknown = JSON.parse('{"__proto__":{"polluted":true},"x":1}');
    client.setQueryData(["a"], data);
    expect(client.getQueryData(["a"])).toBe(data);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("callbacks", () => {
  test("a predicate or an updater that throws reaches its caller, and nothing has changed", async () => {
    client.setQueryData(["a"], 1);
    const error = new Error("no");
    const thrower = (): never => {
      throw error;
    };
    expect(() => client.setQueryData(["a"], thrower)).toThrow(error);
    await expect(client.invalidateQueries({ predicate: thrower })).rejects.toBe(error);
    expect(() => client.removeQueries({ predicate: thrower })).toThrow(error);
    expect(client.getQueryData(["a"])).toBe(1);
    await expectSound();
  });

  test("a predicate may remove what it is asked about", async () => {
    for (let index = 0; index < 5; index++) client.setQueryData(["a", index], index);
    await client.invalidateQueries({
      predicate: () => {
        client.clear();
        return true;
      },
    });
    expect(client.cache.size).toBe(0);
    await expectSound();
  });

  test("an updater that sets the same key comes first, and what it returns is the last", () => {
    client.setQueryData<number>(["a"], () => {
      client.setQueryData(["a"], 5);
      return 6;
    });
    expect(client.getQueryData(["a"])).toBe(6);
  });

  test("a retry or retryDelay that throws ends the load with what the fetcher threw", async () => {
    const thrower = (): never => {
      throw new Error("of the option");
    };
    const fails = (): never => {
      throw new Error("of the fetcher");
    };
    for (const options of [{ retry: thrower }, { retry: 2, retryDelay: thrower }]) {
      await expect(client.fetchQuery(["a"], fails, options)).rejects.toThrow(/of the (option|fetcher)/);
    }
    await expectSound();
  });

  const retried = (delay: unknown): { load: Promise<unknown>; tries: () => number } => {
    let tries = 0;
    const fails = (): never => {
      throw new Error(`try ${++tries}`);
    };
    const load = client.fetchQuery(["a"], fails, { retry: 2, retryDelay: () => delay as number });
    load.catch(() => undefined);
    return { load, tries: () => tries };
  };

  test.each(["soon", true, {}])("a retryDelay that gives %s ends the load by name", async (delay) => {
    const { load, tries } = retried(delay);
    await expect(load).rejects.toMatchObject({ name: "MachoOptionError", option: "retryDelay" });
    expect([tries(), clock.timers]).toEqual([1, []]);
    await expectSound();
  });

  test.each([Number.NaN, undefined, null])(
    "a retryDelay that gives %s waits as by default, and hides no error",
    async (delay) => {
      const { load, tries } = retried(delay);
      for (const ms of [1_000, 2_000]) {
        // oxlint-disable-next-line no-await-in-loop
        await settled();
        clock.advance(ms);
      }
      await expect(load).rejects.toThrow("try 3");
      expect([tries(), clock.timers]).toEqual([3, []]);
      await expectSound();
    },
  );

  test("a retryDelay below 0 does not wait, and one without end ends with a cancel", async () => {
    const atOnce = retried(-5);
    for (let turn = 0; turn < 5; turn++) {
      await settled();
      clock.advance(0);
    }
    await expect(atOnce.load).rejects.toThrow("try 3");
    const never = retried(Infinity);
    await settled();
    clock.advance(1e9);
    expect(never.tries()).toBe(1);
    await client.cancelQueries(["a"]);
    await expect(never.load).rejects.toThrow(/abort/i);
  });
});

describe("after dispose", () => {
  test("writes and loads throw, reads find nothing, and everything else does nothing", async () => {
    const other = new QueryClient({ cache: { clock } });
    other.mount();
    other.setQueryData(["a"], 1);
    const observer = other.observe(["a"], answer);
    other.dispose();
    await expect(other.fetchQuery(["a"], answer)).rejects.toMatchObject({ code: "disposed" });
    await expect(other.prefetchQuery(["a"], answer)).rejects.toMatchObject({ code: "disposed" });
    expect(() => other.setQueryData(["a"], 2)).toThrow(/disposed/);
    expect(other.getQueryData(["a"])).toBeUndefined();
    expect([other.getQueries(), other.isFetching(), other.cache.size]).toEqual([[], 0, 0]);
    for (const method of ["invalidateQueries", "refetchQueries", "resetQueries", "cancelQueries"] as const) {
      await other[method]();
    }
    other.removeQueries();
    other.clear();
    other.mount();
    other.unmount();
    other.dispose();
    observer.subscribe(() => undefined)();
    other.subscribe(() => undefined)();
    expect(clock.timers).toEqual([]);
  });

  test("a cache that was given stays", () => {
    const cache = new Cache<string, unknown>({ clock });
    new QueryClient({ cache }).dispose();
    expect(cache.disposed).toBe(false);
  });
});
