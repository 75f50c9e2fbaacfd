// An app with Macho's hooks, persisted in IndexedDB.
import "../began.js";
import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { articleOf, ARTICLES, DAY, fetcher, keyOf } from "../articles.js";
import { offer, screenOf } from "../screen.js";

const client = new QueryClient({ defaultOptions: { queries: { staleTime: DAY, ttl: DAY } } });
const persistence = persist(client, { scope: "reader" });
const useArticle = (id) => useCachedQuery(keyOf(id), fetcher).data;

createRoot(document.querySelector("#root")).render(createElement(MachoProvider, { client }, screenOf(useArticle)));

offer(async (size) => {
  for (let id = 0; id < ARTICLES; id++) client.setQueryData(keyOf(id), articleOf(id, size));
  await persistence.flush();
});
