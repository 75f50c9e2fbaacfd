import type { QueryKey } from "../key/key.ts";

/** What is known of a query: one snapshot, replaced on each change and never changed. */
export interface QueryState<T = unknown> {
  /** The key of the query. */
  readonly key: QueryKey;
  /** The text that stands for the key. */
  readonly hash: string;
  /** `undefined` until the first answer. */
  readonly data: T | undefined;
  /** What the last load failed with. */
  readonly error: unknown;
  /** `error` keeps the data that was there before. */
  readonly status: "pending" | "success" | "error";
  /** `paused`: a load waits for the network, or for the page to come to the front. */
  readonly fetchStatus: "idle" | "fetching" | "paused";
  /** Wall time in ms at which the data came; 0 for never. */
  readonly dataUpdatedAt: number;
  /** Wall time in ms of the last load that failed; 0 for never. */
  readonly errorUpdatedAt: number;
  /** Tries that failed since the load began, or since the last answer. */
  readonly failureCount: number;
  /** What the last try failed with, as long as it is tried again. */
  readonly failureReason: unknown;
  /** Answers that came. */
  readonly dataUpdateCount: number;
  /** Loads that failed. */
  readonly errorUpdateCount: number;
  /** Which page the load under way adds, where there are pages. */
  readonly direction: Direction | undefined;
}

/** Which end of a list of pages grows. */
export type Direction = "forward" | "backward";

/** A new one: whoever makes it may fill it in, before it is shown. */
type NewState = { -readonly [K in keyof QueryState]: QueryState[K] };

export function pendingState(key: QueryKey, hash: string): NewState {
  return {
    key,
    hash,
    data: undefined,
    error: undefined,
    status: "pending",
    fetchStatus: "idle",
    dataUpdatedAt: 0,
    errorUpdatedAt: 0,
    failureCount: 0,
    failureReason: undefined,
    dataUpdateCount: 0,
    errorUpdateCount: 0,
    direction: undefined,
  };
}

/** When a load starts. A first one that failed before is pending again. */
export function loadingState(
  before: QueryState,
  fetchStatus: QueryState["fetchStatus"],
  direction?: Direction,
): QueryState {
  const started = { ...before, fetchStatus, failureCount: 0, failureReason: undefined, direction };
  return isFirstFailed(before) ? { ...started, status: "pending", error: undefined } : started;
}

/** Whether a first load failed. */
export function isFirstFailed({ status, data }: Pick<QueryState, "status" | "data">): boolean {
  return status === "error" && data === undefined;
}

/** After an answer: whatever failed before is forgotten, apart from how often. */
export function successState(before: QueryState, data: unknown, dataUpdatedAt: number): QueryState {
  // Not by a spread: one of so many names is far slower, and each write makes one.
  const state = pendingState(before.key, before.hash);
  state.data = data;
  state.status = "success";
  state.dataUpdatedAt = dataUpdatedAt;
  state.errorUpdatedAt = before.errorUpdatedAt;
  state.dataUpdateCount = before.dataUpdateCount + 1;
  state.errorUpdateCount = before.errorUpdateCount;
  return state;
}

/** @throws what the last load failed with, or the last try of the one under way; nothing where neither did */
export function throwFailure({
  status,
  error,
  failureCount,
  failureReason,
}: Pick<QueryState, "status" | "error" | "failureCount" | "failureReason">): void {
  if (failureCount > 0) throw failureReason;
  if (status === "error") throw error;
}

/** After a load that failed for good. */
export function errorState(before: QueryState, error: unknown, errorUpdatedAt: number): QueryState {
  return {
    ...before,
    error,
    status: "error",
    fetchStatus: "idle",
    errorUpdatedAt,
    failureCount: before.failureCount + 1,
    failureReason: error,
    errorUpdateCount: before.errorUpdateCount + 1,
  };
}
