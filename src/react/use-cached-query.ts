import { useEffect, useLayoutEffect, useMemo } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import { type Fetcher, hashKey, type QueryKey, type QueryOptions, type QueryResult } from "../query/index.ts";
import { checkFetcher } from "../query/internal.ts";
import { useQueryClient } from "./context.ts";
import { tracked } from "./tracked.ts";

/** A hook without a key yet does nothing: it is pending and idle. */
export type Idle = null | undefined | false;

/** Before `useEffect` of any component, which so meets the newest fetcher. On a server, React 18 warns of a layout effect. */
const useFirstEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * The data of a key: what the cache has at once, and what the fetcher gives, shared by every hook of the same key.
 * The component renders again only when a field that it read has changed.
 *
 * @param key a string or an array of plain values; `null`, `undefined` or `false` for none yet
 * @param fetcher `(key, { signal }) => data`; the newest mounted one of a key is used
 * @throws MachoError for a key, a fetcher or an option that cannot be used, and outside of `<MachoProvider>`
 *
 * @example
 * const { data, isPending, error } = useCachedQuery(["film", id], loadFilm, { staleTime: 60_000 });
 */
export function useCachedQuery<T, const K extends QueryKey>(
  key: K | Idle,
  fetcher: Fetcher<T, K>,
  options: QueryOptions = {},
): QueryResult<T> {
  const client = useQueryClient();
  const hash = key === null || key === undefined || key === false ? undefined : hashKey(key);
  checkFetcher("useCachedQuery", fetcher);
  const resolved = client.resolveOptions("useCachedQuery", options);
  // The hash stands for the key, and what is not remembered here is brought up to date below.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const observer = useMemo(() => client.observe(key, fetcher, options), [client, hash]);
  // Before the subscription, whose effect loads with what is set here.
  useFirstEffect(() => observer.update(fetcher, resolved));
  const snapshot = useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  // While hydrating, what the server had; otherwise the newest, also in fields whose changes were not told.
  const result = observer.isHydrating ? snapshot : observer.getResult();
  return useMemo(() => tracked(result, observer), [result, observer]);
}
