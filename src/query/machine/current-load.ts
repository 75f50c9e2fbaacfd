import { type Flight, MachoError } from "../../core/lru/index.ts";
import { flightsOf, guarded } from "../../core/lru/internal.ts";
import type { Answer, Storable } from "./answer.ts";
import { type FetchedBy, fetchContext } from "./fetch-context.ts";
import { HooksPlace } from "./hooks-place.ts";
import { Waiters } from "./lease.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { type LoadHome, type LoadHost, type Retried, statusAtStart, withRetries } from "./retries.ts";
import { type LoadRequest, newestOf, requestOf, type Watcher } from "./watcher.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import { needsNetwork } from "../model/retry.ts";
import type { QueryKey } from "../key/key.ts";
import { type Direction, errorState, isFirstFailed, loadingState, type QueryState } from "../model/state.ts";

/** What the loads of a query need of it. */
export interface LoadOwner {
  readonly key: QueryKey;
  readonly hash: string;
  state: QueryState;
  readonly watchers: readonly Watcher[];
  /** The newest hook that may load it. */
  readonly newest: Watcher | undefined;
  /** Makes answers, shows and stores them. */
  readonly copy: {
    readonly answer: Answer | undefined;
    ofLoad(request: LoadRequest, prepared: Prepared, lifetime?: Lifetime): Storable;
    remember(request: LoadRequest): void;
    show(storable: Storable): void;
  };
  /** Tells of another state, or of what else is another one. */
  become(state?: QueryState): void;
  loadIfStale(): void;
  /** @param request of a load that was not aborted */
  loadEnded(request: LoadRequest | undefined): void;
  /** Whoever showed or loaded it may have gone. */
  left(): void;
}

/** The load of a query that is under way, if there is one: how it begins, who waits for it, and how it ends. */
export class CurrentLoad {
  /** What the last load was asked for with. */
  request: LoadRequest | undefined;
  /** One that has ended stays until that is heard of. */
  #load: Load | undefined;
  #owner: LoadOwner;
  #home: LoadHome;
  #hooks = new HooksPlace();
  /** Callers that wait for the end of all loading. */
  #waiters = new Waiters();

  constructor(owner: LoadOwner, home: LoadHome) {
    this.#owner = owner;
    this.#home = home;
  }

  /** The load, unless it is over and its end has not been heard yet. */
  get running(): Load | undefined {
    return this.#load?.flight.over === false ? this.#load : undefined;
  }

  /** Whether it is connected to a source, by a load that does not end by itself. */
  get isOpen(): boolean {
    return this.running !== undefined && this.request?.fetcher.staysOpen === true;
  }

  /** The hooks load, or renders that wait do. @param isInstead whether a load under way is given up, where there is data */
  begin(request: LoadRequest, isInstead: boolean): void {
    this.#makeWay(isInstead, request.direction);
    if (!this.running) this.#begin(request);
  }

  /** A hook loads, or joins the load under way. */
  beginFor(watcher: Watcher): void {
    const request = requestOf(watcher);
    if (this.running) flightsOf(this.#home.cache).counters.joined++;
    else if (request) this.#begin(request);
  }

  /** The answer for one caller: of the load under way, or of a new one. @param isInstead as for `begin` */
  follow(request: LoadRequest, signal: AbortSignal | undefined, isInstead: boolean): Promise<unknown> {
    this.#makeWay(isInstead, request.direction);
    let answer = this.running?.flight.follow(signal);
    if (answer) flightsOf(this.#home.cache).counters.joined++;
    else {
      this.#begin(request, (flight) => {
        answer = flight.follow(signal);
      });
    }
    return answer!;
  }

  /** Every load begins here. @param caller joins it before it starts, in place of the hooks or renders that wait */
  #begin(request: LoadRequest, caller?: (flight: Flight) => void): void {
    const home = this.#home;
    const owner = this.#owner;
    home.followCache();
    // A source may have room for one only: what was left is closed before another one is opened.
    if (request.fetcher.staysOpen) for (const load of home.leaving) load.leave();
    this.#hooks.leave();
    const load = (this.#load = new Load(request, this, owner, home));
    this.request = request;
    caller?.(load.flight);
    if (!caller || owner.watchers.length > 0) this.join();
    owner.state = loadingState(owner.state, statusAtStart(home, request.options), request.direction);
    load.start();
    owner.become();
  }

  /** Gives the load under way up for another one, where there is data. A load for the same page is as good. */
  #makeWay(isInstead: boolean, direction: Direction | undefined): void {
    const { state } = this.#owner;
    // It waits for mutations. One of them may ask for the other load, and would wait for itself.
    const isInLine = state.fetchStatus === "paused" && this.#home.presence.isCatchingUp;
    const isSamePage = direction !== undefined && direction === state.direction;
    if (isInLine || (isInstead && !isSamePage && state.data !== undefined)) this.abandon();
  }

  /** The answer of the load is not welcome any more. The hooks leave it, its other callers still get the answer. */
  abandon(): void {
    const load = this.#load;
    if (!load) return;
    const flights = flightsOf(this.#home.cache);
    const { hash } = this.#owner;
    if (flights.get(hash) === load.flight) flights.dismiss(hash);
    this.#rest(load);
    this.#hooks.leave();
    // Its answer is for nobody: it is not tried again.
    if (!load.flight.isWanted) load.flight.cancel();
  }

  /** The hooks wait for it as well. */
  join(): void {
    this.#hooks.join(this.#load?.flight);
  }

  /** The last hook has gone. One that comes in the same task, as StrictMode does it, finds the load under way. */
  leaveSoon(soon: (run: () => void) => () => void): void {
    this.#hooks.leaveSoon(() => soon(() => this.leave()));
    if (this.isOpen) this.#home.leaving.add(this);
  }

  /** A hook is there. Returns whether those before it had only just gone. */
  stay(): boolean {
    this.#home.leaving.delete(this);
    return this.#hooks.stay();
  }

  /** Nobody shows it any more. */
  leave(): void {
    this.#home.leaving.delete(this);
    this.#hooks.leave();
    this.#owner.left();
  }

  newestFor(load: Load): LoadRequest {
    return newestOf((this.#load === load && this.request) || load.request, this.#owner);
  }

  changed(load: Load, change: Partial<QueryState>): void {
    if (this.#load === load) this.#owner.become({ ...this.#owner.state, ...change });
  }

  /** A part of an answer: shown, and stale until the rest is there. */
  publish(load: Load, data: unknown): void {
    if (this.#load !== load) return;
    const { copy, state } = this.#owner;
    const request = this.newestFor(load);
    const part = copy.ofLoad(request, prepare(data, state.data, request.options));
    part.answer.isInvalidated = true;
    copy.show(part);
  }

  /** It brought an answer, which is welcome. */
  landed({ request, lifetime, prepared, invalidations }: Load): void {
    const owner = this.#owner;
    this.#load = undefined;
    this.#hooks.leave();
    // It is prepared once a load has succeeded.
    const made = owner.copy.ofLoad(request, prepared!, lifetime);
    const { answer } = made;
    const pending = invalidations.filter(({ tags }) => tags.some((tag) => answer.tags?.includes(tag)));
    if (pending.length > 0) answer.isInvalidated = true;
    try {
      owner.copy.show(made);
    } catch (error) {
      // The callers have their answer; what cannot be stored is a failure for the hooks.
      owner.become(errorState(owner.state, error, this.#home.wallNow()));
    }
    owner.loadEnded(request);
    if (pending.some(({ loads }) => loads)) owner.loadIfStale();
  }

  /** It brought an answer, and its key was written or removed meanwhile, by the cache's own methods. */
  unwelcome(load: Load): void {
    if (this.#load !== load) return;
    this.abandon();
    this.#owner.become();
    this.#owner.loadIfStale();
    this.#owner.left();
  }

  failed(load: Load, error: unknown): void {
    if (this.#load !== load) return;
    const owner = this.#owner;
    const { newest, copy } = owner;
    const { request, instead } = load;
    const isAborted = load.flight.aborted;
    this.#load = undefined;
    this.#hooks.leave();
    // Whoever sent it could not load it, and what shows it here has not tried yet.
    const next = request.isSent && !isAborted ? (newest ? requestOf(newest) : instead) : undefined;
    if (next) return this.#begin(next);
    if (isAborted) this.#rest(load);
    else {
      owner.state = errorState(owner.state, error, this.#home.wallNow());
      // A failure makes what is there stale, so that the page's return loads it again.
      if (copy.answer) copy.answer.isInvalidated = true;
      // What does not let itself be stored is not remembered, and known to those who watch all the same.
      if (request.options.errorTtl > 0) guarded(() => copy.remember(request));
    }
    owner.become();
    owner.loadEnded(isAborted ? undefined : request);
  }

  /** See `Query.ended`. Of a load that is tried for ever the first failure counts: there is no last one. */
  async ended(byFirst?: boolean): Promise<void> {
    const retry = this.request?.options.retry;
    const isByFirst = byFirst ?? (retry === true || retry === Infinity);
    // Another load may take the place of one that was given up.
    // oxlint-disable-next-line no-await-in-loop
    while (this.#isBusy(isByFirst)) await this.#waiters.wait();
  }

  /** The state is another one: whoever waits for the end may go on. */
  tell(): void {
    if (!this.#isBusy(true)) this.#waiters.tell();
  }

  #isBusy(byFirst: boolean): boolean {
    const { fetchStatus, failureCount } = this.#owner.state;
    return fetchStatus === "fetching" && !this.isOpen && !(byFirst && failureCount > 0);
  }

  /** A load was given up. A failure of before stands again, unless there was another answer. */
  #rest({ failed }: Load): void {
    const owner = this.#owner;
    this.#load = undefined;
    const state = failed && failed.answer === owner.copy.answer ? failed.state : owner.state;
    owner.state = { ...state, fetchStatus: "idle", direction: undefined };
  }
}

/** One load: it calls a fetcher, and again after failures, for as long as somebody waits. */
class Load implements Retried<unknown>, FetchedBy {
  readonly flight: Flight;
  /** As of its last try. */
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
  #current: CurrentLoad;
  #owner: LoadOwner;
  #host: LoadHost;
  #context: FetchContext | undefined;

  constructor(request: LoadRequest, current: CurrentLoad, owner: LoadOwner, home: LoadHome) {
    this.request = request;
    this.#current = current;
    this.#owner = owner;
    this.#host = home;
    if (isFirstFailed(owner.state)) this.failed = { state: owner.state, answer: owner.copy.answer };
    this.flight = flightsOf(home.cache).prepare<unknown>(owner.hash, () => current.landed(this));
    home.loadStarted(this.flight, owner.hash);
    this.flight.promise.then(
      () => current.unwelcome(this),
      (error: unknown) => current.failed(this, error),
    );
  }

  start(): void {
    this.flight.start(async (context) => {
      this.#context = fetchContext(this, this.#owner, context);
      const data = await withRetries(this, this.#host);
      // Nothing is loaded for nobody.
      if (!this.prepared) this.flight.cancel();
      return data;
    });
  }

  publish(data: unknown): void {
    if (!this.flight.over && data !== undefined) this.#current.publish(this, data);
  }

  isWanted(): boolean {
    return !this.flight.over && this.flight.isWanted;
  }

  options(): ResolvedQueryOptions {
    return this.#newestRequest().options;
  }

  onceEnded(run: () => void): void {
    this.flight.promise.then(run, run);
  }

  onFailure(failureCount: number, failureReason: unknown): void {
    this.#current.changed(this, { failureCount, failureReason });
  }

  onPause(isPaused: boolean): void {
    this.#current.changed(this, { fetchStatus: isPaused ? "paused" : "fetching" });
  }

  /** Until there is a network, and for another try, a page that somebody sees. */
  mustWait(failures: number): boolean {
    const { isOnline } = this.#host.presence;
    return this.#isUnseen(failures) || (!isOnline && needsNetwork(this.options().networkMode, failures));
  }

  onceReady(run: () => void, failures: number): () => void {
    const { presence } = this.#host;
    return this.#isUnseen(failures) ? presence.onceVisible(run) : presence.onceOnline(run);
  }

  /** Calls the fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
  async call(): Promise<unknown> {
    const owner = this.#owner;
    // The fetcher came with this very key. Its context is one for all tries, so that it may go on where the last failed.
    const data: unknown = await this.#newestRequest().fetcher(owner.key as never, this.#context!);
    if (data !== undefined) return (this.prepared = prepare(data, owner.state.data, this.options())).data;
    const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
    throw new MachoError("undefined-data", message);
  }

  #isUnseen(failures: number): boolean {
    return failures > 0 && !this.#host.presence.isVisible;
  }

  #newestRequest(): LoadRequest {
    return (this.request = this.#current.newestFor(this));
  }
}
