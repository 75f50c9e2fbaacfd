// The queries of a client that are watched or loading, over the cache that holds the answers of all.
import type { CacheEvent, Flight } from "../../core/lru/index.ts";
import { guarded } from "../../core/lru/internal.ts";
import { Answer, setAnswer } from "../machine/answer.ts";
import { type Found, infoOf, type RefetchReason } from "../machine/freshness.ts";
import type { QueryCache } from "../machine/query-cache.ts";
import type { LoadHome, LoadTier } from "../machine/loading.ts";
import { Query } from "../machine/query.ts";
import type { LoadRequest } from "../machine/watcher.ts";
import { OptionDefaults } from "../model/defaults.ts";
import type { QueryInfo, QueryOptions } from "../model/options.ts";
import { pendingState, type QueryState } from "../model/state.ts";
import { type Environment, isServer } from "../timing/environment.ts";
import { Timing } from "../timing/timing.ts";
import type { QueryKey } from "../key/key.ts";
import type { Feigned } from "./feigned.ts";
import type { QueryFilter } from "./filter.ts";
import { KeyIndex } from "./key-index.ts";
import { search, type Searched } from "./search.ts";
import type { Sent, StreamedParts } from "./sent.ts";

/** What a client tells its subscribers: something of this query is different. */
export interface QueryEvent {
  /** What happened. */
  readonly type: "updated";
  /** The key of the query. */
  readonly key: QueryKey;
  /** The text that stands for the key. */
  readonly hash: string;
}

/** What a client gives its store. */
export interface StoreOptions {
  readonly environment: Environment;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Hears of each answer of a load. @defaultValue none */
  readonly onSuccess?: ((data: unknown, query: QueryInfo) => void) | undefined;
  /** Hears of each load that failed for good. @defaultValue none */
  readonly onError?: ((error: unknown, query: QueryInfo) => void) | undefined;
  /** Hears of each load that ended, after the other two. @defaultValue none */
  readonly onSettled?: ((query: QueryInfo) => void) | undefined;
}

/** A slower store behind the cache of a client. It knows more keys than the cache holds. */
export interface QueryTier extends LoadTier {
  /** Queries were marked stale. */
  invalidated(filter: QueryFilter): void;
  /** Queries were removed. */
  removed(filter: QueryFilter): void;
  /** The app wrote data of a key. */
  wrote?(hash: string): void;
}

/** Passed to `find` and `open`: it is a lookup, which the cache counts. */
export const COUNTED: { readonly counts: boolean } = { counts: true };

/** The queries of a client, and what they need of it. */
export class QueryStore extends Timing implements LoadHome, Searched {
  readonly cache: QueryCache;
  readonly defaults: OptionDefaults;
  /** The cache's own TTL. */
  readonly ttl: number;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Whether the cache has a `maxWeight`: what holds nothing weighs nothing then, and otherwise has no weight. */
  readonly isWeighed: boolean;
  /**
   * Keys whose load began after the last mutation that had waited for the network: its return loads them no more. Only
   * while such mutations are under way.
   */
  loadedSince: Set<string> | undefined;
  /** What a server sent along, for what hydrates later. */
  sent: Map<string, Sent> | undefined;
  /** Knows what comes with later parts of the page, where somebody said that something does. */
  streamedParts: StreamedParts | undefined;
  /** What hooks show in the place of what is known, while somebody has them do so. */
  feigned: Map<string, Feigned> | undefined;
  /** Behind the cache, where somebody put one there. */
  tier: QueryTier | undefined;
  /** Keys that show what calls of mutations hope for, while there are any. */
  declare hopes?: { has(hash: string): boolean } | undefined;
  /** The calls of mutations, once there are any. Their folder is above this one. */
  declare mutations?: object;
  /** How often everything was removed. */
  clears = 0;
  readonly leaving: Set<Query> = new Set();
  /** Those on screen that show what they showed for another key. */
  readonly showingPreviousData: Set<{ dataRemoved(hash: string): void }> = new Set();
  /** Those that are on screen or loading, by the hashes of their keys. Others only read it. */
  readonly live: Map<string, Query> = new Map();
  /** Kept from the first question by prefix or the first answer with tags on, until none is left. */
  index: KeyIndex = new KeyIndex();
  #renders = 0;
  #leaveCache: (() => void) | undefined;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();
  /** The loads under way, also those that no query waits for any more. */
  #flights = new Set<Flight>();
  #options: StoreOptions;
  #isOwn: boolean;

  /**
   * @param isOwn whether the cache is the client's own
   * @param queries what hooks and calls do that do not say otherwise
   * @throws MachoOptionError for an option among them that cannot be used or does not exist
   */
  constructor(cache: QueryCache, isOwn: boolean, options: StoreOptions, queries: QueryOptions) {
    super(cache.clock, isOwn, options.environment);
    const { ttl, maxWeight } = cache.options;
    this.cache = cache;
    this.random = options.random;
    this.ttl = ttl;
    this.isWeighed = maxWeight < Infinity;
    this.defaults = new OptionDefaults(queries, this.isWeighed);
    this.#options = options;
    this.#isOwn = isOwn;
  }

  /** Where there is no page, what is rendered is what will be sent. */
  get isServer(): boolean {
    return isServer();
  }

  /** Whether it is not on screen, and may come there. */
  get isUnmounted(): boolean {
    return !this.canWait && !this.isServer;
  }

  /** What is known of a key: its query, or the answer that is stored. @param how whether it counts as a lookup */
  find(hash: string, how?: { readonly counts: boolean }): Query | Answer | undefined {
    if (!how?.counts) return this.live.get(hash) ?? asAnswer(this.cache.peek(hash));
    this.recent();
    const stored = asAnswer(this.cache.get(hash));
    return this.live.get(hash) ?? stored;
  }

  /** A key as it is now, known or not. */
  infoOf(key: QueryKey, hash: string): QueryInfo {
    return infoOf(this.find(hash) ?? new Answer(pendingState(key, hash), 0), this.now);
  }

  /** The query of a key, made on demand. Whoever takes it gives it back by `release`. @param how as for `find` */
  open(key: QueryKey, hash: string, how?: { readonly counts: boolean }): Query {
    const found = this.find(hash, how);
    if (found instanceof Query) return found;
    const query = new Query(key, hash, found, this);
    this.followCache();
    this.live.set(hash, query);
    this.index.add(hash);
    return query;
  }

  /** The same for one write: a query that nobody watches is not remembered for it. */
  openForWrite(key: QueryKey, hash: string, how?: { readonly counts: boolean }): Query {
    const found = this.find(hash, how);
    return found instanceof Query ? found : new Query(key, hash, found, this);
  }

  /** The known queries that a filter lets through, in the cache's order; only live ones in the order in which they came. */
  search(filter: QueryFilter): Found[] {
    this.recent();
    return search(this, filter);
  }

  /** The same, as they are now. */
  infos(filter: QueryFilter): QueryInfo[] {
    return this.search(filter).map((each) => infoOf(each, this.now));
  }

  /** Removes the data of a key everywhere. On screen, it is loaded again. */
  remove({ key, hash }: QueryState): void {
    const query = this.live.get(hash);
    if (query) return this.#forget([query], () => this.cache.delete(hash));
    if (this.cache.delete(hash)) this.changed({ key, hash });
  }

  override revalidate(reason: RefetchReason): void {
    this.recent();
    const isBack = reason === "refetchOnReconnect";
    for (const query of this.live.values()) {
      if (!isBack || !this.loadedSince?.has(query.hash)) query.revalidate(reason);
    }
    if (isBack) this.loadedSince = undefined;
  }

  clear(): void {
    this.clears++;
    this.sent = undefined;
    this.#forget([...this.live.values()], () => this.cache.clear());
  }

  subscribe(listener: (event: QueryEvent) => void): () => void {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    const queries = [...this.live.values()];
    this.live.clear();
    this.sent = this.streamedParts = undefined;
    this.#unfollow();
    this.#listeners.clear();
    this.showingPreviousData.clear();
    for (const query of queries) query.dispose();
    for (const flight of this.#flights) flight.cancel();
    super.dispose();
    if (this.#isOwn) this.cache.dispose();
  }

  ttlLeft(ttl: number | undefined, age: number): number | undefined {
    return age > 0 ? (ttl ?? this.ttl) - age : ttl;
  }

  loadStarted(flight: Flight, hash: string): void {
    this.loadedSince?.add(hash);
    this.#flights.add(flight);
    const end = (): void => void this.#flights.delete(flight);
    flight.promise.then(end, end);
  }

  /** Whether a component is rendering, so that others must not be told of anything. */
  get isRendering(): boolean {
    return this.#renders > 0;
  }

  /** Runs something of a render. What it begins is told to other components when the render is over. */
  inRender<Given extends readonly unknown[], R>(run: (...given: Given) => R, ...given: Given): R {
    this.#renders++;
    try {
      return run(...given);
    } finally {
      this.#renders--;
    }
  }

  /** Runs it in a microtask: once what renders now is rendered. */
  afterRender(run: () => void): void {
    // Of a promise, since tests replace the host's `queueMicrotask`.
    void Promise.resolve().then(() => guarded(run));
  }

  changed(query: Pick<QueryState, "key" | "hash">): void {
    if (this.#listeners.size > 0) this.#tell(query);
  }

  /** A function of its own: one that makes closures costs more, also where it makes none. */
  #tell(query: Pick<QueryState, "key" | "hash">): void {
    if (this.isRendering) return this.afterRender(() => this.changed(query));
    const event: QueryEvent = Object.freeze({ type: "updated", key: query.key, hash: query.hash });
    for (const { listener } of this.#listeners) guarded(listener, event);
  }

  release(query: Query): void {
    const { hash } = query;
    if (query.isShown || query.loading || this.live.get(hash) !== query) return;
    this.live.delete(hash);
    if (!this.cache.has(hash)) this.#forgetHash(hash, query.answer);
    this.#unfollowWhenUnused();
  }

  followCache(): void {
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
  }

  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void {
    if (before === after) return;
    this.index.delete(hash, before ?? []);
    if (!after?.length) return;
    this.followCache();
    this.index.add(hash, after);
  }

  loaded(query: Query, request: LoadRequest): void {
    const { onSuccess, onError, onSettled } = this.#options;
    if (!onSuccess && !onError && !onSettled) return;
    const info = infoOf(query, this.now, request.options);
    const { status, data, error } = info;
    guarded(() => (status === "success" ? onSuccess?.(data, info) : status === "error" && onError?.(error, info)));
    guarded(() => onSettled?.(info));
  }

  /** Forgotten first, so that a query is reset once, by us, and not by the removal that it would hear. */
  #forget(queries: readonly Query[], remove: () => void): void {
    for (const query of queries) setAnswer(query, undefined);
    remove();
    for (const query of queries) {
      this.#dataRemoved(query.hash);
      query.reset();
      this.release(query);
    }
  }

  #dataRemoved(hash: string): void {
    for (const observer of this.showingPreviousData) observer.dataRemoved(hash);
  }

  /** @param keepsSent whether what a server sent of it still counts */
  #forgetHash(hash: string, answer: Answer | undefined, keepsSent?: boolean): void {
    this.index.delete(hash);
    this.index.delete(hash, answer?.tags ?? []);
    if (!keepsSent) this.sent?.delete(hash);
  }

  /** Nobody needs to hear of the cache while there is no query and nothing to look up. */
  #unfollowWhenUnused(): void {
    if (this.live.size) return;
    if (!this.sent?.size) this.sent = undefined;
    if (!this.sent && !(this.cache.size && this.index.size)) this.#unfollow();
  }

  #unfollow(): void {
    // It would not hear of what comes.
    this.index = new KeyIndex();
    this.#leaveCache?.();
    this.#leaveCache = undefined;
  }

  #hear(event: CacheEvent<string, unknown>): void {
    const { type, key } = event;
    const query = this.live.get(key);
    if (type === "refusal" && query) query.unpin = undefined;
    // An answer may also come by another client of the same cache.
    if (type === "set" && !query && event.value instanceof Answer) this.index.add(key);
    if (type !== "removal" || event.cause === "replaced") return;
    const { cause, value } = event;
    if (query) {
      query.heardRemoval(value, cause);
      this.release(query);
    }
    // A page may hydrate with more than its cache holds.
    else this.#forgetHash(key, asAnswer(value), cause === "evicted");
    // A new answer may have taken the place of one that had expired.
    const next = query ? undefined : asAnswer(this.cache.peek(key));
    if (next) this.retag(key, undefined, next.tags);
    if (cause !== "evicted") this.#dataRemoved(key);
    this.#unfollowWhenUnused();
  }
}

/** A cache of the user's own may hold other things under other keys. */
function asAnswer(value: unknown): Answer | undefined {
  return value instanceof Answer ? value : undefined;
}
