/**
 * The engine: a bounded cache with policies, shards, filters, joined loads and counters. It uses neither React nor the DOM.
 * @packageDocumentation
 * @since 0.1.0
 */
export { Cache, type CacheSummary } from "./cache.ts";
export type { Clock } from "./lru/clock.ts";
export type { CacheDump, DumpEntry } from "./dump.ts";
export { exportCache } from "./export-cache.ts";
export { importCache } from "./import-cache.ts";
export { getMany, setMany } from "./many.ts";
export { BloomFilter, type BloomFilterOptions } from "./filter/bloom.ts";
export { cuckoo, CuckooFilter, type CuckooFilterOptions } from "./filter/cuckoo.ts";
export type { Filter, FilterCells } from "./filter/filter.ts";
export { XorFilter, type XorFilterOptions } from "./filter/xor.ts";
export { MachoError, type MachoErrorCode, MachoOptionError } from "./lru/errors.ts";
export type { CacheEvent, RemovalCause, RemovalListener } from "./lru/events.ts";
export type { Flight, Flights, LoadContext } from "./lru/flight.ts";
export { LruCache } from "./lru/lru-cache.ts";
export type { LoadMetrics, LruMetrics } from "./lru/metrics.ts";
export type { LruCacheOptions, LruSetOptions } from "./lru/options.ts";
export type { Loader, LoaderContext, LoadLifetime, LoadOptions } from "./loading.ts";
export type { Latencies, Latency, OperationLatencies } from "./metrics/latencies.ts";
export type { Lifespan, Lifespans } from "./metrics/lifespans.ts";
export { type BytesEstimate, estimateBytes, type Sizable } from "./metrics/memory.ts";
export type { Metrics, ShardMetrics } from "./metrics/report.ts";
export type { CacheOptions, SetOptions } from "./options.ts";
export type { Policy, PolicyContext, Strategy } from "./policy/policy.ts";
export type { StrategyName } from "./policy/strategy.ts";
