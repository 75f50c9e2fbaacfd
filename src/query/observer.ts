import { guarded } from "../core/internal.ts";
import type { AnyFetcher } from "./answer.ts";
import type { QueryKey } from "./key.ts";
import type { ResolvedQueryOptions } from "./options.ts";
import type { Query } from "./query.ts";
import { type QueryResult, resultOf } from "./result.ts";
import type { Scheduler } from "./scheduler.ts";
import { pendingState, type QueryState } from "./state.ts";
import type { QueryStore } from "./store.ts";
import { requestOf, type Watcher } from "./watcher.ts";

/** What an observer looks at. */
export interface ObserverTarget {
  readonly key: QueryKey;
  readonly hash: string;
}

/** A name of something in a result. */
export type ResultField = keyof QueryResult<unknown>;

/**
 * One hook's view of one key. It neither loads nor pins before `subscribe`, so a render that is thrown away leaves
 * nothing behind.
 */
export class QueryObserver<T = unknown> implements Watcher {
  /** Stable for as long as the observer. */
  readonly refetch: () => Promise<QueryResult<T>>;
  fetcher: AnyFetcher;
  options: ResolvedQueryOptions;
  #store: QueryStore;
  #scheduler: Scheduler;
  #target: ObserverTarget | undefined;
  /** While subscribed. */
  #query: Query | undefined;
  #unwatch: (() => void) | undefined;
  #cancelWake: (() => void) | undefined;
  #listeners = new Set<{ readonly listener: () => void }>();
  #read = new Set<ResultField>();
  /** What `#latest` was made of. */
  #state: QueryState | undefined;
  #isStale = true;
  #latest: QueryResult<T> | undefined;
  #published: QueryResult<T> | undefined;

  /** @param target `undefined` for an idle hook, which has no key yet */
  constructor(
    store: QueryStore,
    scheduler: Scheduler,
    target: ObserverTarget | undefined,
    fetcher: AnyFetcher,
    options: ResolvedQueryOptions,
  ) {
    this.#store = store;
    this.#scheduler = scheduler;
    this.#target = target;
    this.fetcher = fetcher;
    this.options = options;
    this.refetch = () => this.#refetch();
  }

  /** The newest result, whether or not a listener was told of it. */
  getResult = (): QueryResult<T> => {
    if (!this.#query) this.#refresh();
    return this.#latest ?? this.#refresh();
  };

  /** Replaced only when a field that was read has changed. */
  getSnapshot = (): QueryResult<T> => {
    const latest = this.getResult();
    if (!this.#published || this.#differs(this.#published, latest)) this.#published = latest;
    return this.#published;
  };

  /** What a server renders, and a page that hydrates: without what the client has, for nothing was sent along. */
  getServerSnapshot = (): QueryResult<T> => (this.#published = this.#server ??= this.#resultOf(this.#absent(), true));
  #server: QueryResult<T> | undefined;

  /** What the server had is shown, from its first use to the subscription. */
  get isHydrating(): boolean {
    return this.#server !== undefined;
  }

  /** Changes of this field are told from now on. As long as nothing was read, every change is. */
  noteRead(field: ResultField): void {
    this.#read.add(field);
  }

  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    if (this.#listeners.size === 1) this.#begin();
    return () => {
      if (this.#listeners.delete(subscription) && this.#listeners.size === 0) this.#end();
    };
  };

  /** The hook rendered with these. A hook that was just enabled loads what it needs. */
  update(fetcher: AnyFetcher, options: ResolvedQueryOptions): void {
    const { enabled, staleTime } = this.options;
    this.fetcher = fetcher;
    this.options = options;
    if (!this.#query) return;
    if (options.enabled && !enabled) this.#query.demand(this);
    if (options.staleTime === staleTime) return;
    this.changed();
    // Data that is as fresh as before will be stale at another time.
    this.#wakeWhenStale();
  }

  /** The query has news. */
  changed(): void {
    this.#refresh();
    const before = this.#published;
    if (before && this.getSnapshot() === before) return;
    for (const { listener } of this.#listeners) guarded(listener);
  }

  #begin(): void {
    this.#server = undefined;
    if (!this.#target) return;
    const { key, hash } = this.#target;
    this.#store.lookup(hash);
    const query = this.#store.acquire(key, hash);
    this.#query = query;
    this.#unwatch = query.watch(this);
    this.#refresh();
  }

  #end(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    this.#unwatch?.();
    this.#query = this.#unwatch = undefined;
  }

  /** Brings `#latest` up to date. The same state gives the same result. */
  #refresh(): QueryResult<T> {
    const state = this.#currentState();
    if (this.#latest && state === this.#state && !this.#staleChanged()) return this.#latest;
    this.#state = state;
    this.#isStale = this.#computeStale();
    this.#wakeWhenStale();
    return (this.#latest = this.#resultOf(state, this.#isStale));
  }

  #currentState(): QueryState {
    const { hash } = this.#target ?? {};
    if (this.#query) return this.#query.state;
    if (hash === undefined) return (this.#idle ??= pendingState("", ""));
    const state = this.#store.live.get(hash)?.state ?? this.#store.answerOf(hash)?.state;
    return state ?? (this.#idle ??= this.#absent());
  }
  #idle: QueryState | undefined;

  #absent(): QueryState {
    return pendingState(this.#target?.key ?? "", this.#target?.hash ?? "");
  }

  /** Between two states, only a subscriber hears that data became stale: a render must not see it twice differently. */
  #staleChanged(): boolean {
    return this.#query !== undefined && this.#computeStale() !== this.#isStale;
  }

  #computeStale(): boolean {
    const { staleTime } = this.options;
    if (this.#query) return this.#query.isStale(staleTime);
    const answer = this.#target && this.#store.answerOf(this.#target.hash);
    return answer?.isStale(this.#store.now(), staleTime) ?? true;
  }

  #wakeWhenStale(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const answer = this.#query?.answer;
    if (!answer || this.#isStale || this.options.staleTime === Infinity) return;
    this.#cancelWake = this.#scheduler.add(answer.freshSince + this.options.staleTime, () => this.changed());
  }

  /** Before it subscribes, a hook already shows the load that it is going to start: one render less. */
  #resultOf(state: QueryState, isStale: boolean): QueryResult<T> {
    const willLoad = !this.#query && this.#target !== undefined && this.options.enabled && isStale;
    return resultOf<T>(willLoad ? { ...state, fetchStatus: "fetching" } : state, isStale, this.refetch);
  }

  #differs(one: QueryResult<T>, other: QueryResult<T>): boolean {
    if (one === other) return false;
    const fields = this.#read.size > 0 ? this.#read : (Object.keys(one) as ResultField[]);
    for (const field of fields) if (!Object.is(one[field], other[field])) return true;
    return false;
  }

  async #refetch(): Promise<QueryResult<T>> {
    const target = this.#target;
    if (!target || this.#store.isDisposed) return this.getResult();
    const query = this.#query ?? this.#store.acquire(target.key, target.hash);
    await (this.#query ? query.refetch(this) : query.fetch(requestOf(this))).catch(() => undefined);
    return resultOf<T>(query.state, query.isStale(this.options.staleTime), this.refetch);
  }
}
