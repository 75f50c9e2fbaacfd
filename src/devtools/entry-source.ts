import type { QueryInfo } from "../query/index.ts";
import { type EntryFacts, factsOf, hasOrder, keysNextToGo } from "./entry-facts.ts";
import { interventionsOf } from "./interventions.ts";
import { expire, lifeActions } from "./life-actions.ts";
import { queryActions } from "./query-actions.ts";
import type { Recording } from "./recording.ts";
import { gone, type RowAction } from "./row-action.ts";
import { plural } from "./panel/format.ts";
import { type DevtoolsTarget, type InspectableCache, type InspectableClient, isClient, keyLabel } from "./source.ts";
import type { Departure } from "./departures.ts";

/** `stored` is an entry of a bare cache, which knows no staleness; `left` is one that is not there any more. */
export type RowStatus = "fetching" | "error" | "stale" | "fresh" | "pending" | "stored" | "left";

/** One line of the entry list. */
export interface EntryRow extends Omit<EntryFacts, "writtenAt"> {
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
  /** Of a query. */
  readonly tags?: readonly string[];
  /** How it left, of one that is not there any more. */
  readonly departure?: Departure | undefined;
}

/** Facts about the selected row, and its value. */
export interface EntryDetail {
  readonly value: unknown;
  /** The key as it was given, so that the tree can show it whole. */
  readonly key: unknown;
  readonly query: QueryInfo | undefined;
}

/** The entries of a cache, or the queries of a client. */
export interface EntrySource {
  readonly kind: "cache" | "client";
  readonly actions: readonly RowAction[];
  /**
   * Takes note of an entry before it is removed; gives what puts it back, and a sentence about that. `undefined` where
   * nothing can be put back.
   */
  keep(id: unknown, label: string): (() => string) | undefined;
  /** Removes everything. Gives what came of it. */
  clear(): string;
  /** About right for entries that expire just now. */
  size(): number;
  /** Whether the policy can tell which entries go next. */
  readonly hasOrder: boolean;
  /**
   * Every row, made when it is asked for: there may be a million.
   * @param nextToGo in the order of eviction, where the policy tells one, instead of the cache's own
   */
  rows(nextToGo?: boolean): Iterable<EntryRow>;
  has(id: unknown): boolean;
  /** The row of one key; `undefined` when nothing is there. */
  row(id: unknown): EntryRow | undefined;
  detail(id: unknown): EntryDetail | undefined;
  /** The stored value of a row, for its one-line preview. */
  peek(id: unknown): unknown;
}

/** @param recording what is known of the reads of each entry */
export function createEntrySource(target: DevtoolsTarget, recording?: Recording): EntrySource {
  if (isClient(target)) return clientEntries(target, recording);
  // snapshot-target.ts makes them.
  return (target.snapshot?.entries as EntrySource | undefined) ?? cacheEntries(target, recording);
}

function cacheEntries(cache: InspectableCache, recording: Recording | undefined): EntrySource {
  const facts = factsOf(cache, recording);
  const rowOf = (key: unknown, order: number): EntryRow => cacheRow(cache, key, order, facts(key));
  return {
    kind: "cache",
    actions: [
      {
        name: "Remove",
        group: "Data",
        run: (id, label) => (cache.delete(id as never) ? `Removed ${label}` : gone(label)),
      },
      ...lifeActions(cache, interventionsOf(cache)),
      {
        name: "Expire now",
        group: "Life",
        run: (id, label) => expire(cache, id, label) ?? `${label} has expired.`,
      },
    ],
    clear: () => clearWords(cache, () => cache.clear?.()),
    keep: (id, label) => keptEntry(cache, id as never, label, recording),
    peek: (id) => cache.peek(id as never),
    size: () => cache.size,
    get hasOrder() {
      return hasOrder(cache);
    },
    *rows(nextToGo) {
      let order = 0;
      for (const key of nextToGo ? keysNextToGo(cache) : cache.keys()) yield rowOf(key, order++);
    },
    has: (id) => cache.remainingTtl(id as never) !== undefined,
    row(id) {
      const row = rowOf(id, 0);
      return row.ttlLeft === undefined ? undefined : row;
    },
    detail(id) {
      const value = cache.peek(id as never);
      const absent = value === undefined && cache.remainingTtl(id as never) === undefined;
      return absent ? undefined : { value, key: id, query: undefined };
    },
  };
}

function clearWords(cache: InspectableCache, clear: () => void): string {
  const before = cache.size;
  clear();
  return `Cleared ${plural(before - cache.size, "entry", "entries")}.`;
}

/** A copy of an entry, with the ttl that it has left. */
function keptEntry(
  cache: InspectableCache,
  key: never,
  label: string,
  recording: Recording | undefined,
): (() => string) | undefined {
  const value = cache.peek(key);
  const ttl = cache.remainingTtl(key);
  if (ttl === undefined || cache.set === undefined) return undefined;
  return () => {
    if (cache.remainingTtl(key) !== undefined) return `${label} was stored again meanwhile, and stays as it is.`;
    cache.set!(key, value as never, { ttl });
    recording?.restored(key);
    return cache.remainingTtl(key) === undefined ? `The cache did not take ${label} back.` : `Put ${label} back`;
  };
}

// Both by name: an object that is spread takes thirty times as long to make.
/** The row of a key of a cache. */
export function cacheRow(
  cache: InspectableCache,
  key: unknown,
  order: number,
  { writtenAt, reads, weight, shard, pins, ttl, isPersisted }: EntryFacts,
): EntryRow {
  return {
    id: key,
    label: keyLabel(key),
    order,
    status: "stored",
    onScreen: 0,
    updatedAt: writtenAt ?? 0,
    ttlLeft: cache.remainingTtl(key as never),
    reads,
    weight,
    shard,
    pins,
    ttl,
    isPersisted,
  };
}

function clientEntries(client: InspectableClient, recording: Recording | undefined): EntrySource {
  const facts = factsOf(client.cache, recording);
  const rowOf = (query: QueryInfo, order: number): EntryRow => queryRow(client, query, order, facts(query.hash));
  /** The queries that the rows were last made of, by hash: to look for one of many is to make them all. */
  let known = new Map<unknown, QueryInfo>();
  return {
    kind: "client",
    actions: queryActions(client, (id) => known.get(id), interventionsOf(client)),
    clear: () => `${clearWords(client.cache, () => client.clear())} What is on screen is loaded again.`,
    // A query is more than its data: its fetcher and its hooks cannot be put back.
    keep: () => undefined,
    // From the query: the cache holds its answer in a wrapper of the query layer's own.
    peek: (id) => known.get(id)?.data,
    size: () => known.size,
    get hasOrder() {
      return hasOrder(client.cache);
    },
    *rows(nextToGo) {
      const queries = client.getQueries();
      known = new Map(queries.map((query) => [query.hash, query]));
      // What is not stored goes at no turn. A Set keeps the first place of each.
      const hashes = nextToGo ? new Set([...keysNextToGo(client.cache), ...known.keys()]) : known.keys();
      let order = 0;
      for (const hash of hashes) {
        const query = known.get(hash);
        if (query) yield rowOf(query, order++);
      }
    },
    has: (id) => known.has(id),
    row(id) {
      const query = known.get(id);
      return query && rowOf(query, 0);
    },
    detail(id) {
      const query = known.get(id);
      return query && { value: query.data, key: query.key, query };
    },
  };
}

/** The row of a query. */
export function queryRow(
  client: InspectableClient,
  query: QueryInfo,
  order: number,
  { reads, weight, shard, pins, ttl, isPersisted }: EntryFacts,
): EntryRow {
  return {
    id: query.hash,
    label: typeof query.key === "string" ? query.key : query.hash,
    order,
    status: queryStatus(query, client),
    onScreen: query.observerCount,
    updatedAt: query.dataUpdatedAt,
    ttlLeft: client.cache.remainingTtl(query.hash as never),
    tags: query.tags,
    reads,
    weight,
    shard,
    pins,
    ttl,
    isPersisted,
  };
}

function queryStatus(query: QueryInfo, { host }: InspectableClient): RowStatus {
  const feigned = host?.feigned?.get(query.hash)?.state.status;
  if (feigned) return feigned === "error" ? feigned : "fetching";
  if (query.fetchStatus === "fetching") return "fetching";
  if (query.status === "error") return "error";
  if (query.status === "pending") return "pending";
  return query.isStale ? "stale" : "fresh";
}
