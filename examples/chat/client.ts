import { QueryClient } from "macho-cache/react";

export const client: QueryClient = new QueryClient({
  cache: { maxCacheSize: 500 },
  // What was said does not change. A failure is shown at once.
  defaultOptions: { queries: { staleTime: Infinity, retry: false } },
});
