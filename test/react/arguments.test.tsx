import { Cache } from "macho-cache";
import { QueryClient, queryOptions } from "macho-cache/query";
import {
  MachoProvider,
  useCachedInfiniteQuery,
  useCachedQuery,
  usePrefetchQuery,
  useQueryClient,
} from "macho-cache/react";
import type { ReactElement } from "react";
import { renderToString } from "react-dom/server";
import { beforeEach, expect, test, vi } from "vitest";

const film = queryOptions({ queryKey: ["film", 1], fetcher: () => "Ran" });
const list = { queryKey: ["films"], fetcher: () => "page", initialPageParam: 0, getNextPageParam: () => undefined };

let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(film.queryKey, "Ran");
});

/** A component that does nothing but this. */
function Calls({ use }: { use: () => unknown }): ReactElement {
  return <p>{String(use())}</p>;
}

const rendered = (use: () => unknown, props: object = { client }): string =>
  renderToString(
    <MachoProvider {...props}>
      <Calls use={use} />
    </MachoProvider>,
  );

test.each<[hook: string, use: (beside: unknown, more?: unknown) => unknown]>([
  ["useCachedQuery", (beside, more) => useCachedQuery(film as never, beside as never, more as never)],
  ["useCachedInfiniteQuery", (beside, more) => useCachedInfiniteQuery(list as never, beside as never, more as never)],
  ["usePrefetchQuery", (beside, more) => usePrefetchQuery(film as never, beside as never, more as never)],
])("127. %s says what to do with a client beside options", (hook, use) => {
  const message = `${hook} takes nothing beside an object with a queryKey, got an object. Put options into the object, and`;
  expect(() => rendered(() => use(client))).toThrow(`${message} another client into <MachoProvider client={client}>.`);
  expect(() => rendered(() => use(undefined, { staleTime: 5 }))).toThrow(message);
  expect(() => rendered(() => use(undefined, undefined))).not.toThrow();
});

test("127. its remedy, a provider around the hook, has the client", () => {
  expect(rendered(() => useCachedQuery(film).data)).toContain("Ran");
});

test("127. a call with something beside options says so, too", async () => {
  await expect(client.fetchQuery(film as never, (() => "other") as never)).rejects.toThrow(
    "fetchQuery takes nothing beside an object with a queryKey, got a function.",
  );
  await expect(client.prefetchQuery(film as never, undefined, { staleTime: 5 } as never)).rejects.toThrow(
    "prefetchQuery takes nothing beside an object with a queryKey, got an object.",
  );
});

test("127. a provider says which of its props is none, and that `queryClient` is `client`", () => {
  expect(() => rendered(() => 1, { queryClient: client })).toThrow(
    "queryClient is no prop of MachoProvider, got an object. Pass client={client}, or cache={options}.",
  );
  expect(() => rendered(() => 1, { value: {} })).toThrow("value is no prop of MachoProvider");
  expect(rendered(() => useQueryClient() === client)).toContain("true");
  expect(rendered(() => useQueryClient().cache.options.maxCacheSize, { cache: { maxCacheSize: 7 } })).toContain("7");
});

test("126. a provider says that a cache cannot come from a server component, which makes an array of it", () => {
  expect(() => rendered(() => 1, { cache: [...new Cache()] })).toThrow(
    'A Cache cannot be copied, nor sent by a server component: make it in a file that says "use client".',
  );
});

test("126. a hook without a provider names two copies of the package as a cause", () => {
  expect(() => renderToString(<Calls use={() => useCachedQuery(film)} />)).toThrow(
    "A hook was used outside of a provider, got no client. Wrap the app in <MachoProvider>. If it is, the app holds two" +
      " copies of macho-cache: `npm ls macho-cache` names them.",
  );
});

test("126. a hook of another copy of the package does not find the provider, and says so", async () => {
  vi.resetModules();
  const other = await import("macho-cache/react");
  expect(() => rendered(() => other.useCachedQuery(film))).toThrow("the app holds two copies of macho-cache");
});
