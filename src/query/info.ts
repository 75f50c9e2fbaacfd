import { Answer } from "./answer.ts";
import type { QueryMeta } from "./fetcher.ts";
import type { QueryFilter } from "./filter.ts";
import type { QueryKey } from "./key.ts";
import type { StaleTime } from "./options.ts";
import type { QueryInfo } from "./query-info.ts";
import { isStale, type Known } from "./rules.ts";
import type { Direction, QueryState } from "./state.ts";
import type { Few } from "./few.ts";
import type { Watcher } from "./watcher.ts";

/** What is known of a query that is on screen or loading. */
export interface Observed extends Known {
  readonly state: QueryState;
  readonly watchers: Few<Watcher>;
  readonly isActive: boolean;
  readonly tags: readonly string[];
  readonly meta: QueryMeta | undefined;
}

/** What is known of a key: its query, or where nobody watches or loads it, the answer that is stored. */
export type Found = Observed | Answer;

const NO_TAGS: readonly string[] = [];

/** Whether a query is one that a filter means, its key, its tags and the predicate apart. Makes nothing. */
export function fits({ type = "all", stale, fetchStatus }: QueryFilter, found: Found, now: () => number): boolean {
  if (type !== "all" && isActive(found) !== (type === "active")) return false;
  if (stale !== undefined && staleOf(found, now) !== stale) return false;
  return fetchStatus === undefined || found.state.fetchStatus === fetchStatus;
}

/** A query as it is now. @param now reads the monotonic ms @param meta of its options */
export function infoOf(found: Found, now: () => number, meta: QueryMeta | undefined = metaOf(found)): QueryInfo {
  return Object.freeze(new Info(found, now, meta));
}

/** A class, whose fields have one shape: a spread of as many names is a hundred times slower. */
class Info implements QueryInfo {
  readonly key: QueryKey;
  readonly hash: string;
  readonly data: unknown;
  readonly error: unknown;
  readonly status: QueryState["status"];
  readonly fetchStatus: QueryState["fetchStatus"];
  readonly dataUpdatedAt: number;
  readonly errorUpdatedAt: number;
  readonly failureCount: number;
  readonly failureReason: unknown;
  readonly dataUpdateCount: number;
  readonly errorUpdateCount: number;
  readonly direction: Direction | undefined;
  readonly isStale: boolean;
  readonly isInvalidated: boolean;
  readonly observerCount: number;
  readonly isActive: boolean;
  readonly tags: readonly string[];
  readonly meta: QueryMeta | undefined;

  constructor(found: Found, now: () => number, meta: QueryMeta | undefined) {
    const { state } = found;
    const answer = found instanceof Answer ? found : found.answer;
    this.key = state.key;
    this.hash = state.hash;
    this.data = state.data;
    this.error = state.error;
    this.status = state.status;
    this.fetchStatus = state.fetchStatus;
    this.dataUpdatedAt = state.dataUpdatedAt;
    this.errorUpdatedAt = state.errorUpdatedAt;
    this.failureCount = state.failureCount;
    this.failureReason = state.failureReason;
    this.dataUpdateCount = state.dataUpdateCount;
    this.errorUpdateCount = state.errorUpdateCount;
    this.direction = state.direction;
    this.isStale = staleOf(found, now);
    this.isInvalidated = answer?.isInvalidated ?? false;
    this.observerCount = found instanceof Answer ? 0 : found.watcherCount;
    this.isActive = isActive(found);
    this.tags = found.tags ?? NO_TAGS;
    this.meta = meta;
  }
}

function isActive(found: Found): boolean {
  return !(found instanceof Answer) && found.isActive;
}

/** On screen, as stale as for its most impatient hook. */
function staleOf(found: Found, now: () => number): boolean {
  return found instanceof Answer ? found.isStale(now, found.staleTime) : isStale(found, mostImpatient(found));
}

function metaOf(found: Found): QueryMeta | undefined {
  return found instanceof Answer ? found.options?.meta : found.meta;
}

function mostImpatient({ watchers, answer }: Observed): StaleTime {
  const times = Array.from(watchers, ({ staleTime }) => (staleTime === "static" ? Infinity : staleTime));
  return times.length > 0 ? Math.min(...times) : (answer?.staleTime ?? 0);
}
