// How a query loads: how a load begins, who waits for it, how it calls the fetcher, and how it ends.
import { type Flight, type LoadContext, MachoError } from "../../core/lru/index.ts";
import { flightsOf, guarded } from "../../core/lru/internal.ts";
import {
  type Answer,
  become,
  prepare,
  type Prepared,
  remember,
  showLoaded,
  type Showing,
  type StoreHome,
  unpin,
} from "./answer.ts";
import { type LoadHost, type Retried, statusAtStart, withRetries } from "./retries.ts";
import { type HookInput, type LoadRequest, requestOf, type Watcher } from "./watcher.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import { checkOptions, DURATION, FLAG, MS, type OptionTable, type Resolved } from "../model/option-table.ts";
import { needsNetwork } from "../model/retry.ts";
import { errorState, isFirstFailed, loadingState, type QueryState } from "../model/state.ts";

/** How long an unread Suspense result is kept, in ms. */
export const LEASE = 5_000;
/** Ms of a load after which renders that wait are asked whether they still do. */
export const ROUND = 30_000;

const LIFETIME: OptionTable<Resolved<Lifetime, keyof Lifetime>> = {
  staleTime: [DURATION],
  ttl: [MS],
  staleIfError: [DURATION],
  isStorable: [FLAG],
};

/** A slower store behind the cache, as loads use it. */
export interface LoadTier {
  /** The data of a load: what came from there, is shown already and fresh enough; or else that of `fetch`. */
  load(query: Loading, load: Load, fetch: () => Promise<unknown>): Promise<unknown>;
}

/** What loading needs of a client. */
export interface LoadHome extends LoadHost, StoreHome {
  /** Where there is one. */
  readonly tier: LoadTier | undefined;
  /** Loads whose hooks have left a source that is still open, in case that they come back. */
  readonly leaving: Set<Loading>;
  /** Runs it in a later task. Returns the undo. */
  soon(run: () => void): () => void;
  /** A load begins, to end with the client at the latest. */
  loadStarted(flight: Flight, hash: string): void;
  /** A load ended well or badly, and not by an abort. */
  loaded(query: Loading, request: LoadRequest): void;
  /** Where nobody watches it and nothing is under way, it is forgotten. */
  release(query: Loading): void;
}

/** One load: it calls a fetcher, and again after failures, for as long as somebody waits. */
export interface Load {
  readonly flight: Flight;
  /** As of its last try. */
  request: LoadRequest;
  /** What the fetcher said of its answer. */
  lifetime?: Lifetime;
  /** Once its fetcher succeeded. */
  prepared?: Prepared;
  /** The newest of the renders that wait. It is loaded as they would where what a server sent fails. */
  render?: Pick<HookInput, "fetcher" | "options">;
  /** Tags that were invalidated meanwhile: whether its answer has them, only that can say. It is loaded again then, or not. */
  readonly invalidations: { readonly tags: readonly string[]; readonly loads: boolean }[];
  /** What a first load left that failed, and that this one tries again. */
  readonly failed: { readonly state: QueryState; readonly answer: Answer | undefined } | undefined;
  /** While it asks a tier: what those ask for who joined it. What the tier brings may not be enough for them. */
  joined?: LoadRequest[] | undefined;
  /** A tier brought what is enough for all of them. Nobody joins it any more. */
  isEnding?: boolean;
}

/** A query, as far as it loads. The hooks are one caller of its load, with the renders that wait. */
export interface Loading extends Showing {
  readonly home: LoadHome;
  /** In the order in which they came. */
  watchers: Watcher[];
  /** The load under way. One that has ended stays until that is heard of. */
  current: Load | undefined;
  readonly loading: Load | undefined;
  /** What the last load was asked for with. */
  asked: LoadRequest | undefined;
  /** The hooks wait no more. */
  leave: (() => void) | undefined;
  /** The last hook has just left: one that comes in the same task, as StrictMode does it, finds the load under way. */
  stay: (() => void) | undefined;
  /** Ms for which a render holds it: `LEASE`, `ROUND` while it loads, `-Infinity` where a hook has come, or 0. */
  held: number;
  /** Cancels the end of that. */
  letGo: (() => void) | undefined;
  /** Plans the polls anew. */
  readonly poll: ((hasEnded?: boolean) => void) | undefined;
  /** The newest hook that may load it. */
  readonly newest: Watcher | undefined;
  loadIfStale(): void;
}

/** Whether it is connected to a source, by a load that does not end by itself. */
export function isConnected({ loading }: Loading): boolean {
  return loading?.request.fetcher.staysOpen === true;
}

/** Every load begins here, or is joined. @param caller comes in before it starts; otherwise the hooks or renders that wait do */
export function begin(query: Loading, request: LoadRequest, caller?: (flight: Flight) => unknown): void {
  const { home, hash, loading } = query;
  const flights = flightsOf(home.cache);
  if (loading) {
    flights.tell(hash, loading.flight, "joined");
    loading.joined?.push(request);
    caller?.(loading.flight);
    return;
  }
  if (home.isDisposed) return;
  // A source may have room for one only: what was left is closed before another one is opened.
  if (request.fetcher.staysOpen) for (const left of home.leaving) leave(left);
  leaveLoad(query);
  const { state, answer } = query;
  const flight = flights.prepare<unknown>(hash, () => landed(query, load));
  const failed = isFirstFailed(state) ? { state, answer } : undefined;
  const load: Load = { flight, request, invalidations: [], failed };
  home.loadStarted(flight, hash);
  flight.promise.then(
    () => over(query, load),
    (error: unknown) => over(query, load, { error }),
  );
  query.current = load;
  query.asked = request;
  caller?.(flight);
  if (!caller || query.watchers.length > 0) join(query);
  if (query.held > 0) keep(query, ROUND);
  query.state = loadingState(state, statusAtStart(home, request.options), request.direction);
  void flight.start((context) => run(query, load, context));
  become(query);
}

/** Gives the load under way up for another one, if that is asked for and there is data. A load for the same page is as good. */
export function makeWay(query: Loading, { direction }: LoadRequest, isInstead: boolean): void {
  const { state, home } = query;
  if (
    // It waits for mutations. One of them may ask for the other load, and would wait for itself.
    (state.fetchStatus === "paused" && home.isCatchingUp) ||
    (isInstead && state.data !== undefined && (!direction || direction !== state.direction))
  ) {
    abandon(query);
  }
}

/** The answer of the load is not welcome any more. The hooks leave it, its other callers still get the answer. */
export function abandon(query: Loading): void {
  const { current, home, hash } = query;
  if (!current) return;
  const { flight } = current;
  const flights = flightsOf(home.cache);
  if (flights.get(hash) === flight) flights.dismiss(hash);
  rest(query, current);
  leaveLoad(query);
  // Its answer is for nobody: it is not tried again.
  if (!flight.isWanted) flight.cancel();
}

/** A load was given up. A failure of before stands again, unless there was another answer. */
function rest(query: Loading, { failed }: Load): void {
  query.current = undefined;
  const { state } = failed?.answer === query.answer && failed ? failed : query;
  query.state = { ...state, fetchStatus: "idle", direction: undefined };
}

/** The hooks wait for it as well. */
export function join(query: Loading): void {
  query.leave ??= query.current?.flight.join();
}

/** A hook is there. */
export function stay(query: Loading): void {
  if (!query.stay) return;
  query.stay();
  query.stay = undefined;
  query.home.leaving.delete(query);
}

/** Nobody shows it any more. */
export function leave(query: Loading): void {
  leaveLoad(query);
  query.home.release(query);
}

function leaveLoad(query: Loading): void {
  stay(query);
  query.leave?.();
  query.leave = undefined;
  if (query.held > 0) keep(query, LEASE);
}

/**
 * Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. React says of no
 * suspended component that it is gone. So while the load goes on, those that wait are let render every 30 s: who is
 * still there waits again, which renews the lease, and without that it is over 5 s later.
 */
export function keep(query: Loading, ms: number): void {
  query.letGo?.();
  query.held = ms;
  query.letGo = query.home.after(ms, () => {
    if (ms === ROUND) {
      keep(query, LEASE);
      query.tell?.();
      return;
    }
    query.held = 0;
    if (query.watchers.length > 0) return;
    unpin(query);
    leave(query);
  });
}

/** What a fetcher gets, for all tries of a load, so that it may go on where the last one failed; and how it is tried. */
async function run(query: Loading, load: Load, context: LoadContext): Promise<unknown> {
  const { flight } = load;
  const { home } = query;
  const newest = (): LoadRequest => (load.request = newestOf(query, load.request, load.render));
  const options = (): LoadRequest["options"] => newest().options;
  const isWanted = (): boolean => !flight.over && flight.isWanted;
  const flights = flightsOf(home.cache);
  const change = (changed: Partial<QueryState> & { readonly fetchStatus?: "fetching" | "paused" }): void => {
    // A pause begins or is over, or else a try failed.
    flights.tell(query.hash, flight, changed.fetchStatus ?? "retry", changed.failureReason);
    if (query.current === load) become(query, { ...query.state, ...changed });
  };
  const given: FetchContext = {
    get signal() {
      return context.signal;
    },
    get meta() {
      return options().meta;
    },
    get isWanted() {
      return isWanted();
    },
    get previous() {
      return query.state.data;
    },
    direction: load.request.direction,
    setLifetime(lifetime) {
      checkOptions("setLifetime", LIFETIME, lifetime);
      load.lifetime = lifetime;
    },
    publish(data) {
      if (query.loading !== load || data === undefined) return;
      const request = newest();
      // Stale until the rest is there.
      showLoaded(query, request, prepare(data, query.state.data, request.options), true);
    },
  };
  const work: Retried<unknown> = {
    isWanted,
    options,
    // Until there is a network, and for another try, a page that somebody sees.
    waitOf(failures) {
      if (failures > 0 && !home.isVisible) return (go) => home.once("visible", go);
      const isOffline = !home.isOnline && needsNetwork(options().networkMode, failures);
      return isOffline ? (go) => home.once("online", go) : undefined;
    },
    onPause: (isPaused) => change({ fetchStatus: isPaused ? "paused" : "fetching" }),
    onFailure: (failureCount, failureReason) => change({ failureCount, failureReason }),
    onceEnded: (end) => void flight.promise.then(end, end),
    async call() {
      flights.tell(query.hash, flight, "fetching");
      // The fetcher came with this very key.
      const came: unknown = await newest().fetcher(query.key as never, given);
      if (came !== undefined) return (load.prepared = prepare(came, query.state.data, options())).data;
      const message = "A fetcher resolved to undefined, which means no data. Return null instead.";
      throw new MachoError("undefined-data", message);
    },
  };
  const fetch = (): Promise<unknown> => withRetries(work, home);
  const data = await (home.tier ? home.tier.load(query, load, fetch) : fetch());
  // Nothing is loaded for nobody.
  if (data === undefined) flight.cancel();
  return data;
}

/**
 * What the next try of a load is made with. A hook that is there gives its newest; for one that has left, the newest hook
 * of the key does, or else it gave its last. A call keeps its own.
 */
export function newestOf(query: Loading, request: LoadRequest, render?: Load["render"]): LoadRequest {
  const { watcher, direction } = request;
  if (!watcher) return request;
  // Whether it is one of them is the question.
  const isThere = query.watchers.includes(watcher as Watcher);
  return requestOf(isThere ? watcher : (query.newest ?? render ?? watcher), direction) ?? request;
}

/** It brought an answer, which is welcome. */
function landed(query: Loading, load: Load): void {
  const { request, lifetime, invalidations, prepared } = load;
  query.current = undefined;
  leaveLoad(query);
  const known = (prepared ?? query.answer)?.tags;
  const pending = invalidations.filter(({ tags }) => tags.some((tag) => known?.includes(tag)));
  if (prepared) {
    try {
      showLoaded(query, request, prepared, pending.length > 0, lifetime);
    } catch (error) {
      // The callers have their answer; what cannot be stored is a failure for the hooks.
      become(query, errorState(query.state, error, query.home.wallNow()));
    }
  } else {
    // The answer of a tier is shown already.
    if (pending.length > 0) query.answer?.invalidate();
    become(query, { ...query.state, fetchStatus: "idle", direction: undefined });
  }
  ended(query, prepared && request);
  if (pending.some(({ loads }) => loads)) query.loadIfStale();
}

/**
 * It failed, or was aborted; or it brought an answer, and its key was written or removed meanwhile, by the cache's own
 * methods.
 */
function over(query: Loading, load: Load, failure?: { readonly error: unknown }): void {
  if (query.current !== load) return;
  const { request } = load;
  const isFailed = failure && !load.flight.aborted;
  query.current = undefined;
  leaveLoad(query);
  // Whoever sent it could not load it, and what shows it here has not tried yet.
  const next = isFailed && request.isSent && (query.newest ?? load.render);
  if (next) return begin(query, requestOf(next)!);
  if (isFailed) {
    query.state = errorState(query.state, failure.error, query.home.wallNow());
    // A failure makes what is there stale, so that the page's return loads it again.
    if (query.answer) query.answer.isInvalidated = true;
    // What does not let itself be stored is not remembered, and known to those who watch all the same.
    if (request.options.errorTtl > 0) guarded(() => remember(query, request));
  } else rest(query, load);
  become(query);
  ended(query, isFailed ? request : undefined);
  if (!failure) query.loadIfStale();
}

/** @param request of a load that was not aborted */
function ended(query: Loading, request: LoadRequest | undefined): void {
  query.poll?.(true);
  if (request) query.home.loaded(query, request);
  query.home.release(query);
}
