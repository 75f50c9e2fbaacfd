import { QueryClient, type QueryKey } from "macho-cache/query";

/** Asks the API: in the page by HTTP, on the server without a detour. */
export type Ask = (path: string, signal: AbortSignal) => Promise<unknown>;

/** A client for one page: one a request on the server, one a visit in the browser. A key is the path of its data. */
export function createClient(ask: Ask): QueryClient {
  return new QueryClient({
    cache: { maxCacheSize: 200, ttl: 600_000 },
    defaultOptions: {
      queries: {
        fetcher: (key, { signal }) => ask(pathOf(key), signal),
        // Data that is stale when the page hydrates would be loaded again at once.
        staleTime: 60_000,
        retry: false,
      },
    },
  });
}

function pathOf(key: QueryKey): string {
  const steps = typeof key === "string" ? [key] : key;
  return `/api/${steps.map((step) => encodeURIComponent(String(step))).join("/")}`;
}
