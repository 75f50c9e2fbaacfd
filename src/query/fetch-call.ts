import { forCalls } from "./defaults.ts";
import type { AnyFetcher } from "./fetcher.ts";
import { hashKey, type QueryKey } from "./key.ts";
import type { FetchExtras, KeyedQueryOptions } from "./keyed-options.ts";
import type { FetchOptions, ResolvedQueryOptions } from "./options.ts";
import type { QueryStore } from "./store.ts";

/** What `fetchQuery` was called for. */
export interface FetchCall {
  readonly key: QueryKey;
  readonly hash: string;
  /** `undefined` for one that never loads. */
  readonly fetcher: AnyFetcher | undefined;
  readonly options: ResolvedQueryOptions;
  /** The options as they were given. */
  readonly asked: FetchOptions;
}

/** What a call is about: a key and what goes with it, or all in one object. */
export function callOf(
  which: QueryKey | KeyedQueryOptions,
  own: AnyFetcher | undefined,
  given: FetchOptions,
): [key: QueryKey, fetcher: unknown, options: FetchOptions] {
  if (typeof which !== "object" || which === null || Array.isArray(which)) return [which as QueryKey, own, given];
  if (!("queryKey" in which)) hashKey(which);
  const { queryKey, fetcher, ...options } = which as KeyedQueryOptions & FetchExtras;
  return [queryKey, fetcher, forCalls(options)];
}

/** Fresh data, or else the answer of a load. Counts one lookup. */
export async function answerCall(
  store: QueryStore,
  { key, hash, options, asked }: FetchCall,
  fetcher: AnyFetcher,
): Promise<unknown> {
  const { signal, staleIfError = false } = asked;
  if (signal?.aborted) throw signal.reason;
  const answer = store.lookup(hash);
  const { staleTime } = options;
  const freshFor = typeof staleTime === "function" ? staleTime(store.infoOf(key, hash)) : staleTime;
  const data = answer?.state.data;
  if (data !== undefined && !answer!.isStale(store.now, freshFor)) return data;
  const canFallBack = staleIfError && data !== undefined;
  if (answer && store.now() < answer.errorUntil) {
    if (canFallBack) return data;
    throw answer.state.error;
  }
  const load = store.acquire(key, hash).fetch({ fetcher, options }, signal);
  return canFallBack ? load.catch(() => data) : load;
}
