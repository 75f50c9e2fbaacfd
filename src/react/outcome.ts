import type { Anything, QueryObserver, QueryResult, ResolvedQueryOptions } from "../query/index.ts";
import type { Resets } from "./resets.ts";

/** What a component does instead of rendering. */
type Outcome = Pick<ResolvedQueryOptions, "suspense" | "throwOnError">;

/** A hook that throws errors shows a failure, and does not load it again, until a reset excuses it. Comes before its store. */
export function excuse(
  observer: QueryObserver<Anything>,
  { suspense, throwOnError }: Outcome,
  resets: Resets | undefined,
): void {
  if (!suspense && throwOnError === false) return;
  observer.retriesOnMount = resets?.excuses(observer.failure) ?? false;
  observer.noteRead("error");
}

/** Suspends a component that has no data yet, and throws the error of a load that failed, where the options ask for it. */
export function throwOutcome(observer: QueryObserver<Anything>, options: Outcome, result: QueryResult<unknown>): void {
  const { suspense, throwOnError } = options;
  if (!suspense && throwOnError === false) return;
  if (result.isError && !result.isFetching && throws(options, result, observer)) {
    if (suspense && observer.retriesOnMount) throw observer.tryAgain();
    if (!observer.retriesOnMount || observer.isSubscribed) {
      observer.holdError();
      throw result.error;
    }
  }
  const suspension = suspense ? observer.suspension() : undefined;
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
