import { checkIterable } from "./checks.ts";
import type { BoundedCache } from "./lru/bounded-cache.ts";
import { disposedError } from "./lru/errors.ts";
import type { SetOptions } from "./options.ts";

/**
 * The values of several keys, in their order; `undefined` for each miss. Each counts as a lookup.
 *
 * @example
 * const [ada, ben] = getMany(cache, ["user:1", "user:2"]);
 */
export function getMany<K, V>(cache: BoundedCache<K, V>, keys: Iterable<K>): (V | undefined)[] {
  checkIterable("getMany", "keys", keys);
  return Array.from(keys, (key) => cache.get(key));
}

/**
 * Stores several values. All are checked and weighed before the first is stored.
 * @throws as `set` does; nothing has changed then
 *
 * @example
 * setMany(cache, [["user:1", ada], ["user:2", ben]], { ttl: 5_000 });
 */
export function setMany<C extends BoundedCache<K, V>, K, V>(
  cache: C & BoundedCache<K, V>,
  entries: Iterable<readonly [K, V]>,
  options: SetOptions = {},
): C {
  const { writes } = cache.parts;
  if (cache.disposed) throw disposedError("setMany");
  checkIterable("setMany", "[key, value] pairs", entries);
  writes.check(options);
  const weighed = Array.from(entries, (entry) => {
    checkIterable("setMany", "[key, value] pairs", entry);
    const [key, value] = entry;
    const { weight } = writes.weigh(options, value, key);
    return { key, value, options: writes.isWeighed ? { ...options, weight } : options };
  });
  for (const { key, value, options: each } of weighed) {
    // A listener may have disposed of the cache.
    if (cache.disposed) break;
    cache.set(key, value, each);
  }
  return cache;
}
