export { Cache, type Loader, type LoadOptions } from "./cache.ts";
export type { Clock } from "./clock.ts";
export { MachoError, type MachoErrorCode, MachoOptionError } from "./errors.ts";
export type { CacheEvent, RemovalCause, RemovalListener } from "./events.ts";
export type { Flight, Flights, LoadContext } from "./flight.ts";
export type { LoadMetrics, Metrics, ShardMetrics } from "./metrics/report.ts";
export type { CacheOptions, SetOptions } from "./options.ts";
export type { StrategyName } from "./policy/strategy.ts";
