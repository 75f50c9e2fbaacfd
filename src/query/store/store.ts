import type { Cache, CacheEvent, Flight } from "../../core/index.ts";
import { guarded } from "../../core/internal.ts";
import { Answer } from "../machine/answer.ts";
import { isServer } from "../timing/environment.ts";
import type { OptionDefaults } from "../model/defaults.ts";
import { fits, isOfLive, type QueryFilter } from "./filter.ts";
import { type Found, infoOf } from "../machine/freshness.ts";
import type { QueryInfo } from "../model/options.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { LoadRequest } from "../machine/watcher.ts";
import type { Presence } from "../timing/presence.ts";
import { matcherOf, PrefixIndex } from "./prefix-index.ts";
import { Query, type QueryHome } from "../machine/query.ts";
import type { Scheduler } from "../timing/scheduler.ts";
import type { RefetchReason } from "../machine/freshness.ts";
import { pendingState, type QueryState } from "../model/state.ts";
import { TagIndex } from "./tag-index.ts";

/** What a client tells its subscribers: something of this query is different. */
export interface QueryEvent {
  readonly type: "updated";
  readonly key: QueryKey;
  readonly hash: string;
}

/** Time and chance of a client. */
export interface StoreTiming {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly presence: Presence;
}

/** What a server sent of a key. */
export interface Sent {
  /** `undefined` until the promise that was sent brings it. */
  answer: Answer | undefined;
  /** Monotonic ms at which the answer was sent, or came by the promise. */
  at: number;
  readonly promise?: unknown;
  /** Wall time in ms at which the promise was sent. */
  readonly promisedAt?: number;
}

/** Reads what comes with the parts of a page. */
export interface StreamedParts {
  /** What is there for a client of this name. */
  read(name: string): void;
  /** Whether somebody asked for what has this name. */
  hasRead(name: string): boolean;
  /** A part hydrates: what is new since then. */
  readNewParts(): void;
}

/** The queries of a client that are watched or loading, over the cache that holds the answers of all. */
export class QueryStore implements QueryHome {
  readonly cache: Cache<string, unknown>;
  readonly defaults: OptionDefaults;
  /** The cache's own TTL. */
  readonly ttl: number;
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
  readonly leaving: Set<Query> = new Set();
  #renders = 0;
  /** Those on screen that show what they showed for another key. */
  readonly showingPreviousData: Set<{ dataRemoved(hash: string): void }> = new Set();
  #queries = new Map<string, Query>();
  /** From the first question by prefix on, until nothing is stored. */
  #index: PrefixIndex | undefined;
  /** From the first answer with tags on, until none is left. */
  #tags: TagIndex | undefined;
  #leaveCache: (() => void) | undefined;
  #timing: StoreTiming;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();
  /** The loads under way, also those that no query waits for any more. */
  #flights = new Set<Flight>();
  /** Hears of each load that ended, well or not. */
  onLoad: ((query: QueryInfo) => void) | undefined;

  constructor(cache: Cache<string, unknown>, timing: StoreTiming, defaults: OptionDefaults) {
    this.cache = cache;
    this.#timing = timing;
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
    return !this.isDisposed && this.#timing.scheduler.isOpen;
  }

  get isOnline(): boolean {
    return this.#timing.presence.isOnline;
  }

  get isVisible(): boolean {
    return this.#timing.presence.isVisible;
  }

  onceVisible(run: () => void): () => void {
    return this.#timing.presence.onceVisible(run);
  }

  get isCatchingUp(): boolean {
    return this.#timing.presence.isCatchingUp;
  }

  onceOnline(run: () => void): () => void {
    return this.#timing.presence.onceOnline(run);
  }

  firstOnline(run: () => unknown): () => void {
    return this.#timing.presence.firstOnline(run);
  }

  random(): number {
    return this.#timing.random();
  }

  after(ms: number, run: () => void, isAwaited?: boolean): () => void {
    return this.#timing.scheduler.add(this.now() + ms, run, isAwaited);
  }

  get live(): ReadonlyMap<string, Query> {
    return this.#queries;
  }

  /** What is known of a key: its query, or the answer that is stored. @param how whether it counts as a lookup */
  find(hash: string, how?: { readonly counts: boolean }): Query | Answer | undefined {
    if (how?.counts !== true) return this.#queries.get(hash) ?? this.#stored(hash);
    this.recent();
    const stored = asAnswer(this.cache.get(hash));
    return this.#queries.get(hash) ?? stored;
  }

  /** A key as it is now, known or not. */
  infoOf(key: QueryKey, hash: string): QueryInfo {
    return infoOf(this.find(hash) ?? new Answer(pendingState(key, hash), 0, {}), this.now);
  }

  #stored(hash: string): Answer | undefined {
    return asAnswer(this.cache.peek(hash));
  }

  /** The query of a key, made on demand. */
  open(key: QueryKey, hash: string): Query {
    return this.#queries.get(hash) ?? this.#add(new Query(key, hash, this.#stored(hash), this));
  }

  /** The same for one write: a query that nobody watches is not remembered for it. */
  openForWrite(key: QueryKey, hash: string): Query {
    return this.#queries.get(hash) ?? new Query(key, hash, this.#stored(hash), this);
  }

  /** The same for a hook that mounts. Counts one lookup, unless it was here just now. */
  openForHook(key: QueryKey, hash: string, isBack: boolean): Query {
    this.recent();
    const answer = isBack ? this.#stored(hash) : asAnswer(this.cache.get(hash));
    return this.#queries.get(hash) ?? this.#add(new Query(key, hash, answer, this));
  }

  /** The known queries that a filter lets through, made on demand. Whoever takes them gives them back by `release`. */
  select(filter: QueryFilter): Query[] {
    return this.search(filter).map(({ state: { key, hash } }) => this.open(key, hash));
  }

  /** The known queries that a filter lets through, in the cache's order; only live ones in the order in which they came. */
  search(filter: QueryFilter): Found[] {
    this.recent();
    const { predicate } = filter;
    const found = this.#candidates(filter).filter((each) => fits(filter, each, this.now));
    if (!predicate) return found;
    // All are looked at before the first question: a predicate may change what is there.
    const infos = found.map((each) => infoOf(each, this.now));
    return found.filter((_each, index) => predicate(infos[index]!));
  }

  /**
   * What has the key and the tags of a filter, by an index or among the few that are live, where that is possible. Tags
   * of what is live are looked at: until the first answer they are those of its hooks.
   */
  #candidates(filter: QueryFilter): Found[] {
    const { queryKey, exact, tags } = filter;
    if (tags || isOfLive(filter)) {
      const isNamed = matcherOf(queryKey, exact);
      const isMeant = ({ hash, tags: own }: Query): boolean =>
        isNamed(hash) && (!tags || own.some((tag) => tags.includes(tag)));
      const live: Found[] = [...this.#queries.values()].filter(isMeant);
      if (!tags || isOfLive(filter)) return live;
      const stored = this.#tags?.find(tags).filter((hash) => isNamed(hash) && !this.#queries.has(hash)) ?? [];
      return live.concat(this.#allOf(stored));
    }
    if (queryKey === undefined) return this.#all();
    if (exact || typeof queryKey === "string") return this.#allOf([hashKey(queryKey)]);
    return this.#allOf(this.#indexed().find(queryKey, () => this.#all().map(({ state }) => state.hash)));
  }

  #allOf(hashes: readonly string[]): Found[] {
    return hashes.flatMap((hash) => this.find(hash) ?? []);
  }

  /** What is stored, and then what is only on screen or loading. */
  #all(): Found[] {
    const all: Found[] = [];
    for (const [hash, value] of this.cache) {
      const found = this.#queries.get(hash) ?? asAnswer(value);
      if (found) all.push(found);
    }
    for (const [hash, query] of this.#queries) if (!this.cache.has(hash)) all.push(query);
    return all;
  }

  /** The queries that a filter lets through, as they are now. */
  infos(filter: QueryFilter): QueryInfo[] {
    return this.search(filter).map((each) => infoOf(each, this.now));
  }

  /** Tags are invalidated: loads under way whose tags their answers will say are looked at then. */
  markStaleOnArrival(filter: QueryFilter, loads: boolean): void {
    const { tags } = filter;
    if (!tags) return;
    const found = this.search({ ...filter, tags: undefined, fetchStatus: "fetching" });
    for (const { state } of found) this.#queries.get(state.hash)?.markStaleOnArrival(tags, loads);
  }

  /** Removes the data of a key everywhere. On screen, it is loaded again. */
  remove({ key, hash }: QueryState): void {
    const query = this.#queries.get(hash);
    if (query) return this.#forget([query], () => this.cache.delete(hash));
    if (this.cache.delete(hash)) this.changed({ key, hash });
  }

  /** The page or the network is back. */
  revalidate(reason: RefetchReason): void {
    this.recent();
    const isBack = reason === "refetchOnReconnect";
    for (const query of this.#queries.values()) {
      if (!isBack || !this.loadedSince?.has(query.hash)) query.revalidate(reason);
    }
    if (isBack) this.loadedSince = undefined;
  }

  clear(): void {
    this.clears++;
    this.sent = undefined;
    this.#forget([...this.#queries.values()], () => this.cache.clear());
  }

  subscribe(listener: (event: QueryEvent) => void): () => void {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  dispose(): void {
    this.isDisposed = true;
    this.#index = this.#tags = this.sent = this.streamedParts = undefined;
    this.#unfollowCache();
    this.#timing.scheduler.clear();
    this.#listeners.clear();
    this.showingPreviousData.clear();
    const queries = [...this.#queries.values()];
    this.#queries.clear();
    for (const query of queries) query.dispose();
    for (const flight of this.#flights) flight.cancel();
  }

  now = (): number => this.cache.clock.now();
  /** The first in a task finds out about timers that the host was late with. */
  recent = (): number => this.cache.clock.recent();

  ttlLeft(ttl: number | undefined, age: number): number | undefined {
    return age > 0 ? (ttl ?? this.ttl) - age : ttl;
  }

  wallNow(): number {
    return this.cache.clock.wallNow();
  }

  soon(run: () => void): () => void {
    return this.#timing.scheduler.soon(run);
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
  inRender<R>(run: () => R): R {
    this.#renders++;
    try {
      return run();
    } finally {
      this.#renders--;
    }
  }

  /** Runs it in a microtask: once what renders now is rendered. */
  afterRender(run: () => void): void {
    // Of a promise, since tests replace the host's `queueMicrotask`.
    void Promise.resolve().then(() => guarded(run));
  }

  changed({ key, hash }: Pick<QueryState, "key" | "hash">): void {
    if (this.#listeners.size === 0) return;
    if (this.isRendering) return this.afterRender(() => this.changed({ key, hash }));
    const event: QueryEvent = Object.freeze({ type: "updated", key, hash });
    for (const { listener } of this.#listeners) guarded(() => listener(event));
  }

  release(query: Query): void {
    const { hash } = query;
    if (!query.isIdle || this.#queries.get(hash) !== query) return;
    this.#queries.delete(hash);
    if ((this.#index || this.#tags || this.sent) && this.cache.peek(hash) === undefined) {
      this.#forgetHash(hash, query.answer?.tags);
    }
    this.#unfollowWhenUnused();
  }

  followCache(): void {
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
  }

  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void {
    if (before === after) return;
    if (before) this.#tags?.delete(hash, before);
    if (!after || after.length === 0) return;
    (this.#tags ??= new TagIndex()).add(hash, after);
    this.followCache();
  }

  loaded(query: Query, { options }: LoadRequest): void {
    if (this.onLoad) this.onLoad(infoOf(query, this.now, options.meta));
  }

  /** Forgotten first, so that a query is reset once, by us, and not by the removal that it would hear. */
  #forget(queries: readonly Query[], remove: () => void): void {
    for (const query of queries) query.forgetAnswer();
    remove();
    for (const query of queries) {
      this.#lost(query.hash);
      query.reset();
      this.release(query);
    }
  }

  #lost(hash: string): void {
    for (const observer of this.showingPreviousData) observer.dataRemoved(hash);
  }

  #add(query: Query): Query {
    this.#queries.set(query.hash, query);
    this.#index?.add(query.hash);
    return query;
  }

  /** Nobody needs to hear of the cache while there is no query and nothing to look up. */
  #unfollowWhenUnused(): void {
    if (this.#queries.size > 0) return;
    if (this.cache.size === 0) this.#index = undefined;
    if (this.#tags?.size === 0) this.#tags = undefined;
    if (this.sent?.size === 0) this.sent = undefined;
    if (!this.#index && !this.#tags && !this.sent) this.#unfollowCache();
  }

  #unfollowCache(): void {
    this.#leaveCache?.();
    this.#leaveCache = undefined;
  }

  #indexed(): PrefixIndex {
    this.followCache();
    return (this.#index ??= new PrefixIndex());
  }

  #forgetHash(hash: string, tags: readonly string[] | undefined): void {
    this.#index?.delete(hash);
    if (tags) this.#tags?.delete(hash, tags);
    this.sent?.delete(hash);
  }

  #hear(event: CacheEvent<string, unknown>): void {
    if (event.type === "set") {
      // An answer may also come by another client of the same cache.
      if (event.value instanceof Answer) this.#index?.add(event.key);
      return;
    }
    if (event.type === "refusal") return this.#queries.get(event.key)?.heardRefusal();
    if (event.type === "failure" || event.cause === "replaced") return;
    if (!this.#queries.has(event.key)) {
      // A page may hydrate with more than its cache holds.
      const sent = event.cause === "evicted" ? this.sent?.get(event.key) : undefined;
      this.#forgetHash(event.key, asAnswer(event.value)?.tags);
      if (sent) this.sent?.set(event.key, sent);
    }
    this.#hearRemoval(event);
    if (event.cause !== "evicted") this.#lost(event.key);
    this.#unfollowWhenUnused();
  }

  #hearRemoval(event: CacheEvent<string, unknown> & { type: "removal" }): void {
    const query = this.#queries.get(event.key);
    if (!query) return;
    query.heardRemoval(event.value, event.cause);
    this.release(query);
  }
}

/** A cache of the user's own may hold other things under other keys. */
function asAnswer(value: unknown): Answer | undefined {
  return value instanceof Answer ? value : undefined;
}
