// The entry "macho-cache/lru": the small core of the engine.
export type { Clock } from "./clock.ts";
export { MachoError, type MachoErrorCode, MachoOptionError } from "./errors.ts";
export type { CacheEvent, RemovalCause, RemovalListener } from "./events.ts";
export type { Flight, Flights, LoadContext } from "./flight.ts";
export { LruCache } from "./lru-cache.ts";
export type { LoadMetrics, LruMetrics } from "./metrics.ts";
export type { LruCacheOptions, LruSetOptions } from "./options.ts";
