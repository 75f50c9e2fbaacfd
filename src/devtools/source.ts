// With entry-source.ts the only file of the panel that knows both a cache and a query client.
// The shapes below are structural: the panel runs beside any copy of the engine.
import type { CacheEvent, Latencies, Lifespans, Metrics, Sizable } from "../core/index.ts";
import type { QueryInfo, QueryKey } from "../query/index.ts";

/** What the panel needs of a `Cache`, whatever its keys and values are. */
export interface InspectableCache {
  readonly size: number;
  readonly metrics: Metrics;
  readonly metricLifespan: Lifespans | null;
  readonly latencies: Latencies | null;
  readonly loadDurations: readonly number[];
  readonly parts?: Sizable["parts"];
  readonly loadDurationsByShard?: readonly (readonly number[])[];
  keys(): Iterable<unknown>;
  // `never` accepts a cache of any key type. The panel only passes keys that this cache gave it.
  peek(key: never): unknown;
  delete(key: never): boolean;
  remainingTtl(key: never): number | undefined;
  subscribe(listener: (event: CacheEvent<unknown, unknown>) => void): () => void;
}

export type OneQuery = { queryKey: QueryKey; exact: true };

/** What the panel needs of a `QueryClient`. */
export interface InspectableClient {
  readonly cache: InspectableCache;
  /** @param which restricts them, where the client can; the panel looks for the one that it wants in any case */
  getQueries(which?: OneQuery): readonly QueryInfo[];
  refetchQueries(filter: OneQuery): Promise<void>;
  invalidateQueries(filter: OneQuery): Promise<void>;
  removeQueries(filter: OneQuery): void;
  subscribe(listener: (event: { readonly hash: string }) => void): () => void;
  /** Says whether it is disposed of, where it can. */
  readonly host?: { readonly isDisposed: boolean };
}

/** A `Cache` or a `QueryClient`: what the devtools can show. */
export type DevtoolsTarget = InspectableCache | InspectableClient;

/** What every page may read of the cache that is shown, or of that of the client. */
export interface DevtoolsSource {
  readonly kind: "cache" | "client";
  readonly target: DevtoolsTarget;
  metrics(): Metrics;
  lifespans(): Lifespans | null;
  latencies(): Latencies | null;
  /** The parts of the cache, for an estimate of its memory. `undefined` for a cache that does not expose them. */
  parts(): Sizable["parts"] | undefined;
  /** Ms of the last loads, the oldest first. */
  loadDurations(): readonly number[];
  /** Ms of the last loads of each shard; none where the cache does not tell. */
  loadDurationsByShard(): readonly (readonly number[])[];
  /** `change` hears that something is different; `event` hears every write and removal of the cache. */
  subscribe(change: () => void, event: (event: CacheEvent<unknown, unknown>) => void): () => void;
}

/** A client is told by its `cache` property: `instanceof` would fail with two copies of the package. */
export function isClient(target: DevtoolsTarget): target is InspectableClient {
  return "cache" in target;
}

export function cacheOf(target: DevtoolsTarget): InspectableCache {
  return isClient(target) ? target.cache : target;
}

export function createSource(target: DevtoolsTarget): DevtoolsSource {
  const cache = cacheOf(target);
  return {
    kind: isClient(target) ? "client" : "cache",
    target,
    metrics: () => cache.metrics,
    lifespans: () => cache.metricLifespan,
    latencies: () => cache.latencies,
    parts: () => cache.parts,
    loadDurations: () => cache.loadDurations,
    loadDurationsByShard: () => cache.loadDurationsByShard ?? [],
    subscribe(change, event) {
      const leave = [cache.subscribe((told) => (event(told), change()))];
      if (isClient(target)) leave.push(target.subscribe(change));
      return () => leave.forEach((undo) => undo());
    },
  };
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
