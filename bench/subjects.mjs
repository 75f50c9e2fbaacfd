// What is compared. Each subject is a factory of one small shape, so that every workload runs the same loop over each.
import { createRequire } from "node:module";

const TTL = 600_000;

/** @type {Record<string, { label: string, package?: string, largest?: number, holds?: number, isUnbounded?: boolean, make: () => Promise<(size: number) => Map<unknown, unknown>> }>} */
export const SUBJECTS = {
  macho: {
    label: "Macho: ttl, metrics",
    async make() {
      const { Cache } = await import("../dist/core/index.js");
      return (maxCacheSize) => new Cache({ maxCacheSize, ttl: TTL });
    },
  },
  "LruCache with ttl": {
    label: "Macho `LruCache`: ttl, counters",
    async make() {
      const { LruCache } = await import("../dist/core/lru/index.js");
      return (maxCacheSize) => new LruCache({ maxCacheSize, ttl: TTL });
    },
  },
  LruCache: {
    label: "Macho `LruCache`: counters",
    async make() {
      const { LruCache } = await import("../dist/core/lru/index.js");
      return (maxCacheSize) => new LruCache({ maxCacheSize, ttl: Infinity });
    },
  },
  "macho without ttl": {
    label: "Macho: metrics",
    async make() {
      const { Cache } = await import("../dist/core/index.js");
      return (maxCacheSize) => new Cache({ maxCacheSize, ttl: Infinity });
    },
  },
  "macho sieve": {
    label: "Macho: sieve, ttl",
    async make() {
      const { Cache } = await import("../dist/core/index.js");
      return (maxCacheSize) => new Cache({ maxCacheSize, ttl: TTL, strategy: "sieve" });
    },
  },
  "lru-cache with ttl": {
    label: "lru-cache: ttl",
    package: "lru-cache",
    async make() {
      const { LRUCache } = await import("lru-cache");
      return (max) => new LRUCache({ max, ttl: TTL });
    },
  },
  "lru-cache": {
    label: "lru-cache",
    package: "lru-cache",
    async make() {
      const { LRUCache } = await import("lru-cache");
      return (max) => new LRUCache({ max });
    },
  },
  "quick-lru": {
    label: "quick-lru",
    // Two generations, of which the older one is counted out of the size.
    holds: 2,
    package: "quick-lru",
    async make() {
      const { default: QuickLRU } = await import("quick-lru");
      return (maxSize) => new QuickLRU({ maxSize });
    },
  },
  "tiny-lru": {
    label: "tiny-lru",
    package: "tiny-lru",
    async make() {
      const { lru } = await import("tiny-lru");
      return (max) => lru(max);
    },
  },
  "lru.min": {
    label: "lru.min",
    package: "lru.min",
    async make() {
      const { createLRU } = await import("lru.min");
      return (max) => createLRU({ max });
    },
  },
  mnemonist: {
    label: "mnemonist",
    package: "mnemonist",
    async make() {
      // Its modules are CommonJS.
      const LRUMap = createRequire(import.meta.url)("mnemonist/lru-map.js");
      return (max) => new LRUMap(max);
    },
  },
  "toad-cache with ttl": {
    label: "toad-cache: ttl",
    package: "toad-cache",
    async make() {
      const { LruMap } = await import("toad-cache");
      return (max) => new LruMap(max, TTL);
    },
  },
  "toad-cache": {
    label: "toad-cache",
    package: "toad-cache",
    async make() {
      const { LruMap } = await import("toad-cache");
      return (max) => new LruMap(max);
    },
  },
  "sieve-cache": {
    label: "@neophi/sieve-cache",
    package: "@neophi/sieve-cache",
    async make() {
      const { SieveCache } = await import("@neophi/sieve-cache");
      return (max) => new SieveCache(max);
    },
  },
  ttlcache: {
    label: "@isaacs/ttlcache",
    package: "@isaacs/ttlcache",
    // An update looks through all that expire at the same time.
    largest: 10_000,
    async make() {
      const { TTLCache } = await import("@isaacs/ttlcache");
      return (max) => new TTLCache({ max, ttl: TTL });
    },
  },
  /** The limit: no bound, no order, no TTL, no counters. */
  map: {
    label: "bare `Map`, unbounded",
    isUnbounded: true,
    async make() {
      return () => new Map();
    },
  },
};
