import { useContext, useState } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import { type KeyedQueryOptions, ObserverGroup, QueryObserver, type QueryResult } from "../query/index.ts";
import {
  allowRetry,
  type ErrorResets,
  hashOf,
  MachoOptionError,
  type Rendered,
  throwOutcome,
} from "../query/internal.ts";
import { clientOf, MachoContext, type Surroundings } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { callOfHook, type HookCall, observerOf } from "./hook-call.ts";
import { tracked } from "./tracked.ts";

const OWNER = "useCachedQueries";
type Combine = (all: readonly unknown[]) => unknown;

/** The argument of `useCachedQueries`. */
export interface CachedQueriesOptions<Q extends readonly KeyedQueryOptions[], R> {
  /**
   * Keys, each with its fetcher and its options, of which `suspense` is none. Keys may come, go, change places, and be
   * there twice. One that takes the place of another gets its data as the previous one of `placeholderData`.
   */
  queries: readonly [...Q];
  /**
   * Makes one value of all results. Called again only when one of them, or the function, is another one. Parts of the
   * value that are equal keep their references, and the component renders only when the value is another one.
   * @defaultValue none
   */
  combine?: ((results: ResultsOf<Q>) => R) | undefined;
}

/** The results of several queries, in their order. */
export type ResultsOf<Q extends readonly KeyedQueryOptions[]> = {
  -readonly [I in keyof Q]: QueryResult<ShownBy<Q[I]>>;
};

/** The data of one query: the output of its `select`, or else the answer of its fetcher. */
type ShownBy<O> = O extends { select: (data: never) => infer S }
  ? S
  : O extends KeyedQueryOptions<infer T, infer _Key, infer S>
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
  if (!Array.isArray(queries)) throw listError(queries);
  const surroundings = useContext(MachoContext);
  const { host } = clientOf(surroundings);
  // The results of the queries are those of their options.
  // oxlint-disable-next-line react-hooks/rules-of-hooks -- It is run at once, in each render.
  return host.inRender(() => useResults(surroundings!, queries, combine as Combine | undefined)) as R;
}

function useResults(
  { client, place }: Surroundings,
  queries: readonly KeyedQueryOptions[],
  combine: Combine | undefined,
): unknown {
  const [group] = useState(() => new ObserverGroup(tracked));
  const calls = queries.map((query) => callOfHook(OWNER, query, undefined, undefined));
  const observers = group.match(
    calls.map(({ key }) => hashOf(key)),
    (index) => observerOf(client!, calls[index]!, QueryObserver<unknown>),
  );
  const inputs = observers.map((observer, index) => inputOf(observer, calls[index]!, place.resets));
  useSyncExternalStore(
    group.subscribe,
    () => group.snapshotOf(observers, combine),
    () => group.serverSnapshotOf(observers, combine),
  );
  const results = observers.map((observer, index) => {
    const result = observer.resultFor(inputs[index]!);
    throwOutcome(observer, inputs[index]!, result, false);
    return result;
  });
  const all = group.shown(observers, results);
  const combined = combine ? group.combined(all, combine) : all;
  useFirstEffect(() => {
    observers.forEach((observer, index) => observer.commit(inputs[index]!, results[index]!));
    group.commit(observers, combined);
  });
  return combined;
}

/** What this render gave of one of the queries. By the client's defaults it does not suspend either: one after the other would wait. */
function inputOf(
  observer: QueryObserver<unknown>,
  { fetcher, options: given }: HookCall,
  resets: ErrorResets | undefined,
): Rendered {
  const options = observer.optionsFor(given);
  if (given?.suspense) throw suspenseError();
  return observer.inputFor(fetcher, options, given, allowRetry(observer, options, resets, false));
}

function listError(queries: unknown): MachoOptionError {
  const remedy = "Pass an object with the list of options as queries.";
  return new MachoOptionError("queries", `of ${OWNER} must be an array`, queries, remedy);
}

function suspenseError(): MachoOptionError {
  const remedy = "Use useCachedQuery in a component for each, or usePrefetchQuery before them.";
  return new MachoOptionError("suspense", `is not an option of ${OWNER}`, true, remedy);
}
