import type { MaybeError } from "../model/fetcher.ts";

/** Where a mutation stands: not called, under way, and its two ends. */
export type MutationStatus = "idle" | "pending" | "success" | "error";

/** What is known of a mutation: one frozen snapshot, replaced on each change. */
export interface MutationState<T = unknown, Variables = unknown, Context = unknown> {
  readonly status: MutationStatus;
  /** The answer, once there is one. */
  readonly data: T | undefined;
  /** What it failed with, as it is. */
  readonly error: MaybeError;
  /** What it was called with. */
  readonly variables: Variables | undefined;
  /** What `onMutate` gave. */
  readonly context: Context | undefined;
  /** Wall time in ms at which it was called; 0 for never. */
  readonly submittedAt: number;
  /** Tries that failed; 0 again after a success. */
  readonly failureCount: number;
  /** What the last try failed with. */
  readonly failureReason: MaybeError;
  /** It waits for the network, or for others of its scope. */
  readonly isPaused: boolean;
}

/** Nothing was called. */
export const IDLE: MutationState = Object.freeze({
  status: "idle",
  data: undefined,
  error: undefined,
  variables: undefined,
  context: undefined,
  submittedAt: 0,
  failureCount: 0,
  failureReason: undefined,
  isPaused: false,
});
