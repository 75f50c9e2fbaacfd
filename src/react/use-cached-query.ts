import {
  type Fetcher,
  type KeyedQueryOptions,
  type LooseKey,
  type QueryKey,
  QueryObserver,
  type QueryOptions,
  type QueryResult,
  type SkipToken,
  type SuspendingQueryOptions,
  type SuspenseResult,
  type Suspends,
} from "../query/index.ts";
import { callOfHook, type Idle, type OrIdle } from "./hook-call.ts";
import { useObserver } from "./use-observer.ts";

/**
 * The data of a key: what the cache has at once, and what the fetcher gives, shared by every hook of the same key.
 * The component renders again only when a field that it read has changed.
 *
 * @param key a string or an array of plain values; `null`, `undefined` or `false` for none yet
 * @param fetcher `(key, { signal }) => data`; the newest mounted one of a key is used. Without, the client's default
 * @throws MachoError for a key, a fetcher or an option that cannot be used, and outside of `<MachoProvider>`
 *
 * @example
 * const { data, isPending, error } = useCachedQuery(["film", id], loadFilm, { staleTime: 60_000 });
 */
export function useCachedQuery<T = unknown, K extends QueryKey = QueryKey, S = T>(
  key: K | Idle,
  fetcher?: undefined,
  options?: QueryOptions<T, S>,
): QueryResult<S>;
export function useCachedQuery<T, const K extends QueryKey = QueryKey, S = T>(
  key: K,
  fetcher: Fetcher<T, LooseKey<K>>,
  options: Omit<QueryOptions<T, S>, keyof Suspends> & Suspends,
): SuspenseResult<S>;
export function useCachedQuery<T, const K extends QueryKey = QueryKey, S = T>(
  key: K | Idle,
  fetcher: Fetcher<T, LooseKey<K>> | SkipToken,
  options?: QueryOptions<T, S>,
): QueryResult<S>;
export function useCachedQuery<T, const K extends QueryKey = QueryKey, S = T>(
  options: SuspendingQueryOptions<T, K, S>,
): SuspenseResult<S>;
export function useCachedQuery<T = unknown, K extends QueryKey = QueryKey, S = T>(
  options: OrIdle<Omit<KeyedQueryOptions<T, K, S>, "fetcher">, K> & { fetcher?: undefined },
): QueryResult<S>;
export function useCachedQuery<T, const K extends QueryKey = QueryKey, S = T>(
  options: OrIdle<KeyedQueryOptions<T, K, S>, K>,
): QueryResult<S>;
// Of the overloads above, the compiler blames the last one that takes as many arguments: so that is the most general.
export function useCachedQuery(
  which: QueryKey | Idle | OrIdle<KeyedQueryOptions, QueryKey>,
  fetcher?: unknown,
  options?: QueryOptions,
): QueryResult<unknown> {
  return useObserver(callOfHook("useCachedQuery", which, fetcher, options), QueryObserver<unknown>);
}
