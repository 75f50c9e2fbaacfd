import { isStale, mayLoad, type QueryView, wantsOnMount } from "../machine/freshness.ts";
import { type LoadHost, statusAtStart } from "../machine/retries.ts";
import type { HookInput } from "../machine/watcher.ts";
import { isFirstFailed, loadingState, type QueryState } from "../model/state.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";
import type { PreviousData, ShownData } from "./shown-data.ts";

/** What is known of a key. An unknown key has the state of absent data. */
export interface HookView extends QueryView {
  readonly state: QueryState;
}

/** The facts of a hook that its result depends on. */
export interface Hook {
  /** What loads: whether it is online, on a server, and not over. */
  readonly host: Pick<LoadHost, "presence" | "isDisposed"> & { readonly isServer: boolean };
  /** Whether the view is the query that the hook watches. */
  readonly isMounted: boolean;
  /** Whether the hook could load when it was committed. */
  readonly couldLoad: boolean;
  /** Whether the render gave nothing new. */
  readonly isCommitted: boolean;
  /** Answers and failures before the hook mounted; -1 while it is not. */
  readonly updatesBefore: number;
  /** `undefined` for a hook that shows the data as it is. What this remembers only keeps references. */
  readonly shownData: ShownData | undefined;
  readonly previous: PreviousData | undefined;
  /** The hook's function. */
  readonly refetch: (options?: RefetchOptions) => Promise<QueryResult<unknown>>;
}

/** The state that a hook shows. The load that its commit is going to start is there already: one render less. */
export function stateOfHook(view: HookView, input: HookInput, hook: Hook): QueryState {
  const { state } = view;
  const { options } = input;
  if (state.fetchStatus !== "idle" || !options.subscribed || !mayLoad(input, hook.host)) return state;
  return loadsOnCommit(view, input, hook) ? loadingState(state, statusAtStart(hook.host, options)) : state;
}

/** Whether a hook that may load does so when its render is committed. */
function loadsOnCommit(view: HookView, input: HookInput, { host, isMounted, isCommitted, couldLoad }: Hook): boolean {
  // A server loads for a page whose hooks will ask for themselves.
  if (!isMounted) return (!view.isJustLoaded || host.isServer) && wantsOnMount(view, input);
  if (isCommitted || couldLoad) return false;
  return isFirstFailed(view.state) ? input.retriesOnMount : isStale(view, input.staleTime);
}

/** The result of a hook: a pure function of the state that it shows, of what is known of the key, and of what the render gave. */
export function resultOfHook<T>(state: QueryState, view: HookView, input: HookInput, hook: Hook): QueryResult<T> {
  const isEnabled = input.fetcher !== undefined && input.isEnabled;
  const shown = hook.shownData?.show(state, input.options, hook.previous);
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
    isFetchedAfterMount: hook.updatesBefore >= 0 && updates > hook.updatesBefore,
    isPlaceholderData: shown?.isPlaceholderData ?? false,
    isLoadingError: isError && data === undefined,
    isRefetchError: isError && data !== undefined,
    isEnabled,
    dataUpdatedAt: state.dataUpdatedAt,
    errorUpdatedAt: state.errorUpdatedAt,
    failureCount: state.failureCount,
    failureReason: state.failureReason,
    errorUpdateCount: state.errorUpdateCount,
    refetch: hook.refetch,
  };
  // The flags follow from the status, which the union cannot know; the data came from a fetcher of `T`.
  return result as QueryResult<T>;
}
