// One key: what is known of it, who watches it, and its load.
import type { Flight } from "../../core/lru/index.ts";
import { guarded } from "../../core/lru/internal.ts";
import type { QueryCache } from "./query-cache.ts";
import { Answer, type AnswerSource } from "./answer.ts";
import { CurrentLoad, type LoadOwner, statusAtStart } from "./current-load.ts";
import {
  type Found,
  infoOf,
  isStale,
  mayLoad,
  type QueryView,
  type RefetchReason,
  wants,
  wantsOnMount,
} from "./freshness.ts";
import { Lease } from "./lease.ts";
import { Poll, type Polled } from "./poll.ts";
import { type Prepared, prepare, weightOf } from "./prepared.ts";
import type { LoadHost } from "./retries.ts";
import { type CopyHome, StoredCopy } from "./stored-copy.ts";
import { type LoadRequest, requestOf, tagsWithoutAnswer, type Watcher } from "./watcher.ts";
import type { QueryMeta } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryInfo, ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import {
  type Direction,
  errorState,
  isFirstFailed,
  loadingState,
  pendingState,
  type QueryState,
  successState,
} from "../model/state.ts";

/** What a query needs of its client. */
export interface QueryHome extends LoadHost, CopyHome {
  readonly cache: QueryCache;
  readonly now: () => number;
  /** The time, as good as need be for the age of data. */
  readonly recent: () => number;
  after(ms: number, run: () => void, isAwaited?: boolean): () => void;
  /** Runs it in a later task. Returns the undo. */
  soon(run: () => void): () => void;
  /** Those whose hooks have left a source that is still open, in case that they come back. */
  readonly leaving: Set<Query>;
  /** A load begins, to end with the client at the latest. */
  loadStarted(flight: Flight, hash: string): void;
  /** Loads that waited for the network still wait for mutations that did. */
  readonly isCatchingUp: boolean;
  /** Whether the cache has a `maxWeight`. */
  readonly isWeighed: boolean;
  /** What is left of a TTL for data of some age; the cache's own is `undefined`, too, for data of none. */
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
  changed(query: Query): void;
  /** A query needs to hear of removals from now on. */
  followCache(): void;
  /** A load ended well or badly, and not by an abort. */
  loaded(query: Query, request: LoadRequest): void;
  /** Nobody watches it and nothing is under way. */
  release(query: Query): void;
}

const NOBODY: Watcher[] = [];

/**
 * The state machine of one key, alive while hooks watch it or a load is under way. Its state is the truth for what
 * is on screen; the entry in the cache is a copy, and all that is left when nobody watches.
 * ```
 *            load               landed
 *  pending --------> (fetching) -------> success      (fetching) is orthogonal: shown as fetchStatus
 *     ^                  | failed           |
 *     |                  v                  | deleted, cleared, expired: pending again, and one load
 *     +---------------- error <-------------+
 * ```
 */
export class Query implements QueryView, Found, LoadOwner, Polled {
  readonly key: QueryKey;
  readonly hash: string;
  /** One snapshot, replaced on each change. Others only read it. */
  state: QueryState;
  /** In the order in which they came. Others only read it. */
  watchers: Watcher[] = NOBODY;
  #home: QueryHome;
  #copy: StoredCopy;
  /** The load under way, or one that has ended and was not heard of yet. */
  #load: CurrentLoad | undefined;
  /** What the last load was asked for with. */
  #request: LoadRequest | undefined;
  #poll: Poll | undefined;
  /** Of a render, before any hook watches. */
  #lease: Lease | undefined;
  /** For renders that wait for the first answer. */
  #firstAnswer: Promised | undefined;
  /** For callers that wait for the end of all loading. */
  #end: Promised | undefined;

  constructor(key: QueryKey, hash: string, answer: Answer | undefined, home: QueryHome) {
    this.key = key;
    this.hash = hash;
    this.state = answer ? answer.state : pendingState(key, hash);
    this.#home = home;
    this.#copy = new StoredCopy(hash, answer, home);
  }

  get data(): unknown {
    return this.state.data;
  }

  get answer(): Answer | undefined {
    return this.#copy.answer;
  }

  get watcherCount(): number {
    return this.watchers.length;
  }

  get now(): () => number {
    return this.#home.now;
  }

  get isIdle(): boolean {
    return this.watchers.length === 0 && this.#running === undefined && this.#lease === undefined;
  }

  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  get isJustLoaded(): boolean {
    return this.#lease !== undefined && this.state.status === "success" && this.answer?.isInvalidated === false;
  }

  /** Whether a mounted hook may load it. */
  get isActive(): boolean {
    return this.#newest !== undefined;
  }

  /** Whether there is data that only a hook itself loads again. */
  get isStatic(): boolean {
    if (this.state.data === undefined) return false;
    const askers: readonly Pick<Watcher, "staleTime">[] = this.watchers.length > 0 ? this.watchers : [this.answer!];
    return askers.some(({ staleTime }) => staleTime === "static");
  }

  /** Whether it is connected to a source, by a load that does not end by itself. */
  get isOpen(): boolean {
    return this.#running !== undefined && this.#request?.fetcher.staysOpen === true;
  }

  /** Whether the load under way is the promise that a server sent. */
  get isReceiving(): boolean {
    return this.#running !== undefined && this.#request?.isSent === true;
  }

  /** The answer of the load under way, if there is one, for one who only listens. */
  get promise(): Promise<unknown> | undefined {
    return this.#running?.flight.promise;
  }

  /** Ms for which the answer of the load under way may be shown; `undefined` for the cache's own. */
  get loadedTtl(): number | undefined {
    return this.#request?.options.ttl;
  }

  get meta(): QueryMeta | undefined {
    return (this.request?.options ?? this.answer?.options)?.meta;
  }

  /** Of the answer, of what loads it, and of the hooks, as far as they are known before there is an answer. */
  get tags(): readonly string[] {
    const tags = new Set(this.answer?.tags);
    const add = (source: Pick<LoadRequest, "options">): void => {
      for (const tag of tagsWithoutAnswer(source)) tags.add(tag);
    };
    this.watchers.forEach(add);
    if (this.#request && (this.#running || this.state.status === "error")) add(this.#newestOf(this.#request));
    return [...tags];
  }

  info(): QueryInfo {
    return infoOf(this, this.now);
  }

  /** What loads it when nobody says how: the newest enabled hook, or else the fetcher of the last answer. */
  get request(): LoadRequest | undefined {
    const watcher = this.#newest;
    if (watcher) return requestOf(watcher);
    const { fetcher, options } = this.answer ?? {};
    if (this.watchers.length > 0 || !fetcher || !options) return undefined;
    return { fetcher, options: { ...options, retry: 0 } };
  }

  /** A hook mounts: it loads what is absent or stale. */
  watch(watcher: Watcher): void {
    const isRemount = this.#load?.stay() === true;
    this.#home.leaving.delete(this);
    const willLoad = !isRemount && !this.isJustLoaded && this.#mayLoad(watcher) && wantsOnMount(this, watcher);
    this.#home.followCache();
    if (this.watchers.length === 0) this.watchers = [watcher];
    else this.watchers.push(watcher);
    // Not at once: other components of the same page, or StrictMode's second mount, come in the same task.
    if (this.#lease) this.#home.soon(this.#lease.end);
    this.#copy.pin();
    this.#load?.join();
    if (willLoad) this.#loadFor(watcher);
    this.pollChanged(watcher);
    this.#home.changed(this);
  }

  /** A hook unmounts. */
  unwatch(watcher: Watcher): void {
    const place = this.watchers.indexOf(watcher);
    if (place < 0) return;
    this.watchers.splice(place, 1);
    this.#poll?.plan();
    if (this.watchers.length > 0) return;
    this.#poll = undefined;
    if (this.answer) this.#keepAsShownBy(watcher, this.answer);
    this.#copy.unpin();
    this.#home.changed(this);
    // A remount in the same task, as StrictMode does it, finds the load still under way.
    this.#load?.leaveSoon(() => this.#home.soon(() => this.#leave()));
    if (this.isOpen) this.#home.leaving.add(this);
    this.#home.release(this);
  }

  /** The interval of a hook may be another one. */
  pollChanged(watcher: Watcher): void {
    if (!this.#poll && watcher.options.refetchInterval) this.#poll = new Poll(this, this.#home);
    this.#poll?.plan();
  }

  /**
   * Loads what is absent or stale. @param watcher the hook that asks, and joins a load under way; otherwise it is the
   * newest one, where none is under way
   */
  loadIfStale(watcher: Watcher | undefined = this.#running ? undefined : this.#newest): void {
    if (watcher && this.#mayLoad(watcher) && isStale(this, watcher.staleTime)) this.#loadFor(watcher);
  }

  /**
   * Loads, whatever is there. The hooks together are the caller where there are any, so that their unmount aborts it.
   * @param isInstead whether a load under way is given up for it, where there is data
   * @param asked what a hook loads it with; otherwise it is loaded as its hooks, or the last answer, would
   */
  load(isInstead = false, asked?: LoadRequest): void {
    const request = asked ?? this.request;
    // A source says itself what is new: only a hook connects to it anew.
    if (this.#home.isDisposed || !request || (!asked && this.isOpen)) return;
    if (this.watchers.length === 0) return void this.fetch(request, undefined, isInstead).catch(() => undefined);
    this.#makeWay(isInstead, request.direction);
    if (!this.#running) this.#begin(request);
  }

  /** The answer of a load for one caller: of the one under way, or of a new one. @param isInstead as for `load` */
  fetch(request: LoadRequest, signal?: AbortSignal, isInstead = false): Promise<unknown> {
    this.#makeWay(isInstead, request.direction);
    let answer = this.#running?.flight.follow(signal);
    if (answer) this.#home.cache.flights.counters.joined++;
    else {
      this.#begin(request, (flight) => {
        answer = flight.follow(signal);
      });
    }
    return answer!;
  }

  /** The page came to the front, or the network came back: the hooks that want it load what is stale. */
  revalidate(reason: RefetchReason): void {
    for (const watcher of this.watchers) {
      if (this.#running) return;
      if (this.#mayLoad(watcher) && wants(this, watcher, reason)) this.#loadFor(watcher);
    }
  }

  /**
   * A render needs the first answer: loads it, and holds load and answer until a hook watches, or for 5 s after the
   * load ended or nobody waits any more.
   * @returns what resolves when there is data or an error, or the load was given up; it never rejects
   */
  lease(watcher: Pick<Watcher, "fetcher" | "options">): Promise<void> {
    const request = requestOf(watcher);
    if (!this.#running && request) this.#begin(request);
    // The newest of the renders that wait.
    else if (this.#request?.watcher && request) this.#request = request;
    if (this.state.status === "error") this.state = { ...this.state, status: "pending", error: undefined };
    if (this.isReceiving) this.#load!.instead = request;
    this.hold();
    return (this.#firstAnswer ??= promised()).promise;
  }

  /** Keeps load, answer and failure for the renders that follow, until another hook watches. */
  hold(): void {
    this.#home.followCache();
    this.#lease ??= new Lease({
      after: (ms, run) => this.#home.after(ms, run),
      ended: () => this.#leaseEnded(),
      wake: () => this.#wake(),
    });
    this.#copy.pin();
    const load = this.#running;
    load?.join();
    this.#lease.renew(load !== undefined);
  }

  /**
   * Data that came from elsewhere. The answer of a load under way is not welcome any more; a source that the query is
   * connected to goes on, as after a value of its own.
   */
  setData(data: unknown, options: ResolvedQueryOptions, given: SetDataOptions = {}): void {
    const wall = this.#home.wallNow();
    const { updatedAt: at = wall, ttl, weight } = given;
    const age = Math.max(0, wall - at);
    const { fetcher, options: before, staleTime, tags } = this.answer ?? {};
    // The query's own ttl and weight come before the client's, as those of its hooks do.
    const known = before ?? this.#newest?.options ?? options;
    const left = this.#home.ttlLeft(ttl ?? known.ttl, age);
    // Too old to be shown: what is there is no worse.
    if (left !== undefined && left <= 0) return;
    const prepared = prepare(data, this.state.data, options, weight ?? known.weight);
    const { isOpen } = this;
    if (!isOpen) this.#abandon();
    const hasOwn = ttl !== undefined || weight !== undefined;
    const answer = new Answer(successState(this.state, prepared.data, at), this.#home.recent() - age, {
      fetcher,
      options: before ?? (hasOwn ? options : undefined),
      tags: prepared.tags ?? tags,
      staleTime,
    });
    answer.isInvalidated = isOpen;
    try {
      this.#showAndStore(answer, left, prepared.weight);
    } catch (error) {
      this.loadIfStale();
      throw error;
    }
    this.#poll?.restart();
  }

  /** An answer that was not loaded here: of a hook's options, or of a server. A load under way goes on. */
  take(answer: Answer, ttl: number | undefined): void {
    this.#showAndStore(answer, ttl, weightOf(answer.options?.weight, answer.state.data));
  }

  /**
   * Marks the data stale. A load under way is given up, unless it shall go on and stand for the new one. A source that
   * the query is connected to says itself what is new.
   */
  invalidate(cancelsLoad = true): void {
    if (this.isOpen) return;
    this.answer?.invalidate();
    if (cancelsLoad || this.state.data === undefined) this.#abandon();
    this.#become();
  }

  /**
   * What has one of these tags is stale from now on. Whether the answer of the load under way has, only it can say.
   * @param loads whether it is loaded again then
   */
  markStaleOnArrival(tags: readonly string[], loads: boolean): void {
    this.#load?.invalidateOnArrival(tags, loads);
  }

  /** The answer of the load under way is not welcome any more. Who waits for it gets it nevertheless. */
  dismissLoad(): void {
    if (!this.#running || this.isOpen) return;
    this.#abandon();
    this.#become();
  }

  /** Ends the load for everybody who waits for it. What is shown stays. */
  cancel(): void {
    const load = this.#running;
    if (!load) return;
    this.#abandon();
    load.flight.cancel();
    this.#become();
  }

  /**
   * Resolves when nothing is loading that could be waited for: the load under way has ended, well or not, or waits for
   * the network or the page. Where a try failed, the next one is waited for as well, unless `byFirst`.
   */
  async ended(byFirst: boolean = this.#triesForEver): Promise<void> {
    // Another load may take the place of one that was given up.
    // oxlint-disable-next-line no-await-in-loop
    while (this.#isBusy(byFirst)) await (this.#end ??= promised()).promise;
  }

  /** The cache's copy is about to go, and its removal is no news. */
  forgetAnswer(): void {
    this.#setAnswer(undefined);
  }

  /** Forgets data, error and load. */
  reset(): void {
    this.#setAnswer(undefined);
    this.#copy.forgetPin();
    this.#abandon();
    this.#become(pendingState(this.key, this.hash));
    this.loadIfStale();
  }

  /** The cache lost a value, and its pin. Only what is shown matters, and not that it was evicted: it stays on screen. */
  heardRemoval(value: unknown, cause: string): void {
    this.#copy.forgetPin();
    if (value !== this.answer) this.#pin();
    else if (cause === "expired") this.#expired();
    else if (cause !== "evicted") this.reset();
  }

  /** The cache would not store an answer, nor keep the one before. */
  heardRefusal(): void {
    this.#copy.forgetPin();
  }

  /** For good: nobody is told any more. */
  dispose(): void {
    this.#load?.stay();
    this.#home.leaving.delete(this);
    this.#poll?.stop();
    this.#abandon();
    this.#copy.unpin();
    this.watchers = NOBODY;
    this.#become();
    this.#lease?.end();
  }

  newestFor(load: CurrentLoad): LoadRequest {
    return this.#newestOf((this.#load === load && this.#request) || load.request);
  }

  loadChanged(load: CurrentLoad, change: Partial<QueryState>): void {
    if (this.#load === load) this.#become({ ...this.state, ...change });
  }

  /** A part of an answer: shown, and stale until the rest is there. */
  publish(load: CurrentLoad, data: unknown): void {
    if (this.#load !== load) return;
    const request = this.newestFor(load);
    const prepared = prepare(data, this.state.data, request.options);
    const answer = this.#loadedAnswer(prepared, request);
    answer.isInvalidated = true;
    this.#showAndStore(answer, request.options.ttl, prepared.weight);
  }

  /** The load, unless it is over and its end has not been heard yet. */
  get #running(): CurrentLoad | undefined {
    return this.#load?.flight.over === false ? this.#load : undefined;
  }

  get #newest(): Watcher | undefined {
    let newest: Watcher | undefined;
    for (const watcher of this.watchers) if (mayLoad(watcher)) newest = watcher;
    return newest;
  }

  /** Its load waits for mutations. One of them may be who asks for another load, and would wait for itself. */
  get #isInLine(): boolean {
    return this.state.fetchStatus === "paused" && this.#home.isCatchingUp;
  }

  /** Whether a load that fails has no last try. */
  get #triesForEver(): boolean {
    const retry = this.#request?.options.retry;
    return retry === true || retry === Infinity;
  }

  #isBusy(byFirst: boolean): boolean {
    const { fetchStatus, failureCount } = this.state;
    return fetchStatus === "fetching" && !this.isOpen && !(byFirst && failureCount > 0);
  }

  #mayLoad(watcher: Watcher): boolean {
    return !this.#home.isDisposed && mayLoad(watcher);
  }

  /** Gives the load under way up for another one, where there is data. One for the same page is as good. */
  #makeWay(isInstead: boolean, direction: Direction | undefined): void {
    const isSamePage = direction !== undefined && direction === this.state.direction;
    if (this.#isInLine || (isInstead && !isSamePage && this.state.data !== undefined)) this.#abandon();
  }

  /** A hook loads, or joins the load under way. */
  #loadFor(watcher: Watcher): void {
    const request = requestOf(watcher);
    if (this.#running) this.#home.cache.flights.counters.joined++;
    else if (request) this.#begin(request);
  }

  /** Every load begins here. @param caller joins it before it starts, in place of the hooks or renders that wait */
  #begin(request: LoadRequest, caller?: (flight: Flight) => void): void {
    const home = this.#home;
    home.followCache();
    // A source may have room for one only: what was left is closed before another one is opened.
    if (request.fetcher.staysOpen) for (const query of home.leaving) query.#leave();
    this.#load?.leave();
    const flight = home.cache.flights.prepare<unknown>(this.hash, () => this.#landed(load));
    const load = new CurrentLoad(flight, request, this, home);
    this.#load = load;
    this.#request = request;
    home.loadStarted(flight, this.hash);
    flight.promise.then(
      () => this.#load === load && this.#unwelcome(),
      (error: unknown) => this.#load === load && this.#failed(load, error),
    );
    caller?.(flight);
    if (!caller || this.watchers.length > 0) load.join();
    if (isFirstFailed(this.state)) load.failureBefore = this.state;
    this.state = loadingState(this.state, statusAtStart(home, request.options), request.direction);
    load.start();
    this.#become();
  }

  /**
   * What the next try is made with. A hook that is there gives its newest; for one that has left, another hook of the
   * key does, or else it gave its last. A call keeps its own.
   */
  #newestOf(request: LoadRequest): LoadRequest {
    const { watcher, direction } = request;
    if (watcher === undefined) return request;
    const isThere = this.watchers.includes(watcher as Watcher);
    return requestOf((isThere ? undefined : this.#newest) ?? watcher, direction) ?? request;
  }

  #landed(load: CurrentLoad): void {
    const { request, lifetime } = load;
    // It is there once a load has succeeded.
    const prepared = load.prepared!;
    const before = this.answer;
    this.#load = undefined;
    load.leave();
    const answer = this.#loadedAnswer(prepared, request, lifetime.staleTime);
    answer.staleIfError = lifetime.staleIfError ?? 0;
    answer.isStorable = lifetime.isStorable ?? true;
    if (request.direction && before?.state.data !== undefined) {
      // One page more does not make the others newer.
      answer.freshSince = before.freshSince;
      answer.isInvalidated = before.isInvalidated;
    }
    const invalidations = load.invalidationsOf(answer.tags);
    if (invalidations.length > 0) answer.isInvalidated = true;
    try {
      this.#showAndStore(answer, lifetime.ttl ?? request.options.ttl, prepared.weight);
    } catch (error) {
      // The callers have their answer; what cannot be stored is a failure for the hooks.
      this.#become(errorState(this.state, error, this.#home.wallNow()));
    }
    this.#loadEnded(request);
    if (invalidations.some(({ loads }) => loads)) this.loadIfStale();
  }

  #failed(load: CurrentLoad, error: unknown): void {
    const { flight, request, instead } = load;
    const isAborted = flight.aborted;
    this.#load = undefined;
    load.leave();
    const watcher = this.#newest;
    // Whoever sent it could not load it, and what shows it here has not tried yet.
    const next = request.isSent && !isAborted ? (watcher ? requestOf(watcher) : instead) : undefined;
    if (next) return this.#begin(next);
    if (isAborted) this.#rest(load);
    else {
      this.state = errorState(this.state, error, this.#home.wallNow());
      // A failure makes what is there stale, so that the page's return loads it again.
      if (this.answer) this.answer.isInvalidated = true;
      // What does not let itself be stored is not remembered, and known to those who watch all the same.
      if (request.options.errorTtl > 0) guarded(() => this.#remember(request));
    }
    this.#become();
    this.#loadEnded(isAborted ? undefined : request);
  }

  /** It landed, but its key was written or removed meanwhile, by the cache's own methods. */
  #unwelcome(): void {
    this.#abandon();
    this.#become();
    this.loadIfStale();
    this.#home.release(this);
  }

  /** @param request of a load that was not aborted */
  #loadEnded(request: LoadRequest | undefined): void {
    this.#poll?.restart();
    this.#lease?.renew(false);
    if (request) this.#home.loaded(this, request);
    this.#home.release(this);
  }

  /** The hooks leave the load, whose answer is not welcome any more. Its other callers still get it. */
  #abandon(): void {
    const load = this.#load;
    if (!load) return;
    const { flights } = this.#home.cache;
    if (flights.get(this.hash) === load.flight) flights.dismiss(this.hash);
    this.#rest(load);
    load.leave();
    // Its answer is for nobody: it is not tried again.
    if (!load.flight.isWanted) load.flight.cancel();
  }

  /** A load was given up. */
  #rest(load: CurrentLoad): void {
    this.#load = undefined;
    this.state = { ...(load.failureBefore ?? this.state), fetchStatus: "idle", direction: undefined };
  }

  #leave(): void {
    this.#home.leaving.delete(this);
    this.#load?.leave();
    this.#home.release(this);
  }

  #leaseEnded(): void {
    this.#lease = undefined;
    if (this.watchers.length > 0) return;
    this.#copy.unpin();
    this.#leave();
  }

  /** What a load gave, or a part of it. */
  #loadedAnswer(prepared: Prepared, request: LoadRequest, ownStaleTime?: number): Answer {
    const state = successState(this.state, prepared.data, this.#home.wallNow());
    return new Answer(state, this.#home.now(), { ...sourceOf(request), ownStaleTime, tags: prepared.tags });
  }

  /** Stores the failure beside the data that is there, for others to meet. @throws what a function of a weight throws */
  #remember(request: LoadRequest): void {
    const { now, cache, isWeighed } = this.#home;
    const { errorTtl, weight } = request.options;
    const { freshSince = now(), tags = tagsWithoutAnswer(request) } = this.answer ?? {};
    const answer = new Answer(this.state, freshSince, { ...sourceOf(request), tags });
    answer.errorUntil = now() + errorTtl;
    answer.isInvalidated = true;
    const left = cache.remainingTtl(this.hash) ?? errorTtl;
    const { data } = this.state;
    // No data weighs nothing: a weigher would look for it.
    if (data === undefined) this.#showAndStore(answer, errorTtl, isWeighed ? 0 : undefined);
    else this.#showAndStore(answer, left, weightOf(weight, data));
  }

  /** Shows an answer, and stores its copy. @throws what a weigher throws; nothing has changed then */
  #showAndStore(answer: Answer, ttl: number | undefined, weight: number | undefined): void {
    const { answer: answerBefore, state: stateBefore } = this;
    const load = this.#running;
    const { fetchStatus, direction } = stateBefore;
    // Listeners of the cache see what is stored.
    this.#setAnswer(answer);
    this.state = load ? { ...answer.state, fetchStatus, direction } : answer.state;
    try {
      this.#copy.store(ttl, weight);
    } catch (error) {
      this.#setAnswer(answerBefore);
      this.state = stateBefore;
      throw error;
    }
    // A part of an answer, or one from elsewhere, lets a load go on.
    if (load && load === this.#running && answer.isStorable) this.#home.cache.flights.welcome(this.hash, load.flight);
    // A listener of the cache may have removed it already.
    if (this.answer === answer) {
      this.#pin();
      if (this.watchers.length > 0) this.#copy.expireUnstored(ttl, () => this.answer === answer && this.#expired());
    }
    this.#become();
  }

  #setAnswer(answer: Answer | undefined): void {
    if (this.#load) this.#load.failureBefore = undefined;
    this.#copy.setAnswer(answer);
  }

  #expired(): void {
    this.#setAnswer(undefined);
    const { fetchStatus, direction } = this.state;
    this.#become({ ...pendingState(this.key, this.hash), fetchStatus, direction });
    this.loadIfStale();
  }

  #pin(): void {
    if (this.watchers.length > 0 || this.#lease) this.#copy.pin();
  }

  /** Whoever finds the answer later loads it as the hook last would have. */
  #keepAsShownBy(watcher: Watcher, answer: Answer): void {
    answer.staleTime = watcher.staleTime;
    if (answer.fetcher && watcher.fetcher) {
      answer.fetcher = watcher.fetcher;
      answer.options = watcher.options;
    }
    // Data that was set or sent without tags is found by those of the hook afterwards, too.
    this.#copy.setTags(answer.tags?.length ? answer.tags : tagsWithoutAnswer(watcher));
  }

  /** The state is another one, or what else is known: tells whoever watches or waits. */
  #become(state: QueryState = this.state): void {
    this.state = state;
    const { watchers } = this;
    // One that leaves meanwhile keeps no neighbour from the news.
    for (const watcher of watchers.length > 1 ? [...watchers] : watchers) watcher.changed();
    if (this.#end && !this.#isBusy(true)) {
      this.#end.resolve();
      this.#end = undefined;
    }
    // Where a load was given up, whoever still waits for an answer renders again, and asks anew.
    if (this.#firstAnswer && (state.status !== "pending" || !this.#running)) this.#wake();
    this.#home.changed(this);
  }

  /** Renders that wait for the first answer go on. */
  #wake(): void {
    this.#firstAnswer?.resolve();
    this.#firstAnswer = undefined;
    this.#lease?.renew(false);
  }
}

/** What an answer of a load knows of where it came from. */
function sourceOf({ options, fetcher, isSent }: LoadRequest): AnswerSource {
  // A function asks of the query, as each hook does for itself.
  const staleTime = typeof options.staleTime === "function" ? 0 : options.staleTime;
  return { fetcher: isSent ? undefined : fetcher, options, staleTime };
}

/** A promise, and what resolves it. */
interface Promised {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function promised(): Promised {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
