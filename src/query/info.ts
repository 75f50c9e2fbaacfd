import type { Answer } from "./answer.ts";
import type { QueryMeta } from "./fetcher.ts";
import type { StaleTime } from "./options.ts";
import type { QueryInfo } from "./query-info.ts";
import { isStale, type Known } from "./rules.ts";
import type { QueryState } from "./state.ts";
import type { Few } from "./few.ts";
import type { Watcher } from "./watcher.ts";

/** What is known of a query that is on screen or loading. */
export interface Observed extends Known {
  readonly state: QueryState;
  readonly watchers: Few<Watcher>;
  readonly isActive: boolean;
  readonly meta: QueryMeta | undefined;
}

/** A query that is only stored. @param now reads the monotonic ms */
export function infoOfAnswer(answer: Answer, now: () => number): QueryInfo {
  const stale = answer.isStale(now, answer.staleTime);
  return infoOf(answer.state, answer, stale, 0, false, answer.options?.meta);
}

/** A query that is on screen or loading: as stale as for its most impatient hook. */
export function infoOfQuery(query: Observed, { meta }: { readonly meta: QueryMeta | undefined } = query): QueryInfo {
  const { state, answer, watchers, isActive } = query;
  return infoOf(state, answer, isStale(query, mostImpatient(query)), watchers.size, isActive, meta);
}

function infoOf(
  state: QueryState,
  answer: Answer | undefined,
  stale: boolean,
  observerCount: number,
  isActive: boolean,
  meta: QueryMeta | undefined,
): QueryInfo {
  const { isInvalidated = false, tags = [] } = answer ?? {};
  return Object.freeze({ ...state, isStale: stale, isInvalidated, observerCount, isActive, tags, meta });
}

function mostImpatient({ watchers, answer }: Observed): StaleTime {
  const times = Array.from(watchers, ({ staleTime }) => (staleTime === "static" ? Infinity : staleTime));
  return times.length > 0 ? Math.min(...times) : (answer?.staleTime ?? 0);
}
