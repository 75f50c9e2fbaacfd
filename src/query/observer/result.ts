import type { DefaultError } from "../model/fetcher.ts";

/** Which load `refetch` gives. */
export interface RefetchOptions {
  /** Whether a load under way is given up for a new one, where there is data. @defaultValue true */
  readonly cancelRefetch?: boolean | undefined;
  /** Whether the promise rejects with the load's error. @defaultValue false */
  readonly throwOnError?: boolean | undefined;
}

interface ResultBase<T> {
  /** `paused`: a load waits for the network, or for the page to come to the front. */
  readonly fetchStatus: "idle" | "fetching" | "paused";
  /** A load is under way. */
  readonly isFetching: boolean;
  /** A load waits for the network, or for the page to come to the front. */
  readonly isPaused: boolean;
  /** The first load is under way. */
  readonly isLoading: boolean;
  /** A load is under way, and there is an answer or a failure already. */
  readonly isRefetching: boolean;
  /** The data is older than `staleTime`, invalidated, or absent, and the hook may load it. */
  readonly isStale: boolean;
  /** There was an answer or a failure. */
  readonly isFetched: boolean;
  /** There was one since this hook mounted. */
  readonly isFetchedAfterMount: boolean;
  /** The data is `placeholderData`. */
  readonly isPlaceholderData: boolean;
  /** The first load failed. */
  readonly isLoadingError: boolean;
  /** A load failed, and older data is still there. */
  readonly isRefetchError: boolean;
  /** The hook may load by itself. */
  readonly isEnabled: boolean;
  /** Wall time in ms at which the data came; 0 for never. */
  readonly dataUpdatedAt: number;
  /** Wall time in ms of the last load that failed; 0 for never. */
  readonly errorUpdatedAt: number;
  /** Tries that failed since the load began, or since the last answer. */
  readonly failureCount: number;
  /** What the last try failed with, as long as there is no answer. */
  readonly failureReason: DefaultError;
  /** Loads that failed. */
  readonly errorUpdateCount: number;
  /** Loads now, whatever the options say. The outcome is in the result that it resolves to. */
  readonly refetch: (options?: RefetchOptions) => Promise<QueryResult<T>>;
}

/** No data yet. */
export interface PendingResult<T> extends ResultBase<T> {
  readonly status: "pending";
  readonly data: undefined;
  readonly error: undefined;
  readonly isPending: true;
  readonly isSuccess: false;
  readonly isError: false;
}

/** There is data, fresh or stale. */
export interface SuccessResult<T> extends ResultBase<T> {
  readonly status: "success";
  readonly data: T;
  readonly error: undefined;
  readonly isPending: false;
  readonly isSuccess: true;
  readonly isError: false;
}

/** The last load failed; data that was there before is still there. */
export interface ErrorResult<T> extends ResultBase<T> {
  readonly status: "error";
  readonly data: T | undefined;
  /** What the fetcher threw, as it is. */
  readonly error: DefaultError;
  readonly isPending: false;
  readonly isSuccess: false;
  readonly isError: true;
}

/** The result of a hook. Narrow it by `status` or by one of the flags. */
export type QueryResult<T> = PendingResult<T> | SuccessResult<T> | ErrorResult<T>;

/** The result of a hook that suspends until there is data. A failure keeps the data that was there. */
export type SuspenseResult<T> = SuccessResult<T> | (ErrorResult<T> & { readonly data: T });
