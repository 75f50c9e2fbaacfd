import type { AnyFetcher } from "../model/fetcher.ts";
import {
  answerOrDefault,
  checkedAnswer,
  type QueryInfo,
  type QueryOptions,
  type ResolvedQueryOptions,
  type StaleTime,
} from "../model/options.ts";
import type { Direction } from "../model/state.ts";

/** What a hook gave: in one render, or in the last one that was committed. */
export interface HookInput {
  readonly options: ResolvedQueryOptions;
  /** `undefined` for a hook that never loads. */
  readonly fetcher: AnyFetcher | undefined;
  /** Whether it may load by itself. */
  readonly isEnabled: boolean;
  readonly staleTime: StaleTime;
  /** Whether its mount is a reason to load what has failed. */
  readonly retriesOnMount: boolean;
}

/** A hook, as its query sees it. */
export interface Watcher extends HookInput {
  /** The state, or whether it is stale, is different. */
  changed(): void;
}

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly options: ResolvedQueryOptions;
  /** Which page to add, where there are pages; all are loaded again otherwise. */
  readonly direction?: Direction | undefined;
  /** The fetcher stands for a load that goes on elsewhere: it can be asked only once, and is not to be remembered. */
  readonly isSent?: boolean | undefined;
  /** Whatever is there is not enough for whoever asks: it is loaded by the fetcher. */
  readonly isForced?: boolean | undefined;
  /** How fresh is fresh enough for a call. A hook has its own rule. */
  readonly staleTime?: StaleTime | undefined;
  /** The hook that asked: what it gives later counts for the next try. A call has none, and keeps what it gave. */
  readonly watcher?: Pick<HookInput, "fetcher" | "options"> | undefined;
}

/** What a hook's load is made with; `undefined` for a hook that never loads. */
export function requestOf(
  watcher: Pick<HookInput, "fetcher" | "options">,
  direction?: Direction,
): LoadRequest | undefined {
  const { fetcher, options } = watcher;
  return fetcher && { fetcher, options, direction, watcher };
}

/** What an option says that may be a function of the query. One that throws says no. */
export function ruleOf<V>(
  name: keyof QueryOptions,
  rule: V | ((query: QueryInfo) => V | null | undefined),
  query: { info(): QueryInfo },
): V | false {
  // The types of the options have no other functions here.
  return typeof rule === "function" ? answerOf(name, rule as (query: QueryInfo) => V, query) : rule;
}

/** A function of its own: one that makes a closure costs more, also where it makes none. */
function answerOf<V>(name: keyof QueryOptions, ask: (query: QueryInfo) => V, query: { info(): QueryInfo }): V | false {
  return answerOrDefault<V | false>(() => checkedAnswer(name, ask(query.info())), false);
}
