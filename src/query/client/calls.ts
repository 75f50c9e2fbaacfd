import { MachoError } from "../../core/lru/index.ts";
import { describe, reasonOf } from "../../core/lru/internal.ts";
import { fetcherOf, forCalls } from "../model/defaults.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { KeyedQueryOptions } from "../model/keyed-options.ts";
import { checkedAnswer, type FetchOptions, type StaleTime, type TimeForQuery } from "../model/options.ts";
import type { LoadRequest } from "../machine/watcher.ts";
import type { QueryStore } from "../store/store.ts";

/** What one call of `fetchQuery` and its kin was given: a key and what goes with it, or all in one object. */
type Given = readonly [which: QueryKey | KeyedQueryOptions, fetcher: AnyFetcher | undefined, options: FetchOptions];

/** @throws MachoError "disposed" */
export function checkAlive({ isDisposed }: QueryStore, method: string): void {
  if (!isDisposed) return;
  const message = `${method} was called on a disposed QueryClient. Make a new one, or dispose of it later.`;
  throw new MachoError("disposed", message);
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
): { owner: string; key: QueryKey; fetcher: unknown; options: O | Omit<KeyedQueryOptions, "queryKey" | "fetcher"> } {
  // Anything else is no key, which its hash says.
  if (typeof which !== "object" || which === null || Array.isArray(which)) {
    return { owner, key: which as QueryKey, fetcher, options };
  }
  // An object without one was meant as a key, which it cannot be.
  if (!("queryKey" in which)) hashKey(which as never);
  if (fetcher !== undefined) throw besideError(owner, fetcher);
  if (options !== undefined && Object.keys(options).length > 0) throw besideError(owner, options);
  const { queryKey, fetcher: own, ...others } = which as KeyedQueryOptions;
  return { owner, key: queryKey as QueryKey, fetcher: own, options: others };
}

/**
 * The answer for one call.
 * @param staleTime in place of that of the options
 * @throws MachoError "invalid-argument" for `skipToken`
 */
export async function fetchFor(
  store: QueryStore,
  owner: string,
  given: Given,
  staleTime?: StaleTime,
): Promise<unknown> {
  const answer = callFor(store, owner, given, staleTime);
  if (answer) return answer;
  throw new MachoError("invalid-argument", `${owner} needs a fetcher, got skipToken. Pass one.`);
}

/** The same; `undefined` for `skipToken`. @throws MachoError for what cannot be called */
export function callFor(
  store: QueryStore,
  owner: string,
  [which, own, given]: Given,
  staleTime?: StaleTime,
): Promise<unknown> | undefined {
  checkAlive(store, owner);
  const { key, fetcher: split, options: brought } = splitCall(owner, which, own, given);
  // Options that serve hooks as well say more than a call takes.
  const asked = Object.is(brought, given) ? given : forCalls(brought);
  const options = store.defaults.resolveFetch(owner, key, asked);
  const hash = hashKey(key);
  const loader = fetcherOf(owner, split, options);
  return loader && answerTo(store, { key, hash, fetcher: loader, options, asked }, staleTime ?? options.staleTime);
}

interface Call extends LoadRequest {
  readonly key: QueryKey;
  readonly hash: string;
  /** The options as they were given. */
  readonly asked: FetchOptions;
}

/** Fresh data, or else the answer of a load. Counts one lookup. */
async function answerTo(store: QueryStore, call: Call, staleTime: TimeForQuery<StaleTime>): Promise<unknown> {
  const { key, hash, fetcher, options, asked } = call;
  const { signal } = asked;
  if (signal?.aborted) throw reasonOf(signal);
  const known = store.find(hash, { counts: true })?.answer;
  const freshFor =
    typeof staleTime === "function" ? checkedAnswer("staleTime", staleTime(store.infoOf(key, hash))) : staleTime;
  const data = known?.state.data;
  if (data !== undefined && !known!.isStale(store.now, freshFor)) return data;
  const until = store.now() + (store.cache.remainingTtl(hash) ?? Infinity);
  /** What the call gives in place of an error, as long as that may be shown. */
  const instead = (error: unknown): unknown => {
    const now = store.now();
    const { staleIfError = known && now < known.freshSince + known.freshFor(freshFor) + known.staleIfError } = asked;
    if (!staleIfError || data === undefined || now >= until) throw error;
    return data;
  };
  if (known && store.now() < known.errorUntil) return instead(known.state.error);
  const load = store.open(key, hash).fetch({ fetcher, options }, signal);
  return data === undefined ? load : load.catch(instead);
}
