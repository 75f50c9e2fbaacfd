import { byTurns, type CacheDump, dumpOf } from "./dump.ts";
import type { BoundedCache } from "./lru/bounded-cache.ts";

/**
 * The entries as plain data, in the order of the policy, the next victim first; those of several shards by turns, as
 * near as each is to its victim. Keys and values are not copied. Changes nothing. `importCache` takes it.
 *
 * @example
 * localStorage.setItem("films", JSON.stringify(exportCache(cache)));
 */
export function exportCache<K, V>(cache: BoundedCache<K, V>): CacheDump<K, V> {
  const { stores, ticker } = cache.parts;
  const now = ticker.now();
  const entries = byTurns(stores.map((store) => Array.from(dumpOf(store, now))));
  return { version: 1, exportedAt: ticker.wallNow(), entries };
}
