import { type Cache, type CacheOptions, MachoError } from "../../core/index.ts";
import { check, checkFunction, checkListener, checkNames, guarded } from "../../core/internal.ts";
import { Answer } from "../machine/answer.ts";
import { fetcherOf, forCalls, OptionDefaults } from "../model/defaults.ts";
import { checkEnvironment, type Environment, pageEnvironment } from "../timing/environment.ts";
import { answerCall, type FetchCall, splitCall } from "./fetch-call.ts";
import type { AnyFetcher, Fetcher, LooseKey, SkipToken } from "../model/fetcher.ts";
import { type QueryTarget, resolveFilter } from "../store/filter.ts";
import type { Gate } from "../timing/gate.ts";
import type { Found } from "../machine/freshness.ts";
import type {
  Anything,
  FetchOptions,
  QueryInfo,
  QueryOptions,
  ResolvedQueryOptions,
  SetDataOptions,
  StaleTime,
} from "../model/options.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { DataOf, FetchExtras, KeyedQueryOptions } from "../model/keyed-options.ts";
import type { ObserverTarget } from "../observer/committed-input.ts";
import { type ObserverView, QueryObserver } from "../observer/observer.ts";
import { checkMounted } from "../store/lost-clients.ts";
import type { MutationDefaults } from "../model/mutation-settings.ts";
import { Presence } from "../timing/presence.ts";
import type { Query } from "../machine/query.ts";
import { Scheduler } from "../timing/scheduler.ts";
import { type QueryEvent, QueryStore } from "../store/store.ts";
import { failureOf, isFailing } from "../model/state.ts";
import { around, isCache, within } from "../timing/surroundings.ts";

/** How a `QueryClient` is set up. */
export interface QueryClientOptions {
  /**
   * The cache of the answers, or options for one of the client's own.
   * @defaultValue `{ maxCacheSize: 1_000, ttl: Infinity }`; options that are given are laid over these
   */
  cache?: Cache<string, unknown> | CacheOptions<string, unknown> | undefined;
  /** What hooks and calls do that do not say otherwise. */
  defaultOptions?:
    | { readonly queries?: QueryOptions | undefined; readonly mutations?: MutationDefaults<QueryClient> | undefined }
    | undefined;
  /** Where focus and network are heard, while mounted. @defaultValue the page, where there is one */
  environment?: Environment | undefined;
  /** Hears of each answer of a load, once for all hooks. */
  onSuccess?: ((data: unknown, query: QueryInfo) => void) | undefined;
  /** Hears of each load that failed for good, once for all hooks. */
  onError?: ((error: unknown, query: QueryInfo) => void) | undefined;
  /** Hears of each load that ended, after the other two. */
  onSettled?: ((query: QueryInfo) => void) | undefined;
}

const CLIENT_OPTIONS = {
  cache: true,
  defaultOptions: true,
  environment: true,
  onSuccess: true,
  onError: true,
  onSettled: true,
} satisfies Record<keyof QueryClientOptions, true>;

/** What happens after queries were marked or asked to load. */
export interface InvalidateOptions extends LoadAgainOptions {
  /** Which of them are loaded: those on screen, the others, all, or none. @defaultValue "active" */
  readonly refetchType?: "active" | "inactive" | "all" | "none" | undefined;
}

/** How queries are loaded again. */
export interface LoadAgainOptions {
  /** Whether a load under way is given up for a new one, where there is data. @defaultValue true */
  readonly cancelRefetch?: boolean | undefined;
  /** Whether the promise rejects with the first error of a load. @defaultValue false */
  readonly throwOnError?: boolean | undefined;
}

const INVALIDATE = { cancelRefetch: true, throwOnError: true, refetchType: true } satisfies Record<
  keyof InvalidateOptions,
  true
>;
const SET_DATA = { ttl: true, weight: true, tags: true, updatedAt: true } satisfies Record<keyof SetDataOptions, true>;

/**
 * Loads, shares and keeps the answers of fetchers, one state machine a key, in a bounded cache.
 *
 * @example
 * const client = new QueryClient({ cache: { maxCacheSize: 500 } });
 * const film = await client.fetchQuery(["film", 1], loadFilm, { staleTime: 60_000 });
 */
export class QueryClient {
  /** Holds the answers, under the hashes of their keys. */
  readonly cache: Cache<string, unknown>;
  /** What mutations do that do not say otherwise. Checked at the first of them. */
  readonly mutationDefaults: MutationDefaults;
  #store: QueryStore;
  #gate: Gate;
  #presence: Presence;
  /** Of an end that is due, unless it is mounted again. */
  #stay: (() => void) | undefined;
  #scheduler: Scheduler;
  #defaults: OptionDefaults;
  #ownsCache: boolean;
  #mounts = 0;
  #disposed = false;

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: QueryClientOptions = {}) {
    checkNames("QueryClient", options, CLIENT_OPTIONS);
    const { cache: given, defaultOptions = {}, environment = pageEnvironment, onSuccess, onError, onSettled } = options;
    checkNames("defaultOptions", defaultOptions, { queries: true, mutations: true });
    const { queries = {}, mutations = {} } = defaultOptions;
    // Its names are checked by whoever uses them: an app without mutations ships none.
    const isObject = typeof mutations === "object" && mutations !== null;
    check(isObject, "defaultOptions.mutations", "must be an object", mutations, "mutations: { retry: 3 }");
    this.mutationDefaults = mutations;
    checkEnvironment(environment);
    for (const [name, listener] of Object.entries({ onSuccess, onError, onSettled })) {
      checkFunction(name, listener, `${name}: (outcome, query) => { ... }`);
    }
    this.#ownsCache = !isCache(given);
    const { cache, gate, random } = isCache(given) ? around(given) : within(given);
    this.cache = cache;
    this.#defaults = new OptionDefaults(queries, cache.options.maxWeight < Infinity);
    this.#gate = gate;
    this.#scheduler = new Scheduler({ now: () => cache.clock.now(), schedule: gate.schedule });
    this.#presence = new Presence(environment);
    const timing = { gate, scheduler: this.#scheduler, random, presence: this.#presence };
    this.#store = new QueryStore(cache, timing, this.#defaults);
    if (onSuccess || onError || onSettled) {
      this.#store.onLoad = (query) => {
        const { status, data, error } = query;
        if (status === "success") guarded(() => onSuccess?.(data, query));
        if (status === "error") guarded(() => onError?.(error, query));
        guarded(() => onSettled?.(query));
      };
    }
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
    options: KeyedQueryOptions<T, K, Anything> & FetchExtras,
  ): Promise<T>;
  async fetchQuery<T>(which: QueryKey | KeyedQueryOptions, own?: AnyFetcher, given: FetchOptions = {}): Promise<T> {
    // What a key holds came from a fetcher of the same key; keys and types are the user's to pair.
    return this.#fetch("fetchQuery", which, own, given) as Promise<T>;
  }

  /** Like `fetchQuery`, for later: gives nothing, and a failure only shows in the query. */
  prefetchQuery<T, const K extends QueryKey = QueryKey>(
    key: K,
    fetcher?: Fetcher<T, LooseKey<K>>,
    options?: FetchOptions<T>,
  ): Promise<void>;
  prefetchQuery<T, const K extends QueryKey = QueryKey>(
    options: KeyedQueryOptions<T, K, Anything> & FetchExtras,
  ): Promise<void>;
  async prefetchQuery(which: QueryKey | KeyedQueryOptions, own?: AnyFetcher, given: FetchOptions = {}): Promise<void> {
    const call = this.#call("prefetchQuery", which, own, given);
    if (call.fetcher) await answerCall(this.#store, call, call.fetcher).catch(() => undefined);
  }

  /** The data of a key, however stale, or else the answer of a load. Counts one lookup. */
  ensureQueryData<T, const K extends QueryKey = QueryKey>(
    key: K,
    fetcher?: Fetcher<T, LooseKey<K>>,
    options?: FetchOptions<T>,
  ): Promise<T>;
  ensureQueryData<T, const K extends QueryKey = QueryKey>(
    options: KeyedQueryOptions<T, K, Anything> & FetchExtras,
  ): Promise<T>;
  async ensureQueryData<T>(
    which: QueryKey | KeyedQueryOptions,
    own?: AnyFetcher,
    given: FetchOptions = {},
  ): Promise<T> {
    // As in `fetchQuery`.
    return this.#fetch("ensureQueryData", which, own, given, "static") as Promise<T>;
  }

  /** The data of a key, fresh or stale; `undefined` when there is none. Counts one lookup. */
  getQueryData<T = unknown, const K extends QueryKey = QueryKey>(key: K): DataOf<K, T> | undefined {
    // As in `fetchQuery`.
    return this.#store.find(hashKey(key), { counts: true })?.state.data as DataOf<K, T> | undefined;
  }

  /** Keys and data of the queries that have data. Counts nothing. */
  getQueriesData<T = unknown>(which?: QueryTarget): [key: QueryKey, data: T][] {
    const found = this.#store.search(resolveFilter("getQueriesData", which));
    return found.flatMap(({ state: { key, data } }) => (data === undefined ? [] : [[key, data as T]]));
  }

  /** A query as it is; `undefined` when nothing is known of its key. Counts nothing. */
  getQueryState<T = unknown, const K extends QueryKey = QueryKey>(key: K): QueryInfo<DataOf<K, T>> | undefined {
    const hash = hashKey(key);
    // As in `fetchQuery`.
    return (this.#store.find(hash)?.state && this.#store.infoOf(key, hash)) as QueryInfo<DataOf<K, T>> | undefined;
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
    this.#checkAlive("setQueryData");
    const resolved = this.#resolveSet("setQueryData", key, options);
    // The key says what its data is.
    return this.#set(key, valueOrUpdater, resolved, options) as DataOf<K, T> | undefined;
  }

  /** `setQueryData` for every query that the filter lets through. */
  setQueriesData<T = unknown>(
    which: QueryTarget,
    valueOrUpdater: T | undefined | ((old: T | undefined) => T | undefined),
    options?: SetDataOptions,
  ): [key: QueryKey, data: T | undefined][] {
    this.#checkAlive("setQueriesData");
    const found = this.#store.search(resolveFilter("setQueriesData", which));
    const resolved = found.map(({ state: { key } }) => this.#resolveSet("setQueriesData", key, options));
    return found.map(({ state: { key } }, place) => {
      return [key, this.#set(key, valueOrUpdater, resolved[place]!, options) as T | undefined];
    });
  }

  /**
   * Marks queries stale: every one whose key begins with these elements, or that the filter lets through. On screen,
   * they are loaded again; resolves when that ended, well or not.
   */
  async invalidateQueries(which?: QueryTarget, options: InvalidateOptions = {}): Promise<void> {
    const filter = resolveFilter("invalidateQueries", which);
    checkNames("invalidateQueries", options, INVALIDATE);
    const { refetchType = "active", cancelRefetch = true } = options;
    const queries: Query[] = [];
    const store = this.#store;
    store.markStaleOnArrival(filter, refetchType === "active" || refetchType === "all");
    for (const found of store.search(filter)) {
      const { key, hash } = found.state;
      // What is only stored, and not loaded, needs no more than a mark.
      if (found instanceof Answer && ["active", "none"].includes(refetchType) && !store.live.has(hash)) {
        found.invalidate();
        store.changed(found.state);
        continue;
      }
      const query = store.open(key, hash);
      queries.push(query);
      query.invalidate(cancelRefetch);
      if (refetchType !== "none" && !this.#disposed) this.#loadAgain(query, refetchType);
    }
    await this.#settle(queries, options);
  }

  /** Loads queries again, stale or not, as far as they have a fetcher. Resolves when that ended, well or not. */
  async refetchQueries(which?: QueryTarget, options: LoadAgainOptions = {}): Promise<void> {
    const filter = resolveFilter("refetchQueries", which);
    checkNames("refetchQueries", options, { cancelRefetch: true, throwOnError: true });
    const queries = this.#store.select(filter);
    for (const query of queries) if (!query.isStatic) query.load(options.cancelRefetch ?? true);
    await this.#settle(queries, options);
  }

  /** Forgets data and errors. On screen, queries are pending and loaded again; resolves when that ended. */
  async resetQueries(which?: QueryTarget, options: { readonly throwOnError?: boolean } = {}): Promise<void> {
    const filter = resolveFilter("resetQueries", which);
    checkNames("resetQueries", options, { throwOnError: true });
    const found = this.#store.search(filter);
    for (const { state } of found) this.#store.remove(state);
    await this.#settle(this.#liveOf(found), options);
  }

  /** Removes the data of queries. On screen, they are pending and loaded again. */
  removeQueries(which?: QueryTarget, none?: undefined): void {
    const filter = resolveFilter("removeQueries", which);
    checkNames("removeQueries", none ?? {}, {});
    for (const { state } of this.#store.search(filter)) this.#store.remove(state);
  }

  /** Ends the loads of queries; callers are rejected with an AbortError. What is shown stays. */
  async cancelQueries(which?: QueryTarget, none?: undefined): Promise<void> {
    checkNames("cancelQueries", none ?? {}, {});
    const queries = this.#liveOf(this.#store.search(resolveFilter("cancelQueries", which)));
    for (const query of queries) query.cancel();
    await this.#settle(queries, {});
  }

  /** How many queries are loading. */
  isFetching(which?: QueryTarget): number {
    const filter = resolveFilter("isFetching", which);
    return this.#store.search({ ...filter, fetchStatus: "fetching" }).length;
  }

  /**
   * Every query that is on screen, loading or stored, in the cache's order; where a filter means only those on screen or
   * loading, in the order in which they came. Looking changes nothing.
   */
  getQueries(which?: QueryTarget): QueryInfo[] {
    return this.#store.infos(resolveFilter("getQueries", which));
  }

  /** Options of every query whose key begins like this one, over those of the client. The last call for a key counts. */
  setQueryDefaults(key: QueryKey, options: QueryOptions): void {
    this.#defaults.set(key, options);
  }

  /** What `setQueryDefaults` said for this key and its prefixes. */
  getQueryDefaults(key: QueryKey): QueryOptions {
    hashKey(key);
    return this.#defaults.of(key);
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
    const target = key === null || key === undefined || key === false ? undefined : { key, hash: hashKey(key) };
    return this.watch("observe", target, fetcher, options, QueryObserver<S>);
  }

  /** A view of one key, of any kind. For bindings to other frameworks, which have hashed the key already. */
  watch<O extends QueryObserver<Anything>>(
    owner: string,
    target: ObserverTarget | undefined,
    own: unknown,
    given: QueryOptions | undefined,
    Observer: new (view: ObserverView) => O,
  ): O {
    const options = this.#defaults.resolve(owner, target?.key, given);
    const fetcher = fetcherOf(owner, own, options);
    return new Observer({ store: this.#store, target, fetcher, options, given, owner });
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
    if (this.#disposed) return;
    if (++this.#mounts > 1) return;
    this.#stay?.();
    this.#stay = undefined;
    this.#gate.open();
    this.#presence.start(
      () => this.#store.revalidate("refetchOnWindowFocus"),
      () => this.#store.revalidate("refetchOnReconnect"),
    );
  }

  unmount(): void {
    if (this.#mounts > 0 && --this.#mounts === 0) this.#rest();
  }

  /**
   * Ends the client for good: loads are aborted, and who waits for them is rejected with an AbortError; timers stop, hooks
   * hear nothing more, and a cache of its own is disposed of.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#store.dispose();
    this.#stay?.();
    this.#gate.close();
    this.#presence.stop();
    this.#presence.end();
    if (this.#ownsCache) this.cache.dispose();
  }

  /** No timer and no listener of the page. A mount in the same task, as StrictMode does it, finds the network as it was. */
  #rest(): void {
    this.#gate.close();
    const isOffline = this.#presence.stop();
    if (!isOffline && !this.#scheduler.isAwaited) return;
    this.#stay = this.#store.soon(() => {
      if (isOffline) this.#presence.end();
      this.#scheduler.hurry();
    });
  }

  #checkAlive(method: string): void {
    if (!this.#disposed) return;
    const message = `${method} was called on a disposed QueryClient. Make a new one, or dispose of it later.`;
    throw new MachoError("disposed", message);
  }

  #resolveSet(owner: string, key: QueryKey, options: SetDataOptions | undefined): ResolvedQueryOptions {
    if (options === undefined) return this.#defaults.resolve(owner, key, undefined);
    checkNames(owner, options, SET_DATA);
    const { updatedAt, ...others } = options;
    const isGood = updatedAt === undefined || (typeof updatedAt === "number" && updatedAt >= 0);
    check(isGood, "updatedAt", "must be a wall time in ms", updatedAt, "updatedAt: Date.now()");
    return this.#defaults.resolve(owner, key, others);
  }

  #set(key: QueryKey, valueOrUpdater: unknown, options: ResolvedQueryOptions, given: SetDataOptions = {}): unknown {
    const hash = hashKey(key);
    let data: unknown = valueOrUpdater;
    if (typeof valueOrUpdater === "function") data = valueOrUpdater(this.#store.find(hash)?.state?.data);
    if (data === undefined) return undefined;
    // Only now, since the updater may have loaded or removed it.
    const query = this.#store.openForWrite(key, hash);
    try {
      // Newer data is never replaced by older.
      if (!(given.updatedAt! < query.state.dataUpdatedAt)) query.setData(data, options, given);
      return query.data;
    } finally {
      this.#store.release(query);
    }
  }

  /** @throws MachoError "invalid-argument" for `skipToken` */
  #fetch(
    owner: string,
    which: QueryKey | KeyedQueryOptions,
    own: AnyFetcher | undefined,
    given: FetchOptions,
    staleTime?: StaleTime,
  ): Promise<unknown> {
    const call = this.#call(owner, which, own, given);
    if (call.fetcher) return answerCall(this.#store, call, call.fetcher, staleTime);
    throw new MachoError("invalid-argument", `${owner} needs a fetcher, got skipToken. Pass one.`);
  }

  #call(
    owner: string,
    which: QueryKey | KeyedQueryOptions,
    own: AnyFetcher | undefined,
    given: FetchOptions,
  ): FetchCall {
    this.#checkAlive(owner);
    const { key, fetcher, options: brought } = splitCall(owner, which, own, given);
    // Options that serve hooks as well say more than a call takes.
    const asked = Object.is(brought, given) ? given : forCalls(brought);
    const options = this.#defaults.resolveFetch(owner, key, asked);
    return { key, hash: hashKey(key), fetcher: fetcherOf(owner, fetcher, options), options, asked };
  }

  #liveOf(found: readonly Found[]): Query[] {
    return found.flatMap(({ state }) => this.#store.live.get(state.hash) ?? []);
  }

  #loadAgain(query: Query, type: InvalidateOptions["refetchType"]): void {
    const { isActive } = query;
    if (type === "all" || isActive === (type === "active")) {
      // `static` data is not loaded even then.
      if (isActive) query.loadIfStale();
      else if (!query.isStatic) query.load();
    }
  }

  /** Resolves when the loads of queries ended, or failed for the first time: how often they are tried again is theirs. */
  async #settle(queries: readonly Query[], { throwOnError = false }: LoadAgainOptions): Promise<void> {
    const ended = queries.map((query) => {
      this.#store.release(query);
      return query.ended(true);
    });
    await Promise.all(ended);
    const failed = throwOnError ? queries.find(({ state }) => isFailing(state)) : undefined;
    if (failed) throw failureOf(failed.state);
  }
}
