import { checkKind, fail, guarded } from "../../core/lru/internal.ts";
import type { Fetcher, LooseKey, NetworkMode, QueryMeta, Retry, RetryDelay, SkipToken } from "./fetcher.ts";
import {
  COUNT,
  DURATION,
  either,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  OBJECT,
  oneOf,
  type OptionRow,
  type OptionTable,
  type Resolved,
  TEXTS,
  WALL_TIME,
  WEIGHT,
} from "./option-table.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryState } from "./state.ts";

/** A query as it is now, for the devtools, and for functions among the options. `T` is what its fetcher gives. */
export interface QueryInfo<T = unknown> extends QueryState<T> {
  /** Whether the data is older than the `staleTime`, or was invalidated. */
  readonly isStale: boolean;
  /** Whether it was marked stale. */
  readonly isInvalidated: boolean;
  /** Hooks mounted on it. */
  readonly observerCount: number;
  /** Whether a mounted hook may load it. */
  readonly isActive: boolean;
  /** The tags of its answer. */
  readonly tags: readonly string[];
  /** The `meta` of its options. */
  readonly meta: QueryMeta | undefined;
}

/** A number of ms, or `"static"` for data that not even an invalidation makes stale. */
export type StaleTime = number | "static";

/**
 * A function among the options. As with a method, a parameter may be compared both ways: what is kept of options is only
 * ever called with the data that they came with. So options for films are options.
 * docs/decisions/0038-options-of-any-data.md
 * @since 0.2.0
 */
export type OptionFunction<A extends readonly unknown[], R> = { call(...args: A): R }["call"];

/** A value, or a function that gives it for the query as it is now. */
export type ForQuery<V, T = unknown> = V | OptionFunction<[query: QueryInfo<T>], V>;

/** The same for a time, of which a function may know nothing yet. */
export type TimeForQuery<V, T = unknown> = V | OptionFunction<[query: QueryInfo<T>], V | null | undefined>;

/** Whether something loads a query again: when it is stale, never, or `"always"`. */
export type Refetch = boolean | "always";

/**
 * Options of a hook, or of every hook of a client. `T` is what the fetcher gives, `S` what the hook gives.
 * An option that is `undefined` has its default.
 */
export interface QueryOptions<T = unknown, S = T> {
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
  weight?: number | OptionFunction<[data: T], number> | undefined;
  /** Names of groups that an answer belongs to, for `invalidateQueries({ tags })`. @defaultValue none */
  tags?: readonly string[] | OptionFunction<[data: T], readonly string[]> | undefined;
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
  /** What the hook shows of the data. Called again when the data or the function is another one. Must not change it. @defaultValue none */
  select?: OptionFunction<[data: T], S> | undefined;
  /** Shown until there is data: a value, or a function of what the hook showed for its key before. @defaultValue none */
  placeholderData?:
    | NoInfer<T>
    | OptionFunction<
        [previous: NoInfer<T> | undefined, query: QueryInfo<NoInfer<T>> | undefined],
        NoInfer<T> | undefined
      >
    | undefined;
  /** Data that a query without any begins with, as if it had been loaded. @defaultValue none */
  initialData?: NoInfer<T> | (() => NoInfer<T> | undefined) | undefined;
  /** Wall time in ms at which `initialData` came; 0 for stale. @defaultValue now */
  initialDataUpdatedAt?: number | undefined;
  /**
   * Whether an answer keeps the references of what is equal in the data before: plain objects, arrays and Dates.
   * `false` for never; `shareStructure` for Map, Set and the like as well; or a function of both that gives what to
   * keep. What a placeholder and `select` give is shared in the same way.
   * @defaultValue true
   */
  structuralSharing?: boolean | OptionFunction<[old: T | undefined, data: T], T> | undefined;
  /** Whether the component suspends until there is data, and throws errors without any. @defaultValue false */
  suspense?: boolean | undefined;
  /** Whether the component throws the error of a load, for an error boundary. @defaultValue false */
  throwOnError?: boolean | OptionFunction<[error: unknown, query: QueryInfo<NoInfer<T>>], boolean> | undefined;
  /** Whether the hook hears of changes; without, it shows what it has. @defaultValue true */
  subscribed?: boolean | undefined;
  /** For the fetcher, and for listeners of the client. @defaultValue none */
  meta?: QueryMeta | undefined;
  /** Whether the answer may be kept beyond the page, where the client is persisted. @defaultValue true @since 0.2.0 */
  persist?: boolean | undefined;
  /**
   * Whether the answer is the same for every user, so that a store that other machines read may keep it, such as Redis.
   * @defaultValue false
   * @since 0.2.0
   */
  shared?: boolean | undefined;
  /** Loads keys whose hook or call brings no fetcher of its own. @defaultValue none */
  fetcher?: Fetcher<T, LooseKey<QueryKey>> | SkipToken | undefined;
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
  | "meta"
  | "persist"
  | "shared";

/** Options of `fetchQuery` and `prefetchQuery`. */
export interface FetchOptions<T = unknown> extends Pick<QueryOptions<T>, CallOption> {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. @defaultValue none */
  signal?: AbortSignal | undefined;
  /** Whether stale data that is there is given when the load fails. @defaultValue as its fetcher said, or else false */
  staleIfError?: boolean | undefined;
}

/** Options of `setQueryData`. */
export interface SetDataOptions extends Pick<QueryOptions, "ttl" | "weight" | "tags"> {
  /** Wall time in ms at which the data came. Older than what is there, it changes nothing. @defaultValue now */
  updatedAt?: number | undefined;
}

/** Options that were checked, with their defaults. Those that are named here have none. */
export type ResolvedQueryOptions = Resolved<
  QueryOptions,
  | "ttl"
  | "weight"
  | "tags"
  | "retryDelay"
  | "select"
  | "placeholderData"
  | "initialData"
  | "initialDataUpdatedAt"
  | "meta"
  | "fetcher"
>;

const FLAG_OR_FUNCTION = either(FLAG, FUNCTION);
const WHEN = either(oneOf("always"), FLAG_OR_FUNCTION);
const TIME = either(DURATION, FUNCTION);

/** Every option that hooks and calls have in common. */
const CALL_OPTIONS: Pick<OptionTable<ResolvedQueryOptions>, CallOption> = {
  staleTime: [either(TIME, oneOf("static")), 0],
  ttl: [MS],
  errorTtl: [DURATION, 0],
  weight: [either(WEIGHT, FUNCTION)],
  tags: [either(TEXTS, FUNCTION)],
  retry: [either(COUNT, FLAG_OR_FUNCTION), 3],
  retryDelay: [TIME],
  networkMode: [oneOf("online", "offlineFirst", "always"), "online"],
  structuralSharing: [FLAG_OR_FUNCTION, true],
  meta: [OBJECT],
  persist: [FLAG, true],
  shared: [FLAG, false],
};

/** Every option of a query. */
export const QUERY_OPTIONS: OptionTable<ResolvedQueryOptions> = {
  ...CALL_OPTIONS,
  enabled: [FLAG_OR_FUNCTION, true],
  retryOnMount: [FLAG, true],
  refetchOnMount: [WHEN, true],
  refetchOnWindowFocus: [WHEN, true],
  refetchOnReconnect: [WHEN, true],
  refetchInterval: [either(TIME, oneOf(false)), false],
  refetchIntervalInBackground: [FLAG, false],
  select: [FUNCTION],
  placeholderData: [],
  initialData: [],
  initialDataUpdatedAt: [WALL_TIME],
  suspense: [FLAG, false],
  throwOnError: [FLAG_OR_FUNCTION, false],
  subscribed: [FLAG, true],
  fetcher: [],
};

/** A signal may come from another frame: it is known by its shape. */
const SIGNAL: Kind = [
  "an AbortSignal",
  (signal) => typeof (signal as AbortSignal | null)?.aborted === "boolean",
  "controller.signal",
];

/** Every option of `fetchQuery` and `prefetchQuery`. */
export const FETCH_OPTIONS: OptionTable<Resolved<FetchOptions, keyof FetchOptions>> = {
  ...CALL_OPTIONS,
  signal: [SIGNAL],
  staleIfError: [FLAG],
};

/** Every option of hooks and calls: what one object says to both. */
export const CALL_AND_HOOK_OPTIONS: Readonly<Record<string, OptionRow>> = { ...QUERY_OPTIONS, ...FETCH_OPTIONS };

/** Every option of `setQueryData`. */
export const SET_DATA_OPTIONS: OptionTable<Resolved<SetDataOptions, keyof SetDataOptions>> = {
  ttl: CALL_OPTIONS.ttl,
  weight: CALL_OPTIONS.weight,
  tags: CALL_OPTIONS.tags,
  updatedAt: [WALL_TIME],
};

/**
 * What a function among the options gave. What it makes of data that is not there yet is no time: that stands for 0.
 * @throws MachoOptionError for what the option could not be
 */
export function checkedAnswer<V>(option: keyof QueryOptions, answer: V | null | undefined): V {
  const kind = QUERY_OPTIONS[option][0]!;
  const isTime = option === "staleTime" || option === "refetchInterval";
  // 0 is one of both.
  if (isTime && typeof (answer ?? 0) === "number" && !(Number(answer) > 0)) return 0 as V;
  if (typeof answer === "function") fail(option, "must not give a function", answer, `${option}: ${kind[2]}`);
  checkKind(option, answer, kind);
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
