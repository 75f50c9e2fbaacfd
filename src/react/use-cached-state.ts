import { useCallback, useEffect, useRef } from "react";
import { type QueryKey, QueryObserver, type QueryOptions, skipToken } from "../query/index.ts";
import { useQueryClient } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { useObserver } from "./use-observer.ts";

/** Stores a value, or the output of a function of the value before. `undefined` changes nothing. */
export type SetCachedState<T> = (value: T | ((before: T) => T)) => void;

/**
 * A `useState` that lives in the cache: every component with the same key has the same value, and it is still there
 * when the component comes back, as long as the cache keeps it.
 *
 * @param initial the value where there is none, or a function that gives it; not stored before it is on screen
 *
 * @example
 * const [filter, setFilter] = useCachedState(["films", "filter"], "");
 */
export function useCachedState<T>(
  key: QueryKey,
  initial: T | (() => T),
  { ttl, tags }: Pick<QueryOptions<T>, "ttl" | "tags"> = {},
): [T, SetCachedState<T>] {
  const client = useQueryClient();
  const options = { initialData: initial, staleTime: "static", structuralSharing: false, ttl, tags } as const;
  const { data } = useObserver({ owner: "useCachedState", key, fetcher: skipToken, options }, QueryObserver<T>);
  const first = (): T => (typeof initial === "function" ? (initial as () => T)() : initial);
  useEffect(() => {
    // It was removed, or is too old: it begins anew, once for all components of the key.
    if (data === undefined && !client.host.isDisposed)
      client.setQueryData<T>(key, (old) => (old === undefined ? first() : old), { ttl, tags });
  });
  // What is on screen: the function is the same for the whole life of the hook.
  const shown = useRef({ client, key, first, ttl, tags });
  useFirstEffect(() => {
    shown.current = { client, key, first, ttl, tags };
  });
  const set = useCallback<SetCachedState<T>>((value) => {
    const { client: owner, key: name, first: begin, ...labels } = shown.current;
    const next =
      typeof value === "function"
        ? (before: T | undefined) => (value as (before: T) => T)(before === undefined ? begin() : before)
        : value;
    owner.setQueryData<T>(name, next, labels);
  }, []);
  return [data === undefined ? first() : data, set];
}
