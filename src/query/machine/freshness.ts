import type { Answer } from "./answer.ts";
import type { QueryMeta } from "../model/fetcher.ts";
import type { QueryInfo, StaleTime } from "../model/options.ts";
import type { QueryState } from "../model/state.ts";
import { type HookInput, ruleOf, type Watcher } from "./watcher.ts";

/** What is known of a key, whether or not anybody watches it. */
export interface QueryView {
  readonly state: QueryState | undefined;
  readonly answer: Answer | undefined;
  readonly watchers: readonly Watcher[];
  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  readonly isJustLoaded: boolean;
  readonly now: () => number;
  info(): QueryInfo;
}

/** A key as a search finds it: its query, or where nobody watches or loads it, the answer that is stored. */
export interface Found {
  readonly state: QueryState;
  readonly answer: Answer | undefined;
  readonly watchers: readonly Watcher[];
  /** The newest hook that may load it. */
  readonly newest?: Watcher | undefined;
  readonly tags: readonly string[] | undefined;
}

/** The option that says whether something loads data that is there. */
export type RefetchReason = "refetchOnMount" | "refetchOnWindowFocus" | "refetchOnReconnect";

/** Whether there is nothing to show, or only stale data. */
export function isStale({ answer, now }: Pick<QueryView, "answer" | "now">, staleTime: StaleTime): boolean {
  if (!answer || staleTime === "static") return !answer;
  const ms = answer.freshFor(staleTime);
  if (answer.isInvalidated || answer.state.data === undefined || ms <= 0) return true;
  // The clock is read only where the time matters.
  return ms < Infinity && now() - answer.freshSince >= ms;
}

/** Whether the last failure still stands for an answer. */
function isErrorFresh({ answer, now }: QueryView): boolean {
  return !!answer?.errorUntil && now() < answer.errorUntil;
}

/** Whether a hook that may load does so when it mounts. */
export function wantsOnMount(view: QueryView, watcher: HookInput): boolean {
  const { state } = view;
  if (state?.data !== undefined) return !isErrorFresh(view) && wants(view, watcher, "refetchOnMount");
  // A failure that others show, or that is remembered, is as good as an answer.
  return state?.status !== "error" || (watcher.retriesOnMount && view.watchers.length === 0 && !isErrorFresh(view));
}

/** Whether a reason to load, such as the page's return, is one by the rule of the hook. */
export function wants(view: QueryView, { staleTime, options }: HookInput, reason: RefetchReason): boolean {
  const rule = ruleOf(reason, options[reason], view);
  return rule === "always" ? staleTime !== "static" : rule && isStale(view, staleTime);
}

/** Whether a hook may load its key by itself. @param host its client, where it matters whether that is over */
export function mayLoad({ fetcher, isEnabled }: HookInput, host?: { readonly isDisposed: boolean }): boolean {
  return !!fetcher && isEnabled && !host?.isDisposed;
}

/** On screen, whether it is so for a hook that may load it. Otherwise only an invalidation or its fetcher makes it stale. */
export function isFoundStale({ answer, watchers }: Found, now: () => number): boolean {
  if (watchers.length === 0) return isStale({ answer, now }, Infinity);
  return watchers.some((hook) => mayLoad(hook) && isStale({ answer, now }, hook.staleTime));
}

const NO_TAGS: readonly string[] = [];

/** A query as it is now. @param now reads the monotonic ms @param options of which it has the meta; else the newest hook's, or the answer's */
export function infoOf(found: Found, now: () => number, options?: { readonly meta: QueryMeta | undefined }): QueryInfo {
  const { state, answer, newest } = found;
  // Name by name: a spread is far slower.
  return Object.freeze({
    isStale: isFoundStale(found, now),
    isInvalidated: answer?.isInvalidated ?? false,
    observerCount: found.watchers.length,
    isActive: !!newest,
    tags: found.tags ?? NO_TAGS,
    meta: (options ?? (newest ?? answer)?.options)?.meta,
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
  });
}
