// One key: what is known of it, who watches it, and its load. docs/decisions/0029-one-key-and-what-it-conducts.md
import type { Answer } from "./answer.ts";
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
import { LoadingQuery } from "./loading-query.ts";
import { Poll, type Polled } from "./poll.ts";
import { weightOf } from "./prepared.ts";
import type { LoadHome } from "./retries.ts";
import { type CopyHome, type CopyOwner, StoredCopy } from "./stored-copy.ts";
import { type LoadRequest, requestOf, newestOf, tagsWithoutAnswer, type Watcher } from "./watcher.ts";
import type { QueryMeta } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryInfo, ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import { pendingState, type QueryState } from "../model/state.ts";

/** What a query needs of its client. */
export interface QueryHome extends LoadHome, CopyHome {
  changed(query: Query): void;
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
export class Query extends LoadingQuery<QueryHome> implements QueryView, Found, CopyOwner, Polled {
  readonly copy: StoredCopy;
  #poll: Poll | undefined;
  /** Held by a render, before any hook watches. */
  #lease: Lease | undefined;

  constructor(key: QueryKey, hash: string, answer: Answer | undefined, home: QueryHome) {
    super(key, hash, answer ? answer.state : pendingState(key, hash), home);
    this.copy = new StoredCopy(answer, this, home);
  }

  get answer(): Answer | undefined {
    return this.copy.answer;
  }

  get now(): () => number {
    return this.home.now;
  }

  get isIdle(): boolean {
    return !this.isShown && this.loading === undefined;
  }

  /** Whether a hook shows it, or a render waits to. */
  get isShown(): boolean {
    return this.watchers.length > 0 || this.#lease?.isHeld === true;
  }

  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  get isJustLoaded(): boolean {
    return this.#lease?.isHeld === true && this.state.status === "success" && this.answer?.isInvalidated === false;
  }

  /** The newest hook that may load it. */
  get newest(): Watcher | undefined {
    let newest: Watcher | undefined;
    for (const watcher of this.watchers) if (mayLoad(watcher)) newest = watcher;
    return newest;
  }

  /** Whether there is data that only a hook itself loads again. */
  get isStatic(): boolean {
    const askers = this.watchers.length > 0 ? this.watchers : [this.answer];
    return this.state.data !== undefined && askers.some((asker) => asker?.staleTime === "static");
  }

  get meta(): QueryMeta | undefined {
    return (this.request?.options ?? this.answer?.options)?.meta;
  }

  /** Of the answer, of what loads it, and of the hooks, as far as they are known before there is an answer. */
  get tags(): readonly string[] {
    const request = this.lastRequest;
    const isOfLoad = request && (this.loading || this.state.status === "error");
    const sources = isOfLoad ? [...this.watchers, newestOf(request, this)] : this.watchers;
    return [...new Set([...(this.answer?.tags ?? []), ...sources.flatMap(tagsWithoutAnswer)])];
  }

  info(): QueryInfo {
    return infoOf(this, this.now);
  }

  /** What loads it when nobody says how: the newest enabled hook, or else the fetcher of the last answer. */
  get request(): LoadRequest | undefined {
    const watcher = this.newest;
    if (watcher) return requestOf(watcher);
    const { fetcher, options } = this.answer ?? {};
    if (this.watchers.length > 0 || !fetcher || !options) return undefined;
    return { fetcher, options: { ...options, retry: 0 } };
  }

  /** A hook mounts: it loads what is absent or stale. */
  watch(watcher: Watcher): void {
    const isRemount = this.stay();
    const willLoad = !isRemount && !this.isJustLoaded && mayLoad(watcher, this.home) && wantsOnMount(this, watcher);
    this.home.followCache();
    if (this.watchers.length === 0) this.watchers = [watcher];
    else this.watchers.push(watcher);
    // Not at once: other components of the same page, or StrictMode's second mount, come in the same task.
    if (this.#lease?.isHeld) this.home.soon(this.#lease.end);
    this.copy.pin();
    this.join();
    if (willLoad) this.beginFor(watcher);
    this.pollChanged(watcher);
    this.home.changed(this);
  }

  /** A hook unmounts. */
  unwatch(watcher: Watcher): void {
    const place = this.watchers.indexOf(watcher);
    if (place < 0) return;
    this.watchers.splice(place, 1);
    this.#poll?.plan();
    if (this.watchers.length > 0) return;
    this.#poll = undefined;
    this.copy.keepAsShownBy(watcher);
    this.copy.unpin();
    this.home.changed(this);
    this.leaveSoon();
    this.home.release(this);
  }

  /** The interval of a hook may be another one. */
  pollChanged(watcher: Watcher): void {
    if (!this.#poll && watcher.options.refetchInterval) this.#poll = new Poll(this, this.home);
    this.#poll?.plan();
  }

  /** Loads what is absent or stale. @param watcher the hook that asks; otherwise the newest, unless a load is under way */
  loadIfStale(watcher: Watcher | undefined = this.loading ? undefined : this.newest): void {
    if (watcher && mayLoad(watcher, this.home) && isStale(this, watcher.staleTime)) this.beginFor(watcher);
  }

  /**
   * Loads, whatever is there. The hooks together are the caller where there are any, so that their unmount aborts it.
   * @param isInstead whether a load under way is given up for it, where there is data
   * @param asked what a hook loads it with; otherwise it is loaded as its hooks, or the last answer, would
   */
  load(isInstead = false, asked?: LoadRequest): void {
    const request = asked ?? this.request;
    // A source says itself what is new: only a hook connects to it anew.
    if (this.home.isDisposed || !request || (!asked && this.isConnected)) return;
    if (this.watchers.length > 0) this.begin(request, isInstead);
    else this.fetch(request, undefined, isInstead).catch(() => undefined);
  }

  /** The page came to the front, or the network came back: the hooks that want it load what is stale. */
  revalidate(reason: RefetchReason): void {
    for (const watcher of this.watchers) {
      if (this.loading) return;
      if (mayLoad(watcher, this.home) && wants(this, watcher, reason)) this.beginFor(watcher);
    }
  }

  /**
   * A render needs the first answer: loads it, and holds load and answer as a `Lease` does.
   * @returns what resolves when there is data or an error, or the load was given up; it never rejects
   */
  lease(watcher: Pick<Watcher, "fetcher" | "options">): Promise<void> {
    const request = requestOf(watcher);
    if (!this.loading && request) this.begin(request, false);
    // The newest of the renders that wait.
    else if (this.lastRequest?.watcher && request) this.lastRequest = request;
    if (this.state.status === "error") this.state = { ...this.state, status: "pending", error: undefined };
    // Should the promise of a server fail.
    if (this.lastRequest?.isSent && this.loading) this.loading.instead = request;
    return this.hold().waiters.wait();
  }

  /** Keeps load, answer and failure for the renders that follow, until another hook watches. */
  hold(): Lease {
    const home = this.home;
    home.followCache();
    const lease = (this.#lease ??= new Lease(home, () => {
      if (this.watchers.length > 0) return;
      this.copy.unpin();
      this.leave();
    }));
    this.copy.pin();
    this.join();
    lease.hold(this.loading !== undefined);
    return lease;
  }

  /** Data that came from elsewhere. A load under way is given up; a source that the query is connected to goes on. */
  setData(data: unknown, options: ResolvedQueryOptions, given: SetDataOptions = {}): void {
    // Too old to be shown: what is there is no worse.
    const write = this.copy.ofData(data, options, given, this.newest?.options);
    if (!write) return;
    const isOpen = this.isConnected;
    if (!isOpen) this.abandon();
    write.answer.isInvalidated = isOpen;
    try {
      this.copy.show(write);
    } catch (error) {
      this.loadIfStale();
      throw error;
    }
    this.#poll?.restart();
  }

  /** An answer that was not loaded here: of a hook's options, or of a server. A load under way goes on. */
  take(answer: Answer, ttl: number | undefined): void {
    this.copy.show({ answer, ttl, weight: weightOf(answer.options?.weight, answer.state.data) });
  }

  /** Marks the data stale, unless a source says itself what is new. @param cancelsLoad or it stands for the new load */
  invalidate(cancelsLoad = true): void {
    if (this.isConnected) return;
    this.answer?.invalidate();
    if (cancelsLoad || this.state.data === undefined) this.abandon();
    this.become();
  }

  /** The answer of the load under way is not welcome any more. Who waits for it gets it nevertheless. */
  dismissLoad(): void {
    if (!this.loading || this.isConnected) return;
    this.abandon();
    this.become();
  }

  /** Ends the load for everybody who waits for it. What is shown stays. */
  cancel(): void {
    const load = this.loading;
    if (!load) return;
    this.abandon();
    load.flight.cancel();
    this.become();
  }

  /** Forgets data, error and load. */
  reset(): void {
    this.copy.setAnswer(undefined);
    this.copy.forgetPin();
    this.abandon();
    this.become(pendingState(this.key, this.hash));
    this.loadIfStale();
  }

  /** For good: nobody is told any more. */
  dispose(): void {
    this.stay();
    this.#poll?.stop();
    this.abandon();
    this.copy.unpin();
    this.watchers = [];
    this.become();
    this.#lease?.end();
  }

  /** @param request of a load that was not aborted */
  protected loadEnded(request: LoadRequest | undefined): void {
    this.#poll?.restart();
    this.#lease?.settled();
    if (request) this.home.loaded(this, request);
    this.left();
  }

  /** Whoever showed or loaded it may have gone. */
  protected left(): void {
    this.home.release(this);
  }

  /** The state is another one, or what else is known: tells whoever watches or waits. */
  become(state: QueryState = this.state): void {
    this.state = state;
    const { watchers } = this;
    // One that leaves meanwhile keeps no neighbour from the news.
    for (const watcher of watchers.length > 1 ? [...watchers] : watchers) watcher.changed();
    this.tellEnd();
    // Where a load was given up, whoever still waits for an answer renders again, and asks anew.
    if (state.status !== "pending" || !this.loading) this.#lease?.wake();
    this.home.changed(this);
  }
}
