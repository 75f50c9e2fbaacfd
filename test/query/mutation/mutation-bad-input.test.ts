import {
  isMutating,
  MutationObserver,
  type MutationOptions,
  mutationsOf,
  QueryClient,
  resumePausedMutations,
  setMutationDefaults,
} from "macho-cache/query";
import { MachoError } from "macho-cache";
import { describe, expect, test } from "vitest";
import { client, inQueryWorld } from "../../support/query-world.ts";

inQueryWorld();

const callbacks = ["mutationFn", "onMutate", "onSuccess", "onError", "onSettled"];
const bad: [string, unknown][] = [
  ...callbacks.flatMap((option) => [null, 5, "f", {}].map((got): [string, unknown] => [option, got])),
  ...[-1, Number.NaN, "3", null, {}].map((got): [string, unknown] => ["retry", got]),
  ...[-1, Number.NaN, "1s", null, true, {}].map((got): [string, unknown] => ["retryDelay", got]),
  ...["offline", "", null, 1, true].map((got): [string, unknown] => ["networkMode", got]),
  ...[null, "cart", 5, []].map((got): [string, unknown] => ["scope", got]),
  ...[null, "x", 5, [], () => 1].map((got): [string, unknown] => ["meta", got]),
  ...[null, 1, "yes", {}].map((got): [string, unknown] => ["throwOnError", got]),
  ["mutationFunction", () => 1],
  ["gcTime", 5],
  ["__proto__x", {}],
];

describe("an option that cannot be used", () => {
  test.each(bad)("%s: %s is named in an error of a hook and of both layers of defaults", (option, got) => {
    const options = Object.freeze({ [option]: got }) as MutationOptions;
    const named = expect.objectContaining({ name: "MachoOptionError", option, got });
    expect(() => new MutationObserver(client, options)).toThrow(named);
    expect(() => setMutationDefaults(client, ["a"], options)).toThrow(named);
    const other = new QueryClient({ defaultOptions: { mutations: options as object } });
    expect(() => mutationsOf(other)).toThrow(named);
    expect(mutationsOf(client).getMutations()).toEqual([]);
  });

  test.each([{}, { id: 5 }, { id: null }, { id: "a", name: "b" }])("%o is no scope", (scope) => {
    const options = { scope } as unknown as MutationOptions;
    expect(() => new MutationObserver(client, options)).toThrow(expect.objectContaining({ name: "MachoOptionError" }));
  });

  test.each([5, null, {}, [() => 1]])("%o is no key", (mutationKey) => {
    const options = { mutationKey } as unknown as MutationOptions;
    const named = expect.objectContaining({ code: "invalid-key" });
    expect(() => new MutationObserver(client, options)).toThrow(named);
    expect(() => setMutationDefaults(client, mutationKey as never, {})).toThrow(named);
    expect(() => isMutating(client, { mutationKey } as never)).toThrow(named);
  });

  test.each([null, 5, "x", [], () => 1])("%s instead of options is an error", (options) => {
    expect(() => new MutationObserver(client, options as never)).toThrow(MachoError);
    expect(() => setMutationDefaults(client, "a", options as never)).toThrow(MachoError);
    expect(() => mutationsOf(client).getMutations(options as never)).toThrow(MachoError);
    expect(() => mutationsOf(new QueryClient({ defaultOptions: { mutations: options as never } }))).toThrow(MachoError);
    const observer = new MutationObserver(client, { mutationFn: () => 1 });
    expect(() => observer.actions.mutate(undefined, options as never)).toThrow(MachoError);
  });

  test("a key is no default of a whole client", () => {
    const other = new QueryClient({ defaultOptions: { mutations: { mutationKey: ["a"] } as object } });
    expect(() => mutationsOf(other)).toThrow(/mutationKey is not an option of defaultOptions.mutations/);
  });
});

test("a filter that cannot be used is an error that names the option", () => {
  const filters = [{ status: "done" }, { exact: 1 }, { predicate: 5 }, { queryKey: ["a"] }];
  for (const filter of filters) {
    const named = expect.objectContaining({ name: "MachoOptionError", option: Object.keys(filter)[0] });
    expect(() => isMutating(client, filter as never)).toThrow(named);
    expect(() => mutationsOf(client).getMutations(filter as never)).toThrow(named);
  }
});

test("callbacks of one call that cannot be used are an error before anything runs", async () => {
  let ran = 0;
  const observer = new MutationObserver(client, { mutationFn: () => ran++ });
  for (const wrong of [{ onMutate: () => 1 }, { onSuccess: 5 }, { onError: null }]) {
    await expect(observer.actions.mutateAsync(undefined, wrong as never)).rejects.toThrow(MachoError);
  }
  expect(ran).toBe(0);
});

test.each([undefined, null, 0, "text", new Error("error")])("a function may reject with %s", async (reason) => {
  const observer = new MutationObserver(client, { mutationFn: () => Promise.reject(reason) });
  await expect(observer.actions.mutateAsync()).rejects.toBe(reason);
  expect(observer.getResult()).toMatchObject({ status: "error", error: reason, failureCount: 1 });
});

test.each([undefined, null, 0, "", false])("a function may give %s", async (data) => {
  const observer = new MutationObserver(client, { mutationFn: () => data });
  expect(await observer.actions.mutateAsync()).toBe(data);
  expect(observer.getResult()).toMatchObject({ status: "success", data });
});

test("a retry function that throws, or a delay that is no number, fails the mutation with it", async () => {
  const thrower = (): never => {
    throw new Error("retry");
  };
  const mutationFn = (): Promise<never> => Promise.reject(new Error("no"));
  await expect(new MutationObserver(client, { mutationFn, retry: thrower }).actions.mutateAsync()).rejects.toThrow(
    "retry",
  );
  const retryDelay = (): number => "soon" as never;
  const options = { mutationFn, retry: 1, retryDelay };
  await expect(new MutationObserver(client, options).actions.mutateAsync()).rejects.toMatchObject({
    option: "retryDelay",
  });
});

describe("a function or a callback", () => {
  const calls: [string, (observer: MutationObserver) => void][] = [
    ["mutate", (observer) => observer.actions.mutate()],
    ["reset", (observer) => observer.actions.reset()],
    ["cancel", (observer) => observer.actions.cancel()],
    ["clear of the store", () => mutationsOf(client).clear()],
    ["resumePausedMutations", () => void resumePausedMutations(client)],
    ["dispose", () => client.dispose()],
  ];
  const places = ["onMutate", "mutationFn", "onSuccess", "onSettled"] as const;

  test.each(calls.flatMap(([name, call]) => places.map((place) => [name, place, call] as const)))(
    "may call %s from %s, and every call still ends",
    async (_name, place, call) => {
      let count = 0;
      const observer: MutationObserver = new MutationObserver<unknown>(client, {
        scope: { id: "s" },
        mutationFn: () => 1,
        ...(place === "mutationFn" ? {} : { [place]: () => void (count++ < 3 && call(observer)) }),
        ...(place === "mutationFn" && { mutationFn: () => void (count++ < 3 && call(observer)) }),
      });
      observer.subscribe(() => undefined);
      const outcome = await observer.actions.mutateAsync().then(
        () => "done",
        (error: unknown) => (error as Error).name,
      );
      expect(["done", "AbortError"]).toContain(outcome);
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      if (!client.host.isDisposed) expect(isMutating(client)).toBe(0);
    },
  );
});
