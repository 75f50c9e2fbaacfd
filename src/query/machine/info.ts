import { Answer } from "./answer.ts";
import type { QueryMeta } from "../model/fetcher.ts";
import type { QueryInfo } from "../model/options.ts";
import { isStale, type QueryView } from "./freshness.ts";
import type { QueryState } from "../model/state.ts";
import type { Few } from "./few.ts";
import type { Watcher } from "./watcher.ts";

/** What is known of a query that is on screen or loading. */
export interface LiveQueryView extends QueryView {
  readonly state: QueryState;
  readonly watchers: Few<Watcher>;
  readonly isActive: boolean;
  readonly tags: readonly string[];
  readonly meta: QueryMeta | undefined;
}

/** What is known of a key: its query, or where nobody watches or loads it, the answer that is stored. */
export type Found = LiveQueryView | Answer;

const NO_TAGS: readonly string[] = [];

/** A query as it is now. @param now reads the monotonic ms @param meta of its options */
export function infoOf(found: Found, now: () => number, meta: QueryMeta | undefined = metaOf(found)): QueryInfo {
  const { state, tags = NO_TAGS } = found;
  const isStored = found instanceof Answer;
  // Name by name: a spread of so many is a hundred times slower.
  return Object.freeze({
    key: state.key,
    hash: state.hash,
    data: state.data,
    error: state.error,
    status: state.status,
    fetchStatus: state.fetchStatus,
    dataUpdatedAt: state.dataUpdatedAt,
    errorUpdatedAt: state.errorUpdatedAt,
    failureCount: state.failureCount,
    failureReason: state.failureReason,
    dataUpdateCount: state.dataUpdateCount,
    errorUpdateCount: state.errorUpdateCount,
    direction: state.direction,
    isStale: staleOf(found, now),
    isInvalidated: (isStored ? found : found.answer)?.isInvalidated ?? false,
    observerCount: isStored ? 0 : found.watcherCount,
    isActive: isActive(found),
    tags,
    meta,
  });
}

export function isActive(found: Found): boolean {
  return !(found instanceof Answer) && found.isActive;
}

/** On screen, whether it is so for a hook that may load it. Otherwise only an invalidation or its fetcher makes it stale. */
export function staleOf(found: Found, now: () => number): boolean {
  if (found instanceof Answer) return found.isStale(now, Infinity);
  if (found.watcherCount === 0) return isStale(found, Infinity);
  return Array.from(found.watchers).some((hook) => mayLoad(hook) && isStale(found, hook.staleTime));
}

function mayLoad({ fetcher, isEnabled }: Watcher): boolean {
  return fetcher !== undefined && isEnabled;
}

function metaOf(found: Found): QueryMeta | undefined {
  return found instanceof Answer ? found.options?.meta : found.meta;
}
