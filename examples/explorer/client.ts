import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";

/** The sizes to choose from: one that overflows at once, a modest one, and one that nobody fills by hand. */
export const CACHE_SIZES = [8, 50, 1_000] as const;

export type CacheSize = (typeof CACHE_SIZES)[number];

/** A client whose cache holds that many answers, each for at most ten minutes. */
export function createClient(maxCacheSize: CacheSize): QueryClient {
  return new QueryClient({
    // A `Cache`, which keeps lifespans and latencies for the panel. Most apps need only its options: `{ maxCacheSize }`.
    cache: new Cache({ maxCacheSize, ttl: 600_000 }),
    // By default a failing load is tried three times more; here a failure is to be seen at once.
    defaultOptions: { queries: { retry: false } },
  });
}
