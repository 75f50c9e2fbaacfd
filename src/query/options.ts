import { type LoadContext, MachoError } from "../core/index.ts";
import { check, checkNames, checkTtl, describe } from "../core/internal.ts";
import type { QueryKey } from "./key.ts";

/** The user's function that gets the data of a key. The newest mounted one is used. Data is never `undefined`. */
export type Fetcher<T, K extends QueryKey = QueryKey> = (key: K, context: LoadContext) => T | PromiseLike<T>;

/** Options of a hook, or of every hook of a client. */
export interface QueryOptions {
  /**
   * Age in ms from which data is stale: still shown, and loaded again when a hook mounts. 0 or more; `Infinity` for
   * never.
   * @defaultValue 0
   */
  staleTime?: number | undefined;
  /**
   * Age in ms from which data is not shown any more: the hook is pending and loads. Above 0, or `Infinity`.
   * @defaultValue the cache's `ttl`
   */
  ttl?: number | undefined;
  /** Whether the hook may load by itself. `refetch` always may. @defaultValue true */
  enabled?: boolean | undefined;
}

/** Options of `fetchQuery` and `prefetchQuery`. */
export interface FetchOptions extends Omit<QueryOptions, "enabled"> {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. */
  signal?: AbortSignal | undefined;
}

/** Options of `setQueryData`. */
export type SetDataOptions = Pick<QueryOptions, "ttl">;

export interface ResolvedQueryOptions {
  readonly staleTime: number;
  /** `undefined` for the cache's own. */
  readonly ttl: number | undefined;
  readonly enabled: boolean;
}

const QUERY_OPTIONS = { staleTime: true, ttl: true, enabled: true } satisfies Record<keyof QueryOptions, true>;
const FETCH_OPTIONS = { staleTime: true, ttl: true, signal: true } satisfies Record<keyof FetchOptions, true>;

/** A hook's options over the client's. @throws MachoOptionError for one that cannot be used or does not exist */
export function resolveQueryOptions(
  owner: string,
  options: QueryOptions,
  defaults: QueryOptions,
): ResolvedQueryOptions {
  checkNames(owner, options, QUERY_OPTIONS);
  const { staleTime = defaults.staleTime ?? 0, ttl = defaults.ttl, enabled = defaults.enabled ?? true } = options;
  checkStaleTime(staleTime);
  if (ttl !== undefined) checkTtl(ttl);
  check(typeof enabled === "boolean", "enabled", "must be true or false", enabled, "enabled: Boolean(id)");
  return { staleTime, ttl, enabled };
}

/** An imperative call's options over the client's. @throws like {@link resolveQueryOptions} */
export function resolveFetchOptions(
  owner: string,
  options: FetchOptions,
  defaults: QueryOptions,
): ResolvedQueryOptions {
  checkNames(owner, options, FETCH_OPTIONS);
  const { staleTime, ttl } = options;
  return resolveQueryOptions(owner, { staleTime, ttl }, { ...defaults, enabled: true });
}

/** @throws MachoError unless it is a function */
export function checkFetcher(owner: string, fetcher: unknown): void {
  if (typeof fetcher === "function") return;
  const remedy = "Pass (key, { signal }) => data or a promise of it.";
  throw new MachoError("invalid-argument", `${owner} needs a fetcher, got ${describe(fetcher)}. ${remedy}`);
}

function checkStaleTime(staleTime: unknown): void {
  const isGood = typeof staleTime === "number" && staleTime >= 0;
  check(isGood, "staleTime", "must be a number of ms of 0 or more, or Infinity", staleTime, "staleTime: 60_000");
}
