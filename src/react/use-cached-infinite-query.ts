import {
  InfiniteQueryObserver,
  type InfiniteQueryOptions,
  type InfiniteQueryResult,
  type KeyedInfiniteQueryOptions,
  type LooseKey,
  type PageFetcher,
  type Pages,
  type QueryKey,
  type SkipToken,
  type SuspendingInfiniteOptions,
  type SuspenseInfiniteResult,
  type Suspends,
} from "../query/index.ts";
import { listFetcher, splitPageOptions } from "../query/internal.ts";
import { callOfHook, type Idle, type OrIdle } from "./hook-call.ts";
import { useObserver } from "./use-observer.ts";

const OWNER = "useCachedInfiniteQuery";

/**
 * A list that grows by pages, at either end, in one entry of the cache.
 *
 * @param fetchPage `(key, { pageParam, signal }) => page`; `skipToken` for a list that this hook never loads
 * @throws MachoError for a key, a fetcher or an option that cannot be used, and outside of `<MachoProvider>`
 *
 * @example
 * const { data, fetchNextPage, hasNextPage } = useCachedInfiniteQuery(["films"], loadFilms, {
 *   initialPageParam: 0,
 *   getNextPageParam: (page) => page.next,
 * });
 */
export function useCachedInfiniteQuery<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  key: K,
  fetchPage: PageFetcher<T, LooseKey<K>, P>,
  options: Omit<InfiniteQueryOptions<T, P, S>, keyof Suspends> & Suspends,
): SuspenseInfiniteResult<S>;
export function useCachedInfiniteQuery<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  key: K | Idle,
  fetchPage: PageFetcher<T, LooseKey<K>, P> | SkipToken,
  options: InfiniteQueryOptions<T, P, S>,
): InfiniteQueryResult<S>;
export function useCachedInfiniteQuery<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  options: SuspendingInfiniteOptions<T, K, P, S>,
): SuspenseInfiniteResult<S>;
export function useCachedInfiniteQuery<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  options: OrIdle<KeyedInfiniteQueryOptions<T, K, P, S>, K>,
): InfiniteQueryResult<S>;
export function useCachedInfiniteQuery(
  which: QueryKey | Idle | OrIdle<KeyedInfiniteQueryOptions, QueryKey>,
  fetchPage?: unknown,
  given?: InfiniteQueryOptions,
): InfiniteQueryResult<unknown> {
  const call = callOfHook(OWNER, which, fetchPage, given);
  // Options of pages are no options of other queries.
  const [pages, options] = splitPageOptions(OWNER, (call.options ?? {}) as InfiniteQueryOptions);
  const fetcher = listFetcher(OWNER, call.fetcher, pages);
  return useObserver({ ...call, fetcher, options }, InfiniteQueryObserver<unknown>);
}
