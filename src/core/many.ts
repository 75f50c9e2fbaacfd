import type { Cache } from "./cache.ts";
import { checkIterable } from "./checks.ts";
import { disposedError } from "./lru/errors.ts";
import type { SetOptions } from "./options.ts";

/**
 * The values of several keys, in their order; `undefined` for each miss. Each counts as a lookup.
 *
 * @example
 * const [ada, ben] = getMany(cache, ["user:1", "user:2"]);
 */
export function getMany<K, V>(cache: Cache<K, V>, keys: Iterable<K>): (V | undefined)[] {
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
export function setMany<K, V>(
  cache: Cache<K, V>,
  entries: Iterable<readonly [K, V]>,
  options?: SetOptions,
): Cache<K, V> {
  const { parts } = cache;
  if (parts.isDisposed()) throw disposedError("setMany");
  checkIterable("setMany", "[key, value] pairs", entries);
  const writes = Array.from(entries, (entry) => {
    checkIterable("setMany", "[key, value] pairs", entry);
    const [key, value] = entry;
    return { key, value, write: parts.desk.write(key, value, options) };
  });
  for (const { key, value, write } of writes) {
    // A listener may have disposed of the cache.
    if (parts.isDisposed()) break;
    parts.store(key, value, write);
  }
  return cache;
}
