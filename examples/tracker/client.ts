import { QueryClient } from "macho-cache/react";

export const client: QueryClient = new QueryClient({
  cache: { maxCacheSize: 200 },
  defaultOptions: {
    // For ten seconds an answer is shown without asking again. A failure is shown at once.
    queries: { staleTime: 10_000, retry: false },
  },
});
