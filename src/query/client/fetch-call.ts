import { reasonOf } from "../../core/internal.ts";
import { MachoError } from "../../core/index.ts";
import { describe } from "../../core/internal.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { KeyedQueryOptions } from "../model/keyed-options.ts";
import {
  checkedAnswer,
  type FetchOptions,
  type ResolvedQueryOptions,
  type StaleTime,
  type TimeForQuery,
} from "../model/options.ts";
import type { QueryStore } from "../store/store.ts";

/** What `fetchQuery` was called for. */
export interface FetchCall {
  readonly key: QueryKey;
  readonly hash: string;
  /** `undefined` for one that never loads. */
  readonly fetcher: AnyFetcher | undefined;
  readonly options: ResolvedQueryOptions;
  /** The options as they were given. */
  readonly asked: FetchOptions;
}

function besideError(owner: string, got: unknown): MachoError {
  const remedy = "Put options into the object, and for another client <MachoProvider client={client}> around the hook.";
  const message = `${owner} takes nothing beside an object with a queryKey, got ${describe(got)}. ${remedy}`;
  return new MachoError("invalid-argument", message);
}

/**
 * What a hook or a call is about: a key and what goes with it, or all in one object.
 * @throws MachoError "invalid-argument" for something beside such an object, such as a client
 */
export function splitCall<O extends object | undefined>(
  owner: string,
  which: unknown,
  fetcher: unknown,
  options: O,
): { key: QueryKey; fetcher: unknown; options: O | Omit<KeyedQueryOptions, "queryKey" | "fetcher"> } {
  // Anything else is no key, which its hash says.
  if (typeof which !== "object" || which === null || Array.isArray(which)) {
    return { key: which as QueryKey, fetcher, options };
  }
  // An object without one was meant as a key, which it cannot be.
  if (!("queryKey" in which)) hashKey(which as never);
  if (fetcher !== undefined) throw besideError(owner, fetcher);
  if (options !== undefined && Object.keys(options).length > 0) throw besideError(owner, options);
  const { queryKey, fetcher: own, ...others } = which as KeyedQueryOptions;
  return { key: queryKey as QueryKey, fetcher: own, options: others };
}

/** Fresh data, or else the answer of a load. Counts one lookup. */
export async function answerCall(
  store: QueryStore,
  { key, hash, options, asked }: FetchCall,
  fetcher: AnyFetcher,
  staleTime: TimeForQuery<StaleTime> = options.staleTime,
): Promise<unknown> {
  const { signal } = asked;
  if (signal?.aborted) throw reasonOf(signal);
  const answer = store.find(hash, { counts: true })?.answer;
  const freshFor =
    typeof staleTime === "function" ? checkedAnswer("staleTime", staleTime(store.infoOf(key, hash))) : staleTime;
  const data = answer?.state.data;
  if (data !== undefined && !answer!.isStale(store.now, freshFor)) return data;
  const until = store.now() + (store.cache.remainingTtl(hash) ?? Infinity);
  /** What the call gives in place of an error, as long as that may be shown. */
  const instead = (error: unknown): unknown => {
    const now = store.now();
    const {
      staleIfError = answer !== undefined && now < answer.freshSince + answer.freshFor(freshFor) + answer.staleIfError,
    } = asked;
    if (!staleIfError || data === undefined || now >= until) throw error;
    return data;
  };
  if (answer && store.now() < answer.errorUntil) return instead(answer.state.error);
  const load = store.open(key, hash).fetch({ fetcher, options }, signal);
  return data === undefined ? load : load.catch(instead);
}
