import type { Cache, CacheEvent, Clock } from "../core/index.ts";
import { guarded } from "../core/internal.ts";
import { Answer } from "./answer.ts";
import type { QueryFilter } from "./filter.ts";
import type { Gate } from "./gate.ts";
import { infoOfAnswer, infoOfQuery, type QueryInfo } from "./info.ts";
import { hashKey, type QueryKey } from "./key.ts";
import type { Presence } from "./presence.ts";
import { PrefixIndex } from "./prefix-index.ts";
import { Query, type QueryHome } from "./query.ts";
import type { Scheduler } from "./scheduler.ts";

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

/** The queries of a client that are watched or loading, over the cache that holds the answers of all. */
export class QueryStore implements QueryHome {
  readonly cache: Cache<string, unknown>;
  isDisposed = false;
  #queries = new Map<string, Query>();
  /** From the first question by prefix on, until nothing is stored. */
  #index: PrefixIndex | undefined;
  #leaveCache: (() => void) | undefined;
  #timing: StoreTiming;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();

  constructor(cache: Cache<string, unknown>, timing: StoreTiming) {
    this.cache = cache;
    this.#timing = timing;
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

  onceOnline(run: () => void): () => void {
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
    return query ? query.answer : asAnswer(this.cache.peek(hash));
  }

  /** What is known for a key, on screen or stored. Counts one lookup. */
  lookup(hash: string): Answer | undefined {
    const stored = asAnswer(this.cache.get(hash));
    const query = this.#queries.get(hash);
    return query ? query.answer : stored;
  }

  /** The query of a key, made on demand. */
  acquire(key: QueryKey, hash: string): Query {
    return this.#queries.get(hash) ?? this.#add(new Query(key, hash, this.answerOf(hash), this));
  }

  /** The known queries that a filter lets through, made on demand. Whoever takes them gives them back by `release`. */
  select(filter: QueryFilter): Query[] {
    const { predicate } = filter;
    const known = this.#hashesOf(filter).flatMap((hash) => {
      const key = this.#queries.get(hash)?.key ?? this.answerOf(hash)?.state.key;
      return key === undefined ? [] : [{ key, hash }];
    });
    // All are looked at before the first question: a predicate may change what is there.
    const infos = predicate ? known.map(({ hash }) => this.#infoOf(hash)) : [];
    const chosen = predicate ? known.filter((_each, index) => predicate(infos[index]!)) : known;
    return chosen.map(({ key, hash }) => this.acquire(key, hash));
  }

  #hashesOf({ queryKey, exact }: QueryFilter): string[] {
    if (queryKey === undefined) return [...new Set([...this.cache.keys(), ...this.#queries.keys()])];
    // A string key begins only itself.
    if (exact || typeof queryKey === "string") return [hashKey(queryKey)];
    return this.#indexed().find(queryKey);
  }

  /** Of a hash that is known. */
  #infoOf(hash: string): QueryInfo {
    const query = this.#queries.get(hash);
    return query ? infoOfQuery(query) : infoOfAnswer(this.answerOf(hash)!, this.now());
  }

  /** Everything that is on screen, loading or stored, in the cache's order. */
  infos(): QueryInfo[] {
    return this.#hashesOf({}).flatMap((hash) => {
      const isKnown = this.#queries.has(hash) || this.answerOf(hash);
      return isKnown ? [this.#infoOf(hash)] : [];
    });
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
    this.#forget([...this.#queries.values()], () => this.cache.clear());
  }

  subscribe(listener: (event: QueryEvent) => void): () => void {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  dispose(): void {
    this.isDisposed = true;
    this.#index = undefined;
    this.#unfollowCache();
    this.#timing.scheduler.clear();
    this.#listeners.clear();
    const queries = [...this.#queries.values()];
    this.#queries.clear();
    for (const query of queries) query.dispose();
  }

  now(): number {
    return this.cache.clock.now();
  }

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
    if (!query.isIdle || this.#queries.get(query.hash) !== query) return;
    this.#queries.delete(query.hash);
    if (this.cache.peek(query.hash) === undefined) this.#index?.delete(query.hash);
    this.#unfollowWhenUnused();
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
    this.#index?.add(query.key, query.hash);
    this.#followCache();
    return query;
  }

  /** Only while there is a query or an index: nobody else needs to hear of the cache. */
  #followCache(): void {
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
  }

  #unfollowWhenUnused(): void {
    if (this.#index?.size === 0) this.#index = undefined;
    if (this.#queries.size === 0 && !this.#index) this.#unfollowCache();
  }

  #unfollowCache(): void {
    this.#leaveCache?.();
    this.#leaveCache = undefined;
  }

  #indexed(): PrefixIndex {
    if (this.#index) return this.#index;
    this.#index = new PrefixIndex();
    for (const [hash, value] of this.cache.entries()) {
      const answer = asAnswer(value);
      if (answer) this.#index.add(answer.state.key, hash);
    }
    for (const { key, hash } of this.#queries.values()) this.#index.add(key, hash);
    this.#followCache();
    return this.#index;
  }

  #hear(event: CacheEvent<string, unknown>): void {
    const answer = asAnswer(event.value);
    if (event.type === "set") {
      if (answer) this.#index?.add(answer.state.key, event.key);
      return;
    }
    if (event.type !== "removal" || event.cause === "replaced") return;
    if (this.#index && !this.#queries.has(event.key)) this.#index.delete(event.key);
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

/** A cache of the user's own may hold other things under other keys. */
function asAnswer(value: unknown): Answer | undefined {
  return value instanceof Answer ? value : undefined;
}
