// Each workload fills a cache, and gives a function that runs `operations` of them over prepared keys.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export const OPERATIONS = 50_000;

/** xorshift32, so that every run and every subject sees the same keys. */
function uniform(seed) {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

/** Keys by kind. Strings are made anew for each use: equal to those that were stored, and not the same objects. */
export const KEYS = { string: (index) => `user:${index}:profile`, integer: (index) => index };

function sequence(key, pick) {
  const draw = uniform(0x9e3779b9);
  return Array.from({ length: OPERATIONS }, (_, index) => key(pick(draw(), index)));
}

function fill(cache, size, key) {
  for (let index = 0; index < size; index++) cache.set(key(index), index);
}

function gets(cache, keys) {
  return () => {
    let found = 0;
    for (const key of keys) if (cache.get(key) !== undefined) found++;
    return found;
  };
}

function sets(cache, keys) {
  return () => {
    for (let index = 0; index < keys.length; index++) cache.set(keys[index], index);
    return keys.length;
  };
}

export const WORKLOADS = {
  hit(cache, size, key) {
    fill(cache, size, key);
    return gets(
      cache,
      sequence(key, (u) => Math.floor(u * size)),
    );
  },
  miss(cache, size, key) {
    fill(cache, size, key);
    return gets(
      cache,
      sequence(key, (u) => size + Math.floor(u * size)),
    );
  },
  /** Skewed keys, ten times as many as fit: a get, and on a miss a set. */
  zipf(cache, size, key) {
    const keys = sequence(key, (u) => Math.floor(10 * size * u * u * u * u));
    return () => {
      let found = 0;
      for (const each of keys) {
        if (cache.get(each) !== undefined) found++;
        else cache.set(each, found);
      }
      return found;
    };
  },
  update(cache, size, key) {
    fill(cache, size, key);
    return sets(
      cache,
      sequence(key, (u) => Math.floor(u * size)),
    );
  },
  /** Every set is of a new key, and evicts: it takes four times the size until a key comes again. */
  evict(cache, size, key) {
    fill(cache, size, key);
    const keys = Array.from({ length: Math.max(OPERATIONS, 4 * size) }, (_, index) => key(size + index));
    let next = 0;
    return () => {
      for (let left = OPERATIONS; left > 0; left--) {
        cache.set(keys[next], left);
        if (++next === keys.length) next = 0;
      }
      return next;
    };
  },
};

/** A recorded trace, where it lies beside the checkout: requests of a web site's pages (cache2k). */
const TRACE = new URL("../../shared/traces/cache2k_web07.txt.gz", import.meta.url);
/** A tenth of its keys. */
export const REPLAY_SIZE = 2_048;

/** Reads the trace again and again: a get, and on a miss a set. `undefined` where it is not there. */
export function replay(cache, key) {
  if (!existsSync(TRACE)) return undefined;
  const lines = gunzipSync(readFileSync(TRACE)).toString().trim().split("\n");
  const keys = lines.slice(0, OPERATIONS).map((line) => key(Number(line)));
  return () => {
    let found = 0;
    for (const each of keys) {
      if (cache.get(each) !== undefined) found++;
      else cache.set(each, found);
    }
    return found;
  };
}
