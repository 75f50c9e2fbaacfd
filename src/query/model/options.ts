import { MachoOptionError } from "../../core/index.ts";
import { check, checkNames, checkTtl, guarded, hasOwn } from "../../core/internal.ts";
import type { AnyFetcher, Fetcher, NetworkMode, QueryMeta, Retry, RetryDelay, SkipToken } from "./fetcher.ts";
import type { QueryState } from "./state.ts";

/** Whatever a user's types say: options are kept, and passed on, with the very data that they are for. */
export type Anything = any; // oxlint-disable-line typescript/no-explicit-any

/** A query as it is now, for the devtools, and for functions among the options. `T` is what its fetcher gives. */
export interface QueryInfo<T = unknown> extends QueryState<T> {
  readonly isStale: boolean;
  readonly isInvalidated: boolean;
  /** Hooks mounted on it. */
  readonly observerCount: number;
  /** Whether a mounted hook may load it. */
  readonly isActive: boolean;
  readonly tags: readonly string[];
  readonly meta: QueryMeta | undefined;
}

/** A number of ms, or `"static"` for data that not even an invalidation makes stale. */
export type StaleTime = number | "static";

/** A value, or a function that gives it for the query as it is now. */
export type ForQuery<V, T = unknown> = V | ((query: QueryInfo<T>) => V);

/** The same for a time, of which a function may know nothing yet. */
export type TimeForQuery<V, T = unknown> = V | ((query: QueryInfo<T>) => V | null | undefined);

/** Whether something loads a query again: when it is stale, never, or `"always"`. */
export type Refetch = boolean | "always";

/**
 * Options of a hook, or of every hook of a client. `T` is what the fetcher gives, `S` what the hook gives.
 * An option that is `undefined` has its default.
 */
export interface QueryOptions<T = Anything, S = T> {
  /**
   * Age in ms from which data is stale: still shown, and loaded again when a hook mounts. 0 or more; `Infinity` for
   * not by age; `"static"` for never, whatever else asks for a load. Data whose fetcher said how long it is fresh is
   * as fresh as that. A function that gives no such number says 0.
   * @defaultValue 0
   */
  staleTime?: TimeForQuery<StaleTime, NoInfer<T>> | undefined;
  /**
   * Age in ms from which data is not shown any more: the hook is pending and loads. Above 0, or `Infinity`.
   * @defaultValue the cache's `ttl`
   */
  ttl?: number | undefined;
  /** Ms for which a failure stands for an answer, so that nobody loads again meanwhile. 0 or more. @defaultValue 0 */
  errorTtl?: number | undefined;
  /**
   * What an answer weighs, in the unit of the cache's `maxWeight`, which it needs: an integer of 0 or more.
   * @defaultValue what the cache's `weigher` says
   */
  weight?: number | ((data: T) => number) | undefined;
  /** Names of groups that an answer belongs to, for `invalidateQueries({ tags })`. */
  tags?: readonly string[] | ((data: T) => readonly string[]) | undefined;
  /** Whether the hook may load by itself. `refetch` always may. @defaultValue true */
  enabled?: ForQuery<boolean, NoInfer<T>> | undefined;
  /**
   * How often a load that failed is tried again: a number of times, `true` for ever, `false` for never, or a function of
   * the failures before this one and the error. Not before `mount()`, so not on a server.
   * @defaultValue 3; for `fetchQuery` and `prefetchQuery` 0
   */
  retry?: Retry | undefined;
  /**
   * Ms to wait before the next try, or a function of the failures before this one and the error: what is no number there
   * stands for the default.
   * @defaultValue 1,000 doubled with each failure up to 30,000, of which a random half to all
   */
  retryDelay?: RetryDelay | undefined;
  /** Whether a hook that mounts loads a query that has failed and has no data. @defaultValue true */
  retryOnMount?: boolean | undefined;
  /** Whether data that is there is loaded again when the hook mounts. @defaultValue true: when it is stale */
  refetchOnMount?: ForQuery<Refetch, NoInfer<T>> | undefined;
  /** Whether data on screen is loaded again when the page comes to the front. @defaultValue true: when it is stale */
  refetchOnWindowFocus?: ForQuery<Refetch, NoInfer<T>> | undefined;
  /** Whether data on screen is loaded again when the network comes back. @defaultValue true: when it is stale */
  refetchOnReconnect?: ForQuery<Refetch, NoInfer<T>> | undefined;
  /**
   * Ms after which data on screen is loaded again and again, counted from the end of a load, or from when the interval
   * was switched on if that is later. `false` and 0 for never; of a function also `undefined`, `NaN` and what is
   * negative. Of several hooks on a key the one that is due first counts, and there is one load for all.
   * @defaultValue false
   */
  refetchInterval?: TimeForQuery<number | false, NoInfer<T>> | undefined;
  /** Whether that goes on while the page is hidden. @defaultValue false */
  refetchIntervalInBackground?: boolean | undefined;
  /**
   * `"online"`: a load waits while there is no network. `"always"`: it never does. `"offlineFirst"`: the first try is
   * made, and further ones wait.
   * @defaultValue "online"
   */
  networkMode?: NetworkMode | undefined;
  /** What the hook shows of the data. Called again when the data or the function is another one. Must not change it. */
  select?: ((data: T) => S) | undefined;
  /** Shown until there is data: a value, or a function of what the hook showed for its key before. */
  placeholderData?:
    | NoInfer<T>
    | ((previous: NoInfer<T> | undefined, query: QueryInfo<NoInfer<T>> | undefined) => NoInfer<T> | undefined)
    | undefined;
  /** Data that a query without any begins with, as if it had been loaded. */
  initialData?: NoInfer<T> | (() => NoInfer<T> | undefined) | undefined;
  /** Wall time in ms at which `initialData` came; 0 for stale. @defaultValue now */
  initialDataUpdatedAt?: number | undefined;
  /**
   * Whether an answer keeps the references of what is equal in the data before: plain objects, arrays and Dates.
   * `false` for never; `shareStructure` for Map, Set and the like as well; or a function of both that gives what to
   * keep. What a placeholder and `select` give is shared in the same way.
   * @defaultValue true
   */
  structuralSharing?: boolean | ((old: T | undefined, data: T) => T) | undefined;
  /** Whether the component suspends until there is data, and throws errors without any. @defaultValue false */
  suspense?: boolean | undefined;
  /** Whether the component throws the error of a load, for an error boundary. @defaultValue false */
  throwOnError?: boolean | ((error: unknown, query: QueryInfo<NoInfer<T>>) => boolean) | undefined;
  /** Whether the hook hears of changes; without, it shows what it has. @defaultValue true */
  subscribed?: boolean | undefined;
  /** For the fetcher, and for listeners of the client. */
  meta?: QueryMeta | undefined;
  /** Loads keys whose hook or call brings no fetcher of its own. */
  fetcher?: Fetcher<T, Anything> | SkipToken | undefined;
}

/** Options that hooks and calls have in common. */
type CallOption =
  | "staleTime"
  | "ttl"
  | "errorTtl"
  | "weight"
  | "tags"
  | "retry"
  | "retryDelay"
  | "networkMode"
  | "structuralSharing"
  | "meta";

/** Options of `fetchQuery` and `prefetchQuery`. */
export interface FetchOptions<T = Anything> extends Pick<QueryOptions<T>, CallOption> {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. */
  signal?: AbortSignal | undefined;
  /** Whether stale data that is there is given when the load fails. @defaultValue as its fetcher said, or else false */
  staleIfError?: boolean | undefined;
}

/** Options of `setQueryData`. */
export interface SetDataOptions extends Pick<QueryOptions, "ttl" | "weight" | "tags"> {
  /** Wall time in ms at which the data came. Older than what is there, it changes nothing. @defaultValue now */
  updatedAt?: number | undefined;
}

/** Options that were checked, with their defaults. */
export interface ResolvedQueryOptions {
  readonly staleTime: TimeForQuery<StaleTime>;
  /** `undefined` for the cache's own. */
  readonly ttl: number | undefined;
  readonly errorTtl: number;
  readonly weight: QueryOptions["weight"];
  readonly tags: QueryOptions["tags"];
  readonly enabled: ForQuery<boolean>;
  readonly retry: Retry;
  /** `undefined` for the default backoff. */
  readonly retryDelay: RetryDelay | undefined;
  readonly retryOnMount: boolean;
  readonly refetchOnMount: ForQuery<Refetch>;
  readonly refetchOnWindowFocus: ForQuery<Refetch>;
  readonly refetchOnReconnect: ForQuery<Refetch>;
  readonly refetchInterval: TimeForQuery<number | false>;
  readonly refetchIntervalInBackground: boolean;
  readonly networkMode: NetworkMode;
  readonly select: QueryOptions["select"];
  readonly placeholderData: unknown;
  readonly initialData: unknown;
  readonly initialDataUpdatedAt: number | undefined;
  readonly structuralSharing: boolean | ((old: unknown, data: unknown) => unknown);
  readonly suspense: boolean;
  readonly throwOnError: boolean | ((error: unknown, query: QueryInfo) => boolean);
  readonly subscribed: boolean;
  readonly meta: QueryMeta | undefined;
  /** The default one. */
  readonly fetcher: AnyFetcher | SkipToken | undefined;
}

type Check = (option: string, value: unknown) => void;

const isBoolean = (value: unknown): boolean => typeof value === "boolean";
const isFunction = (value: unknown): boolean => typeof value === "function";
const isMs = (value: unknown): boolean => typeof value === "number" && value >= 0;

function must(isGood: (value: unknown) => boolean, rule: string, example: string): Check {
  return (option, value) => check(isGood(value), option, rule, value, `${option}: ${example}`);
}

const mustBeBoolean = must(isBoolean, "must be true or false", "false");
const mustBeMs = must(isMs, "must be a number of ms of 0 or more, or Infinity", "60_000");
const mustRefetch = must(
  (value) => isBoolean(value) || value === "always" || isFunction(value),
  'must be true, false, "always" or a function',
  "false",
);
const anything: Check = () => undefined;

const CHECKS: Readonly<Record<keyof QueryOptions, Check>> = {
  staleTime: must(
    (value) => isMs(value) || value === "static" || isFunction(value),
    'must be a number of ms of 0 or more, Infinity, "static" or a function',
    "60_000",
  ),
  ttl: (_, value) => checkTtl(value),
  errorTtl: mustBeMs,
  weight: must(
    (value) => isFunction(value) || (Number.isInteger(value) && (value as number) >= 0),
    "must be an integer of 0 or more, or a function",
    "1",
  ),
  tags: must(
    (value) => isFunction(value) || (Array.isArray(value) && value.every((tag) => typeof tag === "string")),
    "must be an array of strings or a function",
    '["films"]',
  ),
  enabled: must((value) => isBoolean(value) || isFunction(value), "must be true, false or a function", "Boolean(id)"),
  retry: must(
    (value) => isBoolean(value) || isFunction(value) || isMs(value),
    "must be a number of 0 or more, a boolean or a function",
    "3",
  ),
  retryDelay: must(
    (value) => isFunction(value) || isMs(value),
    "must be a number of ms of 0 or more, Infinity or a function",
    "1_000",
  ),
  retryOnMount: mustBeBoolean,
  refetchOnMount: mustRefetch,
  refetchOnWindowFocus: mustRefetch,
  refetchOnReconnect: mustRefetch,
  refetchInterval: must(
    (value) => value === false || isFunction(value) || isMs(value),
    "must be a number of ms of 0 or more, false or a function",
    "5_000",
  ),
  refetchIntervalInBackground: mustBeBoolean,
  networkMode: must(
    (value) => value === "online" || value === "always" || value === "offlineFirst",
    'must be "online", "always" or "offlineFirst"',
    '"always"',
  ),
  select: must(isFunction, "must be a function", "(data) => data.title"),
  placeholderData: anything,
  initialData: anything,
  initialDataUpdatedAt: must(isMs, "must be a wall time in ms", "Date.now()"),
  structuralSharing: must(
    (value) => isBoolean(value) || isFunction(value),
    "must be true, false or a function",
    "false",
  ),
  suspense: mustBeBoolean,
  throwOnError: must((value) => isBoolean(value) || isFunction(value), "must be true, false or a function", "true"),
  subscribed: mustBeBoolean,
  meta: must((value) => typeof value === "object" && value !== null, "must be an object", "{}"),
  fetcher: anything,
};

/** Whether a hook has an option of this name. */
export function isOptionName(name: string): boolean {
  return hasOwn(CHECKS, name);
}

/** What others call it, and what stands for it here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  queryFn: "fetcher",
  gcTime: "ttl, or maxCacheSize of the cache",
  cacheTime: "ttl, or maxCacheSize of the cache",
};

/** @throws MachoError when `options` is no object, MachoOptionError for a name that does not exist */
export function checkOptionNames(owner: string, options: object, known: Readonly<Record<string, unknown>>): void {
  for (const [name, instead] of Object.entries(ELSEWHERE)) {
    const got: unknown = (options as Record<string, unknown> | null)?.[name];
    if (got !== undefined) throw new MachoOptionError(name, `is not an option of ${owner}`, got, `Pass ${instead}.`);
  }
  checkNames(owner, options, known);
}

/**
 * What a function among the options gave. What it makes of data that is not there yet is no time: that stands for 0.
 * @throws MachoOptionError for what the option could not be
 */
export function checkedAnswer<V>(option: keyof QueryOptions, answer: V | null | undefined): V {
  if (typeof answer === "function") mustBeMs(option, answer);
  const isTime = option === "staleTime" || option === "refetchInterval";
  // 0 is one of both.
  if (isTime && isNoTime(answer)) return 0 as V;
  CHECKS[option](option, answer);
  // It was checked for being what the option takes.
  return answer as V;
}

/**
 * What a function among a hook's options says. What it throws is reported to the host, as what a listener throws: it
 * must not keep other hooks from their news. Then it says `instead`.
 */
export function answerOrDefault<V>(ask: () => V, instead: V): V {
  let answer = instead;
  guarded(() => {
    answer = ask();
  });
  return answer;
}

function isNoTime(answer: unknown): boolean {
  return answer === undefined || answer === null || (typeof answer === "number" && !(answer >= 0));
}

/** @throws MachoOptionError for an option that cannot be used or does not exist */
export function checkQueryOptions(owner: string, options: QueryOptions, isWeighed: boolean): void {
  checkOptionNames(owner, options, CHECKS);
  const { weight } = options;
  const isOf = weight === undefined || isWeighed;
  check(isOf, "weight", "needs a cache with maxWeight", weight, "cache: { maxWeight: 5_000_000 }");
  for (const name of Object.keys(options) as (keyof QueryOptions)[]) {
    if (options[name] !== undefined) CHECKS[name](name, options[name]);
  }
}

/** What the options leave open. All names, so that all options have one shape. */
export const QUERY_DEFAULTS: ResolvedQueryOptions = {
  staleTime: 0,
  ttl: undefined,
  errorTtl: 0,
  weight: undefined,
  tags: undefined,
  enabled: true,
  retry: 3,
  retryDelay: undefined,
  retryOnMount: true,
  refetchOnMount: true,
  refetchOnWindowFocus: true,
  refetchOnReconnect: true,
  refetchInterval: false,
  refetchIntervalInBackground: false,
  networkMode: "online",
  select: undefined,
  placeholderData: undefined,
  initialData: undefined,
  initialDataUpdatedAt: undefined,
  structuralSharing: true,
  suspense: false,
  throwOnError: false,
  subscribed: true,
  meta: undefined,
  fetcher: undefined,
};
