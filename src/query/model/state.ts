import type { QueryKey } from "../key/key.ts";

/** What is known of a query: one snapshot, replaced on each change and never changed. */
export interface QueryState<T = unknown> {
  readonly key: QueryKey;
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

export function pendingState(key: QueryKey, hash: string): QueryState {
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
  // Name by name: a spread of so many is far slower, and each write makes one.
  return {
    key: before.key,
    hash: before.hash,
    data,
    error: undefined,
    status: "success",
    fetchStatus: "idle",
    dataUpdatedAt,
    errorUpdatedAt: before.errorUpdatedAt,
    failureCount: 0,
    failureReason: undefined,
    dataUpdateCount: before.dataUpdateCount + 1,
    errorUpdateCount: before.errorUpdateCount,
    direction: undefined,
  };
}

/** Whether the last load failed, or the last try of the one under way. */
export function isFailing({ status, failureCount }: Pick<QueryState, "status" | "failureCount">): boolean {
  return status === "error" || failureCount > 0;
}

/** What it failed with. */
export function failureOf(state: Pick<QueryState, "error" | "failureCount" | "failureReason">): unknown {
  return state.failureCount > 0 ? state.failureReason : state.error;
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
