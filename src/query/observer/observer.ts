// One hook's view of one key: what a hook shows of its query, when it is told, and when it loads.
import { guarded } from "../../core/lru/internal.ts";
import type { Answer } from "../machine/answer.ts";
import { isStale, mayLoad } from "../machine/freshness.ts";
import type { Query } from "../machine/query.ts";
import { requestOf, type Watcher } from "../machine/watcher.ts";
import { type AnyFetcher, skipToken } from "../model/fetcher.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import { type Direction, pendingState, type QueryState, throwFailure } from "../model/state.ts";
import { COUNTED, type QueryStore } from "../store/store.ts";
import { CommittedInput, type Rendered, type ViewOf } from "./committed-input.ts";
import { HookFunctions } from "./hook-functions.ts";
import { initialAnswer } from "./initial-answer.ts";
import { bitOf, differ, isSame, type ResultField } from "./result-fields.ts";
import { type HookView, resultOfHook, stateOfHook, viewOf } from "./result-of-hook.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";
import { type PreviousData, ShownData } from "./shown-data.ts";

/** Ms in which a hook that subscribes again, and was not rendered meanwhile, is still the same mount, as in StrictMode. */
const SAME_MOUNT = 1_000;
const NO_LISTENERS: readonly never[] = [];

/** What an observer is made with. */
export type ObserverView = ViewOf<QueryStore>;

/**
 * One hook's view of one key. It neither loads nor pins before `subscribe`, so a render that is thrown away leaves
 * nothing behind. Only a component that suspends holds a lease.
 */
export class QueryObserver<T = unknown> extends CommittedInput<QueryStore> implements Watcher {
  /** What the functions act on that a hook gives. */
  functions: HookFunctions = new HookFunctions(this);
  /** Whether it was ever on screen. */
  wasShown = false;
  /** What its page shows while it hydrates. */
  server: QueryResult<T> | undefined;
  /** The observer of another key that may take its place. */
  next: QueryObserver | undefined;
  /** While subscribed. */
  #query: Query | undefined;
  /** Nearly always one. Replaced on each change. */
  #listeners: readonly { readonly listener: () => void }[] = NO_LISTENERS;
  #cancelWake: (() => void) | undefined;
  /** A bit for each field that a component read. */
  #read = 0;
  /** The same, of fields that count without being read. */
  #readAlways = 0;
  /** `#latest` was made of this state, while it was stale or not. */
  #state: QueryState | undefined;
  #isStale = true;
  #latest: QueryResult<T> | undefined;
  /** The result that is on screen, or that listeners were told of, and its number. */
  #published: QueryResult<T> | undefined;
  #version = 0;
  /** What is shown of a result. */
  #shownOf: QueryResult<T> | undefined;
  #shown: object | undefined;
  #shownData: ShownData | undefined;
  #previous: PreviousData | undefined;
  #initial: Answer | undefined;
  #absent: QueryState | undefined;
  /** Whether the hook could load when it was committed. A function among its options may say otherwise by now. */
  #couldLoad = false;
  /** When it was unsubscribed, unless it was rendered since. */
  #leftAt: number | undefined;
  /** Answers and failures before the hook mounted; -1 before. */
  #updatesBefore = -1;

  /** Whether a mounted component hears of changes. */
  get isSubscribed(): boolean {
    return this.#query !== undefined;
  }

  /** The data of a key is gone, not only from the cache. Hooks must not show it again as previous data. */
  dataRemoved(hash: string): void {
    if (this.#previous?.info.hash !== hash) return;
    this.#forgetPrevious();
    this.#latest = undefined;
    this.changed();
  }

  #forgetPrevious(): void {
    this.#previous = undefined;
    this.store.showingPreviousData.delete(this);
  }

  /** Takes the place of the observer that a hook had for another key: its functions, and what it showed. */
  follow(before: QueryObserver<T>): void {
    before.next = this;
    this.functions = before.functions;
    if (before.#shownData) (this.#shownData ??= new ShownData()).follow(before.#shownData);
    const { data } = before.look().state;
    if (this.#previous && this.#previous.data === data) return;
    this.#previous = data === undefined ? before.#previous : { data, info: before.info() };
    this.#latest = undefined;
  }

  /** The newest result, whether or not a listener was told of it. */
  getResult(): QueryResult<T> {
    return (this.#query && this.#latest) ?? this.#refresh();
  }

  /** What is shown of a result, made once for each. */
  shown<S extends object>(result: QueryResult<T>, show: (result: QueryResult<T>, observer: this) => S): S {
    if (this.#shownOf !== result) this.#shown = show((this.#shownOf = result), this);
    // The same function made it.
    return this.#shown as S;
  }

  /** What a render shows. It takes nothing over: the render may be thrown away. */
  resultFor(input: Rendered): QueryResult<T> {
    this.#leftAt = undefined;
    // The store of the same render has just looked.
    const latest = this.server ?? this.#latest ?? this.#refresh();
    if (this.server || !input.isNews) return latest;
    const result = this.#resultOf(this.look(input), input);
    return isSame(result, latest) ? latest : result;
  }

  /** A number that changes when a field that was read does. */
  getSnapshot = (): number => {
    const latest = this.getResult();
    if (!this.#published || differ(this.#published, latest, this.#read && this.#read | this.#readAlways)) {
      this.#version++;
      this.#published = latest;
    }
    return this.#version;
  };

  /** The same for a server, and for a page that hydrates, which shows only what the server sent along. */
  getServerSnapshot = (): number => {
    if (this.store.isServer) return this.getSnapshot();
    this.#published = this.server ??= this.#resultOfServer();
    return this.#version;
  };

  /** Changes of this field are told from now on. As long as nothing was read, every change is. */
  noteRead(field: ResultField): void {
    this.#read |= bitOf(field);
  }

  /** The component suspends, or throws errors. Status and error count for it, even if it does not read them. */
  noteThrows(): void {
    this.#readAlways = bitOf("status") | bitOf("error");
  }

  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    // A spread leaves room for sixteen more.
    this.#listeners = this.#listeners.concat(subscription);
    // The page has hydrated.
    this.server = undefined;
    this.wasShown = true;
    if (this.options.subscribed) this.#mount();
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== subscription);
      if (this.#listeners.length === 0) this.#unmount();
    };
  };

  /** Takes over options without a render. For bindings to other frameworks. */
  update(own: AnyFetcher | undefined, options: ResolvedQueryOptions): void {
    this.commit(this.inputFor(own ?? skipToken, options), this.getResult());
  }

  /** The hook committed a render. A hook that was just enabled loads what it needs. */
  commit(input: Rendered, result: QueryResult<T>): void {
    this.functions.onScreen = this;
    if (input === this) return;
    this.take(input);
    if (!input.isNews) return;
    this.#published = result;
    this.#latest = undefined;
    if (!this.options.subscribed) this.#unmount();
    else if (this.#listeners.length > 0) this.#mount();
    if (!this.#query) return;
    const couldLoad = this.#couldLoad;
    this.#couldLoad = mayLoad(this, this.store);
    if (!couldLoad && this.#couldLoad) this.#query.loadIfStale(this);
    this.#query.pollChanged(this);
    // Data that is as fresh as before will be stale at another time.
    this.#wakeWhenStale();
    this.changed();
  }

  /** Loads, whatever is there. */
  async refetch({ cancelRefetch = true, throwOnError = false }: RefetchOptions = {}): Promise<QueryResult<T>> {
    await this.load(cancelRefetch);
    return this.outcome(throwOnError);
  }

  /** The result after a load. @throws the error of the load, if `throwOnError` says so */
  protected outcome(throwOnError: boolean): QueryResult<T> {
    const result = this.getResult();
    if (throwOnError) throwFailure(result);
    return result;
  }

  /**
   * Loads, whatever is there, and resolves when it ended, or waits for the network or the page. A load that is tried for
   * ever has ended when it failed once.
   */
  async load(instead: boolean, direction?: Direction): Promise<void> {
    const request = requestOf(this, direction);
    if (!request || this.store.isDisposed) return;
    const query = this.open();
    const caller = this.#query ? undefined : new AbortController();
    if (caller) query.fetch(request, caller.signal, instead).catch(() => undefined);
    else query.load(instead, request);
    await query.ended();
    // Nobody waits for a load that goes on without an end.
    if (query.state.fetchStatus === "fetching") caller?.abort();
  }

  /** The query has news. What a render begins is told when the render is over. */
  changed(): void {
    if (this.store.isRendering) return this.#tellLater();
    const before = this.#version;
    this.#refresh();
    if (this.getSnapshot() === before) return;
    // A listener may have ended another one.
    for (const each of this.#listeners) if (this.#listeners.includes(each)) guarded(each.listener);
  }

  /** A function of its own: one that makes a closure costs more, also where it makes none. So are others below. */
  #tellLater(): void {
    this.store.afterRender(() => this.changed());
  }

  /** The query of its key, made on demand. */
  open(): Query {
    this.#latest = undefined;
    return this.#query ?? this.store.open(this.key, this.hash);
  }

  #mount(): void {
    const { store, hash } = this;
    if (hash === "" || this.#query) return;
    // It is none where it never left.
    const isBack = store.recent() - this.#leftAt! < SAME_MOUNT;
    const query = store.open(this.key, hash, isBack ? undefined : COUNTED);
    const { data, dataUpdateCount, errorUpdateCount } = query.state;
    this.#updatesBefore = dataUpdateCount + errorUpdateCount;
    if (data === undefined) this.#showInitial(query);
    this.#query = query;
    this.#couldLoad = mayLoad(this, store);
    if (this.#previous) store.showingPreviousData.add(this);
    query.watch(this);
    this.#refresh();
  }

  #showInitial(query: Query): void {
    const { store } = this;
    const initial = this.#initialAnswer();
    if (initial) guarded(() => query.take(initial, store.ttlLeft(this.options.ttl, store.now() - initial.freshSince)));
  }

  #unmount(): void {
    this.#query?.unwatch(this);
    this.#query = undefined;
    this.#wakeWhenStale();
    this.#leftAt = this.store.recent();
    this.store.showingPreviousData.delete(this);
  }

  /** Brings `#latest` up to date. The same state gives the same result. */
  #refresh(): QueryResult<T> {
    const view = this.look();
    const { state } = view;
    // From now on the data of this very key is shown, or nothing.
    if (this.#previous && this.#query && state.data !== undefined) this.#forgetPrevious();
    // Between two states, only a subscriber hears that data became stale: a render must not see it twice differently.
    const stale = this.#query || state !== this.#state ? isStale(view, this.staleTime) : this.#isStale;
    if (this.#latest && state === this.#state && stale === this.#isStale) return this.#latest;
    this.#state = state;
    this.#isStale = stale;
    this.#wakeWhenStale();
    const result = this.#resultOf(view, this);
    return (this.#latest = isSame(this.#published, result) ? this.#published! : result);
  }

  /** What is known of the key; or what somebody has the hook show, as if it were on screen: it loads nothing by that. */
  look(input: Rendered = this): HookView {
    const view = this.#known(input);
    const feigned = this.store.feigned?.get(this.hash);
    return feigned ? viewOf(this, feigned.state, view.answer, view.now, { watchers: [this] }) : view;
  }

  #known(input: Rendered): HookView {
    if (this.#query) return this.#query;
    const found = this.store.find(this.hash);
    const state = found?.state ?? this.#absentState;
    const initial = state.data === undefined && state.status !== "error" ? this.#initialAnswer(input) : undefined;
    return viewOf(this, initial?.state ?? state, found?.answer ?? initial, this.store.now, found);
  }

  get #absentState(): QueryState {
    return (this.#absent ??= pendingState(this.key, this.hash));
  }

  #initialAnswer(input: Rendered = this): Answer | undefined {
    if (!this.hash || input.options.initialData === undefined) return this.#initial;
    return (this.#initial ??= initialAnswer(input, this.#absentState, this.store));
  }

  #wakeWhenStale(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const answer = this.#query?.answer;
    const freshFor = !answer || this.#isStale ? Infinity : answer.freshFor(this.staleTime);
    if (freshFor < Infinity) this.#wakeIn(answer!.freshSince + freshFor - this.store.now());
  }

  #wakeIn(ms: number): void {
    this.#cancelWake = this.store.after(ms, () => {
      this.changed();
      // A fraction of a ms may be left.
      if (!this.#isStale) this.#wakeWhenStale();
    });
  }

  /** As it was when the server rendered. */
  #resultOfServer(): QueryResult<T> {
    const { store, hash } = this;
    store.streamedParts?.readNewParts();
    const { answer = this.#initialAnswer(), at = 0 } = store.sent?.get(hash) ?? {};
    // A server that waits for data renders nothing without: what is here is the next best.
    if (answer === undefined && this.options.suspense && mayLoad(this, store)) return this.getResult();
    const state = answer?.state ?? this.#absentState;
    return this.#resultOf(
      viewOf(this, state, answer, () => at),
      this,
    );
  }

  #resultOf(view: HookView, input: Rendered): QueryResult<T> {
    const { select, placeholderData } = input.options;
    // Nearly all hooks show the data as it is.
    if (select || placeholderData !== undefined) this.#shownData ??= new ShownData();
    const state = stateOfHook(view, input, this.store, view === this.#query, input === this || this.#couldLoad);
    const shown = this.#shownData?.show(state, input.options, this.#previous);
    const result = resultOfHook<T>(state, view, input, shown, this.#updatesBefore, this.functions.refetch);
    return this.extend(result, state, input);
  }

  /** What a kind of query adds to its result. */
  protected extend(result: QueryResult<T>, _state: QueryState, _input: Rendered): QueryResult<T> {
    return result;
  }
}
