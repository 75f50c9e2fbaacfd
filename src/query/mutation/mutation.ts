// A mutation changes something elsewhere: one call of the user's function, what is known of it, and who hears of it.
import type { QueryKey } from "../key/key.ts";
import type { MaybeError } from "../model/fetcher.ts";
import type { MutationScope } from "../model/mutation-settings.ts";

/** Where a mutation stands: not called, under way, and its two ends. */
export type MutationStatus = "idle" | "pending" | "success" | "error";

/** What is known of a mutation: one frozen snapshot, replaced on each change. */
export interface MutationState<T = unknown, Variables = unknown, Context = unknown> {
  /** Where it stands. */
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

/** One call of a mutation function, running or settled. It runs once. */
export interface Mutation {
  /** Its key, where it has one. */
  readonly mutationKey: QueryKey | undefined;
  /** Its scope, where it has one. */
  readonly scope: MutationScope | undefined;
  /** Its `meta`, where it has one. */
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  /** Its state now. Frozen, and another object after each change. */
  readonly state: MutationState;
  /**
   * Aborts its signal and forgets it: it is idle at once, and its promise rejects with an AbortError when `onError` and
   * `onSettled` are done, which may roll back. One that still waits never runs. Does nothing once the function has
   * ended. The next of its scope waits for the function to end, which reading the signal makes soon.
   */
  cancel(): void;
}

/** Who shows a mutation. */
export interface MutationWatcher {
  /** The state is different. */
  changed(): void;
}
