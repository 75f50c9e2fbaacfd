import type { Cache, Flight } from "../../core/index.ts";
import { guarded } from "../../core/internal.ts";
import { Answer, loadedAnswer } from "./answer.ts";
import type { QueryMeta } from "../model/fetcher.ts";
import { Few } from "./few.ts";
import { infoOf, type LiveQueryView } from "./info.ts";
import type { QueryInfo, ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import type { QueryKey } from "../key/key.ts";
import { Load, type LoadListener, statusAtStart } from "./load.ts";
import type { LoadHost } from "./retries.ts";
import { type LoadRequest, requestOf } from "./load-request.ts";
import { Lease } from "./lease.ts";
import { Poll, type Polled } from "./poll.ts";
import { prepare, type Prepared, weightOf } from "./prepared.ts";
import { isStale, type RefetchReason, wants, wantsOnMount } from "./freshness.ts";
import {
  type Direction,
  errorState,
  isFirstFailed,
  loadingState,
  pendingState,
  type QueryState,
  successState,
} from "../model/state.ts";
import type { Watcher } from "./watcher.ts";

/** What a query needs of its client. */
export interface QueryHome extends LoadHost {
  readonly cache: Cache<string, unknown>;
  readonly now: () => number;
  /** The time, as good as need be for the age of data. */
  readonly recent: () => number;
  /** Runs it in a later task. Returns the undo. */
  soon(run: () => void): () => void;
  /** Those whose hooks have left a source that is still open, in case that they come back. */
  readonly leaving: Set<Query>;
  /** A load begins, to end with the client at the latest. */
  loadStarted(flight: Flight, hash: string): void;
  /** Loads that waited for the network still wait for mutations that did. */
  readonly isCatchingUp: boolean;
  /** The cache's own TTL. */
  readonly ttl: number;
  /** Whether the cache has a `maxWeight`. */
  readonly isWeighed: boolean;
  /** What is left of a TTL for data of some age; the cache's own is `undefined`, too, for data of none. */
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
  changed(query: Query): void;
  /** A query needs to hear of removals from now on. */
  followCache(): void;
  /** An answer has other tags than the one before. */
  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void;
  /** A load ended well or badly, and not by an abort. */
  loaded(query: Query, request: LoadRequest): void;
  /** Nobody watches it and nothing is under way. */
  release(query: Query): void;
}

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
export class Query implements LiveQueryView, Polled {
  readonly key: QueryKey;
  readonly hash: string;
  readonly watchers: Few<Watcher> = new Few();
  #home: QueryHome;
  #state: QueryState;
  #answer: Answer | undefined;
  #flight: Flight | undefined;
  /** The hooks' place among the callers of the flight: they count as one. */
  #leaveFlight: (() => void) | undefined;
  #stayInFlight: (() => void) | undefined;
  #unpin: (() => void) | undefined;
  /** Of an answer that the cache does not hold. */
  #cancelExpiry: (() => void) | undefined;
  #poll: Poll | undefined;
  /** Of a render, before any hook watches. */
  #lease: Lease | undefined;
  #firstAnswer: Promised | undefined;
  /** Of all loading. */
  #end: Promised | undefined;
  /** What the last load was made with. */
  #request: LoadRequest | undefined;
  /** What failed before the first load that is tried again; it stands again when that is given up. */
  #failure: QueryState | undefined;
  /** What a render would load that waits for a promise of a server, should that fail. */
  #instead: LoadRequest | undefined;
  /** Invalidations by tags that the answer of the load under way may have. */
  #doubts: Doubt[] | undefined;

  constructor(key: QueryKey, hash: string, answer: Answer | undefined, home: QueryHome) {
    this.key = key;
    this.hash = hash;
    this.#answer = answer;
    this.#state = answer?.state ?? pendingState(key, hash);
    this.#home = home;
  }

  get state(): QueryState {
    return this.#state;
  }

  get data(): unknown {
    return this.#state.data;
  }

  get answer(): Answer | undefined {
    return this.#answer;
  }

  get isIdle(): boolean {
    return this.watchers.size === 0 && this.#running === undefined && this.#lease === undefined;
  }

  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  get isJustLoaded(): boolean {
    return this.#lease !== undefined && this.#state.status === "success" && this.#answer?.isInvalidated === false;
  }

  /** The answer of the load under way, if there is one, for one who only listens. */
  get promise(): Promise<unknown> | undefined {
    return this.#running?.promise;
  }

  get meta(): QueryMeta | undefined {
    return (this.request?.options ?? this.#answer?.options)?.meta;
  }

  /** Of the answer, of what loads it, and of the hooks, as far as they are known before there is an answer. */
  get tags(): readonly string[] {
    const tags = new Set(this.#answer?.tags);
    const add = ({ options }: Pick<LoadRequest, "options">): void => {
      for (const tag of staticTags(options)) tags.add(tag);
    };
    this.watchers.each(add);
    if (this.#request && (this.#running || this.#state.status === "error")) add(this.#newestOf(this.#request));
    return [...tags];
  }

  get watcherCount(): number {
    return this.watchers.size;
  }

  get now(): () => number {
    return this.#home.now;
  }

  info(): QueryInfo {
    return infoOf(this, this.now);
  }

  /** A hook mounts: it loads what is absent or stale. */
  watch(watcher: Watcher): void {
    const isRemount = this.#stayInFlight !== undefined;
    this.#stayInFlight?.();
    this.#stayInFlight = undefined;
    this.#home.leaving.delete(this);
    const willLoad = !isRemount && !this.isJustLoaded && this.#mayLoad(watcher) && wantsOnMount(this, watcher);
    this.#home.followCache();
    this.watchers.add(watcher);
    // Not at once: other components of the same page, or StrictMode's second mount, come in the same task.
    if (this.#lease) this.#home.soon(this.#lease.end);
    this.#pin();
    this.#board();
    if (willLoad) this.#loadFor(watcher);
    this.pollChanged(watcher);
    this.#home.changed(this);
  }

  /**
   * Loads what is absent or stale. @param watcher the hook that asks, and joins a load under way; otherwise it is the
   * newest one, where none is under way
   */
  loadIfStale(watcher: Watcher | undefined = this.#running ? undefined : this.#newest): void {
    if (watcher && this.#mayLoad(watcher) && isStale(this, watcher.staleTime)) this.#loadFor(watcher);
  }

  /** The answer of a load for one caller: of the one under way, or of a new one. @param isInstead as for `load` */
  fetch(request: LoadRequest, signal?: AbortSignal, isInstead = false): Promise<unknown> {
    this.#makeWay(isInstead, request.direction);
    if (!this.#running) return this.#launch(request, (flight) => flight.follow(signal));
    this.#home.cache.flights.counters.joined++;
    return this.#running.follow(signal);
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
    this.#makeWay(isInstead, request.direction);
    if (this.#running) return;
    if (this.watchers.size > 0) this.#launch(request, () => undefined);
    else this.fetch(request).catch(() => undefined);
  }

  /** Gives the load under way up for another one, where there is data. One for the same page is as good. */
  #makeWay(isInstead: boolean, direction: Direction | undefined): void {
    const isSamePage = direction !== undefined && direction === this.#state.direction;
    if (this.#isInLine || (isInstead && !isSamePage && this.#state.data !== undefined)) this.#abandon();
  }

  /** Whether there is data that only a hook itself loads again. */
  get isStatic(): boolean {
    if (this.#state.data === undefined) return false;
    if (this.watchers.size === 0) return this.#answer?.staleTime === "static";
    return Array.from(this.watchers).some(({ staleTime }) => staleTime === "static");
  }

  /** Whether it is connected to a source, by a load that does not end by itself. */
  get isOpen(): boolean {
    return this.#running !== undefined && this.#request?.fetcher.staysOpen === true;
  }

  /** Whether the load under way is the promise that a server sent. */
  get isReceiving(): boolean {
    return this.#running !== undefined && this.#request?.isSent === true;
  }

  /** Ms for which the answer of the load under way may be shown; `undefined` for the cache's own. */
  get loadedTtl(): number | undefined {
    return this.#request?.options.ttl;
  }

  /** What loads it when nobody says how: the newest enabled hook, or else the fetcher of the last answer. */
  get request(): LoadRequest | undefined {
    const watcher = this.#newest;
    if (watcher) return requestOf(watcher);
    const { fetcher, options } = this.#answer ?? {};
    if (this.watchers.size > 0 || !fetcher || !options) return undefined;
    return { fetcher, options: { ...options, retry: 0 } };
  }

  /**
   * A render needs the first answer: loads it, and holds load and answer until a hook watches, or for 5 s after the
   * load ended or nobody waits any more.
   * @returns what resolves when there is data or an error, or the load was given up; it never rejects
   */
  lease(watcher: Pick<Watcher, "fetcher" | "options">): Promise<void> {
    const request = requestOf(watcher);
    if (!this.#running && request) this.#launch(request, (flight) => void (this.#leaveFlight = flight.join()));
    // The newest of the renders that wait.
    else if (this.#request?.watcher && request) this.#request = request;
    if (this.#state.status === "error") this.#state = { ...this.#state, status: "pending", error: undefined };
    if (this.isReceiving) this.#instead = request;
    this.hold();
    return (this.#firstAnswer ??= promised()).promise;
  }

  /** Keeps load, answer and failure for the renders that follow, until another hook watches. */
  hold(): void {
    this.#home.followCache();
    this.#lease ??= new Lease(
      (ms, run) => this.#home.after(ms, run),
      () => this.#leaseEnded(),
      () => this.#wake(),
    );
    this.#pin();
    if (this.#running) {
      this.#leaveFlight ??= this.#running.join();
      this.#lease.waits();
    } else this.#lease.settled();
  }

  /**
   * Data that came from elsewhere. The answer of a load under way is not welcome any more; a source that the query is
   * connected to goes on, as after a value of its own.
   */
  setData(data: unknown, options: ResolvedQueryOptions, given: SetDataOptions = {}): void {
    const wall = this.#home.wallNow();
    const { updatedAt: at = wall, ttl, weight } = given;
    const age = Math.max(0, wall - at);
    const { fetcher, options: before, staleTime = 0, tags } = this.#answer ?? {};
    // The query's own ttl and weight come before the client's, as those of its hooks do.
    const known = before ?? this.#newest?.options ?? options;
    const left = this.#home.ttlLeft(ttl ?? known.ttl, age);
    // Too old to be shown: what is there is no worse.
    if (left !== undefined && left <= 0) return;
    const prepared = prepare(data, this.#state.data, options, weight ?? known.weight);
    const { isOpen } = this;
    if (!isOpen) this.#abandon();
    const { fetchStatus, direction } = this.#state;
    const hasOwn = ttl !== undefined || weight !== undefined;
    const answer = new Answer(successState(this.#state, prepared.data, at), this.#home.recent() - age, {
      fetcher,
      options: before ?? (hasOwn ? options : undefined),
      ownStaleTime: undefined,
      tags: prepared.tags ?? tags,
      staleTime,
    });
    answer.isInvalidated = isOpen;
    try {
      this.#adopt(answer, left, prepared.weight, { fetchStatus, direction });
    } catch (error) {
      this.loadIfStale();
      throw error;
    }
    this.#poll?.restart();
  }

  /** An answer that was not loaded here: of a hook's options, or of a server. A load under way goes on. */
  take(answer: Answer, ttl: number | undefined): void {
    const { fetchStatus, direction } = this.#state;
    const weight = weightOf(answer.options?.weight, answer.state.data);
    this.#adopt(answer, ttl, weight, { fetchStatus, direction });
  }

  /** Whether a mounted hook may load it. */
  get isActive(): boolean {
    return this.#newest !== undefined;
  }

  /**
   * Marks the data stale. A load under way is given up, unless it shall go on and stand for the new one. A source that
   * the query is connected to says itself what is new.
   */
  invalidate(cancelsLoad = true): void {
    if (this.isOpen) return;
    this.#answer?.invalidate();
    if (cancelsLoad || this.#state.data === undefined) this.#abandon();
    this.#changed();
  }

  /**
   * What has one of these tags is stale from now on. Whether the answer of the load under way has, only it can say.
   * @param loads whether it is loaded again then
   */
  markStaleOnArrival(tags: readonly string[], loads: boolean): void {
    (this.#doubts ??= []).push({ tags, loads });
  }

  /** The cache's copy is about to go, and its removal is no news. */
  forgetAnswer(): void {
    this.#know(undefined);
  }

  /** The answer of the load under way is not welcome any more. Who waits for it gets it nevertheless. */
  dismissLoad(): void {
    if (!this.#running || this.isOpen) return;
    this.#abandon();
    this.#changed();
  }

  /** Ends the load for everybody who waits for it. What is shown stays. */
  cancel(): void {
    const flight = this.#running;
    if (!flight) return;
    this.#abandon();
    flight.cancel();
    this.#changed();
  }

  /** The page came to the front, or the network came back: the hooks that want it load what is stale. */
  revalidate(reason: RefetchReason): void {
    for (const watcher of this.watchers) {
      if (this.#running) return;
      if (this.#mayLoad(watcher) && wants(this, watcher, reason)) this.#loadFor(watcher);
    }
  }

  /** The interval of a hook may be another one. */
  pollChanged(watcher: Watcher): void {
    if (this.#poll === undefined && watcher.options.refetchInterval) this.#poll = new Poll(this, this.#home);
    this.#poll?.plan();
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

  #isBusy(byFirst: boolean): boolean {
    const { fetchStatus, failureCount } = this.#state;
    return fetchStatus === "fetching" && !this.isOpen && !(byFirst && failureCount > 0);
  }

  /** Whether a load that fails has no last try. */
  get #triesForEver(): boolean {
    const retry = this.#request?.options.retry;
    return retry === true || retry === Infinity;
  }

  /** Forgets data, error and load. */
  reset(): void {
    this.#know(undefined);
    this.#unpin = undefined;
    this.#abandon();
    this.#state = pendingState(this.key, this.hash);
    this.#changed();
    this.loadIfStale();
  }

  /** The cache lost a value, and its pin. Only what is shown matters, and not that it was evicted: it stays on screen. */
  heardRemoval(value: unknown, cause: string): void {
    this.#unpin = undefined;
    if (value !== this.#answer) return this.#pin();
    if (cause === "deleted" || cause === "cleared") this.reset();
    if (cause === "expired") this.#expired();
  }

  /** The cache would not store an answer, nor keep the one before. */
  heardRefusal(): void {
    this.#unpin = undefined;
  }

  /** For good: nobody is told any more. */
  dispose(): void {
    this.#stayInFlight?.();
    this.#home.leaving.delete(this);
    this.#poll?.stop();
    this.#abandon();
    this.#unpin?.();
    this.watchers.clear();
    this.#changed();
    this.#lease?.end();
  }

  /** The flight, unless it is over and its end has not been heard yet. */
  get #running(): Flight | undefined {
    return this.#flight?.over === false ? this.#flight : undefined;
  }

  get #newest(): Watcher | undefined {
    let newest: Watcher | undefined;
    for (const watcher of this.watchers) if (watcher.fetcher && watcher.isEnabled) newest = watcher;
    return newest;
  }

  /** Its load waits for mutations. One of them may be who asks for another load, and would wait for itself. */
  get #isInLine(): boolean {
    return this.#state.fetchStatus === "paused" && this.#home.isCatchingUp;
  }

  #mayLoad(watcher: Watcher): boolean {
    return !this.#home.isDisposed && watcher.fetcher !== undefined && watcher.isEnabled;
  }

  #loadFor(watcher: Watcher): void {
    const request = requestOf(watcher);
    if (this.#running) this.#home.cache.flights.counters.joined++;
    else if (request) this.#launch(request, () => undefined);
  }

  /** A hook unmounts. */
  unwatch(watcher: Watcher): void {
    if (!this.watchers.delete(watcher)) return;
    this.#poll?.plan();
    if (this.watchers.size > 0) return;
    this.#poll = undefined;
    const answer = this.#answer;
    if (answer) {
      answer.staleTime = watcher.staleTime;
      // Whoever loads it later does so as the hook last would have.
      if (answer.fetcher && watcher.fetcher)
        Object.assign(answer, { fetcher: watcher.fetcher, options: watcher.options });
      // Data that was set or sent without tags is found by those of the hook afterwards, too.
      const tags = answer.tags?.length ? answer.tags : staticTags(watcher.options);
      this.#home.retag(this.hash, answer.tags, tags);
      answer.tags = tags;
    }
    this.#unpin?.();
    this.#unpin = undefined;
    this.#home.changed(this);
    // A remount in the same task, as StrictMode does it, finds the load still under way.
    if (this.#leaveFlight) this.#stayInFlight = this.#home.soon(() => this.#leave());
    if (this.isOpen) this.#home.leaving.add(this);
    this.#home.release(this);
  }

  /** Does not wait for hooks that may come back. */
  leaveNow(): void {
    this.#stayInFlight?.();
    this.#leave();
  }

  #leave(): void {
    this.#stayInFlight = undefined;
    this.#home.leaving.delete(this);
    this.#leaveFlight?.();
    this.#leaveFlight = undefined;
    this.#home.release(this);
  }

  #leaseEnded(): void {
    this.#lease = undefined;
    if (this.watchers.size > 0) return;
    this.#unpin?.();
    this.#unpin = undefined;
    this.#leave();
  }

  /** The hooks, together, become a caller of the flight. */
  #board(): void {
    if (this.watchers.size > 0) this.#leaveFlight ??= this.#running?.join();
  }

  #launch<R>(request: LoadRequest, board: (flight: Flight) => R): R {
    this.#home.followCache();
    // A source may have room for one only: what was left is closed before another one is opened.
    if (request.fetcher.staysOpen) for (const query of this.#home.leaving) query.leaveNow();
    const { flights } = this.#home.cache;
    const flight = flights.prepare<unknown>(this.hash, () => this.#landed(load));
    this.#flight = flight;
    this.#leaveFlight = undefined;
    this.#home.loadStarted(flight, this.hash);
    flight.promise.then(
      () => this.#flight === flight && this.#unwelcome(),
      (error: unknown) => this.#flight === flight && this.#failed(flight, error, load.request),
    );
    const load = new Load(request, this.key, flight, this.#home, this.#listenerFor(flight, request));
    const boarded = board(flight);
    this.#request = request;
    this.#instead = undefined;
    this.#doubts = undefined;
    this.#board();
    const fetchStatus = statusAtStart(this.#home, request.options);
    const { direction } = request;
    if (isFirstFailed(this.#state)) this.#failure = this.#state;
    this.#state = loadingState(this.#state, fetchStatus, direction);
    flight.start((context) => load.run(context));
    this.#changed();
    return boarded;
  }

  /** A load was given up. */
  #rest(): void {
    this.#state = { ...(this.#failure ?? this.#state), fetchStatus: "idle", direction: undefined };
    this.#failure = undefined;
  }

  /**
   * What the next try is made with. A hook that is there gives its newest; for one that has left, another hook of the
   * key does, or else it gave its last. A call keeps its own.
   */
  #newestOf(request: LoadRequest): LoadRequest {
    const { watcher, direction } = request;
    if (watcher === undefined) return request;
    const isThere = this.watchers.has(watcher as Watcher);
    return requestOf((isThere ? undefined : this.#newest) ?? watcher, direction) ?? request;
  }

  /** Hears of a load only as long as it is the one under way. */
  #listenerFor(flight: Flight, request: LoadRequest): LoadListener {
    const set = (changes: Partial<QueryState>): void => {
      if (this.#flight !== flight) return;
      this.#state = { ...this.#state, ...changes };
      this.#changed();
    };
    return {
      onFailure: (failureCount, failureReason) => set({ failureCount, failureReason }),
      onPause: (isPaused) => set({ fetchStatus: isPaused ? "paused" : "fetching" }),
      onPublish: (data) => this.#flight === flight && this.#publish(data, this.#newestOf(request)),
      dataNow: () => this.data,
      newest: (before) => this.#newestOf(this.#flight === flight ? (this.#request ?? before) : before),
      prepare: (data, { options }) => this.#prepared(data, options),
    };
  }

  #landed({ request, lifetime, prepared }: Load): void {
    this.#flight = this.#leaveFlight = undefined;
    const answer = this.#answerOf(prepared!, request, lifetime.staleTime);
    answer.staleIfError = lifetime.staleIfError ?? 0;
    answer.isStorable = lifetime.isStorable ?? true;
    const before = this.#answer;
    if (request.direction && before?.state.data !== undefined) {
      // One page more does not make the others newer.
      answer.freshSince = before.freshSince;
      answer.isInvalidated = before.isInvalidated;
    }
    const doubts = this.#doubts?.filter(({ tags }) => tags.some((tag) => answer.tags?.includes(tag))) ?? [];
    if (doubts.length > 0) answer.isInvalidated = true;
    try {
      this.#adopt(answer, lifetime.ttl ?? request.options.ttl, prepared!.weight);
    } catch (error) {
      // The callers have their answer; what cannot be stored is a failure for the hooks.
      this.#state = errorState(this.#state, error, this.#home.wallNow());
      this.#changed();
    }
    this.#ended(request);
    if (doubts.some(({ loads }) => loads)) this.loadIfStale();
  }

  /** A part of an answer: shown, and stale until the rest is there. */
  #publish(data: unknown, request: LoadRequest): void {
    const prepared = this.#prepared(data, request.options);
    const answer = this.#answerOf(prepared, request, undefined);
    answer.isInvalidated = true;
    const { direction } = this.#state;
    this.#adopt(answer, request.options.ttl, prepared.weight, { fetchStatus: "fetching", direction });
  }

  /** @param request of a load that was not aborted */
  #ended(request?: LoadRequest): void {
    this.#poll?.restart();
    this.#lease?.settled();
    if (request) this.#home.loaded(this, request);
    this.#home.release(this);
  }

  #failed(flight: Flight, error: unknown, request: LoadRequest): void {
    this.#flight = this.#leaveFlight = undefined;
    if (flight.aborted) this.#rest();
    else if (request.isSent && (this.#newest ?? this.#instead)) {
      // Whoever sent it could not load it, and what shows it here has not tried yet.
      if (this.#newest) this.#loadFor(this.#newest);
      else this.#launch(this.#instead!, (own) => void (this.#leaveFlight = own.join()));
      return;
    } else {
      this.#state = errorState(this.#state, error, this.#home.wallNow());
      // A failure makes what is there stale, so that the page's return loads it again.
      if (this.#answer) this.#answer.isInvalidated = true;
      // What does not let itself be stored is not remembered, and known to those who watch all the same.
      if (request.options.errorTtl > 0) guarded(() => this.#remember(request));
    }
    this.#changed();
    this.#ended(flight.aborted ? undefined : request);
  }

  /** Stores the failure beside the data that is there, for others to meet. @throws what a function of a weight throws */
  #remember(request: LoadRequest): void {
    const { errorTtl, weight } = request.options;
    const { cache } = this.#home;
    const { data } = this.#state;
    const freshSince = this.#answer?.freshSince ?? this.#home.now();
    const tags = this.#answer?.tags ?? staticTags(request.options);
    const answer = loadedAnswer(this.#state, freshSince, { request, ownStaleTime: undefined, tags });
    answer.errorUntil = this.#home.now() + errorTtl;
    answer.isInvalidated = true;
    const left = cache.remainingTtl(this.hash);
    const isBare = data === undefined;
    // No data weighs nothing: a weigher would look for it.
    const none = this.#home.isWeighed ? 0 : undefined;
    this.#adopt(answer, isBare || left === undefined ? errorTtl : left, isBare ? none : weightOf(weight, data));
  }

  /** It landed, but its key was written or removed meanwhile, by the cache's own methods. */
  #unwelcome(): void {
    this.#abandon();
    this.#changed();
    this.loadIfStale();
    this.#home.release(this);
  }

  /** The hooks leave the flight, whose answer is not welcome any more. Its other callers still get it. */
  #abandon(): void {
    const flight = this.#flight;
    if (!flight) return;
    const { flights } = this.#home.cache;
    if (flights.get(this.hash) === flight) flights.dismiss(this.hash);
    const leave = this.#leaveFlight;
    this.#flight = this.#leaveFlight = undefined;
    this.#rest();
    leave?.();
    // Its answer is for nobody: it is not tried again.
    if (!flight.isWanted) flight.cancel();
  }

  /** Shows an answer, and stores its copy. @throws what a weigher throws; nothing has changed then */
  #adopt(answer: Answer, ttl: number | undefined, weight: number | undefined, under?: Partial<QueryState>): void {
    const before = { answer: this.#answer, state: this.#state };
    // Listeners of the cache see what is stored.
    this.#know(answer);
    this.#state = under ? { ...answer.state, ...under } : answer.state;
    try {
      this.#store(answer, ttl, weight);
    } catch (error) {
      this.#know(before.answer);
      this.#state = before.state;
      throw error;
    }
    // A listener of the cache may have removed it already.
    if (this.#answer === answer) {
      this.#pin();
      if (this.watchers.size > 0 && this.#unpin === undefined) this.#expireByItself(answer, ttl);
    }
    this.#changed();
  }

  /** The cache refused what is on screen, so that it will not say when that is too old. */
  #expireByItself(answer: Answer, ttl: number = this.#home.ttl): void {
    if (ttl === Infinity) return;
    this.#cancelExpiry = this.#home.after(ttl, () => {
      if (this.#answer === answer) this.#expired();
    });
  }

  #store(answer: Answer, ttl: number | undefined, weight: number | undefined): void {
    const { cache } = this.#home;
    const flight = this.#running;
    // Without it, the query is all that has it, and only while somebody watches.
    if (!answer.isStorable) return void cache.delete(this.hash);
    cache.set(this.hash, answer, ttl === undefined && weight === undefined ? undefined : { ttl, weight });
    // A part of an answer, or one from elsewhere, lets a load go on.
    if (flight !== undefined && flight === this.#running) cache.flights.welcome(this.hash, flight);
  }

  #prepared(data: unknown, options: ResolvedQueryOptions): Prepared {
    return prepare(data, this.#state.data, options);
  }

  #answerOf(prepared: Prepared, request: LoadRequest, ownStaleTime: number | undefined): Answer {
    const state = successState(this.#state, prepared.data, this.#home.wallNow());
    return loadedAnswer(state, this.#home.now(), { request, ownStaleTime, tags: prepared.tags });
  }

  #know(answer: Answer | undefined): void {
    this.#failure = undefined;
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    this.#home.retag(this.hash, this.#answer?.tags, answer?.tags);
    this.#answer = answer;
  }

  #expired(): void {
    this.#know(undefined);
    const { fetchStatus, direction } = this.#state;
    this.#state = { ...pendingState(this.key, this.hash), fetchStatus, direction };
    this.#changed();
    this.loadIfStale();
  }

  /** What is on screen is never evicted. An overwrite keeps the pin, and a removal ends it. */
  #pin(): void {
    if (this.watchers.size === 0 && this.#lease === undefined) return;
    this.#unpin ??= this.#home.cache.pin(this.hash);
  }

  #changed(): void {
    this.watchers.each(tellOfChange);
    if (!this.#isBusy(true)) {
      this.#end?.resolve();
      this.#end = undefined;
    }
    // Where a load was given up, whoever still waits for an answer renders again, and asks anew.
    if (this.#state.status !== "pending" || !this.#running) this.#wake();
    this.#home.changed(this);
  }

  /** Renders that wait for the first answer go on. */
  #wake(): void {
    if (!this.#firstAnswer) return;
    this.#firstAnswer.resolve();
    this.#firstAnswer = undefined;
    this.#lease?.settled();
  }
}

function tellOfChange(watcher: Watcher): void {
  watcher.changed();
}

/** Tags that were invalidated while a load was under way. */
interface Doubt {
  readonly tags: readonly string[];
  readonly loads: boolean;
}

/** The tags that are known without an answer. */
function staticTags({ tags }: ResolvedQueryOptions): readonly string[] {
  return typeof tags === "function" ? [] : (tags ?? []);
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
