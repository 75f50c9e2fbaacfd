import type { Cache, CacheEvent, Clock } from "../core/index.ts";
import { guarded } from "../core/internal.ts";
import { Answer } from "./answer.ts";
import { isServer } from "./environment.ts";
import type { OptionDefaults } from "./defaults.ts";
import { fits, looksAtEach, type QueryFilter } from "./filter.ts";
import type { Gate } from "./gate.ts";
import { infoOfAnswer, infoOfQuery } from "./info.ts";
import type { QueryInfo } from "./query-info.ts";
import { hashKey, type QueryKey } from "./key.ts";
import type { LoadRequest } from "./load-request.ts";
import type { Presence } from "./presence.ts";
import { PrefixIndex } from "./prefix-index.ts";
import { Query, type QueryHome } from "./query.ts";
import type { Scheduler } from "./scheduler.ts";
import { pendingState, type QueryState } from "./state.ts";
import { TagIndex } from "./tag-index.ts";

/** What a client tells its subscribers: something of this query is different. */
export interface QueryEvent {
  readonly type: "updated";
  readonly key: QueryKey;
  readonly hash: string;
}

/** Time and chance of a client. */
export interface StoreTiming {
  readonly gate: Gate;
  readonly scheduler: Scheduler;
  /** For what follows an unmount, and so needs no gate. */
  readonly schedule: Required<Clock>["schedule"];
  readonly random: () => number;
  readonly presence: Presence;
}

/** An answer that came with the page, and the monotonic ms that stand for the time at which it was sent. */
export interface Sent {
  readonly answer: Answer;
  readonly at: number;
}

/** Reads what comes with the parts of a page. */
export interface LateParts {
  /** What is there for a client of this name. */
  read(name: string): void;
  /** A part hydrates: what is new since then. */
  readLate(): void;
}

/** The queries of a client that are watched or loading, over the cache that holds the answers of all. */
export class QueryStore implements QueryHome {
  readonly cache: Cache<string, unknown>;
  readonly defaults: OptionDefaults;
  /** What a server sent along, for what hydrates later. */
  sent: Map<string, Sent> | undefined;
  /** Knows what comes with later parts of the page, where somebody said that something does. */
  late: LateParts | undefined;
  isDisposed = false;
  #queries = new Map<string, Query>();
  /** From the first question by prefix on, until nothing is stored. */
  #index: PrefixIndex | undefined;
  /** From the first answer with tags on, until none is left. */
  #tags: TagIndex | undefined;
  #leaveCache: (() => void) | undefined;
  #timing: StoreTiming;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();
  /** Hears of each load that ended, well or not. */
  onLoad: ((query: QueryInfo) => void) | undefined;

  constructor(cache: Cache<string, unknown>, timing: StoreTiming, defaults: OptionDefaults) {
    this.cache = cache;
    this.#timing = timing;
    this.defaults = defaults;
  }

  /** Where there is no page, what is rendered is what will be sent. */
  get isServer(): boolean {
    return isServer();
  }

  get canWait(): boolean {
    return !this.isDisposed && this.#timing.gate.isOpen;
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

  onceOnline(run: () => unknown): () => void {
    return this.#timing.presence.onceOnline(run);
  }

  random(): number {
    return this.#timing.random();
  }

  after(ms: number, run: () => void): () => void {
    return this.#timing.scheduler.add(this.now() + ms, run);
  }

  get live(): ReadonlyMap<string, Query> {
    return this.#queries;
  }

  /** What is known for a key, on screen or stored, without counting a lookup. */
  answerOf(hash: string): Answer | undefined {
    const query = this.#queries.get(hash);
    return query ? query.answer : this.stored(hash);
  }

  /** What the cache has, without counting a lookup. */
  stored(hash: string): Answer | undefined {
    return asAnswer(this.cache.peek(hash));
  }

  /** The state of a key that is on screen, loading or stored. */
  stateOf(hash: string): QueryState | undefined {
    return this.#queries.get(hash)?.state ?? this.stored(hash)?.state;
  }

  /** A key as it is now, known or not. */
  infoOf(key: QueryKey, hash: string): QueryInfo {
    const query = this.#queries.get(hash);
    if (query) return infoOfQuery(query);
    const answer = this.stored(hash) ?? new Answer(pendingState(key, hash), 0, NOWHERE);
    return infoOfAnswer(answer, this.now);
  }

  /** What is known for a key, on screen or stored. Counts one lookup. */
  lookup(hash: string): Answer | undefined {
    const stored = asAnswer(this.cache.get(hash));
    const query = this.#queries.size === 0 ? undefined : this.#queries.get(hash);
    return query ? query.answer : stored;
  }

  /** The query of a key, made on demand. */
  acquire(key: QueryKey, hash: string): Query {
    return this.#queries.get(hash) ?? this.#add(new Query(key, hash, this.stored(hash), this));
  }

  /** The same for one write: a query that nobody watches is not remembered for it. */
  forWrite(key: QueryKey, hash: string): Query {
    return this.#queries.get(hash) ?? new Query(key, hash, this.stored(hash), this);
  }

  /** The same for a hook that mounts. Counts one lookup. */
  enter(key: QueryKey, hash: string): Query {
    const answer = asAnswer(this.cache.get(hash));
    return this.#queries.get(hash) ?? this.#add(new Query(key, hash, answer, this));
  }

  /** The known queries that a filter lets through, made on demand. Whoever takes them gives them back by `release`. */
  select(filter: QueryFilter): Query[] {
    return this.find(filter).map(({ key, hash }) => this.acquire(key, hash));
  }

  /** The known queries that a filter lets through. */
  find(filter: QueryFilter): QueryState[] {
    const known = this.#hashesOf(filter).flatMap((hash) => this.stateOf(hash) ?? []);
    if (!looksAtEach(filter)) return known;
    // All are looked at before the first question: a predicate may change what is there.
    const infos = known.map(({ key, hash }) => this.infoOf(key, hash));
    return known.filter((_each, index) => fits(filter, infos[index]!));
  }

  #hashesOf({ queryKey, exact, tags }: QueryFilter): readonly string[] {
    const tagged = tags && (this.#tags?.find(tags) ?? []);
    if (queryKey === undefined) return tagged ?? this.#allHashes();
    const hash = hashKey(queryKey);
    // A string key begins only itself.
    const named =
      exact || typeof queryKey === "string" ? [hash] : this.#indexed().find(queryKey, hash, () => this.#allHashes());
    return tagged ? named.filter((each) => tagged.includes(each)) : named;
  }

  /** What is stored, and then what is only on screen or loading. */
  #allHashes(): string[] {
    const all = [...this.cache.keys()];
    for (const hash of this.#queries.keys()) if (!this.cache.has(hash)) all.push(hash);
    return all;
  }

  /** Everything that is on screen, loading or stored, in the cache's order. */
  infos(filter: QueryFilter): QueryInfo[] {
    return this.find(filter).map(({ key, hash }) => this.infoOf(key, hash));
  }

  /** Removes a query's data everywhere. On screen, it is loaded again. */
  remove(query: Query): void {
    this.#forget([query], () => this.cache.delete(query.hash));
  }

  /** The page or the network is back. */
  revalidate(reason: "refetchOnWindowFocus" | "refetchOnReconnect"): void {
    for (const query of this.#queries.values()) query.revalidate(reason);
  }

  clear(): void {
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
    this.#index = this.#tags = this.sent = this.late = undefined;
    this.#unfollowCache();
    this.#timing.scheduler.clear();
    this.#listeners.clear();
    const queries = [...this.#queries.values()];
    this.#queries.clear();
    for (const query of queries) query.dispose();
  }

  now = (): number => this.cache.clock.now();
  recent = (): number => this.cache.clock.recent();

  wallNow(): number {
    return this.cache.clock.wallNow();
  }

  soon(run: () => void): () => void {
    return this.#timing.schedule(run, 0);
  }

  changed({ key, hash }: Query): void {
    if (this.#listeners.size === 0) return;
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

  engaged(): void {
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
  }

  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void {
    if (before === after) return;
    if (before) this.#tags?.delete(hash, before);
    if (!after || after.length === 0) return;
    (this.#tags ??= new TagIndex()).add(hash, after);
    this.engaged();
  }

  loaded(query: Query, { options }: LoadRequest): void {
    if (this.onLoad) this.onLoad(infoOfQuery(query, options));
  }

  /** Forgotten first, so that a query is reset once, by us, and not by the removal that it would hear. */
  #forget(queries: readonly Query[], remove: () => void): void {
    for (const query of queries) query.forgetAnswer();
    remove();
    for (const query of queries) {
      query.reset();
      this.release(query);
    }
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
    this.engaged();
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
    if (!this.#queries.has(event.key)) this.#forgetHash(event.key, asAnswer(event.value)?.tags);
    this.#hearRemoval(event);
    this.#unfollowWhenUnused();
  }

  #hearRemoval(event: CacheEvent<string, unknown> & { type: "removal" }): void {
    const query = this.#queries.get(event.key);
    if (!query) return;
    query.heardRemoval(event.value, event.cause);
    this.release(query);
  }
}

const NOWHERE = { fetcher: undefined, options: undefined, ownStaleTime: undefined, tags: undefined, staleTime: 0 };

/** A cache of the user's own may hold other things under other keys. */
function asAnswer(value: unknown): Answer | undefined {
  return value instanceof Answer ? value : undefined;
}
