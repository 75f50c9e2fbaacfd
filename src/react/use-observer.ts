import { useContext, useMemo, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import {
  type Anything,
  hashKey,
  type KeyedQueryOptions,
  type ObserverView,
  type QueryClient,
  type QueryKey,
  type QueryObserver,
  type QueryOptions,
} from "../query/index.ts";
import { fetcherOf } from "../query/internal.ts";
import { clientOf, MachoContext } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { excuse, throwOutcome } from "./outcome.ts";
import { tracked } from "./tracked.ts";

/** A hook without a key yet does nothing: it is pending and idle. */
export type Idle = null | undefined | false;

/** What a hook was called with. */
export interface HookCall {
  readonly owner: string;
  readonly key: QueryKey | Idle;
  readonly fetcher: unknown;
  readonly options: QueryOptions | undefined;
}

/** What every hook of a query does: one observer for each key, whose result notes what is read. */
export function useObserver<O extends QueryObserver<Anything>>(
  call: HookCall,
  Observer: new (view: ObserverView) => O,
): ReturnType<O["getResult"]> {
  const surroundings = useContext(MachoContext);
  const client = clientOf(surroundings);
  const hash = hashOf(call.key);
  const last = useRef<O | undefined>(undefined);
  const observer = useMemo(
    () => {
      const made = observerOf(client, call, Observer, hash);
      if (last.current) made.follow(last.current);
      return made;
    },
    // The hash stands for the key, and what is not remembered here is brought up to date below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [client, hash],
  );
  const given = call.options;
  const options = observer.optionsFor(given);
  const fetcher = fetcherOf(call.owner, call.fetcher, options);
  excuse(observer, options, surroundings?.resets);
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  const result = observer.resultFor(fetcher, options);
  throwOutcome(observer, options, result);
  // Before the subscription, whose effect loads with what is set here. The result only counts beside other options.
  useFirstEffect(
    () => {
      last.current = observer;
      observer.update(fetcher, options, given, result);
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [observer, fetcher, options],
  );
  // An observer's result is that of its kind of query.
  return observer.shown(result, tracked) as ReturnType<O["getResult"]>;
}

/** The view of a key that a hook has. */
export function observerOf<O extends QueryObserver<Anything>>(
  client: QueryClient,
  { owner, key, fetcher, options }: HookCall,
  Observer: new (view: ObserverView) => O,
  hash: string | undefined = hashOf(key),
): O {
  // Without a hash there is no key.
  const target = hash === undefined ? undefined : { key: key as QueryKey, hash };
  return client.watch(owner, target, fetcher, options, Observer);
}

/** The identity of a key; `undefined` for none yet. */
export function hashOf(key: QueryKey | Idle): string | undefined {
  return key === null || key === undefined || key === false ? undefined : hashKey(key);
}

/** A key and what goes with it, or all in one object. */
export function callOfHook(
  owner: string,
  which: unknown,
  fetcher: unknown,
  options: QueryOptions | undefined,
): HookCall {
  if (typeof which !== "object" || which === null || Array.isArray(which)) {
    // Anything else is no key, which the hash says.
    return { owner, key: which as QueryKey | Idle, fetcher, options };
  }
  // An object without one was meant as a key, which it cannot be.
  if (!("queryKey" in which)) hashKey(which as never);
  const { queryKey, fetcher: own, ...others } = which as KeyedQueryOptions;
  return { owner, key: queryKey as QueryKey | Idle, fetcher: own, options: others };
}
