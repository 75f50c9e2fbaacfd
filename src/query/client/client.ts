// The client: a conductor. What it does to queries is in the files beside it, and in the rooms below.
import type { LruCacheOptions } from "../../core/lru/index.ts";
import { check, checkListener, checkNames } from "../../core/lru/internal.ts";
import { hashKey, hashOf, type QueryKey } from "../key/key.ts";
import type { QueryCache } from "../machine/query-cache.ts";
import type { AnyFetcher, DefaultError, Fetcher, LooseKey, SkipToken } from "../model/fetcher.ts";
import type { DataOf, FetchExtras, KeyedQueryOptions } from "../model/keyed-options.ts";
import { FUNCTION, OBJECT, type OptionTable, type Resolved, resolveOptions } from "../model/option-table.ts";
import type { MutationDefaults } from "../model/mutation-settings.ts";
import type { FetchOptions, QueryInfo, QueryOptions, SetDataOptions } from "../model/options.ts";
import type { ObserverTarget } from "../observer/committed-input.ts";
import { type ObserverView, QueryObserver } from "../observer/observer.ts";
import { infoOf } from "../machine/freshness.ts";
import type { QueryTarget } from "../store/filter.ts";
import { checkMounted } from "../store/lost-clients.ts";
import { COUNTED, type QueryEvent, QueryStore } from "../store/store.ts";
import { ENVIRONMENT, type Environment, pageEnvironment } from "../timing/environment.ts";
import { callFor, checkAlive, setData, writeOptions } from "./calls.ts";
import { clientCache } from "./client-cache.ts";
import { ended, filterFor, invalidate, type InvalidateOptions, type LoadAgainOptions, remove } from "./invalidation.ts";

/** How a `QueryClient` is set up. */
export interface QueryClientOptions {
  /**
   * The cache of the answers, or options for an `LruCache` of the client's own. Policies, shards and filters come with a
   * `Cache`: `cache: new Cache({ maxCacheSize: 1_000, ttl: Infinity, strategy: "sieve" })`.
   * @defaultValue `{ maxCacheSize: 1_000, ttl: Infinity }`; options that are given are laid over these
   */
  cache?: QueryCache | LruCacheOptions<string, unknown> | undefined;
  /** What hooks and calls do that do not say otherwise. @defaultValue none */
  defaultOptions?:
    | { readonly queries?: QueryOptions | undefined; readonly mutations?: MutationDefaults<QueryClient> | undefined }
    | undefined;
  /** Where focus and network are heard, while mounted. @defaultValue the page, where there is one */
  environment?: Environment | undefined;
  /** From 0 to below 1; drawn for the delay before a load is tried again. @defaultValue `Math.random` */
  random?: (() => number) | undefined;
  /** Hears of each answer of a load, once for all hooks. @defaultValue none */
  onSuccess?: ((data: unknown, query: QueryInfo) => void) | undefined;
  /** Hears of each load that failed for good, once for all hooks. @defaultValue none */
  onError?: ((error: DefaultError, query: QueryInfo) => void) | undefined;
  /** Hears of each load that ended, after the other two. @defaultValue none */
  onSettled?: ((query: QueryInfo) => void) | undefined;
}

const CLIENT_OPTIONS: OptionTable<Resolved<QueryClientOptions, "cache" | "onSuccess" | "onError" | "onSettled">> = {
  // Its owner checks it.
  cache: [],
  defaultOptions: [undefined, {}],
  environment: [ENVIRONMENT, pageEnvironment],
  random: [FUNCTION, Math.random, "Math.random"],
  onSuccess: [FUNCTION],
  onError: [FUNCTION],
  onSettled: [FUNCTION],
};

/**
 * Loads, shares and keeps the answers of fetchers, one state machine a key, in a bounded cache.
 *
 * @example
 * const client = new QueryClient({ cache: { maxCacheSize: 500 } });
 * const film = await client.fetchQuery(["film", 1], loadFilm, { staleTime: 60_000 });
 */
export class QueryClient {
  /** Holds the answers, under the hashes of their keys. */
  readonly cache: QueryCache;
  /** What mutations do that do not say otherwise. Checked at the first of them. */
  readonly mutationDefaults: MutationDefaults<QueryClient>;
  #store: QueryStore;

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: QueryClientOptions = {}) {
    const all = resolveOptions("QueryClient", CLIENT_OPTIONS, options);
    const { defaultOptions } = all;
    checkNames("defaultOptions", defaultOptions, { queries: true, mutations: true });
    const { queries = {}, mutations = {} } = defaultOptions;
    // Its names are checked by whoever uses them: an app without mutations ships none.
    check(OBJECT[1](mutations), "defaultOptions.mutations", "must be an object", mutations, "mutations: { retry: 3 }");
    this.mutationDefaults = mutations;
    this.cache = clientCache(all.cache);
    this.#store = new QueryStore(this.cache, this.cache !== all.cache, all, queries);
  }

  /**
   * The data of a key: what is there and fresh, or else the answer of a load, which is shared with everybody who
   * waits for the same key. Counts one lookup.
   * @throws what the fetcher throws; the `reason` of the caller's own signal
   */
  fetchQuery<T, const K extends QueryKey = QueryKey>(
    key: K,
    fetcher?: Fetcher<T, LooseKey<K>>,
    options?: FetchOptions<T>,
  ): Promise<T>;
  fetchQuery<T, const K extends QueryKey = QueryKey>(
    options: KeyedQueryOptions<T, K, unknown> & FetchExtras,
  ): Promise<T>;
  async fetchQuery<T>(which: QueryKey | KeyedQueryOptions, own?: AnyFetcher, given?: FetchOptions): Promise<T> {
    // What a key holds came from a fetcher of the same key; keys and types are the user's to pair.
    return callFor(this.#store, "fetchQuery", which, own, given) as Promise<T>;
  }

  /** Like `fetchQuery`, for later: gives nothing, and a failure only shows in the query. */
  prefetchQuery<T, const K extends QueryKey = QueryKey>(
    key: K,
    fetcher?: Fetcher<T, LooseKey<K>>,
    options?: FetchOptions<T>,
  ): Promise<void>;
  prefetchQuery<T, const K extends QueryKey = QueryKey>(
    options: KeyedQueryOptions<T, K, unknown> & FetchExtras,
  ): Promise<void>;
  async prefetchQuery(which: QueryKey | KeyedQueryOptions, own?: AnyFetcher, given?: FetchOptions): Promise<void> {
    await callFor(this.#store, "prefetchQuery", which, own, given)?.catch(() => undefined);
  }

  /** The data of a key, however stale, or else the answer of a load. Counts one lookup. */
  ensureQueryData<T, const K extends QueryKey = QueryKey>(
    key: K,
    fetcher?: Fetcher<T, LooseKey<K>>,
    options?: FetchOptions<T>,
  ): Promise<T>;
  ensureQueryData<T, const K extends QueryKey = QueryKey>(
    options: KeyedQueryOptions<T, K, unknown> & FetchExtras,
  ): Promise<T>;
  async ensureQueryData<T>(which: QueryKey | KeyedQueryOptions, own?: AnyFetcher, given?: FetchOptions): Promise<T> {
    // As in `fetchQuery`.
    return callFor(this.#store, "ensureQueryData", which, own, given, "static") as Promise<T>;
  }

  /** The data of a key, fresh or stale; `undefined` when there is none. Counts one lookup. */
  getQueryData<T = unknown, const K extends QueryKey = QueryKey>(key: K): DataOf<K, T> | undefined {
    // As in `fetchQuery`.
    return this.#store.find(hashKey(key), COUNTED)?.state.data as DataOf<K, T> | undefined;
  }

  /** Keys and data of the queries that have data. Counts nothing. */
  getQueriesData<T = unknown>(which?: QueryTarget): [key: QueryKey, data: T][] {
    const found = this.#store.search(filterFor("getQueriesData", which));
    return found.flatMap(({ state: { key, data } }) => (data === undefined ? [] : [[key, data as T]]));
  }

  /** A query as it is; `undefined` when nothing is known of its key. Counts nothing. */
  getQueryState<T = unknown, const K extends QueryKey = QueryKey>(key: K): QueryInfo<DataOf<K, T>> | undefined {
    const found = this.#store.find(hashKey(key));
    // As in `fetchQuery`.
    return found && (infoOf(found, this.#store.now) as QueryInfo<DataOf<K, T>>);
  }

  /**
   * Stores data for a key and shows it, as fresh as an answer, for as long (`ttl`), of the weight and with the tags that
   * the query had, unless the call says otherwise. An updater gets the data that is there, and must not
   * change it. `undefined`, also from an updater, leaves everything as it is.
   * The answer of a load that is under way will not be shown.
   * @returns what is there afterwards, which has the references of what was there before where both are equal
   */
  setQueryData<T = unknown, const K extends QueryKey = QueryKey>(
    key: K,
    valueOrUpdater: DataOf<K, T> | undefined | ((old: DataOf<K, T> | undefined) => DataOf<K, T> | undefined),
    options?: SetDataOptions,
  ): DataOf<K, T> | undefined {
    // The key says what its data is.
    return setData(this.#store, "setQueryData", key, valueOrUpdater, options) as DataOf<K, T> | undefined;
  }

  /** `setQueryData` for every query that the filter lets through. */
  setQueriesData<T = unknown>(
    which: QueryTarget,
    valueOrUpdater: T | undefined | ((old: T | undefined) => T | undefined),
    options?: SetDataOptions,
  ): [key: QueryKey, data: T | undefined][] {
    const store = this.#store;
    checkAlive(store, "setQueriesData");
    const keys = store.search(filterFor("setQueriesData", which)).map(({ state }) => state.key);
    // Nothing is written where the options are wrong for one of them.
    for (const key of keys) writeOptions(store, "setQueriesData", key, options);
    // As in `fetchQuery`.
    return keys.map((key) => [key, setData(store, "setQueriesData", key, valueOrUpdater, options) as T | undefined]);
  }

  /**
   * Marks queries stale: every one whose key begins with these elements, or that the filter lets through. On screen,
   * they are loaded again; resolves when that ended, well or not.
   */
  async invalidateQueries(which?: QueryTarget, options: InvalidateOptions = {}): Promise<void> {
    const filter = filterFor("invalidateQueries", which, options);
    return ended(this.#store, invalidate(this.#store, filter, options), options);
  }

  /** Loads queries again, stale or not, as far as they have a fetcher. Resolves when that ended, well or not. */
  async refetchQueries(which?: QueryTarget, options: LoadAgainOptions = {}): Promise<void> {
    const store = this.#store;
    const found = store.search(filterFor("refetchQueries", which, options));
    for (const { state } of found) {
      const query = store.open(state.key, state.hash);
      if (!query.isStatic) query.load(options.cancelRefetch ?? true);
    }
    return ended(store, found, options);
  }

  /** Forgets data and errors. On screen, queries are pending and loaded again; resolves when that ended. */
  async resetQueries(which?: QueryTarget, options?: { readonly throwOnError?: boolean }): Promise<void> {
    const store = this.#store;
    return ended(store, remove(store, filterFor("resetQueries", which, options)), options);
  }

  /** Removes the data of queries. On screen, they are pending and loaded again. */
  removeQueries(which?: QueryTarget, none?: undefined): void {
    remove(this.#store, filterFor("removeQueries", which, none));
  }

  /** Ends the loads of queries; callers are rejected with an AbortError. What is shown stays. */
  async cancelQueries(which?: QueryTarget, none?: undefined): Promise<void> {
    const store = this.#store;
    const found = store.search(filterFor("cancelQueries", which, none));
    for (const { state } of found) store.live.get(state.hash)?.cancel();
    return ended(store, found);
  }

  /** How many queries are loading. */
  isFetching(which?: QueryTarget): number {
    return this.#store.search({ ...filterFor("isFetching", which), fetchStatus: "fetching" }).length;
  }

  /**
   * Every query that is on screen, loading or stored, in the cache's order; where a filter means only those on screen or
   * loading, in the order in which they came. Looking changes nothing.
   */
  getQueries(which?: QueryTarget): QueryInfo[] {
    return this.#store.infos(filterFor("getQueries", which));
  }

  /** Options of every query whose key begins like this one, over those of the client. The last call for a key counts. */
  setQueryDefaults(key: QueryKey, options: QueryOptions): void {
    this.#store.defaults.set(key, options);
  }

  /** What `setQueryDefaults` said for this key and its prefixes. */
  getQueryDefaults(key: QueryKey): QueryOptions {
    hashKey(key);
    return this.#store.defaults.of(key);
  }

  /** Hears that something of a query is different. Returns the undo. */
  subscribe(listener: (event: QueryEvent) => void): () => void {
    checkListener(listener);
    return this.#store.subscribe(listener);
  }

  /** A view of one key, as a hook has it; `null`, `undefined` and `false` are idle. For bindings to other frameworks. */
  observe<T, const K extends QueryKey = QueryKey, S = T>(
    key: K | null | undefined | false,
    fetcher?: Fetcher<T, LooseKey<K>> | SkipToken,
    options?: QueryOptions<T, S>,
  ): QueryObserver<S> {
    const hash = hashOf(key);
    return new QueryObserver<S>(this.#store, "observe", hash && (key as QueryKey), hash, fetcher, options);
  }

  /** A view of one key, of any kind. For bindings to other frameworks, which have hashed the key already. */
  watch<O extends QueryObserver<unknown>>(
    owner: string,
    target: ObserverTarget | undefined,
    own: unknown,
    given: QueryOptions | undefined,
    Observer: new (...view: ObserverView) => O,
  ): O {
    const { key = "", hash = "" } = target ?? {};
    return new Observer(this.#store, owner, key, hash, own, given);
  }

  /** Its queries, timers, chance and network. For what is built around a client. */
  get host(): QueryStore {
    return this.#store;
  }

  /** Removes everything. What is on screen is loaded again. */
  clear(): void {
    this.#store.clear();
  }

  /** Lets timers run and hears focus and network, as `<MachoProvider>` does. Counted: both end with the last `unmount`. */
  mount(): void {
    checkMounted(this.#store);
    this.#store.mount();
  }

  /** The undo of one `mount`. */
  unmount(): void {
    this.#store.unmount();
  }

  /**
   * Ends the client for good: loads are aborted, and who waits for them is rejected with an AbortError; timers stop, hooks
   * hear nothing more, and a cache of its own is disposed of.
   */
  dispose(): void {
    this.#store.dispose();
  }
}
