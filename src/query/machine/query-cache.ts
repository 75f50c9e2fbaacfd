import type { LruCache, LruSetOptions } from "../../core/lru/index.ts";

/** The cache of a client: an `LruCache`, or a `Cache` with its policies, shards and filters. */
export interface QueryCache extends Omit<LruCache<string, unknown>, "parts" | "set" | "add" | "forEach"> {
  set(key: string, value: unknown, options?: LruSetOptions): QueryCache;
  add(key: string, value: unknown, options?: LruSetOptions): QueryCache;
  forEach(callback: (value: unknown, key: string) => void): void;
}
