import { LruCache, type LruCacheOptions, MachoOptionError } from "../../core/lru/index.ts";
import { definedOf, describe, isUsableCache } from "../../core/lru/internal.ts";
import type { QueryCache } from "../machine/query-cache.ts";

/** Options that only a `Cache` has. */
const OF_CACHE = /^(strategy|shardCount|bloom|filter|probability|timeToIdle|keepTtl|timeout)$/;

/**
 * The cache of a client: the one that is given, also one of another copy of the package, or one of its own with these
 * options.
 * @throws MachoOptionError for an option that cannot be used; for a cache of another version, and for what is left of one
 * that was sent
 */
export function clientCache(given: QueryCache | LruCacheOptions<string, unknown> = {}): QueryCache {
  // Anything else is for the cache to refuse.
  if (typeof given !== "object" || given === null) return new LruCache(given);
  const isUsable = isUsableCache(given);
  if (isUsable) return given as QueryCache;
  // Those of before the mark are known by their flights. A Map and its kin hold entries, and no options.
  const hasFlights = "flights" in given;
  if (isUsable === false || (hasFlights && "get" in given)) {
    reject(given, "The app holds two copies: `npm ls macho-cache` names them. Keep one.");
  }
  if (hasFlights || Symbol.iterator in given) {
    reject(
      given,
      'A Cache cannot be copied, nor sent by a server component: make it in a file that says "use client".',
    );
  }
  const options = definedOf(given);
  for (const [name, value] of Object.entries(options)) {
    const example = typeof value === "object" ? "..." : describe(value);
    const remedy = `Pass { cache: new Cache({ ${name}: ${example} }) }.`;
    if (OF_CACHE.test(name)) throw new MachoOptionError(name, "is an option of Cache alone", value, remedy);
  }
  return new LruCache({ maxCacheSize: 1_000, ttl: Infinity, ...options });
}

function reject(given: unknown, remedy: string): never {
  throw new MachoOptionError("cache", "must be a Cache of this version, or options for one", given, remedy);
}
