import { Cache, type CacheOptions, MachoError } from "../core/index.ts";
import { checkNames, checkSignal, describe } from "../core/internal.ts";
import type { Gate } from "./gate.ts";
import { checkEnvironment, type Environment, pageEnvironment } from "./environment.ts";
import { type QueryFilter, resolveFilter } from "./filter.ts";
import type { QueryInfo } from "./info.ts";
import { hashKey, type QueryKey } from "./key.ts";
import { QueryObserver } from "./observer.ts";
import {
  checkFetcher,
  type Fetcher,
  type FetchOptions,
  type QueryOptions,
  resolveFetchOptions,
  resolveQueryOptions,
  type SetDataOptions,
} from "./options.ts";
import type { LoadHost } from "./load.ts";
import type { MutationDefaults } from "./mutation-settings.ts";
import { Presence } from "./presence.ts";
import type { Query } from "./query.ts";
import { Scheduler } from "./scheduler.ts";
import { type QueryEvent, QueryStore } from "./store.ts";
import { around, within } from "./surroundings.ts";

/** How a `QueryClient` is set up. */
export interface QueryClientOptions {
  /**
   * The cache of the answers, or options for one of the client's own.
   * @defaultValue `{ maxCacheSize: 1_000, ttl: Infinity }`; options that are given are laid over these
   */
  cache?: Cache<string, unknown> | CacheOptions<string, unknown> | undefined;
  /** What hooks and calls do that do not say otherwise. */
  defaultOptions?:
    | { readonly queries?: QueryOptions | undefined; readonly mutations?: MutationDefaults | undefined }
    | undefined;
  /** Where focus and network are heard, while mounted. @defaultValue the page, where there is one */
  environment?: Environment | undefined;
}

const CLIENT_OPTIONS = { cache: true, defaultOptions: true, environment: true } satisfies Record<
  keyof QueryClientOptions,
  true
>;

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
  #scheduler: Scheduler;
  #defaults: QueryOptions;
  #ownsCache: boolean;
  #mounts = 0;
  #disposed = false;

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(options: QueryClientOptions = {}) {
    checkNames("QueryClient", options, CLIENT_OPTIONS);
    const { cache: given, defaultOptions = {}, environment = pageEnvironment } = options;
    checkNames("defaultOptions", defaultOptions, { queries: true, mutations: true });
    ({ mutations: this.mutationDefaults = {} } = defaultOptions);
    checkEnvironment(environment);
    this.#defaults = defaultOptions.queries ?? {};
    resolveQueryOptions("defaultOptions.queries", this.#defaults, {});
    this.#ownsCache = !(given instanceof Cache);
    const { cache, gate, schedule, random } = given instanceof Cache ? around(given) : within(given);
    this.cache = cache;
    this.#gate = gate;
    this.#scheduler = new Scheduler({ now: () => cache.clock.now(), schedule: gate.schedule });
    this.#presence = new Presence(environment);
    const timing = { gate, schedule, scheduler: this.#scheduler, random, presence: this.#presence };
    this.#store = new QueryStore(cache, timing);
  }

  /**
   * The data of a key: what is there and fresh, or else the answer of a load, which is shared with everybody who
   * waits for the same key. Counts one lookup.
   * @throws what the fetcher throws; the `reason` of the caller's own signal
   */
  async fetchQuery<T, const K extends QueryKey>(
    key: K,
    fetcher: Fetcher<T, K>,
    options: FetchOptions = {},
  ): Promise<T> {
    this.#checkAlive("fetchQuery");
    checkFetcher("fetchQuery", fetcher);
    const { staleTime, ...request } = resolveFetchOptions("fetchQuery", options, this.#defaults);
    const { signal } = options;
    checkSignal(signal);
    if (signal?.aborted) throw signal.reason;
    const hash = hashKey(key);
    const answer = this.#store.lookup(hash);
    // What a key holds came from a fetcher of the same key; keys and types are the user's to pair.
    if (answer && !answer.isStale(this.#store.now(), staleTime)) return answer.state.data as T;
    return this.#store.acquire(key, hash).fetch({ fetcher, staleTime, ...request }, signal) as Promise<T>;
  }

  /** Like `fetchQuery`, for later: gives nothing, and a failure only shows in the query. */
  async prefetchQuery<T, const K extends QueryKey>(
    key: K,
    fetcher: Fetcher<T, K>,
    options: FetchOptions = {},
  ): Promise<void> {
    this.#checkAlive("prefetchQuery");
    checkFetcher("prefetchQuery", fetcher);
    resolveFetchOptions("prefetchQuery", options, this.#defaults);
    hashKey(key);
    await this.fetchQuery(key, fetcher, options).catch(() => undefined);
  }

  /** The data of a key, fresh or stale; `undefined` when there is none. Counts one lookup. */
  getQueryData<T = unknown>(key: QueryKey): T | undefined {
    // As in `fetchQuery`.
    return this.#store.lookup(hashKey(key))?.state.data as T | undefined;
  }

  /**
   * Stores data for a key and shows it, as fresh as an answer. An updater gets the data that is there, and must not
   * change it. `undefined`, also from an updater, leaves everything as it is.
   * The answer of a load that is under way will not be shown.
   * @returns what was stored
   */
  setQueryData<T>(
    key: QueryKey,
    valueOrUpdater: T | undefined | ((old: T | undefined) => T | undefined),
    options: SetDataOptions = {},
  ): T | undefined {
    this.#checkAlive("setQueryData");
    checkNames("setQueryData", options, { ttl: true });
    const { ttl } = resolveQueryOptions("setQueryData", options, this.#defaults);
    const hash = hashKey(key);
    const old = this.#store.answerOf(hash)?.state.data as T | undefined;
    const data =
      typeof valueOrUpdater === "function" ? (valueOrUpdater as (old: T | undefined) => T)(old) : valueOrUpdater;
    if (data === undefined) return undefined;
    const query = this.#store.acquire(key, hash);
    query.setData(data, ttl);
    this.#store.release(query);
    return data;
  }

  /**
   * Marks queries stale: every one whose key begins with these elements, or that the filter lets through. On screen,
   * they are loaded again; resolves when that ended, well or not.
   */
  invalidateQueries(which?: QueryKey | QueryFilter): Promise<void> {
    return this.#each("invalidateQueries", which, (query) => query.invalidate());
  }

  /** Loads queries again, stale or not, as far as they have a fetcher. Resolves when that ended, well or not. */
  refetchQueries(which?: QueryKey | QueryFilter): Promise<void> {
    return this.#each("refetchQueries", which, (query) => {
      const { request } = query;
      if (request && !this.#disposed) query.fetch(request).catch(() => undefined);
    });
  }

  /** Forgets data and errors. On screen, queries are pending and loaded again; resolves when that ended. */
  resetQueries(which?: QueryKey | QueryFilter): Promise<void> {
    return this.#each("resetQueries", which, (query) => this.#store.remove(query));
  }

  /** Removes the data of queries. On screen, they are pending and loaded again. */
  removeQueries(which?: QueryKey | QueryFilter): void {
    const filter = resolveFilter("removeQueries", which);
    for (const query of this.#store.select(filter)) {
      this.#store.remove(query);
      this.#store.release(query);
    }
  }

  /** Ends the loads of queries; callers are rejected with an AbortError. What is shown stays. */
  cancelQueries(which?: QueryKey | QueryFilter): Promise<void> {
    return this.#each("cancelQueries", which, (query) => query.cancel());
  }

  /** How many queries are loading. */
  isFetching(): number {
    let count = 0;
    for (const query of this.#store.live.values()) if (query.state.fetchStatus === "fetching") count++;
    return count;
  }

  /** Every query that is on screen, loading or stored, in the cache's order. Looking changes nothing. */
  getQueries(): QueryInfo[] {
    return this.#store.infos();
  }

  /** Hears that something of a query is different. Returns the undo. */
  subscribe(listener: (event: QueryEvent) => void): () => void {
    if (typeof listener === "function") return this.#store.subscribe(listener);
    const message = `subscribe needs a function, got ${describe(listener)}. Pass (event) => { ... }.`;
    throw new MachoError("invalid-argument", message);
  }

  /** A view of one key, as a hook has it; `null`, `undefined` and `false` are idle. For bindings to other frameworks. */
  observe<T, const K extends QueryKey>(
    key: K | null | undefined | false,
    fetcher: Fetcher<T, K>,
    options: QueryOptions = {},
  ): QueryObserver<T> {
    checkFetcher("observe", fetcher);
    const target = key === null || key === undefined || key === false ? undefined : { key, hash: hashKey(key) };
    const resolved = this.resolveOptions("observe", options);
    return new QueryObserver<T>(this.#store, this.#scheduler, target, fetcher, resolved);
  }

  /** Timers, chance and network as the client has them. For what loads or waits beside its queries. */
  get host(): LoadHost {
    return this.#store;
  }

  /** A hook's options over the client's. For bindings to other frameworks. */
  resolveOptions(owner: string, options: QueryOptions): ReturnType<typeof resolveQueryOptions> {
    return resolveQueryOptions(owner, options, this.#defaults);
  }

  /** Removes everything. What is on screen is loaded again. */
  clear(): void {
    this.#store.clear();
  }

  /** Lets timers run and hears focus and network, as `<MachoProvider>` does. Counted: both end with the last `unmount`. */
  mount(): void {
    if (this.#disposed) return;
    if (++this.#mounts > 1) return;
    this.#gate.open();
    this.#presence.start(
      () => this.#store.revalidate("refetchOnWindowFocus"),
      () => this.#store.revalidate("refetchOnReconnect"),
    );
  }

  unmount(): void {
    if (this.#mounts > 0 && --this.#mounts === 0) this.#rest();
  }

  /** Ends the client for good: loads are aborted, timers stop, hooks hear nothing more, and a cache of its own is disposed of. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#store.dispose();
    this.#rest();
    if (this.#ownsCache) this.cache.dispose();
  }

  /** No timer and no listener of the page. */
  #rest(): void {
    this.#gate.close();
    this.#presence.stop();
  }

  #checkAlive(method: string): void {
    if (!this.#disposed) return;
    const message = `${method} was called on a disposed QueryClient. Make a new one, or dispose of it later.`;
    throw new MachoError("disposed", message);
  }

  /** Does something to each query that a filter lets through. Resolves when the loads that follow ended. */
  async #each(method: string, which: QueryKey | QueryFilter | undefined, act: (query: Query) => void): Promise<void> {
    const filter = resolveFilter(method, which);
    const ended = this.#store.select(filter).map((query) => {
      act(query);
      this.#store.release(query);
      return query.ended();
    });
    await Promise.all(ended);
  }
}
