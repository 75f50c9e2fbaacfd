import { type QueryKey, type QueryOptions, type QueryResult, QueryObserver, type SubscribeTo } from "../query/index.ts";
import { checkFetcher, subscriptionFetcher } from "../query/internal.ts";
import type { Idle } from "./hook-call.ts";
import { useObserver } from "./use-observer.ts";

const OWNER = "useCachedSubscription";

/** Options of `useCachedSubscription`: the options of a query, without those about loading. */
export type SubscriptionOptions<T, S = T> = Pick<
  QueryOptions<T, S>,
  "enabled" | "ttl" | "tags" | "weight" | "select" | "placeholderData" | "initialData" | "structuralSharing" | "meta"
>;

/** They replace the client's options for loads: each mount connects, and nothing else connects anew. */
const DEFAULTS = {
  retry: 0,
  staleTime: 0,
  errorTtl: 0,
  networkMode: "always",
  refetchInterval: false,
  refetchOnMount: "always",
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
  retryOnMount: true,
} as const;

/**
 * The newest value of a source, such as a socket: one connection for all hooks of a key, which ends with the last of
 * them. While it is connected, `isFetching` is true.
 *
 * @param subscribe `(key, { next, error, complete }) => disconnect`
 *
 * @example
 * const { data } = useCachedSubscription<number>(["price", id], (key, { next }) => prices.listen(id, next));
 */
export function useCachedSubscription<T, const K extends QueryKey = QueryKey, S = T>(
  key: K | Idle,
  subscribe: SubscribeTo<T, K>,
  options?: SubscriptionOptions<T, S>,
): QueryResult<S> {
  const fetcher = subscriptionFetcher(subscribe);
  checkFetcher(OWNER, subscribe, "Pass (key, { next, error, complete }) => disconnect.");
  return useObserver({ owner: OWNER, key, fetcher, options: { ...options, ...DEFAULTS } }, QueryObserver<S>);
}
