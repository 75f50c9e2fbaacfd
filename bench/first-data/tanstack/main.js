// An app with TanStack Query's hooks, persisted in IndexedDB as its guide shows it.
import "../began.js";
import { createAsyncStoragePersister } from "@tanstack/query-async-storage-persister";
import { QueryClient, useQuery } from "@tanstack/react-query";
import { PersistQueryClientProvider } from "@tanstack/react-query-persist-client";
import { del, get, set } from "idb-keyval";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { articleOf, ARTICLES, DAY, fetcher, keyOf } from "../articles.js";
import { offer, screenOf } from "../screen.js";

const client = new QueryClient({ defaultOptions: { queries: { staleTime: DAY, gcTime: DAY } } });
const persister = createAsyncStoragePersister({ storage: { getItem: get, setItem: set, removeItem: del } });
const useArticle = (id) => useQuery({ queryKey: keyOf(id), queryFn: fetcher }).data;

createRoot(document.querySelector("#root")).render(
  createElement(PersistQueryClientProvider, { client, persistOptions: { persister } }, screenOf(useArticle)),
);

offer(async (size) => {
  let stored = 0;
  // It writes once a second, not before it has restored, and says to nobody when it has.
  while (stored < ARTICLES) {
    for (let id = 0; id < ARTICLES; id++) client.setQueryData(keyOf(id), articleOf(id, size));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    stored = (await persister.restoreClient())?.clientState.queries.length ?? 0;
  }
});
