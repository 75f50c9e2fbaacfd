import { BoundedCache } from "./bounded-cache.ts";
import { markAsCache } from "./mark.ts";
import { type LruCacheOptions, resolveLruOptions, SET_TABLE } from "./options.ts";
import { Store } from "./store.ts";
import { Writes } from "./writes.ts";

/**
 * The small core of the engine: a cache that is bounded by entries, and by weight if asked for, and evicts the least
 * recently used one. Keys and values are whatever a `Map` takes. `Cache` has more.
 *
 * @example
 * const cache = new LruCache<string, User>({ maxCacheSize: 500, ttl: 60_000 });
 * cache.set("user:1", ada);
 * cache.get("user:1"); // ada, and one hit more in cache.metrics
 */
export class LruCache<K = unknown, V = unknown> extends BoundedCache<K, V> {
  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: LruCacheOptions<K, V> = {}) {
    const all = resolveLruOptions(options);
    super(
      all,
      new Writes(all, SET_TABLE),
      (bounds) => [resolveLruOptions(bounds)],
      (shared) => [new Store({ ...all, ...shared, capacity: all.maxCacheSize })],
    );
  }
}

markAsCache(LruCache.prototype);
