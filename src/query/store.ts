import type { Cache, CacheEvent, Clock } from "../core/index.ts";
import { guarded } from "../core/internal.ts";
import { Answer } from "./answer.ts";
import type { QueryKey } from "./key.ts";
import { Query, type QueryHome } from "./query.ts";

/** What a client tells its subscribers: something of this query is different. */
export interface QueryEvent {
  readonly type: "updated";
  readonly key: QueryKey;
  readonly hash: string;
}

/** The queries of a client that are watched or loading, over the cache that holds the answers of all. */
export class QueryStore implements QueryHome {
  readonly cache: Cache<string, unknown>;
  isDisposed = false;
  #schedule: Required<Clock>["schedule"];
  #queries = new Map<string, Query>();
  #leaveCache: (() => void) | undefined;
  #listeners = new Set<{ readonly listener: (event: QueryEvent) => void }>();

  /** @param schedule for what follows an unmount, and so needs no gate */
  constructor(cache: Cache<string, unknown>, schedule: Required<Clock>["schedule"]) {
    this.cache = cache;
    this.#schedule = schedule;
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

  /** Removes one query's data everywhere. On screen, it is loaded again. */
  remove(hash: string): void {
    const query = this.#queries.get(hash);
    this.#forget(query ? [query] : [], () => this.cache.delete(hash));
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
    this.#unfollowCache();
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
    return this.#schedule(run, 0);
  }

  changed({ key, hash }: Query): void {
    if (this.#listeners.size === 0) return;
    const event: QueryEvent = Object.freeze({ type: "updated", key, hash });
    for (const { listener } of this.#listeners) guarded(() => listener(event));
  }

  release(query: Query): void {
    if (!query.isIdle || this.#queries.get(query.hash) !== query) return;
    this.#queries.delete(query.hash);
    if (this.#queries.size === 0) this.#unfollowCache();
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
    // Only while there is a query: nobody else needs to hear of removals.
    this.#leaveCache ??= this.cache.subscribe((event) => this.#hear(event));
    return query;
  }

  #unfollowCache(): void {
    this.#leaveCache?.();
    this.#leaveCache = undefined;
  }

  #hear(event: CacheEvent<string, unknown>): void {
    if (event.type !== "removal") return;
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
