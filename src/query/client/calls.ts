// Calls about one key: those that load, and those that write.
import { MachoError } from "../../core/lru/index.ts";
import { describe, disposedError, reasonOf } from "../../core/lru/internal.ts";
import { fetcherOf } from "../model/defaults.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { KeyedQueryOptions } from "../model/keyed-options.ts";
import { checkOptions } from "../model/option-table.ts";
import {
  checkedAnswer,
  type FetchOptions,
  type ResolvedQueryOptions,
  SET_DATA_OPTIONS,
  type SetDataOptions,
  type StaleTime,
  type TimeForQuery,
} from "../model/options.ts";
import { isStale } from "../machine/freshness.ts";
import type { LoadRequest } from "../machine/watcher.ts";
import { COUNTED, type QueryStore } from "../store/store.ts";

/** @throws MachoError "disposed" */
export function checkAlive({ isDisposed }: QueryStore, method: string): void {
  if (isDisposed) throw disposedError(method, "QueryClient");
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
  const beside = fetcher === undefined && options && Object.keys(options).length > 0 ? options : fetcher;
  if (beside !== undefined) {
    const message = `${owner} takes nothing beside an object with a queryKey, got ${describe(beside)}.`;
    const remedy = "Put options into the object, and another client into <MachoProvider client={client}>.";
    throw new MachoError("invalid-argument", `${message} ${remedy}`);
  }
  const { queryKey, fetcher: own, ...others } = which as KeyedQueryOptions;
  return { owner, key: queryKey, fetcher: own, options: others };
}

/**
 * The answer for one call of `fetchQuery` and its kin: fresh data, or else that of a load. Counts one lookup.
 * @param staleTime in place of that of the options
 * @returns `undefined` for the `skipToken` of a prefetch
 * @throws MachoError for what cannot be called
 */
export function callFor(
  store: QueryStore,
  owner: string,
  which: QueryKey | KeyedQueryOptions,
  own: unknown,
  given: FetchOptions = {},
  staleTime?: StaleTime,
): Promise<unknown> | undefined {
  checkAlive(store, owner);
  const { key, fetcher, options: asked } = splitCall(owner, which, own, given);
  // Options that serve hooks as well say more than a call takes.
  const options = store.defaults.resolveFetch(owner, key, asked, !Object.is(asked, given));
  const hash = hashKey(key);
  const loader = fetcherOf(owner, fetcher, options);
  if (loader) return answerTo(store, key, hash, { fetcher: loader, options }, asked, staleTime ?? options.staleTime);
  if (owner === "prefetchQuery") return undefined;
  throw new MachoError("invalid-argument", `${owner} needs a fetcher, got skipToken. Pass one.`);
}

async function answerTo(
  store: QueryStore,
  key: QueryKey,
  hash: string,
  request: LoadRequest,
  { signal, staleIfError }: FetchOptions,
  staleTime: TimeForQuery<StaleTime>,
): Promise<unknown> {
  if (signal?.aborted) throw reasonOf(signal);
  const known = store.find(hash, COUNTED)?.answer;
  const freshFor =
    typeof staleTime === "function" ? checkedAnswer("staleTime", staleTime(store.infoOf(key, hash))) : staleTime;
  const data = known?.state.data;
  if (data !== undefined && !isStale({ answer: known, now: store.now }, freshFor)) return data;
  const until = store.now() + (store.cache.remainingTtl(hash) ?? Infinity);
  try {
    if (known && store.now() < known.errorUntil) throw known.state.error;
    return await store.open(key, hash).fetch({ ...request, staleTime: freshFor }, signal);
  } catch (error) {
    // Data stands in for an error, as long as it may be shown.
    const now = store.now();
    if (data === undefined || now >= until) throw error;
    if (staleIfError ?? now < known!.freshSince + known!.freshFor(freshFor) + (known!.lifetime.staleIfError ?? 0))
      return data;
    throw error;
  }
}

/** What a write is made with. @throws MachoError for options that cannot be used, and after the end of the client */
export function writeOptions(
  store: QueryStore,
  owner: string,
  key: QueryKey,
  options: SetDataOptions | undefined,
): ResolvedQueryOptions {
  checkAlive(store, owner);
  if (options === undefined) return store.defaults.resolve(owner, key, undefined);
  checkOptions(owner, SET_DATA_OPTIONS, options);
  const { updatedAt: _updatedAt, ...others } = options;
  return store.defaults.resolve(owner, key, others);
}

/** Stores data for a key and shows it. @returns what is there afterwards */
export function setData(
  store: QueryStore,
  owner: string,
  key: QueryKey,
  valueOrUpdater: unknown,
  asked: SetDataOptions | undefined,
): unknown {
  const options = writeOptions(store, owner, key, asked);
  const hash = hashKey(key);
  const isUpdater = typeof valueOrUpdater === "function";
  const data: unknown = isUpdater ? valueOrUpdater(store.find(hash)?.state.data) : valueOrUpdater;
  if (data === undefined) return undefined;
  // Only now, since the updater may have loaded or removed it.
  const query = store.openForWrite(key, hash);
  try {
    const given = asked ?? {};
    // Newer data is never replaced by older.
    if (!(given.updatedAt! < query.state.dataUpdatedAt)) {
      query.setData(data, options, given);
      store.tier?.wrote?.(hash);
    }
    return query.state.data;
  } finally {
    store.release(query);
  }
}
