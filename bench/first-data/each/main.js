// An app with TanStack Query's hooks, where each query is persisted for itself.
import "../began.js";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { experimental_createQueryPersister as createQueryPersister } from "@tanstack/react-query-persist-client";
import { del, get, set } from "idb-keyval";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { articleOf, ARTICLES, DAY, fetcher, keyOf } from "../articles.js";
import { offer, screenOf } from "../screen.js";

const persister = createQueryPersister({ storage: { getItem: get, setItem: set, removeItem: del } });
const client = new QueryClient({
  defaultOptions: { queries: { staleTime: DAY, gcTime: DAY, persister: persister.persisterFn } },
});
const useArticle = (id) => useQuery({ queryKey: keyOf(id), queryFn: fetcher }).data;

createRoot(document.querySelector("#root")).render(
  createElement(QueryClientProvider, { client }, screenOf(useArticle)),
);

offer(async (size) => {
  for (let id = 0; id < ARTICLES; id++) client.setQueryData(keyOf(id), articleOf(id, size));
  for (let id = 0; id < ARTICLES; id++) await persister.persistQueryByKey(keyOf(id), client);
});
