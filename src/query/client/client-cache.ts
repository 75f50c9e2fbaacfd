import { LruCache, type LruCacheOptions, MachoOptionError } from "../../core/lru/index.ts";
import { definedOf, describe, isUsableCache } from "../../core/lru/internal.ts";
import type { QueryCache } from "../machine/query-cache.ts";

/** Options that only a `Cache` has. */
const OF_CACHE = /^(strategy|shardCount|bloom|filter|probability|timeToIdle|keepTtl|timeout)$/;

/**
 * The cache of a client: the one that is given, or one of its own with these options.
 * @throws MachoOptionError for an option that cannot be used, and for a cache that cannot
 */
export function clientCache(given: QueryCache | LruCacheOptions<string, unknown> = {}): {
  readonly cache: QueryCache;
  readonly isOwn: boolean;
} {
  // Anything else is for the cache to refuse.
  if (typeof given !== "object" || given === null) return { cache: new LruCache(given), isOwn: true };
  if (isCache(given)) return { cache: given, isOwn: false };
  for (const [name, value] of Object.entries(definedOf(given))) {
    if (!OF_CACHE.test(name)) continue;
    const example = typeof value === "object" ? "..." : describe(value);
    throw new MachoOptionError(
      name,
      "is an option of Cache alone",
      value,
      `Pass { cache: new Cache({ ${name}: ${example} }) }.`,
    );
  }
  return { cache: new LruCache({ maxCacheSize: 1_000, ttl: Infinity, ...definedOf(given) }), isOwn: true };
}

/**
 * Whether it is a cache, also one of another copy of the package.
 * @throws MachoOptionError for one of another version, and for what is left of one that was sent
 */
function isCache(given: object): given is QueryCache {
  const isUsable = isUsableCache(given);
  if (isUsable) return true;
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
  return false;
}

function reject(given: unknown, remedy: string): never {
  throw new MachoOptionError("cache", "must be a Cache of this version, or options for one", given, remedy);
}
