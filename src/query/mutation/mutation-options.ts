import type { QueryClient } from "../client/client.ts";
import type { DefaultError, MaybeError } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { MutationCall, MutationSettings } from "../model/mutation-settings.ts";

/** What the function and the callbacks of one call get besides their own arguments. */
export interface MutationCallContext extends MutationCall<QueryClient> {}

/**
 * What a mutation does, and who hears of it. All callbacks are awaited, and run for every call, also after an unmount.
 * Each function is the newest that the hook gave when it is called, also for a call that was made before:
 * ```
 * onMutate -> mutationFn, as often as `retry` says -> onSuccess or onError -> onSettled -> the new state
 * ```
 * What `onMutate` throws makes the mutation fail before its function is called. What `onSuccess` throws, or `onSettled`
 * after a success, makes it fail as well, but does not call `onError`: the write happened, and there is nothing to roll
 * back. After a failure, what `onError` and `onSettled` throw is reported to the host, and the first error stays.
 */
export interface MutationOptions<T = unknown, Variables = void, Context = unknown> extends MutationSettings {
  /**
   * Does the work. Its answer may be anything, also `undefined`.
   * @defaultValue the one of `setMutationDefaults` for this `mutationKey`, or of the client's `defaultOptions`; without
   * any, a call is an error
   */
  mutationFn?: ((variables: Variables, call: MutationCallContext) => T | PromiseLike<T>) | undefined;
  /** Finds defaults, and is found by filters: both by whole leading elements. @defaultValue none */
  mutationKey?: QueryKey | undefined;
  /**
   * Called at once, also offline and while others of its scope still run: the place for an optimistic update. What it
   * gives, or resolves to, is the `context` of the other callbacks, to roll back with.
   * @defaultValue none
   */
  onMutate?: ((variables: Variables, call: MutationCallContext) => Context | PromiseLike<Context>) | undefined;
  /** Called with the answer. @defaultValue none */
  onSuccess?:
    | ((data: T, variables: Variables, context: Context | undefined, call: MutationCallContext) => unknown)
    | undefined;
  /** Called when the mutation failed, or was cancelled: then with an AbortError, once `onMutate` is done. @defaultValue none */
  onError?:
    | ((error: DefaultError, variables: Variables, context: Context | undefined, call: MutationCallContext) => unknown)
    | undefined;
  /** Called after `onSuccess` or `onError`. `error` is `undefined` after a success. @defaultValue none */
  onSettled?:
    | ((
        data: T | undefined,
        error: MaybeError,
        variables: Variables,
        context: Context | undefined,
        call: MutationCallContext,
      ) => unknown)
    | undefined;
}

/**
 * The options as they are, with their types inferred: for options that are written once and used in several places.
 *
 * @example
 * const rename = mutationOptions({ mutationKey: ["rename"], mutationFn: (title: string) => send(title) });
 */
export function mutationOptions<T, Variables = void, Context = unknown>(
  options: MutationOptions<T, Variables, Context>,
): MutationOptions<T, Variables, Context> {
  return options;
}
