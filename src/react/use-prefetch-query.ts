import {
  type Fetcher,
  type KeyedQueryOptions,
  type LooseKey,
  type QueryKey,
  QueryObserver,
  type QueryOptions,
} from "../query/index.ts";
import { prefetch } from "../query/internal.ts";
import { useQueryClient } from "./context.ts";
import { callOfHook, type Idle, observerOf } from "./hook-call.ts";

/**
 * Begins to load a key while a component renders, for components below that will suspend on it. What is there already,
 * or has just failed, is not loaded again; this component hears of nothing.
 */
export function usePrefetchQuery<T, const K extends QueryKey = QueryKey>(
  key: K | Idle,
  fetcher: Fetcher<T, LooseKey<K>>,
  options?: QueryOptions<T, unknown>,
): void;
export function usePrefetchQuery<T, const K extends QueryKey = QueryKey>(
  options: KeyedQueryOptions<T, K, unknown>,
): void;
export function usePrefetchQuery(
  which: QueryKey | Idle | KeyedQueryOptions,
  own?: unknown,
  given?: QueryOptions,
): void {
  const call = callOfHook("usePrefetchQuery", which, own, given);
  const client = useQueryClient();
  client.host.inRender(() => prefetch(observerOf(client, call, QueryObserver<unknown>)));
}
