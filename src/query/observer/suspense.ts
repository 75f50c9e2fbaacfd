// What a component does instead of rendering: it waits for data, or throws the error of a load.
import type { ResolvedQueryOptions } from "../model/options.ts";
import { mayLoad } from "../machine/freshness.ts";
import type { HookInput } from "../machine/watcher.ts";
import type { QueryState } from "../model/state.ts";
import { answerOfLost, noteWait } from "../store/lost-clients.ts";
import type { QueryObserver } from "./observer.ts";
import type { QueryResult } from "./result.ts";

/** Knows which failures may be tried again. */
export interface ErrorResets {
  allowRetry(failure: Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt">): boolean;
}

/**
 * Whether the mount of a hook loads what has failed. A hook that throws errors shows the failure in each render, until a
 * reset lets it try again; `undefined` for what its options say. Comes before the store of the hook.
 */
export function allowRetry(
  observer: QueryObserver<unknown>,
  options: ResolvedQueryOptions,
  resets: ErrorResets | undefined,
  suspense: boolean = options.suspense,
): boolean | undefined {
  if (!suspense && options.throwOnError === false) return undefined;
  observer.noteThrows();
  const { store, hash, fetcher } = observer;
  // Before a render that may wait: many clients may have been thrown away with it.
  const isLost = suspense && store.isUnmounted && !store.find(hash)?.state;
  const answer = isLost ? answerOfLost(store, hash, fetcher) : undefined;
  if (answer) {
    const query = observer.open();
    query.take(answer, options.ttl);
    store.release(query);
  }
  return resets?.allowRetry(observer.look().state) ?? false;
}

/**
 * Suspends a component that has no data yet, and throws the error of a load that failed, where the options ask for it.
 * @param suspense whether it may suspend
 */
export function throwOutcome(
  observer: QueryObserver<unknown>,
  input: HookInput,
  result: QueryResult<unknown>,
  suspense: boolean = input.options.suspense,
): void {
  if (result.isError && !result.isFetching && isThrown(observer, input, result, suspense)) {
    if (suspense && input.retriesOnMount && input.isEnabled) throw observer.open().lease(input);
    // One that waits to be enabled keeps its second chance.
    if (!input.retriesOnMount || (observer.isSubscribed && result.isEnabled)) {
      // The render that follows meets the same failure.
      if (observer.hash) observer.open().hold();
      throw result.error;
    }
  }
  const wait = suspense ? suspensionOf(observer, input, result) : undefined;
  if (wait) throw wait;
}

/** A component that suspends has nothing to show without data; with some, it goes on showing that. */
function isThrown(
  observer: QueryObserver<unknown>,
  { options: { throwOnError } }: HookInput,
  { data, error }: QueryResult<unknown>,
  suspense: boolean,
): boolean {
  if (typeof throwOnError === "function") return throwOnError(error, observer.info());
  return throwOnError || (suspense && data === undefined);
}

/** Loads what is absent, for others to find; nothing where it is known, or has just failed. */
export function prefetch(observer: QueryObserver<unknown>): void {
  if (!observer.store.find(observer.hash)?.state) void suspensionOf(observer);
}

/**
 * What a component waits for that needs data: it loads what is absent, and holds it for the render that follows. For
 * bindings to other frameworks.
 *
 * @returns a promise that never rejects; `undefined` when there is data or an error, or none will come
 */
export function suspensionOf(
  observer: QueryObserver<unknown>,
  input: HookInput = observer,
  { data, status }: QueryResult<unknown> = observer.getResult(),
): Promise<void> | undefined {
  const { store, hash } = observer;
  if (data !== undefined || status !== "pending" || !mayLoad(input, store)) return undefined;
  const wait = store.feigned?.get(hash)?.end ?? observer.open().lease(input, !!observer.server);
  if (store.isUnmounted) noteWait(store, hash, input.fetcher, wait);
  return wait;
}
