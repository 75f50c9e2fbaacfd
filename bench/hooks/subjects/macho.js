import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { createElement } from "react";
import { fetcher, keyOf } from "../items.js";

// The default bound of 1,000 entries is too small for what the others hold.
const client = new QueryClient({
  cache: { maxCacheSize: 20_000 },
  defaultOptions: { queries: { staleTime: Infinity } },
});

export const subject = {
  Provider: ({ children }) => createElement(MachoProvider, { client }, children),
  useItem: (index) => useCachedQuery(keyOf(index), fetcher).data,
  set: (key, item) => client.setQueryData(key, item),
  setTagged: (key, item, tag) => client.setQueryData(key, item, { tags: [tag] }),
  get: (key) => client.getQueryData(key),
  invalidate: (filter) => client.invalidateQueries(filter),
  keyOf: ({ key }) => key,
  countFetching: () => client.isFetching(),
  countInvalidated: () => client.getQueries().filter((query) => query.isInvalidated).length,
};
