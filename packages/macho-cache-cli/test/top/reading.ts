import type { Reading } from "../../src/top/history.ts";

/** The figures of a cache that has done nothing, but for what is given. */
export function readingOf(given: Partial<Reading> = {}): Reading {
  return {
    at: 1_000_000,
    took: 0.1,
    kind: "cache",
    strategy: "lru",
    shardCount: 1,
    size: 0,
    maxCacheSize: 100,
    weight: 0,
    maxWeight: null,
    since: 0,
    gets: (given.hits ?? 0) + (given.misses ?? 0),
    sets: 0,
    hits: 0,
    misses: 0,
    refused: 0,
    removals: { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 },
    loads: { started: 0, succeeded: 0, failed: 0, aborted: 0, joined: 0, p50: null, p90: null },
    recordedSince: null,
    seconds: [],
    advice: null,
    ...given,
  };
}
