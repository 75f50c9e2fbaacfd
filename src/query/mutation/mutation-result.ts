import type { DefaultError, MaybeError } from "../model/fetcher.ts";
import type { MutationState } from "./mutation.ts";

/** Callbacks of one call: only while its hook is mounted, and only if no later call of the hook was made. */
export interface MutateCallbacks<T = unknown, Variables = void, Context = unknown> {
  /** Called after the state has changed. */
  onSuccess?: ((data: T, variables: Variables, context: Context | undefined) => unknown) | undefined;
  /** Not called after a cancel. */
  onError?: ((error: DefaultError, variables: Variables, context: Context | undefined) => unknown) | undefined;
  /** Called after either of them. */
  onSettled?:
    | ((data: T | undefined, error: MaybeError, variables: Variables, context: Context | undefined) => unknown)
    | undefined;
}

/** The variables, which may be left out where they may be `undefined`, and callbacks of this call. */
type CallArguments<T, Variables, Context> = undefined extends Variables
  ? [variables?: Variables, callbacks?: MutateCallbacks<T, Variables, Context>]
  : [variables: Variables, callbacks?: MutateCallbacks<T, Variables, Context>];

/** What a mutation's hook can do. The same functions for as long as the hook is mounted. */
export interface MutationActions<T, Variables, Context> {
  /** Calls the function. A failure shows in the state. @throws MachoError when there is no function to call */
  readonly mutate: (...args: CallArguments<T, Variables, Context>) => void;
  /** Like `mutate`, and gives the answer. It rejects with what the mutation failed with, or when it was cancelled. */
  readonly mutateAsync: (...args: CallArguments<T, Variables, Context>) => Promise<T>;
  /** Shows nothing any more. A call that is under way runs on. */
  readonly reset: () => void;
  /**
   * Cancels the latest call: its signal is aborted, the hook is idle, and `onError` gets an AbortError to roll back
   * with. Does nothing once the function has ended.
   */
  readonly cancel: () => void;
}

interface ResultBase<T, Variables, Context>
  extends
    Omit<MutationState<T, Variables, Context>, "status" | "data" | "error">,
    MutationActions<T, Variables, Context> {}

/** Nothing was called, or it was reset or cancelled. */
export interface IdleMutation<T, Variables, Context> extends ResultBase<T, Variables, Context> {
  readonly status: "idle";
  readonly data: undefined;
  readonly error: undefined;
  readonly variables: undefined;
  readonly isIdle: true;
  readonly isPending: false;
  readonly isSuccess: false;
  readonly isError: false;
}

/** The latest call is under way, or waits. */
export interface PendingMutation<T, Variables, Context> extends ResultBase<T, Variables, Context> {
  readonly status: "pending";
  readonly data: undefined;
  readonly error: undefined;
  readonly variables: Variables;
  readonly isIdle: false;
  readonly isPending: true;
  readonly isSuccess: false;
  readonly isError: false;
}

/** The latest call succeeded. */
export interface SuccessMutation<T, Variables, Context> extends ResultBase<T, Variables, Context> {
  readonly status: "success";
  readonly data: T;
  readonly error: undefined;
  readonly variables: Variables;
  readonly isIdle: false;
  readonly isPending: false;
  readonly isSuccess: true;
  readonly isError: false;
}

/** The latest call failed. There is data when a callback failed after the function had succeeded. */
export interface ErrorMutation<T, Variables, Context> extends ResultBase<T, Variables, Context> {
  readonly status: "error";
  readonly data: T | undefined;
  /** What was thrown, as it is. */
  readonly error: DefaultError;
  readonly variables: Variables;
  readonly isIdle: false;
  readonly isPending: false;
  readonly isSuccess: false;
  readonly isError: true;
}

/** What a mutation's hook gives. Narrow it by `status` or by one of the flags. */
export type MutationResult<T = unknown, Variables = void, Context = unknown> =
  | IdleMutation<T, Variables, Context>
  | PendingMutation<T, Variables, Context>
  | SuccessMutation<T, Variables, Context>
  | ErrorMutation<T, Variables, Context>;

/** A name of something in a result. */
export type MutationField = keyof MutationResult;

/** A frozen result of one state. */
export function mutationResultOf<T, Variables, Context>(
  state: MutationState,
  actions: MutationActions<T, Variables, Context>,
): MutationResult<T, Variables, Context> {
  const { status } = state;
  const flags = {
    isIdle: status === "idle",
    isPending: status === "pending",
    isSuccess: status === "success",
    isError: status === "error",
  };
  // The flags follow from the status, which the union cannot know; variables and data came by these very actions.
  return Object.freeze({ ...state, ...flags, ...actions }) as MutationResult<T, Variables, Context>;
}
