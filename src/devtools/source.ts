// The only file of the panel that knows both a cache and a query client.
// The shapes below are structural: the panel runs beside any copy of the engine, and imports none of it.
import type { CacheEvent, Latencies, Lifespans, Metrics } from "../core/index.ts";
import type { QueryInfo, QueryKey } from "../query/index.ts";

/** What the panel needs of a `Cache`, whatever its keys and values are. */
export interface InspectableCache {
  readonly size: number;
  readonly metrics: Metrics;
  readonly metricLifespan: Lifespans | null;
  readonly latencies: Latencies | null;
  readonly loadDurations: readonly number[];
  readonly loadDurationsByShard?: readonly (readonly number[])[];
  keys(): Iterable<unknown>;
  // `never` accepts a cache of any key type. The panel only passes keys that this cache gave it.
  peek(key: never): unknown;
  delete(key: never): boolean;
  remainingTtl(key: never): number | undefined;
  subscribe(listener: (event: CacheEvent<unknown, unknown>) => void): () => void;
}

type OneQuery = { queryKey: QueryKey; exact: true };

/** What the panel needs of a `QueryClient`. */
export interface InspectableClient {
  readonly cache: InspectableCache;
  getQueries(): readonly QueryInfo[];
  refetchQueries(filter: OneQuery): Promise<void>;
  invalidateQueries(filter: OneQuery): Promise<void>;
  removeQueries(filter: OneQuery): void;
  subscribe(listener: () => void): () => void;
}

/** A `Cache` or a `QueryClient`: what the devtools can show. */
export type DevtoolsTarget = InspectableCache | InspectableClient;

/** `stored` is an entry of a bare cache, which knows no staleness. */
export type RowStatus = "fetching" | "error" | "stale" | "fresh" | "pending" | "stored";

/** One line of the entry list. */
export interface EntryRow {
  /** Identifies the row: the key of a cache, the hash of a query. */
  readonly id: unknown;
  readonly label: string;
  /** Position in the cache's own order, from 0. */
  readonly order: number;
  readonly status: RowStatus;
  /** Hooks mounted on the query; 0 for a bare cache. */
  readonly onScreen: number;
  /** Wall time in ms, 0 when unknown. */
  readonly updatedAt: number;
  /** Ms left; `Infinity` when it never expires, `undefined` when nothing is stored. */
  readonly ttlLeft: number | undefined;
}

/** Facts about the selected row, and its value. */
export interface EntryDetail {
  readonly value: unknown;
  /** The key as it was given, so that the tree can show it whole. */
  readonly key: unknown;
  readonly query: QueryInfo | undefined;
}

export interface RowAction {
  readonly name: "Refetch" | "Invalidate" | "Remove";
  /** How the action is reported once it ran. */
  readonly done: string;
  run(id: unknown): void;
}

export interface DevtoolsSource {
  readonly kind: "cache" | "client";
  readonly actions: readonly RowAction[];
  metrics(): Metrics;
  lifespans(): Lifespans | null;
  latencies(): Latencies | null;
  /** Ms of the last loads, the oldest first. */
  loadDurations(): readonly number[];
  /** Ms of the last loads of each shard; none where the cache does not tell. */
  loadDurationsByShard(): readonly (readonly number[])[];
  /** Entries of the cache, or queries; about right for entries that expire just now. */
  size(): number;
  /** Every row, made when it is asked for: there may be a million. */
  rows(): Iterable<EntryRow>;
  /** The row of one key; `undefined` when nothing is there. */
  row(id: unknown): EntryRow | undefined;
  detail(id: unknown): EntryDetail | undefined;
  /** The stored value of a row, for its one-line preview. */
  peek(id: unknown): unknown;
  /** `change` hears that something is different; `event` hears every write and removal of the cache. */
  subscribe(change: () => void, event: (event: CacheEvent<unknown, unknown>) => void): () => void;
}

/** A client is told by its `cache` property: `instanceof` would fail with two copies of the package. */
export function createSource(target: DevtoolsTarget): DevtoolsSource {
  return "cache" in target ? clientSource(target) : cacheSource(target);
}

type Reports = Pick<DevtoolsSource, "metrics" | "lifespans" | "latencies" | "loadDurations" | "loadDurationsByShard">;

function reportsOf(cache: InspectableCache): Reports {
  return {
    metrics: () => cache.metrics,
    lifespans: () => cache.metricLifespan,
    latencies: () => cache.latencies,
    loadDurations: () => cache.loadDurations,
    loadDurationsByShard: () => cache.loadDurationsByShard ?? [],
  };
}

function cacheSource(cache: InspectableCache): DevtoolsSource {
  return {
    kind: "cache",
    actions: [{ name: "Remove", done: "Removed", run: (id) => void cache.delete(id as never) }],
    ...reportsOf(cache),
    peek: (id) => cache.peek(id as never),
    size: () => cache.size,
    *rows() {
      let order = 0;
      for (const key of cache.keys()) yield cacheRow(cache, key, order++);
    },
    row(id) {
      const row = cacheRow(cache, id, 0);
      return row.ttlLeft === undefined ? undefined : row;
    },
    detail(id) {
      const value = cache.peek(id as never);
      const absent = value === undefined && cache.remainingTtl(id as never) === undefined;
      return absent ? undefined : { value, key: id, query: undefined };
    },
    subscribe(change, event) {
      return cache.subscribe((told) => {
        event(told);
        change();
      });
    },
  };
}

function cacheRow(cache: InspectableCache, key: unknown, order: number): EntryRow {
  return {
    id: key,
    label: keyLabel(key),
    order,
    status: "stored",
    onScreen: 0,
    updatedAt: 0,
    ttlLeft: cache.remainingTtl(key as never),
  };
}

function clientSource(client: InspectableClient): DevtoolsSource {
  /** The queries that the rows were last made of, by hash: to look for one of many is to make them all. */
  let known = new Map<unknown, QueryInfo>();
  const action = (name: RowAction["name"], done: string, run: (filter: OneQuery) => unknown): RowAction => ({
    name,
    done,
    run(id) {
      const query = known.get(id);
      if (query) quiet(run({ queryKey: query.key, exact: true }));
    },
  });
  return {
    kind: "client",
    actions: [
      action("Refetch", "Refetching", (filter) => client.refetchQueries(filter)),
      action("Invalidate", "Invalidated", (filter) => client.invalidateQueries(filter)),
      action("Remove", "Removed", (filter) => client.removeQueries(filter)),
    ],
    ...reportsOf(client.cache),
    // From the query: the cache holds its answer in a wrapper of the query layer's own.
    peek: (id) => known.get(id)?.data,
    size: () => known.size,
    *rows() {
      const queries = client.getQueries();
      known = new Map(queries.map((query) => [query.hash, query]));
      let order = 0;
      for (const query of queries) yield queryRow(client.cache, query, order++);
    },
    row(id) {
      const query = known.get(id);
      return query && queryRow(client.cache, query, 0);
    },
    detail(id) {
      const query = known.get(id);
      return query && { value: query.data, key: query.key, query };
    },
    subscribe(change, event) {
      const leave = [client.subscribe(change), client.cache.subscribe((told) => (event(told), change()))];
      return () => leave.forEach((undo) => undo());
    },
  };
}

// A failed refetch is state of the query, which the panel shows; it is not the panel's error as well.
function quiet(result: unknown): void {
  if (result instanceof Promise) result.catch(() => undefined);
}

function queryRow(cache: InspectableCache, query: QueryInfo, order: number): EntryRow {
  return {
    id: query.hash,
    label: typeof query.key === "string" ? query.key : query.hash,
    order,
    status: queryStatus(query),
    onScreen: query.observerCount,
    updatedAt: query.dataUpdatedAt,
    ttlLeft: cache.remainingTtl(query.hash as never),
  };
}

function queryStatus(query: QueryInfo): RowStatus {
  if (query.fetchStatus === "fetching") return "fetching";
  if (query.status === "error") return "error";
  if (query.status === "pending") return "pending";
  return query.isStale ? "stale" : "fresh";
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

/** A cycle still has a class to name; a revoked proxy has not even that. */
function unreadableLabel(key: object): string {
  try {
    return Object.prototype.toString.call(key);
  } catch {
    return "(unreadable)";
  }
}
