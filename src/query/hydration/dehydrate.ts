import type { QueryClient } from "../client/client.ts";
import { checkOptions, FLAG, FUNCTION, type OptionRow } from "../model/option-table.ts";
import type { QueryInfo } from "../model/options.ts";
import type { QueryFilter } from "../store/filter.ts";
import type { QueryStore } from "../store/store.ts";
import { type DehydratedQuery, type DehydratedState, NEVER, VERSION } from "./dehydrated.ts";

/** What is sent. */
export interface DehydrateOptions {
  /** Which queries are sent. @defaultValue those with data whose last load did not fail */
  readonly shouldDehydrateQuery?: ((query: QueryInfo) => boolean) | undefined;
  /** Whether loads under way are sent as promises, for a transport that can. @defaultValue false */
  readonly pending?: boolean | undefined;
  /** Whether a promise that fails says why; otherwise no word of it leaves the server. @defaultValue false */
  readonly showErrors?: boolean | undefined;
}

const OPTIONS: Record<keyof DehydrateOptions, OptionRow> = {
  shouldDehydrateQuery: [FUNCTION, undefined, "(query) => query.tags.length > 0"],
  pending: [FLAG],
  showErrors: [FLAG],
};

/** What a client knows, for another one. Nothing is changed, and no object of the caller's is written to. */
export function dehydrate(client: QueryClient, options: DehydrateOptions = {}): DehydratedState {
  checkOptions("dehydrate", OPTIONS, options);
  const { shouldDehydrateQuery, pending = false, showErrors = false } = options;
  const store = client.host;
  const queries = client.getQueries().flatMap((info) => {
    const isLoading = info.data === undefined && info.fetchStatus !== "idle";
    if (shouldDehydrateQuery ? !shouldDehydrateQuery(info) : info.status === "error") return [];
    if (info.data === undefined && !(isLoading && pending)) return [];
    return [info.data === undefined ? promisedQuery(store, info, showErrors) : dehydratedQuery(store, info)];
  });
  return { version: VERSION, at: store.wallNow(), queries };
}

/** Data of some queries for a part of a page; a promise, which never rejects, while those that are named load. */
export function dehydratePart(client: QueryClient, filter: QueryFilter): DehydratedState | Promise<unknown> {
  const store = client.host;
  const queries = store.infos(filter);
  const loads = queries.flatMap(
    ({ hash, data }) => (data === undefined && store.live.get(hash)?.loading?.flight.promise) || [],
  );
  const isNamed = Object.values(filter).some((given) => given !== undefined);
  // A load for another part must not hold up this one.
  if (isNamed && loads.length > 0) return Promise.allSettled(loads);
  const known = queries.filter(({ data, status }) => data !== undefined && status !== "error");
  return { version: VERSION, at: store.wallNow(), queries: known.map((info) => dehydratedQuery(store, info)) };
}

function dehydratedQuery(store: QueryStore, info: QueryInfo): DehydratedQuery {
  const { key, hash, data, dataUpdatedAt, isInvalidated, tags } = info;
  const answer = store.find(hash)?.answer;
  const staleTime = answer?.lifetime.staleTime;
  return {
    key,
    dataUpdatedAt,
    age: answer ? Math.max(0, store.now() - answer.freshSince) : 0,
    ttl: timeToSend(store.cache.remainingTtl(hash)),
    // JSON knows no Infinity.
    staleTime: staleTime === undefined ? null : Math.min(staleTime, NEVER),
    isInvalidated,
    tags,
    data,
  };
}

/** A query that is loading. */
function promisedQuery(store: QueryStore, info: QueryInfo, showErrors: boolean): DehydratedQuery {
  const { data: _, ...sent } = dehydratedQuery(store, info);
  const loading = store.live.get(info.hash)?.loading;
  const promise = loading?.flight.promise ?? Promise.resolve(undefined);
  const told = showErrors ? promise : promise.catch(() => Promise.reject(new Error("The load failed on the server.")));
  // Only who sends it hears of the failure.
  told.catch(() => undefined);
  return { ...sent, ttl: timeToSend(loading?.request.options.ttl), promise: told };
}

/** `null` for as long as it is kept. */
function timeToSend(ttl: number = Infinity): number | null {
  return ttl === Infinity ? null : ttl;
}
