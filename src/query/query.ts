import type { Cache, Flight } from "../core/index.ts";
import { Answer, type AnyFetcher } from "./answer.ts";
import type { QueryKey } from "./key.ts";
import { type LoadHost, type LoadRequest, runLoad } from "./load.ts";
import { requestOf, type Watcher } from "./watcher.ts";
import { pendingState, type QueryState, successState } from "./state.ts";

/** What a query needs of its client. */
export interface QueryHome extends LoadHost {
  readonly cache: Cache<string, unknown>;
  now(): number;
  /** Runs it in a later task. Returns the undo. */
  soon(run: () => void): () => void;
  changed(query: Query): void;
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
export class Query {
  readonly key: QueryKey;
  readonly hash: string;
  #home: QueryHome;
  #state: QueryState;
  #answer: Answer | undefined;
  #watchers = new Set<Watcher>();
  #flight: Flight | undefined;
  /** The hooks' place among the callers of the flight: they count as one. */
  #leaveFlight: (() => void) | undefined;
  #stayInFlight: (() => void) | undefined;
  #unpin: (() => void) | undefined;

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

  get answer(): Answer | undefined {
    return this.#answer;
  }

  get watchers(): ReadonlySet<Watcher> {
    return this.#watchers;
  }

  get isIdle(): boolean {
    return this.#watchers.size === 0 && this.#running === undefined;
  }

  /** Whether there is nothing to show, or only stale data. */
  isStale(staleTime: number): boolean {
    return !this.#answer || this.#answer.isStale(this.#home.now(), staleTime);
  }

  /** A hook mounts: it loads what is absent or stale. Returns the undo. */
  watch(watcher: Watcher): () => void {
    const isRemount = this.#stayInFlight !== undefined;
    this.#stayInFlight?.();
    this.#stayInFlight = undefined;
    this.#watchers.add(watcher);
    this.#pin();
    this.#board();
    if (!isRemount) this.demand(watcher);
    this.#home.changed(this);
    return () => this.#unwatch(watcher);
  }

  /** Loads what this hook needs, unless a load is under way. */
  demand(watcher: Watcher): void {
    if (this.#home.isDisposed || !watcher.options.enabled || !this.isStale(watcher.options.staleTime)) return;
    if (this.#running) this.#home.cache.flights.counters.joined++;
    else this.#launch(requestOf(watcher), () => undefined);
  }

  /** The answer of a load for one caller: of the one under way, or of a new one. */
  fetch(request: LoadRequest, signal?: AbortSignal): Promise<unknown> {
    if (!this.#running) return this.#launch(request, (flight) => flight.follow(signal));
    this.#home.cache.flights.counters.joined++;
    return this.#running.follow(signal);
  }

  /** A hook asks for a load, whatever is there. The hooks together are the caller, so their unmount aborts it. */
  refetch(watcher: Watcher): Promise<unknown> {
    return this.#running?.promise ?? this.#launch(requestOf(watcher), (flight) => flight.promise);
  }

  /** What loads it when nobody says how: the newest enabled hook, or else the fetcher of the last answer. */
  get request(): LoadRequest | undefined {
    const watcher = this.#newest;
    if (watcher) return requestOf(watcher);
    const { fetcher, staleTime = 0 } = this.#answer ?? {};
    if (this.#watchers.size > 0 || !fetcher) return undefined;
    return { fetcher, staleTime, ttl: undefined, retry: 0, retryDelay: undefined };
  }

  /** Data that came from elsewhere. The answer of a load under way is not welcome any more. */
  setData(data: unknown, ttl: number | undefined): void {
    this.#abandon();
    const staleTime = this.#answer?.staleTime ?? 0;
    this.#adopt(this.#newAnswer(data, this.#answer?.fetcher, staleTime), ttl);
  }

  /** Marks the data stale; on screen, it is loaded again. */
  invalidate(): void {
    if (this.#answer) this.#answer.isInvalidated = true;
    this.#abandon();
    this.#changed();
    this.#demandAgain();
  }

  /** The cache's copy is about to go, and its removal is no news. */
  forgetAnswer(): void {
    this.#answer = undefined;
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
  revalidate(reason: "refetchOnWindowFocus" | "refetchOnReconnect"): void {
    for (const watcher of this.#watchers) if (watcher.options[reason] && !this.#running) this.demand(watcher);
  }

  /** Resolves when the load under way has ended, well or not. */
  async ended(): Promise<void> {
    await this.#running?.promise.catch(() => undefined);
  }

  /** Forgets data, error and load. On screen, it is loaded again. */
  reset(): void {
    this.#answer = undefined;
    this.#unpin = undefined;
    this.#abandon();
    this.#state = pendingState(this.key, this.hash);
    this.#changed();
    this.#demandAgain();
  }

  /** The cache lost a value. Only what is shown matters, and not that it was evicted: it stays on screen. */
  heardRemoval(value: unknown, cause: string): void {
    if (value !== this.#answer) return;
    if (cause === "deleted" || cause === "cleared") this.reset();
    if (cause === "expired") this.#expired();
  }

  /** For good: nobody is told any more. */
  dispose(): void {
    this.#stayInFlight?.();
    this.#abandon();
    this.#unpin?.();
    this.#watchers.clear();
  }

  /** The flight, unless it is over and its end has not been heard yet. */
  get #running(): Flight | undefined {
    return this.#flight?.over === false ? this.#flight : undefined;
  }

  get #newest(): Watcher | undefined {
    let newest: Watcher | undefined;
    for (const watcher of this.#watchers) if (watcher.options.enabled) newest = watcher;
    return newest;
  }

  #unwatch(watcher: Watcher): void {
    if (!this.#watchers.delete(watcher) || this.#watchers.size > 0) return;
    if (this.#answer) this.#answer.staleTime = watcher.options.staleTime;
    this.#unpin?.();
    this.#unpin = undefined;
    this.#home.changed(this);
    // A remount in the same task, as StrictMode does it, finds the load still under way.
    if (this.#leaveFlight) this.#stayInFlight = this.#home.soon(() => this.#leave());
    this.#home.release(this);
  }

  #leave(): void {
    this.#stayInFlight = undefined;
    this.#leaveFlight?.();
    this.#leaveFlight = undefined;
    this.#home.release(this);
  }

  /** The hooks, together, become a caller of the flight. */
  #board(): void {
    if (this.#watchers.size > 0) this.#leaveFlight ??= this.#running?.join();
  }

  #launch<R>(request: LoadRequest, board: (flight: Flight) => R): R {
    const { flights } = this.#home.cache;
    const flight = flights.prepare<unknown>(this.hash, (data) => this.#landed(data, request));
    this.#flight = flight;
    this.#leaveFlight = undefined;
    flight.promise.then(
      () => this.#flight === flight && this.#unwelcome(),
      (error: unknown) => this.#flight === flight && this.#failed(flight, error),
    );
    const boarded = board(flight);
    this.#board();
    this.#state = Object.freeze({ ...this.#state, fetchStatus: "fetching", failureCount: 0 });
    const failed = (failureCount: number): void => this.#willRetry(flight, failureCount);
    flight.start((context) => runLoad(request, this.key, context, flight, this.#home, failed));
    this.#changed();
    return boarded;
  }

  #landed(data: unknown, request: LoadRequest): void {
    this.#flight = this.#leaveFlight = undefined;
    this.#adopt(this.#newAnswer(data, request.fetcher, request.staleTime), request.ttl);
    this.#home.release(this);
  }

  #willRetry(flight: Flight, failureCount: number): void {
    if (this.#flight !== flight) return;
    this.#state = Object.freeze({ ...this.#state, failureCount });
    this.#changed();
  }

  #failed(flight: Flight, error: unknown): void {
    this.#flight = this.#leaveFlight = undefined;
    const { failureCount } = this.#state;
    const failure = { error, status: "error", failureCount: failureCount + 1 } as const;
    this.#state = Object.freeze({ ...this.#state, ...(flight.aborted ? {} : failure), fetchStatus: "idle" });
    this.#changed();
    this.#home.release(this);
  }

  /** It landed, but its key was written or removed meanwhile, by the cache's own methods. */
  #unwelcome(): void {
    this.#abandon();
    this.#changed();
    this.#demandAgain();
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
    this.#state = Object.freeze({ ...this.#state, fetchStatus: "idle" });
    leave?.();
  }

  /** Shows an answer, and stores its copy. */
  #adopt(answer: Answer, ttl: number | undefined): void {
    this.#answer = answer;
    this.#state = answer.state;
    this.#home.cache.set(this.hash, answer, ttl === undefined ? undefined : { ttl });
    // A listener of the cache may have removed it already.
    if (this.#answer === answer) this.#pin();
    this.#changed();
  }

  #newAnswer(data: unknown, fetcher: AnyFetcher | undefined, staleTime: number): Answer {
    const state = successState(this.key, this.hash, data, this.#home.wallNow());
    return new Answer(state, this.#home.now(), fetcher, staleTime);
  }

  #expired(): void {
    this.#answer = undefined;
    this.#unpin = undefined;
    const { fetchStatus } = this.#state;
    this.#state = Object.freeze({ ...pendingState(this.key, this.hash), fetchStatus });
    this.#changed();
    this.#demandAgain();
  }

  /** What is on screen is never evicted. The pin of an answer that expired is gone with it. */
  #pin(): void {
    if (this.#watchers.size === 0) return;
    const old = this.#unpin;
    this.#unpin = this.#home.cache.pin(this.hash);
    old?.();
  }

  #demandAgain(): void {
    const watcher = this.#newest;
    if (watcher && !this.#running) this.demand(watcher);
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher.changed();
    this.#home.changed(this);
  }
}
