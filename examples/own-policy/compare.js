import { Cache } from "macho-cache";

/**
 * Asks for every key, and stores what is missing.
 * @param {Iterable<number>} keys
 * @param {import("macho-cache").CacheOptions["strategy"]} strategy
 * @param {number} maxCacheSize
 */
export function missesOf(keys, strategy, maxCacheSize) {
  const cache = new Cache({ maxCacheSize, strategy, ttl: Infinity });
  for (const key of keys) if (cache.get(key) === undefined) cache.set(key, true);
  return cache.metrics.misses;
}

/** Pages of a slide show, again and again. */
export function* loop(pages, rounds) {
  for (let round = 0; round < rounds; round++) for (let page = 0; page < pages; page++) yield page;
}
