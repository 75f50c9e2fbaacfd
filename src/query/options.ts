import { type LoadContext, MachoError } from "../core/index.ts";
import { check, checkNames, checkTtl, describe } from "../core/internal.ts";
import type { QueryKey } from "./key.ts";
import type { Retry, RetryDelay } from "./retry.ts";

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
  /**
   * How often a load that failed is tried again: a number of times, `true` for ever, `false` for never, or a function of
   * the failures before this one and the error. Not before `mount()`, so not on a server.
   * @defaultValue 3; for `fetchQuery` and `prefetchQuery` 0
   */
  retry?: Retry | undefined;
  /**
   * Ms to wait before the next try, or a function of the failures before this one and the error.
   * @defaultValue 1,000 doubled with each failure up to 30,000, of which a random half to all
   */
  retryDelay?: RetryDelay | undefined;
  /** Whether stale data on screen is loaded again when the page comes to the front. @defaultValue true */
  refetchOnWindowFocus?: boolean | undefined;
  /** Whether stale data on screen is loaded again when the network comes back. @defaultValue true */
  refetchOnReconnect?: boolean | undefined;
}

/** Options of `fetchQuery` and `prefetchQuery`. */
export interface FetchOptions extends Pick<QueryOptions, "staleTime" | "ttl" | "retry" | "retryDelay"> {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. */
  signal?: AbortSignal | undefined;
}

/** Options of `setQueryData`. */
export type SetDataOptions = Pick<QueryOptions, "ttl">;

/** Options that were checked, with their defaults. */
export interface ResolvedQueryOptions {
  readonly staleTime: number;
  /** `undefined` for the cache's own. */
  readonly ttl: number | undefined;
  readonly enabled: boolean;
  readonly retry: Retry;
  /** `undefined` for the default backoff. */
  readonly retryDelay: RetryDelay | undefined;
  readonly refetchOnWindowFocus: boolean;
  readonly refetchOnReconnect: boolean;
}

const QUERY_OPTIONS = {
  staleTime: true,
  ttl: true,
  enabled: true,
  retry: true,
  retryDelay: true,
  refetchOnWindowFocus: true,
  refetchOnReconnect: true,
} satisfies Record<keyof QueryOptions, true>;
const FETCH_OPTIONS = {
  staleTime: true,
  ttl: true,
  retry: true,
  retryDelay: true,
  signal: true,
} satisfies Record<keyof FetchOptions, true>;

/** A hook's options over the client's. @throws MachoOptionError for one that cannot be used or does not exist */
export function resolveQueryOptions(
  owner: string,
  options: QueryOptions,
  defaults: QueryOptions,
): ResolvedQueryOptions {
  checkNames(owner, options, QUERY_OPTIONS);
  const { staleTime = defaults.staleTime ?? 0, ttl = defaults.ttl, enabled = defaults.enabled ?? true } = options;
  const { retry = defaults.retry ?? 3, retryDelay = defaults.retryDelay } = options;
  const { refetchOnWindowFocus = defaults.refetchOnWindowFocus ?? true } = options;
  const { refetchOnReconnect = defaults.refetchOnReconnect ?? true } = options;
  checkMs("staleTime", staleTime, "60_000");
  if (ttl !== undefined) checkTtl(ttl);
  checkBoolean("enabled", enabled, "Boolean(id)");
  const canRetry = ["boolean", "function"].includes(typeof retry) || (typeof retry === "number" && retry >= 0);
  check(canRetry, "retry", "must be a number of 0 or more, a boolean or a function", retry, "retry: 3");
  if (retryDelay !== undefined && typeof retryDelay !== "function") checkMs("retryDelay", retryDelay, "1_000");
  checkBoolean("refetchOnWindowFocus", refetchOnWindowFocus, "false");
  checkBoolean("refetchOnReconnect", refetchOnReconnect, "false");
  return { staleTime, ttl, enabled, retry, retryDelay, refetchOnWindowFocus, refetchOnReconnect };
}

/** An imperative call's options over the client's; it tries once. @throws like {@link resolveQueryOptions} */
export function resolveFetchOptions(
  owner: string,
  options: FetchOptions,
  defaults: QueryOptions,
): ResolvedQueryOptions {
  checkNames(owner, options, FETCH_OPTIONS);
  const { staleTime, ttl, retry = 0, retryDelay } = options;
  return resolveQueryOptions(owner, { staleTime, ttl, retry, retryDelay }, defaults);
}

/** @throws MachoError unless it is a function */
export function checkFetcher(owner: string, fetcher: unknown): void {
  if (typeof fetcher === "function") return;
  const remedy = "Pass (key, { signal }) => data or a promise of it.";
  throw new MachoError("invalid-argument", `${owner} needs a fetcher, got ${describe(fetcher)}. ${remedy}`);
}

function checkMs(option: string, ms: unknown, example: string): void {
  const isGood = typeof ms === "number" && ms >= 0;
  check(isGood, option, "must be a number of ms of 0 or more, or Infinity", ms, `${option}: ${example}`);
}

function checkBoolean(option: string, value: unknown, example: string): void {
  check(typeof value === "boolean", option, "must be true or false", value, `${option}: ${example}`);
}
