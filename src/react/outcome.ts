import type { Anything, QueryObserver, QueryResult, ResolvedQueryOptions } from "../query/index.ts";
import type { HookInput } from "../query/internal.ts";
import type { Resets } from "./resets.ts";

/** What a component does instead of rendering. */
export type Outcome = Pick<ResolvedQueryOptions, "suspense" | "throwOnError">;

/**
 * Whether the mount of a hook loads what has failed: one that throws errors shows the failure in each render, until a
 * reset lets it try again; `undefined` for what its options say. Comes before the store of the hook.
 */
export function allowRetry(
  observer: QueryObserver<Anything>,
  { suspense, throwOnError }: Outcome,
  resets: Resets | undefined,
): boolean | undefined {
  if (!suspense && throwOnError === false) return undefined;
  observer.noteThrows();
  if (suspense) observer.prepareToWait();
  return resets?.excuses(observer.failure) ?? false;
}

/** Suspends a component that has no data yet, and throws the error of a load that failed, where the options ask for it. */
export function throwOutcome(
  observer: QueryObserver<Anything>,
  options: Outcome,
  input: HookInput,
  result: QueryResult<unknown>,
): void {
  const { suspense, throwOnError } = options;
  if (!suspense && throwOnError === false) return;
  if (result.isError && !result.isFetching && throws(options, result, observer)) {
    const mayTry = input.retriesOnMount && input.isEnabled;
    if (suspense && mayTry) throw observer.tryAgain(input);
    // One that waits to be enabled keeps its second chance.
    if (!input.retriesOnMount || (observer.isSubscribed && result.isEnabled)) {
      observer.holdError();
      throw result.error;
    }
  }
  const suspension = suspense ? observer.suspension(input) : undefined;
  if (suspension) throw suspension;
}

function throws(
  { throwOnError }: Outcome,
  { data, error }: QueryResult<unknown>,
  observer: QueryObserver<Anything>,
): boolean {
  if (typeof throwOnError === "function") return throwOnError(error, observer.info());
  // A component that suspends has nothing to show without data; with some, it goes on showing that.
  return throwOnError || data === undefined;
}
