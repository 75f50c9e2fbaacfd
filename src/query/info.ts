import type { Answer } from "./answer.ts";
import type { Query } from "./query.ts";
import type { QueryState } from "./state.ts";

/** A query as it is now, for the devtools. */
export interface QueryInfo extends QueryState {
  readonly isStale: boolean;
  readonly isInvalidated: boolean;
  /** Hooks mounted on it. */
  readonly observerCount: number;
}

/** A query that is only stored. @param now monotonic ms */
export function infoOfAnswer(answer: Answer, now: number): QueryInfo {
  const isStale = answer.isStale(now, answer.staleTime);
  return { ...answer.state, isStale, isInvalidated: answer.isInvalidated, observerCount: 0 };
}

/** A query that is on screen or loading: as stale as for its most impatient hook. */
export function infoOfQuery(query: Query): QueryInfo {
  const staleTimes = [...query.watchers].map((watcher) => watcher.options.staleTime);
  const staleTime = staleTimes.length > 0 ? Math.min(...staleTimes) : (query.answer?.staleTime ?? 0);
  return {
    ...query.state,
    isStale: query.isStale(staleTime),
    isInvalidated: query.answer?.isInvalidated ?? false,
    observerCount: query.watchers.size,
  };
}
