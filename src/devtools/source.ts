// With entry-source.ts the only file of the panel that knows both a cache and a query client.
// The shapes below are structural: the panel runs beside any copy of the engine.
import type { CacheEvent, Latencies, Lifespans, LruCache, LruMetrics, Metrics, Sizable } from "../core/index.ts";
import type { TierView } from "../core/lru/tier.ts";
import type { QueryInfo, QueryKey } from "../query/index.ts";

/** What the panel needs of a `Cache` or an `LruCache`, whatever its keys and values are. */
export interface InspectableCache {
  readonly size: number;
  readonly totalRequests?: number;
  readonly metrics: LruMetrics & Partial<Pick<Metrics, OfCache>>;
  readonly options?: LruCache["options"];
  // An `LruCache` does not keep these.
  readonly metricLifespan?: Lifespans | null;
  readonly latencies?: Latencies | null;
  readonly loadDurations?: readonly number[];
  readonly parts?: object;
  readonly loadDurationsByShard?: readonly (readonly number[])[];
  keys(): Iterable<unknown>;
  // `never` accepts a cache of any key type. The panel only passes keys that this cache gave it.
  peek(key: never): unknown;
  delete(key: never): boolean;
  /** Puts back what the reader removed. */
  set?(key: never, value: never, options?: { ttl?: number; weight?: number | undefined }): unknown;
  clear?(): void;
  pin?(key: never): (() => void) | undefined;
  purgeExpired?(): number;
  remainingTtl(key: never): number | undefined;
  subscribe(listener: (event: CacheEvent<unknown, unknown>) => void): () => void;
  // An older copy of the engine may have none.
  resize?(maxCacheSize: number, maxWeight?: number): void;
  /** Of one that was read from a file: what is said of it, and its entries. It can only be looked at. */
  readonly snapshot?: { readonly words: string; readonly entries: object };
}

/** What only the metrics of a `Cache` have. */
type OfCache = "options" | "shards" | "filterRejections" | "falsePositives";

export type OneQuery = { queryKey: QueryKey; exact: true };

/** What the panel needs of a `QueryClient`. */
export interface InspectableClient {
  readonly cache: InspectableCache;
  /** @param which restricts them, where the client can; the panel looks for the one that it wants in any case */
  getQueries(which?: OneQuery): readonly QueryInfo[];
  refetchQueries(filter: OneQuery): Promise<void>;
  invalidateQueries(filter: OneQuery): Promise<void>;
  resetQueries(filter: OneQuery): Promise<void>;
  removeQueries(filter: OneQuery): void;
  clear(): void;
  setQueryData(key: QueryKey, value: unknown, options?: { ttl?: number }): unknown;
  subscribe(listener: (event: { readonly hash: string; readonly key?: QueryKey }) => void): () => void;
  getQueryState?(key: QueryKey): QueryInfo | undefined;
  /** Says whether it is disposed of, and what it shows of a key, where it can. */
  readonly host?: {
    readonly isDisposed: boolean;
    find?(hash: string): { readonly state: { readonly data: unknown } } | undefined;
    /** What it knows of its network. */
    isOnline?: boolean;
    reconnect?(): void;
    /** The calls of its mutations. */
    readonly mutations?: object;
    /** What hooks show in the place of what is known. */
    readonly feigned?: ReadonlyMap<string, { readonly state: { readonly status: string } }> | undefined;
  };
}

/** A `Cache` or a `QueryClient`: what the devtools can show. */
export type DevtoolsTarget = InspectableCache | InspectableClient;

/** What every page may read of the cache that is shown, or of that of the client. */
export interface DevtoolsSource {
  readonly kind: "cache" | "client";
  readonly target: DevtoolsTarget;
  metrics(): Metrics;
  /** Whether it keeps lifespans, latencies and durations of loads: a `Cache` does, an `LruCache` does not. */
  readonly keepsTimes: boolean;
  lifespans(): Lifespans | null;
  latencies(): Latencies | null;
  /** The parts of the cache, for an estimate of its memory. `undefined` for a cache that does not expose them. */
  parts(): Sizable["parts"] | undefined;
  /** What there is to see of a slower store behind the cache; `undefined` where there is none. Never throws. */
  tier(): TierView | undefined;
  /** Ms of the last loads, the oldest first. */
  loadDurations(): readonly number[];
  /** Ms of the last loads of each shard; none where the cache does not tell. */
  loadDurationsByShard(): readonly (readonly number[])[];
  /** Another text after each change of the cache. */
  version(): string;
  /** `change` hears of what its version does not show: news of the queries of a client. Returns its undo. */
  subscribe(change: () => void): () => void;
}

/** A client is told by its `cache` property: `instanceof` would fail with two copies of the package. */
export function isClient(target: DevtoolsTarget): target is InspectableClient {
  return "cache" in target;
}

export function cacheOf(target: DevtoolsTarget): InspectableCache {
  return isClient(target) ? target.cache : target;
}

/** What is known of it, if a target is a snapshot: never a client. */
export function snapshotOf(target: DevtoolsTarget): InspectableCache["snapshot"] {
  return isClient(target) ? undefined : target.snapshot;
}

export function createSource(target: DevtoolsTarget): DevtoolsSource {
  const cache = cacheOf(target);
  return {
    kind: isClient(target) ? "client" : "cache",
    target,
    metrics: () => metricsOf(cache),
    get keepsTimes() {
      return "metricLifespan" in cache;
    },
    lifespans: () => cache.metricLifespan ?? null,
    latencies: () => cache.latencies ?? null,
    parts: () => partsOf(cache),
    tier: () => tierOf(cache),
    loadDurations: () => cache.loadDurations ?? [],
    loadDurationsByShard: () => cache.loadDurationsByShard ?? [],
    version: () => `${cache.size} ${cache.totalRequests ?? totalOf(cache.metrics)}`,
    subscribe: (change) => (isClient(target) ? target.subscribe(change) : () => undefined),
  };
}

/** An older copy of the engine has no `totalRequests`. */
function totalOf({ gets, sets }: LruMetrics): number {
  return gets + sets;
}

/** How an `LruCache` would be set up if it were a `Cache`. */
const LRU: Omit<Metrics["options"], "maxCacheSize" | "ttl" | "maxWeight" | "exactClock"> = {
  timeToIdle: Infinity,
  keepTtl: false,
  strategy: "lru",
  shardCount: 1,
  bloom: false,
  filter: null,
  probability: 0.01,
  timeout: Infinity,
};

/** The metrics of a `Cache`, or those of an `LruCache` as a `Cache` would have them that is set up like it. */
function metricsOf(cache: InspectableCache): Metrics {
  const { metrics, options } = cache;
  // Both are there, or neither is.
  if (metrics.options !== undefined) return metrics as Metrics;
  const figures = { ...metrics, filterRejections: 0, falsePositives: 0 };
  return { ...figures, options: { ...LRU, ...options! }, shards: [figures] };
}

function partsOf({ parts }: InspectableCache): Sizable["parts"] | undefined {
  return parts !== undefined && "stores" in parts ? (parts as Sizable["parts"]) : undefined;
}

/** Every page asks, also of a client without a cache that can be read. */
function tierOf(cache: InspectableCache | undefined): TierView | undefined {
  try {
    const parts: { readonly tier?: { readonly view?: TierView } } | undefined = cache?.parts;
    return parts?.tier?.view;
  } catch {
    return undefined;
  }
}

/** Whether the store behind a cache holds an entry; `undefined` where nobody can know. Never throws. */
export function isPersisted(cache: InspectableCache, key: unknown): boolean | undefined {
  try {
    return tierOf(cache)?.holds?.(key);
  } catch {
    return undefined;
  }
}

/** Whether two keys are one, as a Map compares them. */
export function sameKey(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b);
}

/** A key as one line of text, at most 300 characters. Never throws. */
export function keyLabel(key: unknown): string {
  if (typeof key === "string") return key;
  if (typeof key === "bigint") return `${key}n`;
  if (typeof key === "function") return "function";
  if (typeof key !== "object" || key === null) return String(key);
  return objectLabel(key);
}

function objectLabel(key: object): string {
  try {
    return JSON.stringify(key).slice(0, 300);
  } catch {
    return unreadableLabel(key);
  }
}

/** A cyclic object has at least a class name. A revoked proxy has none. */
function unreadableLabel(key: object): string {
  try {
    return Object.prototype.toString.call(key);
  } catch {
    return "(unreadable)";
  }
}
