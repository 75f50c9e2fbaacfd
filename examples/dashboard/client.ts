import { QueryClient } from "macho-cache/react";

/**
 * The size was chosen when there was one page of 40 widgets. Now there are five, and this is too small: the panel says
 * what it should be. The README goes through it.
 */
export const client: QueryClient = new QueryClient({
  cache: { maxCacheSize: 60 },
  defaultOptions: { queries: { staleTime: 60_000, retry: 1 } },
});
