import type { QueryKey } from "./key.ts";

/** What is known of a query: one frozen snapshot, replaced on each change. */
export interface QueryState {
  readonly key: QueryKey;
  readonly hash: string;
  /** `undefined` until the first answer. */
  readonly data: unknown;
  /** What the last load failed with. */
  readonly error: unknown;
  /** `error` keeps the data that was there before. */
  readonly status: "pending" | "success" | "error";
  readonly fetchStatus: "idle" | "fetching";
  /** Wall time in ms at which the data came; 0 for never. */
  readonly dataUpdatedAt: number;
  /** Loads that failed since the last answer. */
  readonly failureCount: number;
}

export function pendingState(key: QueryKey, hash: string): QueryState {
  return Object.freeze({
    key,
    hash,
    data: undefined,
    error: undefined,
    status: "pending",
    fetchStatus: "idle",
    dataUpdatedAt: 0,
    failureCount: 0,
  });
}

export function successState(key: QueryKey, hash: string, data: unknown, dataUpdatedAt: number): QueryState {
  return Object.freeze({
    key,
    hash,
    data,
    error: undefined,
    status: "success",
    fetchStatus: "idle",
    dataUpdatedAt,
    failureCount: 0,
  });
}
