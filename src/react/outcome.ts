import { useContext } from "react";
import type { Anything, QueryObserver, QueryResult, ResolvedQueryOptions } from "../query/index.ts";
import { ErrorResetContext } from "./error-reset.ts";

/**
 * Suspends a component that has no data yet, and throws the error of a load that failed, where the options ask for it.
 * To be called in every render: it is a hook.
 */
export function useOutcome(
  observer: QueryObserver<Anything>,
  options: ResolvedQueryOptions,
  resultNow: () => QueryResult<unknown>,
): QueryResult<unknown> {
  const resets = useContext(ErrorResetContext);
  const { suspense, throwOnError } = options;
  if (!suspense && throwOnError === false) return resultNow();
  // A failure is shown again, and not loaded again, until a reset excuses it.
  observer.retriesOnMount = resets?.excuses(observer.failure) ?? false;
  const result = resultNow();
  if (result.isError && !result.isFetching && throws(options, result, observer)) {
    if (suspense && observer.retriesOnMount) throw observer.tryAgain();
    if (!observer.retriesOnMount || observer.isSubscribed) {
      observer.noteRead("error");
      observer.holdError();
      throw result.error;
    }
  }
  const suspension = suspense ? observer.suspension() : undefined;
  if (suspension) throw suspension;
  return result;
}

function throws(
  { throwOnError }: ResolvedQueryOptions,
  { data, error }: QueryResult<unknown>,
  observer: QueryObserver<Anything>,
): boolean {
  if (typeof throwOnError === "function") return throwOnError(error, observer.info());
  // A component that suspends has nothing to show without data; with some, it goes on showing that.
  return throwOnError || data === undefined;
}
