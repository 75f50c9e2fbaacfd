// The queries of a client that are watched or loading, over the cache that holds the answers of all.
import type { CacheEvent, Flight } from "../../core/lru/index.ts";
import { guarded } from "../../core/lru/internal.ts";
import { Answer } from "../machine/answer.ts";
import { type Found, infoOf, type RefetchReason } from "../machine/freshness.ts";
import type { QueryCache } from "../machine/query-cache.ts";
import { Query, type QueryHome } from "../machine/query.ts";
import type { LoadRequest } from "../machine/watcher.ts";
import type { OptionDefaults } from "../model/defaults.ts";
import type { QueryInfo } from "../model/options.ts";
import { pendingState, type QueryState } from "../model/state.ts";
import { type Environment, isServer } from "../timing/environment.ts";
import { Timing } from "../timing/timing.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryFilter } from "./filter.ts";
import { KeyIndex } from "./key-index.ts";
import { search, type Searched } from "./search.ts";
import type { Sent, StreamedParts } from "./sent.ts";

/** What a client tells its subscribers: something of this query is different. */
export interface QueryEvent {
  readonly type: "updated";
  readonly key: QueryKey;
  readonly hash: string;
}

/** The queries of a client, and what they need of it. */
export class QueryStore extends Timing implements QueryHome, Searched {
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
  isDisposed = false;
  /** How often everything was removed. */
  clears = 0;
  readonly leaving: Set<{ leave(): void }> = new Set();
  /** Those on screen that show what they showed for another key. */
  readonly showingPreviousData: Set<{ dataRemoved(hash: string): void }> = new Set();
  /** Those that are on screen or loading, by the hashes of their keys. Others only read it. */
  readonly live: Map<string, Query> = new Map();
  /** From the first question by prefix or the first answer with tags on, until none is left. */
  index: KeyIndex | undefined;
  #renders = 0;
  #leaveCache: (() => void) | undefined;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();
  /** The loads under way, also those that no query waits for any more. */
  #flights = new Set<Flight>();
  /** Hears of each load that ended, well or not. */
  onLoad: ((query: QueryInfo) => void) | undefined;

  /** @param isOwn whether the cache is the client's own @param random from 0 to below 1 */
  constructor(
    cache: QueryCache,
    isOwn: boolean,
    environment: Environment,
    random: () => number,
    defaults: OptionDefaults,
  ) {
    super(cache.clock, isOwn, environment);
    this.cache = cache;
    this.random = random;
    this.defaults = defaults;
    const { ttl, maxWeight } = cache.options;
    this.ttl = ttl;
    this.isWeighed = maxWeight < Infinity;
  }

  /** Where there is no page, what is rendered is what will be sent. */
  get isServer(): boolean {
    return isServer();
  }

  /** Whether it is not on screen, and may come there. */
  get isUnmounted(): boolean {
    return !this.canWait && !this.isServer;
  }

  get canWait(): boolean {
    return !this.isDisposed && this.isMounted;
  }

  /** What is known of a key: its query, or the answer that is stored. @param how whether it counts as a lookup */
  find(hash: string, how?: { readonly counts: boolean }): Query | Answer | undefined {
    if (how?.counts !== true) return this.live.get(hash) ?? this.#stored(hash);
    this.recent();
    const stored = asAnswer(this.cache.get(hash));
    return this.live.get(hash) ?? stored;
  }

  /** A key as it is now, known or not. */
  infoOf(key: QueryKey, hash: string): QueryInfo {
    return infoOf(this.find(hash) ?? new Answer(pendingState(key, hash), 0, {}), this.now);
  }

  /** The query of a key, made on demand. Whoever takes it gives it back by `release`. */
  open(key: QueryKey, hash: string, stored: Answer | undefined = this.#stored(hash)): Query {
    let query = this.live.get(hash);
    if (!query) {
      this.live.set(hash, (query = new Query(key, hash, stored, this)));
      this.index?.add(hash);
    }
    return query;
  }

  /** The same for a hook that mounts. Counts one lookup, unless it was here just now. */
  openForHook(key: QueryKey, hash: string, isBack: boolean): Query {
    this.recent();
    return this.open(key, hash, isBack ? undefined : asAnswer(this.cache.get(hash)));
  }

  /** The same for one write: a query that nobody watches is not remembered for it. */
  openForWrite(key: QueryKey, hash: string): Query {
    return this.live.get(hash) ?? new Query(key, hash, this.#stored(hash), this);
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

  indexed(): KeyIndex {
    this.followCache();
    return (this.index ??= new KeyIndex());
  }

  /** Tags are invalidated: loads under way whose tags their answers will say are looked at then. */
  markStaleOnArrival(filter: QueryFilter, loads: boolean): void {
    const { tags } = filter;
    if (!tags) return;
    const found = this.search({ ...filter, tags: undefined, fetchStatus: "fetching" });
    for (const { state } of found) this.live.get(state.hash)?.loading?.invalidations.push({ tags, loads });
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
    this.isDisposed = true;
    this.index = this.sent = this.streamedParts = undefined;
    this.#unfollowCache();
    this.#listeners.clear();
    this.showingPreviousData.clear();
    const queries = [...this.live.values()];
    this.live.clear();
    for (const query of queries) query.dispose();
    for (const flight of this.#flights) flight.cancel();
    super.dispose();
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
  #tell({ key, hash }: Pick<QueryState, "key" | "hash">): void {
    if (this.isRendering) return this.afterRender(() => this.changed({ key, hash }));
    const event: QueryEvent = Object.freeze({ type: "updated", key, hash });
    for (const { listener } of this.#listeners) guarded(() => listener(event));
  }

  release(query: Query): void {
    const { hash } = query;
    if (!query.isIdle || this.live.get(hash) !== query) return;
    this.live.delete(hash);
    if ((this.index || this.sent) && !this.cache.has(hash)) this.#forgetHash(hash, query.answer);
    this.#unfollowWhenUnused();
  }

  followCache(): void {
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
  }

  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void {
    if (before === after) return;
    if (before) this.index?.delete(hash, before);
    if (after?.length) this.indexed().add(hash, after);
  }

  loaded(query: Query, { options }: LoadRequest): void {
    if (this.onLoad) this.onLoad(infoOf(query, this.now, options.meta));
  }

  /** Forgotten first, so that a query is reset once, by us, and not by the removal that it would hear. */
  #forget(queries: readonly Query[], remove: () => void): void {
    for (const query of queries) query.copy.setAnswer(undefined);
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

  #stored(hash: string): Answer | undefined {
    return asAnswer(this.cache.peek(hash));
  }

  #forgetHash(hash: string, answer: Answer | undefined): void {
    this.index?.delete(hash);
    if (answer?.tags) this.index?.delete(hash, answer.tags);
    this.sent?.delete(hash);
  }

  /** Nobody needs to hear of the cache while there is no query and nothing to look up. */
  #unfollowWhenUnused(): void {
    if (this.live.size > 0) return;
    if (this.cache.size === 0 || this.index?.size === 0) this.index = undefined;
    if (this.sent?.size === 0) this.sent = undefined;
    if (!this.index && !this.sent) this.#unfollowCache();
  }

  #unfollowCache(): void {
    this.#leaveCache?.();
    this.#leaveCache = undefined;
  }

  #hear(event: CacheEvent<string, unknown>): void {
    const { type, key } = event;
    const query = this.live.get(key);
    if (type === "refusal") query?.copy.forgetPin();
    // An answer may also come by another client of the same cache.
    if (type === "set" && !query && event.value instanceof Answer) this.index?.add(key);
    if (type !== "removal" || event.cause === "replaced") return;
    const { cause, value } = event;
    if (query) {
      query.copy.heardRemoval(value, cause);
      this.release(query);
    } else {
      // A page may hydrate with more than its cache holds.
      const sent = cause === "evicted" ? this.sent?.get(key) : undefined;
      this.#forgetHash(key, asAnswer(value));
      if (sent) this.sent?.set(key, sent);
    }
    if (cause !== "evicted") this.#dataRemoved(key);
    this.#unfollowWhenUnused();
  }
}

/** A cache of the user's own may hold other things under other keys. */
function asAnswer(value: unknown): Answer | undefined {
  return value instanceof Answer ? value : undefined;
}
