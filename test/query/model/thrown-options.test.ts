// What a hook's functions throw is reported, and keeps no other hook from its news.
import { infiniteQuery, InfiniteQueryObserver, type QueryOptions } from "macho-cache/query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, inQueryWorld, page, watch } from "../../support/query-world.ts";

const mine = new Error("mine");
let reported: unknown[];
let throws: boolean;

inQueryWorld();

beforeEach(() => {
  reported = [];
  vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
  throws = false;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function thrower<V>(value: V): () => V {
  return () => {
    if (throws) throw mine;
    return value;
  };
}

const FUNCTIONS: readonly [keyof QueryOptions, QueryOptions][] = [
  ["staleTime", { staleTime: thrower(0) }],
  ["enabled", { enabled: thrower(true) }],
  ["placeholderData", { placeholderData: thrower("before") }],
  ["refetchInterval", { refetchInterval: thrower(500) }],
  ["refetchOnWindowFocus", { refetchOnWindowFocus: thrower(true) }],
  ["refetchOnReconnect", { refetchOnReconnect: thrower(true) }],
  ["select", { select: thrower("selected") }],
];

describe.each(FUNCTIONS)("%s", (name, options) => {
  test.each([true, false])("that throws harms no other hook of the key, whichever came first (%s)", async (isFirst) => {
    const makers = [(): Watched => watched(options), (): Watched => watched({})];
    if (!isFirst) makers.reverse();
    const hooks = makers.map((make) => make());
    const other = hooks[isFirst ? 1 : 0]!;
    throws = true;
    const call = client.fetchQuery("a", backend.fetcher);
    await backend.answer(0, "first");
    expect(await call).toBe("first");
    expect(other.shown.at(-1)).toBe("first");
    expect(other.result.fetchStatus).toBe("idle");

    void client.invalidateQueries("a");
    await backend.answer(1, "second");
    expect(other.shown.at(-1)).toBe("second");
    page.focus();
    await backend.answer(2, "third");
    expect(other.shown.at(-1)).toBe("third");
    page.goOffline();
    page.goOnline();
    await backend.answer(3, "fourth");
    expect(other.shown.at(-1)).toBe("fourth");
    client.setQueryData("a", "set");
    expect(other.shown.at(-1)).toBe("set");
    client.removeQueries("a");
    await backend.answer(backend.count - 1, "anew");
    expect(other.shown.at(-1)).toBe("anew");
    // A select shows its error itself.
    if (name === "select") expect(hooks[isFirst ? 0 : 1]!.result.error).toBe(mine);
    else expect(new Set(reported)).toEqual(new Set(reported.length > 0 || isFirst ? [mine] : []));
  });
});

test("a function that says whether there is a next page and throws leaves the list on screen", async () => {
  const list = infiniteQuery({
    queryKey: ["list"],
    fetcher: () => "page",
    initialPageParam: 0,
    getNextPageParam: thrower(1),
  });
  const observer = client.watch(
    "test",
    { key: ["list"], hash: '["list"]' },
    list.fetcher,
    undefined,
    InfiniteQueryObserver,
  );
  const leave = observer.subscribe(() => undefined);
  await settled();
  expect(observer.getResult()).toMatchObject({ status: "success", hasNextPage: true });
  throws = true;
  client.setQueryData(["list"], { pages: ["other"], pageParams: [0] });
  expect(observer.getResult()).toMatchObject({ data: { pages: ["other"] }, hasNextPage: false });
  expect(reported).toContain(mine);
  leave();
});

function watched(options: QueryOptions): Watched {
  return watch("a", options);
}
