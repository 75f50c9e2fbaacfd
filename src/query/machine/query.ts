// One key: what is known of it, who watches it, and its load. docs/decisions/0035-one-query-in-three-files.md
import type { Flight } from "../../core/lru/index.ts";
import {
  Answer,
  become,
  keepAsShownBy,
  nextNews,
  pin,
  prepare,
  setAnswer,
  show,
  tagsOf,
  unpin,
  weightOf,
  whileLoading,
} from "./answer.ts";
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
import {
  abandon,
  begin,
  isConnected,
  join,
  keep,
  LEASE,
  leave,
  type Load,
  type Loading,
  type LoadHome,
  makeWay,
  newestOf,
  ROUND,
  stay,
} from "./loading.ts";
import { type Poll, type Polled, pollOf } from "./poll.ts";
import { type LoadRequest, requestOf, type Watcher } from "./watcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryInfo, ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import { pendingState, type QueryState, successState } from "../model/state.ts";

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
 * Its parts are functions in `answer.ts` and `loading.ts`. Other folders only read its fields.
 */
export class Query implements QueryView, Found, Loading, Polled {
  declare readonly key: QueryKey;
  declare readonly hash: string;
  /** One snapshot, replaced on each change. */
  declare state: QueryState;
  declare answer: Answer | undefined;
  declare readonly home: LoadHome;
  watchers: Watcher[] = NOBODY;
  held = 0;
  current: Load | undefined;
  asked: LoadRequest | undefined;
  leave: (() => void) | undefined;
  stay: (() => void) | undefined;
  letGo: (() => void) | undefined;
  unpin: (() => void) | undefined;
  unexpire: (() => void) | undefined;
  news: Promise<void> | undefined;
  tell: (() => void) | undefined;
  poll: Poll | undefined;

  constructor(key: QueryKey, hash: string, answer: Answer | undefined, home: LoadHome) {
    this.key = key;
    this.hash = hash;
    this.state = answer ? answer.state : pendingState(key, hash);
    this.answer = answer;
    this.home = home;
  }

  get now(): () => number {
    return this.home.now;
  }

  /** The load, unless it is over and its end has not been heard yet. */
  get loading(): Load | undefined {
    const { current } = this;
    return current?.flight.over || current?.isEnding ? undefined : current;
  }

  /** Whether a hook shows it, or a render waits to. */
  get isShown(): boolean {
    return this.watchers.length > 0 || !!this.held;
  }

  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  get isJustLoaded(): boolean {
    return !!this.held && this.state.status === "success" && !this.answer?.isInvalidated;
  }

  /** The newest hook that may load it. */
  get newest(): Watcher | undefined {
    let newest: Watcher | undefined;
    for (const watcher of this.watchers) if (mayLoad(watcher)) newest = watcher;
    return newest;
  }

  /** Whether there is data that only a hook itself loads again. */
  get isStatic(): boolean {
    const { watchers, answer, state } = this;
    const askers = watchers.length > 0 ? watchers : [answer?.options];
    return state.data !== undefined && askers.some((asker) => asker?.staleTime === "static");
  }

  /** Of the answer, of what loads it, and of the hooks, as far as they are known before there is an answer. */
  get tags(): readonly string[] {
    const { answer, asked, watchers, state } = this;
    const isOfLoad = asked && (this.loading || state.status === "error");
    const sources = isOfLoad ? [...watchers, newestOf(this, asked)] : watchers;
    const all = new Set(answer?.tags);
    for (const { options } of sources) for (const tag of tagsOf(options) ?? []) all.add(tag);
    return [...all];
  }

  info(): QueryInfo {
    return infoOf(this, this.now);
  }

  /** A hook mounts: it loads what is absent or stale. */
  watch(watcher: Watcher): void {
    const willLoad = !this.stay && !this.isJustLoaded && mayLoad(watcher) && wantsOnMount(this, watcher);
    stay(this);
    if (this.watchers.length === 0) this.watchers = [watcher];
    else this.watchers.push(watcher);
    // Not at once: other components of the same page, or StrictMode's second mount, come in the same task.
    if (this.held) keep(this, -Infinity);
    pin(this);
    join(this);
    if (willLoad) begin(this, requestOf(watcher)!);
    this.pollChanged(watcher);
    this.home.changed(this);
  }

  /** A hook unmounts. */
  unwatch(watcher: Watcher): void {
    const { watchers, home } = this;
    const place = watchers.indexOf(watcher);
    if (place < 0) return;
    watchers.splice(place, 1);
    this.poll?.();
    if (watchers.length > 0) return;
    this.poll = undefined;
    keepAsShownBy(this, watcher);
    unpin(this);
    home.changed(this);
    if (this.leave) {
      this.stay = home.soon(() => leave(this));
      if (isConnected(this)) home.leaving.add(this);
    }
    home.release(this);
  }

  /** The interval of a hook may be another one. */
  pollChanged(watcher: Watcher): void {
    if (watcher.options.refetchInterval) this.poll ??= pollOf(this, this.home);
    this.poll?.();
  }

  /** Loads what is absent or stale. @param watcher the hook that asks; otherwise the newest, unless a load is under way */
  loadIfStale(watcher: Watcher | undefined = this.loading ? undefined : this.newest): void {
    if (watcher && mayLoad(watcher) && isStale(this, watcher.staleTime)) begin(this, requestOf(watcher)!);
  }

  /**
   * Loads, whatever is there. The hooks together are the caller where there are any, so that their unmount aborts it.
   * @param isInstead whether a load under way is given up for it, where there is data
   * @param asked what a hook loads it with; otherwise the newest enabled hook says, or else the last answer
   */
  load(isInstead = false, asked?: LoadRequest): void {
    const { newest, watchers, answer } = this;
    let request = asked ?? (newest && requestOf(newest));
    if (!request && watchers.length === 0 && answer?.fetcher && answer.options) {
      request = { fetcher: answer.fetcher, options: { ...answer.options, retry: 0 } };
    }
    // A source says itself what is new: only a hook connects to it anew.
    if (!request || (!asked && isConnected(this))) return;
    makeWay(this, request, isInstead);
    const forced = { ...request, isForced: true };
    if (watchers.length === 0) begin(this, forced, (flight) => flight.join());
    else if (!this.loading) begin(this, forced);
    else this.loading.joined?.push(forced);
  }

  /** The answer for one caller: of the load under way, or of a new one. @param isInstead as for `load` */
  fetch(request: LoadRequest, signal?: AbortSignal, isInstead = false): Promise<unknown> {
    let answer: Promise<unknown> | undefined;
    makeWay(this, request, isInstead);
    begin(this, request, (flight: Flight) => (answer = flight.follow(signal)));
    return answer!;
  }

  /** Resolves when no load is left, or it waits for network or page. @param byFirst whether its first failure is the end */
  async ended(byFirst?: boolean): Promise<void> {
    // A load that is tried for ever has no last failure.
    const retry = this.loading?.request.options.retry;
    const isByFirst = byFirst ?? (retry === true || retry === Infinity);
    const isBusy = (): boolean =>
      this.state.fetchStatus === "fetching" && !isConnected(this) && !(isByFirst && this.state.failureCount > 0);
    // Another load may take the place of one that was given up.
    // oxlint-disable-next-line no-await-in-loop
    while (isBusy()) await nextNews(this);
  }

  /** The page came to the front, or the network came back: the hooks that want it load what is stale. */
  revalidate(reason: RefetchReason): void {
    if (this.loading) return;
    const watcher = this.watchers.find((each) => mayLoad(each) && wants(this, each, reason));
    if (watcher) begin(this, requestOf(watcher)!);
  }

  /**
   * A render needs the first answer: loads it, and holds load and answer until its hook mounts.
   * @param isForced only by its fetcher
   * @returns what resolves when there is data or an error, or the load was given up; it never rejects
   */
  async lease(watcher: Pick<Watcher, "fetcher" | "options">, isForced?: boolean): Promise<void> {
    const { loading } = this;
    const request = requestOf(watcher);
    if (loading && request) {
      loading.render = watcher;
      this.asked = request;
    } else if (request) begin(this, { ...request, isForced });
    if (this.state.status === "error") this.state = { ...this.state, status: "pending", error: undefined };
    this.hold();
    // oxlint-disable-next-line no-await-in-loop
    do await nextNews(this);
    while (this.loading && this.state.status === "pending" && this.held !== LEASE);
  }

  /** Keeps load, answer and failure for the renders that follow, until another hook watches. */
  hold(): void {
    pin(this);
    join(this);
    keep(this, this.loading ? ROUND : LEASE);
  }

  /** Data that came from elsewhere. A load under way is given up; a source that the query is connected to goes on. */
  setData(data: unknown, options: ResolvedQueryOptions, given: SetDataOptions = {}): void {
    const { home, state, answer: before } = this;
    const wall = home.wallNow();
    const { updatedAt = wall, ttl, weight } = given;
    const age = Math.max(0, wall - updatedAt);
    // The query's own ttl and weight come before the client's, as those of its hooks do.
    const known = before?.options ?? this.newest?.options ?? options;
    const left = home.ttlLeft(ttl ?? known.ttl, age);
    // Too old to be shown: what is there is no worse.
    if (left! <= 0) return;
    const prepared = prepare(data, state.data, options, weight ?? known.weight);
    const hasOwn = (ttl ?? weight) !== undefined;
    const answer = new Answer(
      successState(state, prepared.data, updatedAt),
      home.recent() - age,
      prepared.tags ?? before?.tags,
      { fetcher: before?.fetcher, options: before?.options ?? (hasOwn ? options : undefined) },
    );
    answer.isInvalidated = isConnected(this);
    if (!answer.isInvalidated) abandon(this);
    try {
      show(this, answer, left, prepared.weight);
    } catch (error) {
      this.loadIfStale();
      throw error;
    }
    this.poll?.(true);
  }

  /** An answer that was not loaded here: of a hook's options, or of a server. A load under way goes on. */
  take(answer: Answer, ttl: number | undefined): void {
    show(this, answer, ttl, weightOf(answer.options?.weight, answer.state.data));
  }

  /** Marks the data stale, unless a source says itself what is new. @param cancelsLoad or it stands for the new load */
  invalidate(cancelsLoad = true): void {
    if (isConnected(this)) return;
    this.answer?.invalidate();
    if (cancelsLoad || this.state.data === undefined) abandon(this);
    become(this);
  }

  /**
   * The answer of the load under way is not welcome any more. What is shown stays.
   * @param isForAll whether the load ends for everybody who waits for it; otherwise they get its answer, and a source goes on
   */
  cancel(isForAll = true): void {
    const { loading } = this;
    if (!loading || (!isForAll && isConnected(this))) return;
    abandon(this);
    if (isForAll) loading.flight.cancel();
    become(this);
  }

  /** The cache lost a value, and its pin. Only what is shown matters, and not that it was evicted: it stays on screen. */
  heardRemoval(value: unknown, cause: string): void {
    this.unpin = undefined;
    if (value === this.answer) {
      if (cause !== "evicted") this.reset(cause === "expired");
    } else if (this.isShown) pin(this);
  }

  /** Forgets data and error, and the load. @param isExpired whether that goes on */
  reset(isExpired = false): void {
    setAnswer(this, undefined);
    this.unpin = undefined;
    if (!isExpired) abandon(this);
    become(this, whileLoading(this, pendingState(this.key, this.hash)));
    this.loadIfStale();
  }

  /** For good: nobody is told any more. */
  dispose(): void {
    abandon(this);
    unpin(this);
    this.watchers = [];
    become(this);
  }
}
