import {
  type Anything,
  type Fetcher,
  type KeyedQueryOptions,
  type QueryKey,
  QueryObserver,
  type QueryOptions,
  type QueryResult,
  type SkipToken,
  type SuccessResult,
} from "../query/index.ts";
import { callOfHook, type Idle } from "./hook-call.ts";
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
export function useCachedQuery<T, const K extends QueryKey, S = T>(
  key: K | Idle,
  fetcher: Fetcher<T, K>,
  options: QueryOptions<T, S> & { suspense: true },
): SuccessResult<S> | Extract<QueryResult<S>, { status: "error" }>;
export function useCachedQuery<T, const K extends QueryKey, S = T>(
  key: K | Idle,
  fetcher: Fetcher<T, K> | SkipToken,
  options?: QueryOptions<T, S>,
): QueryResult<S>;
export function useCachedQuery<T, const K extends QueryKey, S = T>(options: KeyedQueryOptions<T, K, S>): QueryResult<S>;
export function useCachedQuery<T = unknown, S = T>(
  key: QueryKey | Idle,
  fetcher?: undefined,
  options?: QueryOptions<T, S>,
): QueryResult<S>;
export function useCachedQuery(
  which: QueryKey | Idle | KeyedQueryOptions,
  fetcher?: unknown,
  options?: QueryOptions,
): QueryResult<Anything> {
  return useObserver(callOfHook("useCachedQuery", which, fetcher, options), QueryObserver<Anything>);
}
