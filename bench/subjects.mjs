// What is compared. Each subject is a factory of one small shape, so that every workload runs the same loop over each.

const TTL = 600_000;

/** @type {Record<string, () => Promise<(size: number) => { get(key: unknown): unknown; set(key: unknown, value: unknown): unknown }>>} */
export const SUBJECTS = {
  async macho() {
    const { Cache } = await import("../dist/core/index.js");
    return (maxCacheSize) => new Cache({ maxCacheSize, ttl: TTL });
  },
  async "lru-cache"() {
    const { LRUCache } = await import("lru-cache");
    return (max) => new LRUCache({ max, ttl: TTL });
  },
  /** The limit: no bound, no order, no TTL, no counters. */
  async map() {
    return () => new Map();
  },
};
