// One of each part: engine, hooks, a mutation, pages, storage, tabs, simulation, panel.
import { Cache, exportCache, importCache } from "macho-cache";
import { MachoDevtools } from "macho-cache/devtools";
import { persist, shareAcrossTabs } from "macho-cache/persist";
import { tinylfu } from "macho-cache/policies";
import {
  MachoProvider,
  QueryClient,
  useCachedInfiniteQuery,
  useCachedMutation,
  useCachedQuery,
} from "macho-cache/react";
import { advise, record, replay } from "macho-cache/simulate";
import { createRoot } from "react-dom/client";

const client = new QueryClient();
const persistence = persist(client, { scope: "ada", delay: 1 });
const stopSharing = shareAcrossTabs(client, { scope: "ada" });
let loads = 0;

function Engine() {
  const cache = new Cache<string, number>({
    maxCacheSize: 20,
    strategy: tinylfu(),
    shardCount: 2,
    bloom: true,
    ttl: 60_000,
  });
  const recording = record(cache);
  for (let at = 0; at < 2_000; at++)
    if (cache.get(`k${(at * 5) % 37}`) === undefined) cache.set(`k${(at * 5) % 37}`, at);
  const { text } = advise(recording.read());
  const copy = new Cache<string, number>({ maxCacheSize: 20 });
  importCache(copy, exportCache(cache));
  return (
    <p>
      engine {copy.size} of 20, {replay(recording.read()).misses.first} first misses,{" "}
      {text.length > 10 ? "advised" : "mute"}
    </p>
  );
}

function Film() {
  const film = useCachedQuery(["film"], () => Promise.resolve({ title: "Ran", seen: new Date(0), loads: ++loads }), {
    staleTime: Infinity,
  });
  const rename = useCachedMutation({
    mutationFn: (title: string) => Promise.resolve(title),
    onSuccess: (title) => client.setQueryData(["film"], { title, seen: new Date(0), loads }),
  });
  if (!film.data) return <p>loading</p>;
  return (
    <>
      <h1>{film.data.title}</h1>
      <p>loads {loads}</p>
      <button type="button" onClick={() => rename.mutate("Ikiru")}>
        Rename
      </button>
    </>
  );
}

function Pages() {
  const { data, fetchNextPage } = useCachedInfiniteQuery(["pages"], (_, { pageParam }) => Promise.resolve(pageParam), {
    initialPageParam: 1,
    getNextPageParam: (last) => last + 1,
  });
  return (
    <button type="button" onClick={() => void fetchNextPage()}>
      pages {data?.pages.join(" ")}
    </button>
  );
}

Object.assign(window, { persistence, stopSharing });
createRoot(document.getElementById("root") as HTMLElement).render(
  <MachoProvider client={client}>
    <Engine />
    <Film />
    <Pages />
    <MachoDevtools initialIsOpen />
  </MachoProvider>,
);
