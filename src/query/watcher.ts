import type { AnyFetcher } from "./answer.ts";
import type { LoadRequest } from "./load.ts";
import type { ResolvedQueryOptions } from "./options.ts";

/** A hook, as its query sees it. */
export interface Watcher {
  readonly options: ResolvedQueryOptions;
  readonly fetcher: AnyFetcher;
  /** The state, or whether it is stale, is different. */
  changed(): void;
}

/** What its load is made with. */
export function requestOf({ fetcher, options: { ttl, staleTime, retry, retryDelay } }: Watcher): LoadRequest {
  return { fetcher, ttl, staleTime, retry, retryDelay };
}
