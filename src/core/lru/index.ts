/**
 * `LruCache` alone: the smallest cache. It has a bound by entries and by weight, LRU, ttl, pins, events and counters.
 * @packageDocumentation
 * @since 0.1.0
 */
export type { Clock } from "./clock.ts";
export { MachoError, type MachoErrorCode, MachoOptionError } from "./errors.ts";
export type { CacheEvent, RemovalCause, RemovalListener } from "./events.ts";
export type { Flight, Flights, LoadContext } from "./flight.ts";
export { LruCache } from "./lru-cache.ts";
export type { LoadMetrics, LruMetrics } from "./metrics.ts";
export type { LruCacheOptions, LruSetOptions } from "./options.ts";
