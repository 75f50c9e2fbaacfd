// What used to pass in silence.
import { MachoOptionError } from "macho-cache";
import { cacheControl, type Fetcher, MutationObserver, type QueryOptions, QueryClient } from "macho-cache/query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { settled } from "../../support/deferred.ts";
import { Watched } from "../../support/watched.ts";
import { client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

const reported = vi.fn<(error: unknown) => void>();
const answer = (): string => "answer";
const named = (option: string): unknown => expect.objectContaining({ name: "MachoOptionError", option });

inQueryWorld({ queries: { retry: false } });

beforeEach(() => {
  reported.mockClear();
  vi.stubGlobal("reportError", reported);
});
afterEach(() => vi.unstubAllGlobals());

describe("weight", () => {
  test("needs a cache with maxWeight, wherever it is given", async () => {
    const options = { weight: 5 };
    await expect(client.fetchQuery("a", answer, options)).rejects.toThrow(/weight needs a cache with maxWeight/);
    expect(() => client.observe("a", answer, options)).toThrow(MachoOptionError);
    expect(() => client.setQueryData("a", 1, options)).toThrow(MachoOptionError);
    expect(() => client.setQueryDefaults("a", options)).toThrow(MachoOptionError);
    expect(() => new QueryClient({ defaultOptions: { queries: options } })).toThrow(MachoOptionError);
  });

  test.each([-5, 1.5, Number.NaN, "5", undefined])(
    "a function that gives %s fails the load, for everybody",
    async (got) => {
      const own = new QueryClient({ cache: { clock, maxWeight: 9 } });
      const options = { weight: () => got as number, retry: false };
      await expect(own.fetchQuery("a", answer, options)).rejects.toThrow(named("weight"));
      const film = new Watched(own, "a", answer, options);
      await settled();
      expect(film.result).toMatchObject({ status: "error", error: named("weight") });
      expect(own.cache.metrics.loads).toMatchObject({ succeeded: 0, failed: 2 });
    },
  );
});

test.each([5, [1], "abc", undefined])("tags() that gives %s fails the load with a named error", async (got) => {
  const tags = (): string[] => got as never;
  await expect(client.fetchQuery("a", answer, { tags })).rejects.toThrow(named("tags"));
});

describe("a function among the options that gives what the option could not be is reported", () => {
  test.each<[keyof QueryOptions, unknown]>([
    ["staleTime", "x"],
    ["staleTime", true],
    ["enabled", "yes"],
    ["refetchOnMount", 1],
    ["refetchInterval", "5"],
    ["refetchInterval", true],
    ["refetchInterval", () => 5],
  ])("%s: %s", async (option, got) => {
    client.setQueryData("a", "set");
    clock.advance(1);
    const film = watch("a", { [option]: () => got }, answer);
    await settled();
    expect(film.data).toMatch(/set|answer/);
    expect(reported).toHaveBeenCalledWith(named(option));
  });

  test("rejects fetchQuery", async () => {
    client.setQueryData("a", "set");
    await expect(client.fetchQuery("a", answer, { staleTime: () => "5" as never })).rejects.toThrow(named("staleTime"));
  });
});

test.each([Number.NaN, -1, undefined, null])(
  "staleTime() that gives %s, as of data that is not there, says 0",
  async (got) => {
    const film = watch("a", { staleTime: () => got }, answer);
    await settled();
    expect([film.data, film.result.isStale, reported.mock.calls]).toEqual(["answer", true, []]);
    expect(await client.fetchQuery("a", () => "again", { staleTime: () => got })).toBe("again");
  },
);

describe("arguments", () => {
  test.each([1, "yes", null, {}])("staleIfError: %s is an error", async (staleIfError) => {
    await expect(client.fetchQuery("a", answer, { staleIfError: staleIfError as never })).rejects.toThrow(
      named("staleIfError"),
    );
  });

  test.each([Number.NaN, 0, "x", null])("%s instead of options is an error", async (options) => {
    await expect(client.fetchQuery("a", answer, options as never)).rejects.toMatchObject({ code: "invalid-argument" });
  });

  test.each([null, 5, "x"])("defaultOptions: %s for queries or mutations is an error", (got) => {
    for (const kind of ["queries", "mutations"])
      expect(() => new QueryClient({ defaultOptions: { [kind]: got } })).toThrow(`defaultOptions.${kind}`);
  });

  test("null is the key of nothing, and not of everything", async () => {
    client.setQueryData("a", 1);
    expect(() => client.removeQueries(null as never)).toThrow(/must be an object, got null/);
    await expect(client.invalidateQueries(null as never)).rejects.toThrow(/must be an object, got null/);
    expect(client.getQueryState("a")).toMatchObject({ data: 1, isInvalidated: false });
  });

  test("removeQueries and cancelQueries take no options", async () => {
    client.setQueryData("a", 1);
    expect(() => client.removeQueries("a", { exact: true } as never)).toThrow(named("exact"));
    await expect(client.cancelQueries("a", { silent: true } as never)).rejects.toThrow(named("silent"));
    expect(client.getQueryData("a")).toBe(1);
  });

  test("names from elsewhere say what stands for them here", async () => {
    await expect(client.fetchQuery({ queryKey: ["a"], queryFn: answer } as never)).rejects.toThrow(/Pass fetcher\./);
    expect(() => client.observe(["a"], answer, { gcTime: 5 } as never)).toThrow(/Pass ttl, or maxCacheSize/);
  });
});

describe("setLifetime", () => {
  test.each<[string, unknown]>([
    ["stale", 5],
    ["staleIfError", -1],
    ["isStorable", "no"],
  ])("%s: %s fails the load", async (name, got) => {
    const load = client.fetchQuery("a", (_key, { setLifetime }) => setLifetime({ [name]: got }));
    await expect(load).rejects.toThrow(named(name));
  });

  test("an answer that may not be stored is shown as long as somebody watches, and given to who asked", async () => {
    let count = 0;
    const fetcher: Fetcher<unknown> = (_key, { setLifetime }) => {
      setLifetime(cacheControl("no-store"));
      return ++count;
    };
    expect(await client.fetchQuery("a", fetcher)).toBe(1);
    expect([client.cache.size, client.getQueryData("a")]).toEqual([0, undefined]);
    client.setQueryData("a", "before");
    const film = watch("a", {}, fetcher);
    await settled();
    expect([film.data, client.getQueryData("a"), client.cache.size]).toEqual([2, 2, 0]);
    film.leave();
    expect([client.getQueryData("a"), client.getQueries()]).toEqual([undefined, []]);
  });

  test("stale-if-error lets a call have stale data for that long, unless the call says otherwise", async () => {
    await client.prefetchQuery("a", (_key, { setLifetime }) => {
      setLifetime(cacheControl("max-age=10, stale-if-error=20"));
      return "old";
    });
    const fails = (): never => {
      throw new Error("no");
    };
    clock.advance(29_999);
    expect(await client.fetchQuery("a", fails)).toBe("old");
    await expect(client.fetchQuery("a", fails, { staleIfError: false })).rejects.toThrow("no");
    clock.advance(1);
    await expect(client.fetchQuery("a", fails)).rejects.toThrow("no");
    expect(await client.fetchQuery("a", fails, { staleIfError: true })).toBe("old");
  });
});

test("staleIfError gives nothing whose ttl ran out during the load", async () => {
  client.setQueryData("a", "old", { ttl: 100 });
  let fail: (error: Error) => void = () => undefined;
  const call = client.fetchQuery("a", () => new Promise((_, reject) => (fail = reject)), { staleIfError: true });
  clock.advance(100);
  fail(new Error("no"));
  await expect(call).rejects.toThrow("no");
});

test("a signal that gives no reason, as those of older hosts, rejects with an AbortError", async () => {
  vi.spyOn(AbortSignal.prototype, "reason", "get").mockReturnValue(undefined);
  const aborted = new AbortController();
  aborted.abort();
  const abortError = { name: "AbortError" };
  await expect(client.fetchQuery("a", answer, { signal: aborted.signal })).rejects.toMatchObject(abortError);
  const caller = new AbortController();
  const call = client.fetchQuery("a", () => new Promise(() => undefined), { signal: caller.signal });
  caller.abort();
  await expect(call).rejects.toMatchObject(abortError);
  const mutation = new MutationObserver(client, { mutationFn: () => new Promise(() => undefined) });
  const sent = mutation.actions.mutateAsync();
  mutation.actions.cancel();
  await expect(sent).rejects.toMatchObject(abortError);
  vi.restoreAllMocks();
});
