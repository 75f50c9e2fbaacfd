// What the cache holds of a key: an answer. How it is made, shown by its query, stored, and pinned while it is on screen.
import { flightsOf } from "../../core/lru/internal.ts";
import type { Flight } from "../../core/lru/index.ts";
import type { QueryCache } from "./query-cache.ts";
import type { AnyFetcher, Lifetime } from "../model/fetcher.ts";
import { checkedAnswer, type ResolvedQueryOptions, type StaleTime } from "../model/options.ts";
import { sharerOf } from "../model/sharing.ts";
import { type Direction, type QueryState, successState } from "../model/state.ts";
import type { Timing } from "../timing/timing.ts";
import type { QueryKey } from "../key/key.ts";

/** What an answer was loaded with, or would be. What is left out is not known. */
interface Source {
  readonly fetcher?: AnyFetcher | undefined;
  readonly options?: ResolvedQueryOptions | undefined;
  /** The fetcher can be asked only once, and is not to be remembered. */
  readonly isSent?: boolean | undefined;
}

const NOBODY: readonly never[] = [];
/** What is known of an answer that nobody loaded, and what a fetcher says that says nothing. */
const NOTHING = {};

/**
 * What the cache holds under a query's hash: data or a remembered error, when it came, and what it takes to load it again.
 * Where nobody watches or loads its key, it stands for the query.
 */
export class Answer {
  declare readonly state: QueryState;
  /** Monotonic ms at which the data came. */
  declare freshSince: number;
  /** The fetcher that was used last; `undefined` for data that was set. */
  declare fetcher: AnyFetcher | undefined;
  /** Of the hook or call that loaded it, or of the hook that showed it last. */
  declare options: ResolvedQueryOptions | undefined;
  /** What its fetcher said of it. */
  declare readonly lifetime: Lifetime;
  declare tags: readonly string[] | undefined;
  /** Nobody watches it. */
  declare readonly newest?: undefined;
  declare readonly isJustLoaded?: undefined;
  /** Monotonic ms until which an error is as good as an answer. */
  errorUntil = 0;
  /** Marked in place: an invalidation is no write, and neither counts nor renews the TTL. */
  isInvalidated = false;

  constructor(
    state: QueryState,
    freshSince: number,
    tags?: readonly string[],
    { fetcher, options, isSent }: Source = NOTHING,
    lifetime: Lifetime = NOTHING,
  ) {
    this.state = state;
    this.freshSince = freshSince;
    this.fetcher = isSent ? undefined : fetcher;
    this.options = options;
    this.lifetime = lifetime;
    this.tags = tags;
  }

  get answer(): this {
    return this;
  }

  get watchers(): readonly never[] {
    return NOBODY;
  }

  /** From now on it is stale, whatever its age. */
  invalidate(): void {
    this.isInvalidated = true;
    this.errorUntil = 0;
  }

  /** How long it is fresh for one who would have it so for `staleTime`. */
  freshFor(staleTime: StaleTime): number {
    return staleTime === "static" ? Infinity : (this.lifetime.staleTime ?? staleTime);
  }
}

/** What the functions of the options made of data. */
export interface Prepared {
  readonly data: unknown;
  readonly tags: readonly string[] | undefined;
  /** `undefined` for what the cache's `weigher` says. */
  readonly weight: number | undefined;
}

/**
 * What the functions of the options make of an answer. They may throw, which the load then fails with.
 * @param weight in place of that of the options
 */
export function prepare(
  data: unknown,
  before: unknown,
  options: ResolvedQueryOptions,
  weight: ResolvedQueryOptions["weight"] = options.weight,
): Prepared {
  const share = sharerOf(options);
  const shared = share && before !== undefined ? share(before, data) : data;
  return { data: shared, tags: tagsOf(options, shared), weight: weightOf(weight, shared) };
}

/** What an answer weighs, as far as the options say. */
export function weightOf(weight: ResolvedQueryOptions["weight"], data: unknown): number | undefined {
  return typeof weight === "function" ? checkedAnswer("weight", weight(data)) : weight;
}

/** The tags of an answer. Those that need one are none without. */
export function tagsOf({ tags }: Pick<ResolvedQueryOptions, "tags">, data?: unknown): readonly string[] | undefined {
  if (typeof tags !== "function") return tags;
  return data === undefined ? undefined : [...checkedAnswer("tags", tags(data))];
}

/** What a load was made with, as far as its answer has that. */
interface Loaded extends Source {
  readonly options: ResolvedQueryOptions;
  /** Which page was added, where there are pages. */
  readonly direction?: Direction | undefined;
}

/** A hook that showed an answer. */
interface Hook {
  readonly fetcher: AnyFetcher | undefined;
  readonly options: ResolvedQueryOptions;
  readonly staleTime: StaleTime;
}

/** What showing and storing an answer needs of a client. */
export interface StoreHome extends Pick<Timing, "after" | "now" | "recent" | "wallNow"> {
  readonly cache: QueryCache;
  /** The cache's own TTL. */
  readonly ttl: number;
  /** Whether the cache has a `maxWeight`. */
  readonly isWeighed: boolean;
  /** What is left of a TTL for data of some age; the cache's own is `undefined`, too, for data of none. */
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
  /** An answer has other tags than the one before. */
  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void;
  /** Something of a query is different. */
  changed(query: Pick<QueryState, "key" | "hash">): void;
}

/** A query, as far as it shows and stores an answer. */
export interface Showing {
  readonly key: QueryKey;
  readonly hash: string;
  readonly home: StoreHome;
  state: QueryState;
  answer: Answer | undefined;
  readonly watchers: readonly { changed(): void }[];
  /** Whether a hook shows it, or a render waits to. */
  readonly isShown: boolean;
  readonly loading: { readonly flight: Flight } | undefined;
  /** Ends the pin of the entry, while there is one. */
  unpin: (() => void) | undefined;
  /** Cancels the expiry of an answer that the cache refused. */
  unexpire: (() => void) | undefined;
  /** The next change, for those who wait for it, and what tells them. */
  news: Promise<void> | undefined;
  tell: (() => void) | undefined;
  /** Forgets data and error. @param isExpired whether a load under way goes on */
  reset(isExpired?: boolean): void;
}

/** Every change comes here. The state is another one, or what else is known: tells whoever watches or waits. */
export function become(query: Showing, state: QueryState = query.state): void {
  query.state = state;
  const { watchers } = query;
  // One that leaves meanwhile keeps no neighbour from the news.
  for (const watcher of watchers.length > 1 ? [...watchers] : watchers) watcher.changed();
  query.tell?.();
  query.home.changed(query);
}

/** Resolves at the next change. */
export function nextNews(query: Showing): Promise<void> {
  return (query.news ??= new Promise((resolve) => {
    query.tell = () => {
      query.news = undefined;
      resolve();
    };
  }));
}

/** What is on screen is never evicted. An overwrite keeps the pin, and a removal ends it. */
export function pin(query: Showing): void {
  query.unpin ??= query.home.cache.pin(query.hash);
}

export function unpin(query: Showing): void {
  query.unpin?.();
  query.unpin = undefined;
}

/** A state, while a load goes on. */
export function whileLoading({ loading, state: { fetchStatus, direction } }: Showing, state: QueryState): QueryState {
  return loading ? { ...state, fetchStatus, direction } : state;
}

/** Another answer is known, or none. */
export function setAnswer(query: Showing, answer: Answer | undefined): void {
  query.unexpire?.();
  query.home.retag(query.hash, query.answer?.tags, answer?.tags);
  query.answer = answer;
}

/** The last hook leaves. Whoever finds the answer later loads it as that hook would have. */
export function keepAsShownBy({ answer, home, hash }: Showing, { staleTime, fetcher, options }: Hook): void {
  if (!answer) return;
  if (answer.fetcher && fetcher) {
    answer.fetcher = fetcher;
    // What a function said last.
    answer.options = typeof options.staleTime === "function" ? { ...options, staleTime } : options;
  }
  // Data that was set or sent without tags is found by those of the hook afterwards, too.
  if (answer.tags?.length) return;
  const tags = tagsOf(options);
  home.retag(hash, answer.tags, tags);
  answer.tags = tags;
}

/**
 * Shows an answer, and stores its copy.
 * @param ttl `undefined` for the cache's own
 * @param weight `undefined` for what the cache's `weigher` says
 * @throws what a weigher throws; nothing has changed then
 */
export function show(query: Showing, answer: Answer, ttl: number | undefined, weight: number | undefined): void {
  const { hash, home, state, loading, answer: before } = query;
  const { cache } = home;
  const isStorable = answer.lifetime.isStorable ?? true;
  // Listeners of the cache see what is stored.
  setAnswer(query, answer);
  query.state = whileLoading(query, answer.state);
  try {
    // Without the cache, the query is all that has it, and only while somebody watches.
    if (!isStorable) cache.delete(hash);
    else cache.set(hash, answer, ttl === undefined && weight === undefined ? undefined : { ttl, weight });
  } catch (error) {
    setAnswer(query, before);
    query.state = state;
    throw error;
  }
  // A part of an answer, or one from elsewhere, lets a load go on.
  if (isStorable && loading && loading === query.loading) flightsOf(cache).welcome(hash, loading.flight);
  // A listener of the cache may have removed it already.
  if (query.answer === answer) {
    if (query.isShown) pin(query);
    if (!query.unpin && query.watchers.length > 0) expireLater(query, answer, ttl ?? home.ttl);
  }
  become(query);
}

/** Where the cache refused what is on screen, it will not say when that is too old. */
function expireLater(query: Showing, answer: Answer, ms: number): void {
  if (ms < Infinity) query.unexpire = query.home.after(ms, () => query.answer === answer && query.reset(true));
}

/** Shows what a load gave, or a part of it. */
export function showLoaded(
  query: Showing,
  request: Loaded,
  { data, tags, weight }: Prepared,
  isInvalidated: boolean,
  lifetime?: Lifetime,
): void {
  const { home, answer: before } = query;
  const state = successState(query.state, data, home.wallNow());
  const answer = new Answer(state, home.now(), tags, request, lifetime);
  answer.isInvalidated = isInvalidated;
  if (request.direction && before?.state.data !== undefined) {
    // One page more does not make the others newer.
    answer.freshSince = before.freshSince;
    answer.isInvalidated ||= before.isInvalidated;
  }
  show(query, answer, lifetime?.ttl ?? request.options.ttl, weight);
}

/** Others meet a failure for a while, beside the data. @throws what a function of a weight throws */
export function remember(query: Showing, request: Loaded): void {
  const { state, hash, home, answer: before } = query;
  const { options } = request;
  const { cache, isWeighed } = home;
  const { data } = state;
  const now = home.now();
  const until = now + options.errorTtl;
  const hasData = data !== undefined;
  const left = hasData ? cache.remainingTtl(hash) : undefined;
  // What the cache refused, or must not hold, it does not get by a failure either. Only what nobody shows is evicted.
  if (before && hasData && left === undefined && (query.isShown || before.lifetime.isStorable === false)) {
    before.errorUntil = until;
    return;
  }
  const { freshSince = now, lifetime, tags = tagsOf(options) } = before ?? {};
  const answer = new Answer(state, freshSince, tags, request, lifetime);
  answer.errorUntil = until;
  answer.isInvalidated = true;
  // No data weighs nothing: a weigher would look for it.
  show(query, answer, left ?? options.errorTtl, hasData ? weightOf(options.weight, data) : isWeighed ? 0 : undefined);
}
