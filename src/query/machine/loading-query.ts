import { type Flight, MachoError } from "../../core/lru/index.ts";
import { flightsOf, guarded } from "../../core/lru/internal.ts";
import type { Answer, Storable } from "./answer.ts";
import { type FetchedBy, fetchContext } from "./fetch-context.ts";
import { Waiters } from "./lease.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { type LoadHome, type Retried, statusAtStart, withRetries } from "./retries.ts";
import { type LoadRequest, newestOf, requestOf, type Watcher } from "./watcher.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import { needsNetwork } from "../model/retry.ts";
import type { QueryKey } from "../key/key.ts";
import { type Direction, errorState, isFirstFailed, loadingState, type QueryState } from "../model/state.ts";

/** Makes answers, shows and stores them. */
interface Copy {
  readonly answer: Answer | undefined;
  ofLoad(request: LoadRequest, prepared: Prepared, lifetime?: Lifetime): Storable;
  remember(request: LoadRequest): void;
  show(storable: Storable): void;
}

const NOBODY: Watcher[] = [];

/**
 * What is known of a key, and its loads: how one begins, who waits for it, and how it ends. The hooks are one caller, with
 * the renders that wait.
 */
export abstract class LoadingQuery<H extends LoadHome = LoadHome> {
  readonly key: QueryKey;
  readonly hash: string;
  /** One snapshot, replaced on each change. Others only read it. */
  state: QueryState;
  /** In the order in which they came. Others only read it. */
  watchers: Watcher[] = NOBODY;
  readonly home: H;
  /** What the last load was asked for with. */
  protected lastRequest: LoadRequest | undefined;
  /** One that has ended stays until that is heard of. */
  #load: Load | undefined;
  /** The hooks wait no more. */
  #leaveFlight: (() => void) | undefined;
  #cancelLeaving: (() => void) | undefined;
  /** Callers that wait for the end of all loading. */
  #waiters: Waiters | undefined;

  constructor(key: QueryKey, hash: string, state: QueryState, home: H) {
    this.key = key;
    this.hash = hash;
    this.state = state;
    this.home = home;
  }

  /** Its answer. Others only read it. */
  abstract readonly copy: Copy;
  /** Tells of another state, or of what else is another one. */
  abstract become(state?: QueryState): void;
  abstract loadIfStale(): void;
  /** The newest hook that may load it. */
  abstract get newest(): Watcher | undefined;
  /** @param request of a load that was not aborted */
  protected abstract loadEnded(request: LoadRequest | undefined): void;
  /** Whoever showed or loaded it may have gone. */
  protected abstract left(): void;

  /** The load, unless it is over and its end has not been heard yet. */
  get loading(): Load | undefined {
    return this.#load?.flight.over === false ? this.#load : undefined;
  }

  /** Whether it is connected to a source, by a load that does not end by itself. */
  get isConnected(): boolean {
    return this.loading !== undefined && this.lastRequest?.fetcher.staysOpen === true;
  }

  /** The hooks load, or renders that wait do. @param isInstead whether a load under way is given up, where there is data */
  protected begin(request: LoadRequest, isInstead: boolean): void {
    this.#makeWay(isInstead, request.direction);
    if (!this.loading) this.#begin(request);
  }

  /** A hook loads, or joins the load under way. */
  protected beginFor(watcher: Watcher): void {
    const request = requestOf(watcher);
    if (this.loading) flightsOf(this.home.cache).counters.joined++;
    else if (request) this.#begin(request);
  }

  /** The answer for one caller: of the load under way, or of a new one. @param isInstead as for `begin` */
  fetch(request: LoadRequest, signal?: AbortSignal, isInstead = false): Promise<unknown> {
    this.#makeWay(isInstead, request.direction);
    let answer = this.loading?.flight.follow(signal);
    if (answer) flightsOf(this.home.cache).counters.joined++;
    else this.#begin(request, (flight) => (answer = flight.follow(signal)));
    return answer!;
  }

  /** Every load begins here. @param caller joins it before it starts, in place of the hooks or renders that wait */
  #begin(request: LoadRequest, caller?: (flight: Flight) => unknown): void {
    const { home } = this;
    home.followCache();
    // A source may have room for one only: what was left is closed before another one is opened.
    if (request.fetcher.staysOpen) for (const load of home.leaving) load.leave();
    this.#leaveLoad();
    const load = (this.#load = new Load(request, this));
    this.lastRequest = request;
    caller?.(load.flight);
    if (!caller || this.watchers.length > 0) this.join();
    this.state = loadingState(this.state, statusAtStart(home, request.options), request.direction);
    load.start();
    this.become();
  }

  /** Gives the load under way up for another one, where there is data. A load for the same page is as good. */
  #makeWay(isInstead: boolean, direction: Direction | undefined): void {
    const { state } = this;
    // It waits for mutations. One of them may ask for the other load, and would wait for itself.
    const isInLine = state.fetchStatus === "paused" && this.home.isCatchingUp;
    const isSamePage = direction !== undefined && direction === state.direction;
    if (isInLine || (isInstead && !isSamePage && state.data !== undefined)) this.abandon();
  }

  /** The answer of the load is not welcome any more. The hooks leave it, its other callers still get the answer. */
  protected abandon(): void {
    const load = this.#load;
    if (!load) return;
    const flights = flightsOf(this.home.cache);
    if (flights.get(this.hash) === load.flight) flights.dismiss(this.hash);
    this.#rest(load);
    this.#leaveLoad();
    // Its answer is for nobody: it is not tried again.
    if (!load.flight.isWanted) load.flight.cancel();
  }

  /** The hooks wait for it as well. */
  protected join(): void {
    this.#leaveFlight ??= this.#load?.flight.join();
  }

  /** The last hook has gone. One that comes in the same task, as StrictMode does it, finds the load under way. */
  protected leaveSoon(): void {
    if (!this.#leaveFlight) return;
    this.#cancelLeaving = this.home.soon(() => this.leave());
    if (this.isConnected) this.home.leaving.add(this);
  }

  /** A hook is there. Returns whether those before it had only just gone. */
  protected stay(): boolean {
    if (!this.#cancelLeaving) return false;
    this.#cancelLeaving();
    this.#cancelLeaving = undefined;
    this.home.leaving.delete(this);
    return true;
  }

  /** Nobody shows it any more. */
  leave(): void {
    this.#leaveLoad();
    this.left();
  }

  #leaveLoad(): void {
    this.stay();
    const leave = this.#leaveFlight;
    this.#leaveFlight = undefined;
    leave?.();
  }

  /** What the next try of a load is made with. */
  newestFor(load: Load): LoadRequest {
    return (load.request = newestOf((this.#load === load && this.lastRequest) || load.request, this));
  }

  loadChanged(load: Load, change: Partial<QueryState>): void {
    if (this.#load === load) this.become({ ...this.state, ...change });
  }

  /** A part of an answer: shown, and stale until the rest is there. */
  publish(load: Load, data: unknown): void {
    if (this.loading !== load || data === undefined) return;
    const request = this.newestFor(load);
    const part = this.copy.ofLoad(request, prepare(data, this.state.data, request.options));
    part.answer.isInvalidated = true;
    this.copy.show(part);
  }

  /** It brought an answer, which is welcome. */
  landed({ request, lifetime, prepared, invalidations }: Load): void {
    this.#load = undefined;
    this.#leaveLoad();
    // It is prepared once a load has succeeded.
    const made = this.copy.ofLoad(request, prepared!, lifetime);
    const pending = invalidations.filter(({ tags }) => tags.some((tag) => made.answer.tags?.includes(tag)));
    if (pending.length > 0) made.answer.isInvalidated = true;
    try {
      this.copy.show(made);
    } catch (error) {
      // The callers have their answer; what cannot be stored is a failure for the hooks.
      this.become(errorState(this.state, error, this.home.wallNow()));
    }
    this.loadEnded(request);
    if (pending.some(({ loads }) => loads)) this.loadIfStale();
  }

  /** It brought an answer, and its key was written or removed meanwhile, by the cache's own methods. */
  unwelcome(load: Load): void {
    if (this.#load !== load) return;
    this.abandon();
    this.become();
    this.loadIfStale();
    this.left();
  }

  failed(load: Load, error: unknown): void {
    if (this.#load !== load) return;
    const { request, instead, flight } = load;
    this.#load = undefined;
    this.#leaveLoad();
    // Whoever sent it could not load it, and what shows it here has not tried yet.
    const next = request.isSent && !flight.aborted ? (this.newest ? requestOf(this.newest) : instead) : undefined;
    if (next) return this.#begin(next);
    if (flight.aborted) this.#rest(load);
    else {
      this.state = errorState(this.state, error, this.home.wallNow());
      // A failure makes what is there stale, so that the page's return loads it again.
      if (this.copy.answer) this.copy.answer.isInvalidated = true;
      // What does not let itself be stored is not remembered, and known to those who watch all the same.
      if (request.options.errorTtl > 0) guarded(() => this.copy.remember(request));
    }
    this.become();
    this.loadEnded(flight.aborted ? undefined : request);
  }

  /** Resolves when no load is left, or it waits for network or page. @param byFirst whether its first failure is the end */
  async ended(byFirst?: boolean): Promise<void> {
    // A load that is tried for ever has no last failure.
    const retry = this.lastRequest?.options.retry;
    const isByFirst = byFirst ?? (retry === true || retry === Infinity);
    // Another load may take the place of one that was given up.
    // oxlint-disable-next-line no-await-in-loop
    while (this.#isBusy(isByFirst)) await (this.#waiters ??= new Waiters()).wait();
  }

  /** The state is another one: whoever waits for the end may go on. */
  protected tellEnd(): void {
    if (!this.#isBusy(true)) this.#waiters?.tell();
  }

  #isBusy(byFirst: boolean): boolean {
    const { fetchStatus, failureCount } = this.state;
    return fetchStatus === "fetching" && !this.isConnected && !(byFirst && failureCount > 0);
  }

  /** A load was given up. A failure of before stands again, unless there was another answer. */
  #rest({ failed }: Load): void {
    this.#load = undefined;
    const state = failed && failed.answer === this.copy.answer ? failed.state : this.state;
    this.state = { ...state, fetchStatus: "idle", direction: undefined };
  }
}

/** One load: it calls a fetcher, and again after failures, for as long as somebody waits. */
class Load implements Retried<unknown>, FetchedBy {
  readonly flight: Flight;
  /** As of its last try, or of what was asked of it since. */
  request: LoadRequest;
  /** What the fetcher said of its answer. */
  lifetime: Lifetime = {};
  /** Once it succeeded. */
  prepared: Prepared | undefined;
  /** What a render would load that waits for a promise of a server, should that fail. */
  instead: LoadRequest | undefined;
  /** Tags that were invalidated meanwhile: whether its answer has them, only that can say. It is loaded again then, or not. */
  readonly invalidations: { readonly tags: readonly string[]; readonly loads: boolean }[] = [];
  /** What a first load left that failed, and that this one tries again. */
  readonly failed: { readonly state: QueryState; readonly answer: Answer | undefined } | undefined;
  #query: LoadingQuery;
  #context: FetchContext | undefined;

  constructor(request: LoadRequest, query: LoadingQuery) {
    this.request = request;
    this.#query = query;
    const { home, hash, state } = query;
    if (isFirstFailed(state)) this.failed = { state, answer: query.copy.answer };
    this.flight = flightsOf(home.cache).prepare<unknown>(hash, () => query.landed(this));
    home.loadStarted(this.flight, hash);
    this.flight.promise.then(
      () => query.unwelcome(this),
      (error: unknown) => query.failed(this, error),
    );
  }

  start(): void {
    this.flight.start(async (context) => {
      this.#context = fetchContext(this, this.#query, context);
      const data = await withRetries(this, this.#query.home);
      // Nothing is loaded for nobody.
      if (!this.prepared) this.flight.cancel();
      return data;
    });
  }

  publish(data: unknown): void {
    this.#query.publish(this, data);
  }

  isWanted(): boolean {
    return !this.flight.over && this.flight.isWanted;
  }

  options(): ResolvedQueryOptions {
    return this.#query.newestFor(this).options;
  }

  onceEnded(run: () => void): void {
    this.flight.promise.then(run, run);
  }

  onFailure(failureCount: number, failureReason: unknown): void {
    this.#query.loadChanged(this, { failureCount, failureReason });
  }

  onPause(isPaused: boolean): void {
    this.#query.loadChanged(this, { fetchStatus: isPaused ? "paused" : "fetching" });
  }

  /** Until there is a network, and for another try, a page that somebody sees. */
  mustWait(failures: number): boolean {
    const { home } = this.#query;
    return (failures > 0 && !home.isVisible) || (!home.isOnline && needsNetwork(this.options().networkMode, failures));
  }

  onceReady(run: () => void, failures: number): () => void {
    const { home } = this.#query;
    return home.once(failures > 0 && !home.isVisible ? "visible" : "online", run);
  }

  /** Calls the fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
  async call(): Promise<unknown> {
    const query = this.#query;
    // The fetcher came with this very key. Its context is one for all tries, so that it may go on where the last failed.
    const data: unknown = await query.newestFor(this).fetcher(query.key as never, this.#context!);
    if (data !== undefined) return (this.prepared = prepare(data, query.state.data, this.options())).data;
    const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
    throw new MachoError("undefined-data", message);
  }
}
