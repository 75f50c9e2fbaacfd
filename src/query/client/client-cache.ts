import { Cache, type CacheOptions, MachoOptionError } from "../../core/index.ts";
import { definedOf, isUsableCache } from "../../core/internal.ts";

/**
 * The cache of a client: the one that is given, or one of its own with these options.
 * @throws MachoOptionError for an option that cannot be used, and for a cache that cannot
 */
export function clientCache(given: Cache<string, unknown> | CacheOptions<string, unknown> = {}): {
  readonly cache: Cache<string, unknown>;
  readonly isOwn: boolean;
} {
  if (isCache(given)) return { cache: given, isOwn: false };
  // What is no object is for the cache to refuse.
  const options =
    typeof given === "object" && given ? { maxCacheSize: 1_000, ttl: Infinity, ...definedOf(given) } : given;
  return { cache: new Cache(options), isOwn: true };
}

/**
 * Whether it is a cache, also one of another copy of the package.
 * @throws MachoOptionError for one of another version, and for what is left of one that was sent
 */
function isCache(given: unknown): given is Cache<string, unknown> {
  if (typeof given !== "object" || given === null) return false;
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
