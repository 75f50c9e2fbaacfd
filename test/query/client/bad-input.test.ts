import { MachoError, MachoOptionError } from "macho-cache";
import { type Fetcher, QueryClient, type QueryOptions } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import { client, clock, enterQueryWorld, inQueryWorld } from "../../support/query-world.ts";

inQueryWorld();

const answer = async (): Promise<string> => "answer";
/** What a client does afterwards, whatever happened before. */
async function expectSound(): Promise<void> {
  expect(await client.fetchQuery(["sound"], answer)).toBe("answer");
  const { sets, size, removals, loads } = client.cache.metrics;
  expect(sets).toBe(size + Object.values(removals).reduce((sum, count) => sum + count, 0));
  expect(loads.started).toBeGreaterThanOrEqual(loads.succeeded + loads.failed + loads.aborted);
}

describe("an option that cannot be used", () => {
  const ms = [-1, Number.NaN, -Infinity, "1s", null, {}, 1n];
  const bad: [string, unknown][] = [
    ...ms.map((got): [string, unknown] => ["staleTime", got]),
    ...[...ms, 0].map((got): [string, unknown] => ["ttl", got]),
    ...[-1, Number.NaN, "3", null, {}].map((got): [string, unknown] => ["retry", got]),
    ...ms.map((got): [string, unknown] => ["retryDelay", got]),
    ...["enabled", "refetchOnWindowFocus", "refetchOnReconnect"].flatMap((option) =>
      [1, 0, "yes", null, {}].map((got): [string, unknown] => [option, got]),
    ),
    ["staletime", 5],
    ["__proto__x", {}],
  ];

  test.each(bad)("%s: %s is named in an error of a hook and of the client's defaults", async (option, got) => {
    const options = Object.freeze({ [option]: got }) as QueryOptions;
    const named = expect.objectContaining({ name: "MachoOptionError", option, got });
    expect(() => client.observe(["a"], answer, options)).toThrow(named);
    expect(() => new QueryClient({ defaultOptions: { queries: options } })).toThrow(named);
    if (["staleTime", "ttl", "retry", "retryDelay"].includes(option)) {
      await expect(client.fetchQuery(["a"], answer, options)).rejects.toThrow(named);
      await expect(client.prefetchQuery(["a"], answer, options)).rejects.toThrow(named);
    }
    expect(client.getQueries()).toEqual([]);
    await expectSound();
  });

  test.each([0, 0.5, Infinity])("%s ms is a staleTime, and frozen options are only read", async (staleTime) => {
    const options = Object.freeze({ staleTime, ttl: Infinity, retry: 0, retryDelay: 0 });
    expect(await client.fetchQuery(["a"], answer, options)).toBe("answer");
  });

  test.each([null, 5, "x", [], () => 1])("%s instead of options is an error", async (options) => {
    expect(() => new QueryClient(options as never)).toThrow(MachoError);
    expect(() => client.observe(["a"], answer, options as never)).toThrow(MachoError);
    await expect(client.fetchQuery(["a"], answer, options as never)).rejects.toThrow(MachoError);
    expect(() => client.setQueryData(["a"], 1, options as never)).toThrow(MachoError);
  });

  test.each([null, {}, { onFocus: 1, onReconnect: 2 }])("%s is no environment", (environment) => {
    expect(() => new QueryClient({ environment: environment as never })).toThrow(
      /environment must be an object with functions/,
    );
  });

  test("own __proto__ in options is an unknown option, and changes no prototype", () => {
    const options = JSON.parse('{"__proto__":{"staleTime":5}}') as object;
    expect(() => client.observe(["a"], answer, options)).toThrow(MachoOptionError);
    expect(({} as { staleTime?: number }).staleTime).toBeUndefined();
  });
});

describe("a fetcher", () => {
  test.each([undefined, null, 5, "f", {}, Promise.resolve(1)])("%s is an error", async (fetcher) => {
    const bad = fetcher as Fetcher<unknown>;
    await expect(client.fetchQuery(["a"], bad)).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(client.prefetchQuery(["a"], bad)).rejects.toMatchObject({ code: "invalid-argument" });
    expect(() => client.observe(["a"], bad)).toThrow(/needs a fetcher/);
  });

  test.each([undefined, null, 0, "text", new Error("error")])(
    "that rejects with %s rejects with it",
    async (reason) => {
      await expect(client.fetchQuery(["a"], () => Promise.reject(reason))).rejects.toBe(reason);
      const thrower = (): never => {
        throw reason;
      };
      await expect(client.fetchQuery(["a"], thrower)).rejects.toBe(reason);
      await expectSound();
    },
  );

  test.each([null, Number.NaN, 0, "", false])("that gives %s gives data", async (data) => {
    expect(await client.fetchQuery(["a"], () => data)).toBe(data);
    expect(client.getQueryData(["a"])).toBe(data);
    expect(await client.fetchQuery(["a"], answer, { staleTime: Infinity })).toBe(data);
  });

  test("that never settles holds nothing up: neither other keys, nor its own after a cancel", async () => {
    const never = client.fetchQuery(["a"], () => new Promise<string>(() => undefined));
    await expectSound();
    await client.cancelQueries(["a"]);
    await expect(never).rejects.toThrow(/abort/i);
    expect(await client.fetchQuery(["a"], answer)).toBe("answer");
  });

  test("that ignores its signal is heard by nobody after the abort", async () => {
    const controller = new AbortController();
    let late: (data: string) => void = () => undefined;
    const { signal } = controller;
    const load = client.fetchQuery(
      ["a"],
      (_key, context) => {
        expect(context.signal.aborted).toBe(false);
        return new Promise<string>((resolve) => (late = resolve));
      },
      { signal },
    );
    controller.abort();
    await expect(load).rejects.toThrow(/abort/i);
    late("late");
    await settled();
    expect(client.getQueryData(["a"])).toBeUndefined();
    await expectSound();
  });

  const calls: [string, () => unknown][] = [
    ["setQueryData", () => client.setQueryData(["a"], "set")],
    ["removeQueries", () => client.removeQueries(["a"])],
    ["resetQueries", () => void client.resetQueries(["a"])],
    ["invalidateQueries", () => void client.invalidateQueries(["a"])],
    ["cancelQueries", () => void client.cancelQueries(["a"])],
    ["clear", () => client.clear()],
    ["cache.clear", () => client.cache.clear()],
    ["cache.delete", () => client.cache.delete('["a"]')],
    ["fetchQuery", () => void client.fetchQuery(["a"], answer).catch(() => undefined)],
    ["dispose", () => client.dispose()],
  ];

  test.each(calls)("may call %s for its own key, at once and after an await", async (name, call) => {
    for (const isLate of [false, true]) {
      enterQueryWorld();
      let count = 0;
      const observer = client.observe(["a"], async () => {
        if (isLate) await Promise.resolve();
        if (count++ < 3) call();
        return "own";
      });
      const leave = observer.subscribe(() => undefined);
      for (let turn = 0; turn < 20; turn++) await settled();
      const { data, fetchStatus } = observer.getResult();
      if (name !== "dispose") {
        expect([name, fetchStatus]).toEqual([name, "idle"]);
        expect([undefined, "own", "set", "answer"]).toContain(data);
        leave();
        await expectSound();
      }
      client.dispose();
      expect(clock.timers).toEqual([]);
    }
  });
});
