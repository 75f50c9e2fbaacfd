// What the messages of errors advise in a sentence, followed. Each one compiles, and the test runs it: it must not throw.
import { readFileSync } from "node:fs";
import { Cache, exportCache, importCache } from "macho-cache";
import { launchDashboard, mountDevtools } from "macho-cache/devtools";
import { exposeCaches } from "macho-cache/devtools/expose";
import { LruCache } from "macho-cache/lru";
import {
  infiniteQuery,
  MachoProvider,
  mutationsOf,
  QueryClient,
  readText,
  setMutationDefaults,
  toText,
  useCachedInfiniteQuery,
  useCachedMutation,
  useCachedQueries,
  useCachedQuery,
  useCachedSubscription,
  usePrefetchQuery,
} from "macho-cache/react";
import { persist, shareAcrossTabs, withLock } from "macho-cache/persist";
import { itemTier } from "macho-cache/persist/item";
import { record, replay } from "macho-cache/simulate";
import { type ReactElement, type ReactNode, Suspense } from "react";
import { renderToString } from "react-dom/server";
import { expect } from "vitest";
import { mru } from "../../examples/own-policy/mru.js";
import { WebStorage } from "../persist/item-storages.ts";
import { recordFor } from "../persist/tier-records.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { LockingTier } from "../support/shared-tier.ts";

const client = new QueryClient();
const loadFilm = async (): Promise<string> => "Ran";
const element = (): ReactElement => <p />;

/** Renders a component that uses a hook, in a provider. */
function inProvider(useIt: () => unknown): string {
  function Component(): ReactNode {
    useIt();
    return null;
  }
  return renderToString(
    <MachoProvider client={client}>
      <Component />
    </MachoProvider>,
  );
}

/** By the words of the message. */
export const FOLLOWED: Readonly<Record<string, () => unknown>> = {
  "Make a new one, or dispose of it later.": () => {
    new Cache().dispose();
    new QueryClient().dispose();
    return [new Cache<string, number>().set("a", 1), mutationsOf(new QueryClient()).getMutations()];
  },
  "Pass (event) => { ... }.": () => new Cache().subscribe((event) => void event.type),
  "Pass what exportCache(cache) gave; nothing was changed.": () => importCache(new Cache(), exportCache(new Cache())),
  "Unpin some.": () => new Cache<string, number>().set("a", 1).pin("a")?.(),
  "Use peek(key).": () => {
    const cache = new Cache<string, number>();
    return cache.getOrLoad("a", (key) => cache.peek(key) ?? 1);
  },
  "Pass a longer { timeout }.": () => new Cache<string, number>().getOrLoad("a", () => 1, { timeout: 60_000 }),
  "Round it, as in Math.ceil(bytes).": () =>
    new Cache<string, number>({ maxWeight: 10, weigher: (bytes) => Math.ceil(bytes) }).set("a", 1.5),
  "Pass { parent: element }, or nothing to dock the panel to the page.": () => [
    // By shape: there is no page here.
    mountDevtools(client, { parent: { nodeType: 1 } as Element }),
    mountDevtools(client),
  ],
  "Pass { record: true } to record from now on.": () => exposeCaches({ films: new LruCache() }, { record: true })(),
  "Pass cache, client, or { name: cache }.": () => [
    launchDashboard(new Cache()),
    launchDashboard(client),
    launchDashboard({ films: new Cache() }),
  ],
  "Pass one.": () => client.fetchQuery(["one"], loadFilm),
  "Pass (key, { signal }) => data or a promise of it, or give the client a default fetcher.": () => [
    client.fetchQuery(["two"], (key, { signal }) => [key, signal.aborted]),
    new QueryClient({ defaultOptions: { queries: { fetcher: loadFilm } } }).fetchQuery(["film"]),
  ],
  "Pass (key, { pageParam }) => page.": () => [
    inProvider(() =>
      useCachedInfiniteQuery(["pages"], (key, { pageParam }) => [key, pageParam], {
        initialPageParam: 0,
        getNextPageParam: () => undefined,
      }),
    ),
    client.fetchQuery(
      infiniteQuery({
        queryKey: ["more"],
        fetcher: (key, { pageParam }) => [key, pageParam],
        initialPageParam: 0,
        getNextPageParam: () => undefined,
      }),
    ),
  ],
  "Refer to it by a value of its own, such as an id": () => toText({ id: 1, parent: 2 }),
  "Put values there that identify the data, such as an id.": () => [
    client.setQueryData(["film", { id: 1 }], "Ran"),
    client.setQueryData(["page", new URL("https://a.example/b").href], "Ran"),
  ],
  "Leave it out, or put its name there": () => toText(element.name),
  "Name the property by a string": () => toText({ kind: 1 }),
  "Wait for it, and put what it gave there": async () => toText({ film: await loadFilm() }),
  "Put plain values there": () => toText({ href: new URL("https://a.example/b").href }),
  'Pass one, as in ["film", id]; a hook takes null for none yet.': () => {
    const id = 1;
    const options = { queryKey: ["film", id], fetcher: loadFilm } as const;
    const data = [client.getQueryData(["film", id]), client.getQueryData(options.queryKey)];
    return [data, inProvider(() => useCachedQuery(null, loadFilm))];
  },
  "Return null instead.": () => client.fetchQuery(["nothing"], () => null),
  "Pass one, or use setMutationDefaults.": () => {
    setMutationDefaults(client, ["save"], { mutationFn: loadFilm });
    return [
      inProvider(() => useCachedMutation({ mutationFn: loadFilm })),
      inProvider(() => useCachedMutation({ mutationKey: ["save"] })),
    ];
  },
  "Pass the text as it was sent.": () => readText(toText({ a: 1 })),
  "Wrap the app in <MachoProvider>. If it is, the app holds two copies of macho-cache: `npm ls macho-cache` names them.":
    () =>
      renderToString(
        <MachoProvider>
          <p>The app</p>
        </MachoProvider>,
      ),
  "Pass { cache: new Cache({ …: … }) }.": () => [
    new QueryClient({ cache: new Cache({ strategy: "sieve" }) }),
    renderToString(<MachoProvider cache={new Cache<string, unknown>({ shardCount: 4, bloom: true })} />),
  ],
  "The app holds two copies: `npm ls macho-cache` names them. Keep one.": () => new QueryClient({ cache: new Cache() }),
  'A Cache cannot be copied, nor sent by a server component: make it in a file that says "use client".': () =>
    renderToString(<MachoProvider cache={new Cache<string, unknown>()} />),
  "Pass client={client}, or cache={options}.": () => [
    renderToString(<MachoProvider client={client} />),
    renderToString(<MachoProvider cache={{ maxCacheSize: 5 }} />),
  ],
  "Put options into the object, and another client into <MachoProvider client={client}>.": () => [
    inProvider(() => useCachedQuery({ queryKey: ["four"], fetcher: loadFilm, staleTime: 60_000 })),
    client.fetchQuery({ queryKey: ["four"], fetcher: loadFilm, staleTime: 60_000 }),
  ],
  // In a page, with what it mends: test/react/lost-clients.browser.test.tsx.
  "Put a <Suspense> inside <MachoProvider>, or make the client outside of components.": () => [
    inProvider(() => useCachedQuery(["four"], loadFilm)),
    renderToString(
      <MachoProvider>
        <Suspense>
          <p>The app</p>
        </Suspense>
      </MachoProvider>,
    ),
  ],
  "Pass the same client on every render, or give the provider another key.": () => [
    renderToString(<MachoProvider client={client} />),
    renderToString(<MachoProvider key="another" />),
  ],
  "Pass an object with the list of options as queries.": () =>
    inProvider(() => useCachedQueries({ queries: [{ queryKey: ["four"], fetcher: loadFilm }] })),
  "Use useCachedQuery in a component for each, or usePrefetchQuery before them.": () => [
    inProvider(() => useCachedQuery(["three"], loadFilm)),
    inProvider(() => usePrefetchQuery(["three"], loadFilm)),
  ],
  "Pass (key, { next, error, complete }) => disconnect.": () =>
    inProvider(() =>
      useCachedSubscription<number>(["price"], (_key, { next, error, complete }) => {
        next(1);
        return () => [error, complete];
      }),
    ),
  // The example of the guide hands it on.
  "Call its reserve(lastSlot) in the policy's reserve.": () => new Cache({ strategy: mru() }).set("a", 1).get("a"),
  "See docs/policies.md.": () => {
    expect(readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8")).toContain("policy of your own");
  },
  "Pass a Cache, an LruCache or client.cache.": () => [
    record(new Cache()).stop(),
    record(new LruCache()).stop(),
    record(client.cache).stop(),
  ],
  "Pass what record(cache).read() gave.": () => replay(record(new Cache()).read()),
  "Pass the client of the provider.": () => {
    const own = new QueryClient();
    return [
      persist(own, { scope: "ada", storage: new MemoryTier() }).stop(),
      renderToString(<MachoProvider client={own} />),
    ];
  },
  "Pass another { storage }.": () => persist(new QueryClient(), { scope: "ada", storage: new MemoryTier() }).stop(),
  "Pass one that has it, such as that of a Redis.": () => withLock(new LockingTier(() => 0)),
  "Call stop() of what persist() or shareAcrossTabs() gave first.": async () => {
    const options = { scope: "ada", storage: new MemoryTier() };
    const own = new QueryClient();
    await persist(own, options).stop();
    shareAcrossTabs(own, { scope: "ada" }).stop();
    await persist(own, options).stop();
  },
  "Call stop() of what shareAcrossTabs() gave first.": () => {
    const own = new QueryClient();
    shareAcrossTabs(own, { scope: "ada" }).stop();
    shareAcrossTabs(own, { scope: "ada" }).stop();
  },
  "Call persist() first.": () => {
    const own = new QueryClient();
    const persistence = persist(own, { scope: "ada", storage: new MemoryTier() });
    shareAcrossTabs(own, { scope: "ada", lock: true }).stop();
    return persistence.stop();
  },
  "Pass the same scope to both.": () => {
    const own = new QueryClient();
    const persistence = persist(own, { scope: "ada", storage: new MemoryTier() });
    shareAcrossTabs(own, { scope: "ada" }).stop();
    return persistence.stop();
  },
  "Store plain values.": () => itemTier(new WebStorage()).set("macho.ada.id", recordFor("key")),
  "Pass a longer { deadline }, or look why.": () =>
    persist(new QueryClient(), { scope: "ada", storage: new MemoryTier(), deadline: 60_000 }).stop(),
  "Pass a smaller { maxBytes }.": () =>
    persist(new QueryClient(), { scope: "ada", storage: new MemoryTier(), maxBytes: 1_000_000 }).stop(),
  "Pass { persist: false }.": () => new QueryClient().fetchQuery(["a"], () => 1, { persist: false }),
  "Give it one of both.": () => persist(new QueryClient(), { scope: "ada", storage: new MemoryTier() }).purge(),
  "Pass a policy of your own as { strategy: mru() }.": () => replay(record(new Cache()).read(), { strategy: mru() }),
};
