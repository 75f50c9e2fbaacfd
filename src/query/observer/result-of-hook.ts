import type { Answer } from "../machine/answer.ts";
import { isStale, mayLoad, type QueryView, wantsOnMount } from "../machine/freshness.ts";
import { type LoadHost, statusAtStart } from "../machine/retries.ts";
import type { HookInput } from "../machine/watcher.ts";
import type { QueryInfo } from "../model/options.ts";
import { isFirstFailed, loadingState, type QueryState } from "../model/state.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";
import type { Shown } from "./shown-data.ts";

const NOBODY: readonly never[] = [];

/** What is known of a key. An unknown key has the state of absent data. */
export interface HookView extends QueryView {
  readonly state: QueryState;
}

/** A query, or an answer: as much as there is of a view. */
interface Found {
  readonly watchers?: QueryView["watchers"];
  readonly isJustLoaded?: boolean | undefined;
}

/** What is known of a key before a hook mounts. Asked for the query, it asks the hook: a closure would be one a render. */
export function viewOf(
  hook: Pick<QueryView, "info">,
  state: QueryState,
  answer: Answer | undefined,
  now: () => number,
  { watchers = NOBODY, isJustLoaded = false }: Found = {},
): HookView {
  return { hook, state, answer, watchers, isJustLoaded, now, info } as HookView;
}

function info(this: { readonly hook: Pick<QueryView, "info"> }): QueryInfo {
  return this.hook.info();
}

/** What loads: whether it is online, on a server, and not over. */
type Host = Pick<LoadHost, "isOnline" | "isDisposed"> & { readonly isServer: boolean };

/**
 * The state that a hook shows. The load that its commit is going to start is there already: one render less.
 * @param isMounted whether the view is the query that the hook watches
 * @param isSettled whether the render gave nothing new, or the hook could load before it
 */
export function stateOfHook(
  view: HookView,
  input: HookInput,
  host: Host,
  isMounted: boolean,
  isSettled: boolean,
): QueryState {
  const { state } = view;
  const { options } = input;
  if (state.fetchStatus !== "idle" || !options.subscribed || !mayLoad(input, host)) return state;
  // A hook that was just enabled loads at its commit, and others at their mount. A server loads for a page whose hooks
  // will ask for themselves.
  const loads = isMounted
    ? !isSettled && (isFirstFailed(state) ? input.retriesOnMount : isStale(view, input.staleTime))
    : (!view.isJustLoaded || host.isServer) && wantsOnMount(view, input);
  return loads ? loadingState(state, statusAtStart(host, options)) : state;
}

/**
 * The result of a hook: a pure function of the state that it shows, of what is known of the key, and of what the render gave.
 * @param shown what placeholders and `select` make of the state; `undefined` for a hook that shows the data as it is
 * @param updatesBefore answers and failures before the hook mounted; -1 while it is not
 * @param refetch the hook's function
 */
export function resultOfHook<T>(
  state: QueryState,
  view: HookView,
  input: HookInput,
  shown: Shown | undefined,
  updatesBefore: number,
  refetch: (options?: RefetchOptions) => Promise<QueryResult<unknown>>,
): QueryResult<T> {
  const isEnabled = input.fetcher !== undefined && input.isEnabled;
  const { data, error, status } = shown ?? state;
  const { fetchStatus } = state;
  const updates = state.dataUpdateCount + state.errorUpdateCount;
  const isPending = status === "pending";
  const isFetching = fetchStatus === "fetching";
  const isError = status === "error";
  const result = {
    data,
    error,
    status,
    fetchStatus,
    isPending,
    isSuccess: status === "success",
    isError,
    isFetching,
    isPaused: fetchStatus === "paused",
    isLoading: isFetching && isPending,
    isRefetching: isFetching && !isPending,
    isStale: isEnabled && isStale(view, input.staleTime),
    isFetched: updates > 0,
    isFetchedAfterMount: updatesBefore >= 0 && updates > updatesBefore,
    isPlaceholderData: shown?.isPlaceholderData ?? false,
    isLoadingError: isError && data === undefined,
    isRefetchError: isError && data !== undefined,
    isEnabled,
    dataUpdatedAt: state.dataUpdatedAt,
    errorUpdatedAt: state.errorUpdatedAt,
    failureCount: state.failureCount,
    failureReason: state.failureReason,
    errorUpdateCount: state.errorUpdateCount,
    refetch,
  };
  // The flags follow from the status, which the union cannot know; the data came from a fetcher of `T`.
  return result as QueryResult<T>;
}
