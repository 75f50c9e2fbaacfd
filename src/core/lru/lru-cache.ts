import { BoundedCache } from "./bounded-cache.ts";
import { markAsCache } from "./mark.ts";
import { checkSlots, type LruCacheOptions, resolveLruOptions, SET_TABLE } from "./options.ts";
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
    const resolved = resolveLruOptions(options);
    const { maxCacheSize: capacity, maxWeight, ttl } = resolved;
    super(resolved, {
      writes: new Writes(resolved, SET_TABLE),
      stores: (shared) => [new Store({ ...shared, capacity, maxWeight, ttl })],
      checkBounds: checkSlots,
    });
  }
}

markAsCache(LruCache.prototype);
