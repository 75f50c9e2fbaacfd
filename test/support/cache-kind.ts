// The kind of cache that the clients of a project's tests have. See vitest.config.ts.
import { Cache, type LruCacheOptions } from "macho-cache";
import type { QueryClientOptions } from "macho-cache/query";
import { inject } from "vitest";

/** What a client is given for a cache with these options: a `Cache`, or for its own `LruCache` the options alone. */
export function cacheWith(options: LruCacheOptions<string, unknown>): NonNullable<QueryClientOptions["cache"]> {
  return inject("cache") === "Cache" ? new Cache({ maxCacheSize: 1_000, ttl: Infinity, ...options }) : options;
}
