import { useContext, useMemo, useState } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import {
  type Anything,
  type KeyedQueryOptions,
  ObserverGroup,
  QueryObserver,
  type QueryResult,
} from "../query/index.ts";
import { MachoOptionError } from "../core/index.ts";
import { fetcherOf } from "../query/internal.ts";
import { clientOf, MachoContext } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { callOfHook, hashOf, observerOf } from "./hook-call.ts";
import { excuse, throwOutcome } from "./outcome.ts";
import { tracked } from "./tracked.ts";

const OWNER = "useCachedQueries";

/** What `useCachedQueries` is called with. */
export interface CachedQueriesOptions<Q extends readonly KeyedQueryOptions[], R> {
  /**
   * Keys, each with its fetcher and its options, of which `suspense` is none. Keys may come, go, change places, and be
   * there twice. One that takes the place of another gets its data as the previous one of `placeholderData`.
   */
  queries: readonly [...Q];
  /** Makes one value of all results. Called again only when one of them, or the function, is another one. */
  combine?: ((results: ResultsOf<Q>) => R) | undefined;
}

/** The results of several queries, in their order. */
export type ResultsOf<Q extends readonly KeyedQueryOptions[]> = {
  -readonly [I in keyof Q]: QueryResult<ShownBy<Q[I]>>;
};

/** What a query's hook shows: what its `select` gives, or else what its fetcher does. */
type ShownBy<O> = O extends { select: (data: Anything) => infer S }
  ? S
  : O extends KeyedQueryOptions<infer T, Anything, infer S>
    ? unknown extends S
      ? T
      : S
    : unknown;

/**
 * `useCachedQuery` for a list of keys of any length.
 *
 * @example
 * const films = useCachedQueries({ queries: ids.map((id) => filmOptions(id)) });
 */
export function useCachedQueries<Q extends readonly KeyedQueryOptions[], R = ResultsOf<Q>>({
  queries,
  combine,
}: CachedQueriesOptions<Q, R>): R {
  const surroundings = useContext(MachoContext);
  const client = clientOf(surroundings);
  const [group] = useState(() => new ObserverGroup());
  const calls = queries.map((query) => callOfHook(OWNER, query, undefined, undefined));
  const observers = group.match(
    calls.map(({ key }) => hashOf(key)),
    (index) => observerOf(client, calls[index]!, QueryObserver<Anything>),
  );
  const views = observers.map((observer, index) => {
    const { fetcher: own, options: given } = calls[index]!;
    const options = observer.optionsFor(given);
    if (given?.suspense) throw suspenseError();
    // Not by the client's defaults either: one after the other would wait.
    const outcome = { suspense: false, throwOnError: options.throwOnError };
    excuse(observer, outcome, surroundings?.resets);
    return { observer, fetcher: fetcherOf(OWNER, own, options), options, given, outcome };
  });
  useSyncExternalStore(group.subscribe, group.getSnapshot, group.getServerSnapshot);
  const shown = views.map(({ observer, fetcher, options, given, outcome }) => {
    const result = observer.resultFor(fetcher, options);
    throwOutcome(observer, outcome, result);
    return { observer, fetcher, options, given, result };
  });
  useFirstEffect(() => {
    for (const { observer, fetcher, options, given, result } of shown) observer.update(fetcher, options, given, result);
    group.commit(observers);
  });
  const all = group.shown(
    shown.map(({ result }) => result),
    (result, index) => tracked(result, observers[index]!),
  );
  // The results of the queries are those of their options.
  return useMemo(() => (combine ? combine(all as ResultsOf<Q>) : all), [all, combine]) as R;
}

function suspenseError(): MachoOptionError {
  const remedy = "Use useCachedQuery in a component for each, or usePrefetchQuery before them.";
  return new MachoOptionError("suspense", `is not an option of ${OWNER}`, true, remedy);
}
