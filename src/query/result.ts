import type { QueryState } from "./state.ts";

interface ResultBase<T> {
  readonly fetchStatus: "idle" | "fetching";
  /** A load is under way. */
  readonly isFetching: boolean;
  /** The data is older than `staleTime`, invalidated, or absent. */
  readonly isStale: boolean;
  /** Wall time in ms at which the data came; 0 for never. */
  readonly dataUpdatedAt: number;
  /** Loads that failed since the last answer. */
  readonly failureCount: number;
  /** Loads now, whatever the options say. Never rejects: the outcome is in the result that it resolves to. */
  readonly refetch: () => Promise<QueryResult<T>>;
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

/** What a hook gives while there is data, fresh or stale. */
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
  readonly error: unknown;
  readonly isPending: false;
  readonly isSuccess: false;
  readonly isError: true;
}

/** What a hook gives. Narrow it by `status` or by one of the flags. */
export type QueryResult<T> = PendingResult<T> | SuccessResult<T> | ErrorResult<T>;

/** A frozen result of one state. */
export function resultOf<T>(
  state: Omit<QueryState, "key" | "hash">,
  isStale: boolean,
  refetch: () => Promise<QueryResult<T>>,
): QueryResult<T> {
  const { data, error, status, fetchStatus, dataUpdatedAt, failureCount } = state;
  const result = {
    data,
    error,
    status,
    fetchStatus,
    dataUpdatedAt,
    failureCount,
    isStale,
    refetch,
    isPending: status === "pending",
    isSuccess: status === "success",
    isError: status === "error",
    isFetching: fetchStatus === "fetching",
  };
  // The flags follow from the status, which the union cannot know; the data came from a fetcher of `T`.
  return Object.freeze(result) as QueryResult<T>;
}
