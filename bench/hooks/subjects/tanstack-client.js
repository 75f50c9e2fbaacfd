import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { createElement } from "react";
import { fetcher, keyOf } from "../items.js";

export function subjectOf(queries) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, ...queries } } });
  return {
    Provider: ({ children }) => createElement(QueryClientProvider, { client }, children),
    useItem: (index) => useQuery({ queryKey: keyOf(index), queryFn: fetcher }).data,
    set: (key, item) => client.setQueryData(key, item),
    get: (key) => client.getQueryData(key),
    invalidate: (filter) => client.invalidateQueries(filter),
    keyOf: ({ queryKey }) => queryKey,
    countFetching: () => client.isFetching(),
    countInvalidated: () =>
      client
        .getQueryCache()
        .getAll()
        .filter((query) => query.state.isInvalidated).length,
  };
}
