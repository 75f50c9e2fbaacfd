import { guarded } from "../../core/internal.ts";
import type { Answer } from "../machine/answer.ts";
import {
  answerOrDefault,
  checkedAnswer,
  type QueryInfo,
  type QueryOptions,
  type ResolvedQueryOptions,
  type StaleTime,
} from "../model/options.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import { initialAnswer } from "./initial-data.ts";
import type { QueryKey } from "../key/key.ts";
import { statusAtStart } from "../machine/load.ts";
import { requestOf } from "../machine/load-request.ts";
import { Projection } from "./projection.ts";
import type { Query } from "../machine/query.ts";
import { type QueryResult, type RefetchOptions, resultOf, type Shown } from "./result.ts";
import { answerOfLost, noteWait } from "../store/lost-clients.ts";
import { bitOf, differ, isSame, type ResultField } from "./result-fields.ts";
import { isStale, type QueryView, wantsOnMount } from "../machine/freshness.ts";
import type { Scheduler } from "../timing/scheduler.ts";
import { Screen } from "./screen.ts";
import { type Direction, failureOf, isFailing, loadingState, pendingState, type QueryState } from "../model/state.ts";
import type { QueryStore } from "../store/store.ts";
import { Unwatched } from "./unwatched.ts";
import type { HookInput, Watcher } from "../machine/watcher.ts";

/** Ms for which a hook that suspends counts data as fresh at least: what a loader has just brought is not loaded twice. */
const FRESH_FOR_SUSPENSE = 1_000;
/** Ms in which one that is subscribed again, and was not rendered meanwhile, is still the same mount, as of StrictMode. */
const SAME_MOUNT = 1_000;

/** What an observer looks at. */
export interface ObserverTarget {
  readonly key: QueryKey;
  readonly hash: string;
}

/** What an observer is made with. */
export interface ObserverView {
  readonly store: QueryStore;
  readonly scheduler: Scheduler;
  /** `undefined` for an idle hook, which has no key yet. */
  readonly target: ObserverTarget | undefined;
  /** `undefined` for one that never loads. */
  readonly fetcher: AnyFetcher | undefined;
  readonly options: ResolvedQueryOptions;
  /** The options as the hook gave them. */
  readonly given: QueryOptions | undefined;
  /** The name of the hook, for messages. */
  readonly owner: string;
}

/** A render, as it is committed. */
export interface Rendered<T> {
  readonly input: HookInput;
  /** The newest, also where nothing else of the input is another one. */
  readonly fetcher: AnyFetcher | undefined;
  /** The options as the hook gave them. */
  readonly given: QueryOptions | undefined;
  readonly result: QueryResult<T>;
}

/** What a hook showed for its key before, and of which query. */
interface Previous {
  readonly data: unknown;
  readonly info: QueryInfo;
}

/**
 * One hook's view of one key. It neither loads nor pins before `subscribe`, so a render that is thrown away leaves
 * nothing behind; only a component that suspends holds a lease.
 */
export class QueryObserver<T = unknown> implements Watcher {
  fetcher: AnyFetcher | undefined;
  options: ResolvedQueryOptions;
  #store: QueryStore;
  #scheduler: Scheduler;
  #target: ObserverTarget | undefined;
  /** While subscribed. */
  #query: Query | undefined;
  #cancelWake: (() => void) | undefined;
  /** The first one, which nearly all observers have alone. */
  #listener: (() => void) | undefined;
  #others: Set<{ readonly listener: () => void }> | undefined;
  /** A bit for each field. */
  #read = 0;
  /** The same, of what counts beside what a component reads. */
  #readAlways = 0;
  #previous: Previous | undefined;
  /** What `#latest` was made of. */
  #state: QueryState | undefined;
  #isStale = true;
  #latest: QueryResult<T> | undefined;
  #published: QueryResult<T> | undefined;
  /** What a render with newer options showed: the result stays the same object where it says the same. */
  #rendered: QueryResult<T> | undefined;
  #version = 0;
  #shownOf: QueryResult<T> | undefined;
  #shown: object | undefined;
  #given: QueryOptions | undefined;
  #owner: string;
  #isAsked = false;
  #retriesOnMount: boolean | undefined;
  #server: QueryResult<T> | undefined;
  /** Whether the hook could load when it was committed. A function among its options may say otherwise by now. */
  #couldLoad = false;
  #screen: Screen | undefined;
  #placeholder: { make: PlaceholderFunction; previous: Previous | undefined; data: unknown } | undefined;
  #projection: Projection | undefined;
  #initial: Answer | undefined;
  #absent: QueryState | undefined;
  /** When it was unsubscribed, unless it was rendered since. */
  #leftAt = -Infinity;
  /** Answers and failures before the hook mounted. */
  #updatesBefore = Infinity;

  constructor({ store, scheduler, target, fetcher, options, given, owner }: ObserverView) {
    this.#store = store;
    this.#scheduler = scheduler;
    this.#target = target;
    this.fetcher = fetcher;
    this.options = options;
    this.#given = given;
    this.#owner = owner;
  }

  get retriesOnMount(): boolean {
    return this.#retriesOnMount ?? this.options.retryOnMount;
  }

  /** Which failure is there, if one is. */
  get failure(): Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt"> {
    return this.#look(this).state;
  }

  /** Whether a mounted component hears of changes. */
  get isSubscribed(): boolean {
    return this.#query !== undefined;
  }

  get isEnabled(): boolean {
    return this.#isEnabledBy(this.options);
  }

  get staleTime(): StaleTime {
    return this.#staleTimeBy(this.options);
  }

  #isEnabledBy({ enabled }: ResolvedQueryOptions): boolean {
    return typeof enabled === "function" ? this.#ask("enabled", enabled, true, false) : enabled;
  }

  #staleTimeBy({ staleTime, suspense }: ResolvedQueryOptions): StaleTime {
    const ms = typeof staleTime === "function" ? this.#ask("staleTime", staleTime, 0, 0) : staleTime;
    return suspense && ms !== "static" && ms < FRESH_FOR_SUSPENSE ? FRESH_FOR_SUSPENSE : ms;
  }

  /** What a function among the options says of the query, which it may ask for the very thing that it decides. */
  #ask<V>(name: keyof QueryOptions, option: (query: QueryInfo) => V | null | undefined, meanwhile: V, instead: V): V {
    if (this.#isAsked) return meanwhile;
    this.#isAsked = true;
    const answer = answerOrDefault(() => checkedAnswer(name, option(this.info())), instead);
    this.#isAsked = false;
    return answer;
  }

  /** Of its key; `undefined` for an idle one. */
  get hash(): string | undefined {
    return this.#target?.hash;
  }

  /** Whether it looks at this key of this client. */
  isOf({ host }: { readonly host: QueryStore }, hash: string | undefined): boolean {
    return this.#store === host && this.hash === hash;
  }

  /** The query as it is now. */
  info(): QueryInfo {
    const { key = "", hash = "" } = this.#target ?? {};
    return this.#store.infoOf(key, hash);
  }

  /** The data of a key is gone, and not only from the cache: whoever showed it before does not bring it back. */
  dataRemoved(hash: string): void {
    if (this.#previous?.info.hash !== hash) return;
    this.#forgetPrevious();
    this.#latest = undefined;
    this.changed();
  }

  #forgetPrevious(): void {
    this.#previous = undefined;
    this.#store.showingPreviousData.delete(this);
  }

  /** Takes the place of the observer that a hook had for another key: what it showed, and the hook's functions. */
  follow(before: QueryObserver<T>): void {
    this.#screen = before.screen;
    if (before.#projection) (this.#projection ??= new Projection()).follow(before.#projection);
    const { data } = before.#look(before).state;
    if (this.#previous !== undefined && this.#previous.data === data) return;
    this.#previous = data === undefined ? before.#previous : { data, info: before.info() };
    this.#latest = undefined;
  }

  /** The newest result, whether or not a listener was told of it. */
  getResult(): QueryResult<T> {
    if (!this.#query) this.#refresh();
    return this.#latest ?? this.#refresh();
  }

  /** What is shown of a result, made once for each. */
  shown<S extends object>(result: QueryResult<T>, show: (result: QueryResult<T>, observer: this) => S): S {
    if (this.#shownOf !== result) {
      this.#shown = show(result, this);
      this.#shownOf = result;
    }
    return this.#shown as S;
  }

  /** A hook's options over the client's; those of before when they say the same. */
  optionsFor(given: QueryOptions | undefined): ResolvedQueryOptions {
    if (given === this.#given || isSame(given, this.#given)) return this.options;
    return this.#store.defaults.resolve(this.#owner, this.#target?.key, given);
  }

  /**
   * What a render gave: this observer itself, where that is committed already.
   * @param retriesOnMount whether its mount loads what has failed; otherwise the options say so
   */
  inputFor(fetcher: AnyFetcher | undefined, options: ResolvedQueryOptions, retriesOnMount?: boolean): HookInput {
    const isCommitted =
      options === this.options &&
      (retriesOnMount ?? options.retryOnMount) === this.retriesOnMount &&
      this.isSameFetcher(fetcher) &&
      !asks(options);
    if (isCommitted) return this;
    return {
      fetcher,
      options,
      retriesOnMount: retriesOnMount ?? options.retryOnMount,
      isEnabled: this.#isEnabledBy(options),
      staleTime: this.#staleTimeBy(options),
    };
  }

  /** What a render shows. It takes nothing over: the render may be thrown away. */
  resultFor(input: HookInput): QueryResult<T> {
    this.#leftAt = -Infinity;
    if (this.#server) return this.#server;
    // The store of the same render has just looked.
    const latest = this.#latest ?? this.#refresh();
    if (input === this) return latest;
    const result = this.#resultOf(this.#look(input), input);
    return isSame(result, latest) ? latest : result;
  }

  /** Whether a result says the same beside another fetcher. */
  protected isSameFetcher(fetcher: AnyFetcher | undefined): boolean {
    return (fetcher === undefined) === (this.fetcher === undefined);
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
    if (this.#store.isServer) return this.getSnapshot();
    this.#published = this.#server ??= this.#resultOfServer();
    return this.#version;
  };

  /** Changes of this field are told from now on. As long as nothing was read, every change is. */
  noteRead(field: ResultField): void {
    this.#read |= bitOf(field);
  }

  /** The component suspends, or throws errors: it hears of what makes it do so beside what it reads. */
  noteThrows(): void {
    this.#readAlways = bitOf("status") | bitOf("error");
  }

  /** Whether the component throws an error, or might: it renders for it whatever it reads. */
  get isThrowing(): boolean {
    return this.#readAlways !== 0 && this.getResult().isError;
  }

  subscribe = (listener: () => void): (() => void) => {
    if (this.#listener !== undefined) return this.#alsoSubscribe(listener);
    this.#listener = listener;
    // The page has hydrated.
    this.#server = undefined;
    if (this.options.subscribed && !this.#query) this.#begin();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#listener = undefined;
      if (!this.#others?.size) this.#end();
    };
  };

  /** Takes over options without a render. For bindings to other frameworks. */
  update(fetcher: AnyFetcher | undefined, options: ResolvedQueryOptions): void {
    const input = this.inputFor(fetcher, options, this.#retriesOnMount);
    this.commit({ input, fetcher, given: this.#given, result: this.getResult() });
  }

  /** The hook committed a render. One that was just enabled loads what it needs. */
  commit({ input, fetcher, given, result }: Rendered<T>): void {
    if (this.#screen) this.#screen.shown = this;
    this.#given = given;
    this.fetcher = fetcher;
    if (input === this) return;
    const { options } = input;
    const { subscribed } = this.options;
    this.options = options;
    this.#retriesOnMount = input.retriesOnMount;
    this.#published = this.#rendered = result;
    this.#latest = undefined;
    if (options.subscribed !== subscribed && this.#hasListeners) {
      if (options.subscribed) this.#begin();
      else this.#end();
    }
    if (this.#query) this.#committed(this.#query);
  }

  #committed(query: Query): void {
    const couldLoad = this.#couldLoad;
    this.#couldLoad = this.#mayLoad(this);
    if (!couldLoad && this.#couldLoad) query.loadIfStale(this);
    query.pollChanged(this);
    // Data that is as fresh as before will be stale at another time.
    this.#wakeWhenStale();
    this.changed();
  }

  /** What the functions act on that a hook gives. */
  get screen(): Screen {
    return (this.#screen ??= this.newScreen());
  }

  protected newScreen(): Screen {
    return new Screen(this);
  }

  /** Loads, whatever is there. */
  async refetch({ cancelRefetch = true, throwOnError = false }: RefetchOptions = {}): Promise<QueryResult<T>> {
    await this.load(cancelRefetch);
    return this.outcome(throwOnError);
  }

  /** What a load that was waited for came to. @throws what it failed with, if it shall */
  protected outcome(throwOnError: boolean): QueryResult<T> {
    const result = this.getResult();
    if (throwOnError && isFailing(result)) throw failureOf(result);
    return result;
  }

  /**
   * Loads, whatever is there, and resolves when it ended, or waits for the network or the page. One that is tried for
   * ever has ended when it failed once.
   */
  async load(instead: boolean, direction?: Direction): Promise<void> {
    const target = this.#target;
    const request = requestOf(this, direction);
    if (!target || !request || this.#store.isDisposed) return;
    const query = this.#query ?? this.#store.open(target.key, target.hash);
    if (this.#query) {
      query.load(instead, request);
      return query.ended();
    }
    const caller = new AbortController();
    query.fetch(request, caller.signal, instead).catch(() => undefined);
    await query.ended();
    // What goes on without an end is for nobody then.
    if (query.state.fetchStatus === "fetching") caller.abort();
  }

  #alsoSubscribe(listener: () => void): () => void {
    const subscription = { listener };
    const others = (this.#others ??= new Set());
    others.add(subscription);
    return () => {
      if (others.delete(subscription) && others.size === 0 && !this.#listener) this.#end();
    };
  }

  get #hasListeners(): boolean {
    return this.#listener !== undefined || (this.#others?.size ?? 0) > 0;
  }

  /** The query has news. What a render begins is told when the render is over. */
  changed(): void {
    if (this.#store.isRendering) return this.#store.afterRender(() => this.changed());
    this.#refresh();
    const before = this.#version;
    if (this.getSnapshot() === before && this.#published) return;
    if (this.#listener) guarded(this.#listener);
    if (this.#others) for (const { listener } of this.#others) guarded(listener);
  }

  /**
   * What a component waits for that needs data; `undefined` when there is some, or an error, or none will come.
   * @param input of the render that waits
   */
  suspension(input: HookInput = this): Promise<void> | undefined {
    const target = this.#target;
    const { data, status } = this.#server ?? (input === this ? this.getResult() : this.resultFor(input));
    if (!target || data !== undefined || status !== "pending" || !this.#mayLoad(input)) return undefined;
    const { key, hash } = target;
    const wait = this.#store.open(key, hash).lease(input);
    if (this.#store.isUnmounted) noteWait(this.#store, hash, input.fetcher, wait);
    return wait;
  }

  /** Before a render that may wait: many clients may have been thrown away with it. */
  prepareToWait(): void {
    const { key, hash } = this.#target ?? {};
    if (key === undefined || hash === undefined || !this.#store.isUnmounted || this.#store.find(hash)?.state) return;
    const answer = answerOfLost(this.#store, hash, this.fetcher);
    if (!answer) return;
    const query = this.#store.open(key, hash);
    query.take(answer, this.options.ttl);
    this.#store.release(query);
  }

  /** Loads what is absent, for others to find; nothing where it is known, or has just failed. */
  begin(): void {
    if (this.#target && this.#store.find(this.#target.hash)?.state === undefined) void this.suspension();
  }

  /** Loads again what failed, for a component that waits. */
  tryAgain(input: HookInput): Promise<void> {
    const { key, hash } = this.#target!;
    this.#latest = undefined;
    return this.#store.open(key, hash).lease(input);
  }

  /** Keeps the failure that the component throws for the render that follows. */
  holdError(): void {
    if (this.#target) this.#store.open(this.#target.key, this.#target.hash).hold();
  }

  #mayLoad({ fetcher, isEnabled }: HookInput): boolean {
    return fetcher !== undefined && isEnabled && !this.#store.isDisposed;
  }

  #begin(): void {
    if (!this.#target) return;
    const { key, hash } = this.#target;
    const isBack = this.#store.recent() - this.#leftAt < SAME_MOUNT;
    const query = this.#store.openForHook(key, hash, isBack);
    const { dataUpdateCount, errorUpdateCount } = query.state;
    this.#updatesBefore = dataUpdateCount + errorUpdateCount;
    const initial = query.data === undefined ? this.#initialAnswer(this) : undefined;
    if (initial) {
      const age = this.#store.now() - initial.freshSince;
      guarded(() => query.take(initial, this.#store.ttlLeft(this.options.ttl, age)));
    }
    this.#query = query;
    this.#couldLoad = this.#mayLoad(this);
    if (this.#previous) this.#store.showingPreviousData.add(this);
    query.watch(this);
    this.#refresh();
  }

  #end(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    this.#query?.unwatch(this);
    this.#query = undefined;
    this.#leftAt = this.#store.recent();
    this.#store.showingPreviousData.delete(this);
  }

  /** Brings `#latest` up to date. The same state gives the same result. */
  #refresh(): QueryResult<T> {
    const known = this.#look(this);
    const { state } = known;
    const query = this.#query;
    // Data that is forgotten after that was of this very key.
    if (this.#previous && query && state.data !== undefined) this.#forgetPrevious();
    // Between two states, only a subscriber hears that data became stale: a render must not see it twice differently.
    const stale = query === undefined ? this.#isStale : isStale(query, this.staleTime);
    if (this.#latest && state === this.#state && stale === this.#isStale) return this.#latest;
    this.#state = state;
    this.#isStale = query === undefined ? isStale(known, this.staleTime) : stale;
    this.#wakeWhenStale();
    const result = this.#resultOf(known, this);
    const rendered = this.#rendered;
    this.#rendered = undefined;
    return (this.#latest = rendered && isSame(result, rendered) ? rendered : result);
  }

  /** What is known of the key: by its query, or before the subscription by whoever knows it. */
  #look(input: HookInput): QueryView & { readonly state: QueryState } {
    if (this.#query) return this.#query;
    const { hash } = this.#target ?? {};
    const live = hash === undefined ? undefined : this.#store.live.get(hash);
    const stored = live || hash === undefined ? live?.answer : this.#store.find(hash)?.answer;
    const state = live?.state ?? stored?.state;
    const isKnown = state !== undefined && (state.data !== undefined || state.status === "error");
    const initial = isKnown ? undefined : this.#initialAnswer(input);
    const known = isKnown ? state : (initial?.state ?? state ?? this.#absentState());
    return new Unwatched(known, stored ?? initial, live, this.#store.now, this);
  }

  #absentState(): QueryState {
    return (this.#absent ??= pendingState(this.#target?.key ?? "", this.#target?.hash ?? ""));
  }

  /** What the options have to begin with, dated once. */
  #initialAnswer(input: HookInput): Answer | undefined {
    if (input.options.initialData === undefined || !this.#target) return this.#initial;
    return (this.#initial ??= initialAnswer(input, this.#absentState(), this.#store));
  }

  #wakeWhenStale(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const answer = this.#query?.answer;
    if (!answer || this.#isStale) return;
    const freshFor = answer.freshFor(this.staleTime);
    if (freshFor === Infinity) return;
    this.#cancelWake = this.#scheduler.add(answer.freshSince + freshFor, () => this.changed());
  }

  /** As it was when the server rendered. */
  #resultOfServer(): QueryResult<T> {
    this.#store.streamedParts?.readNewParts();
    const { answer = this.#initialAnswer(this), at = 0 } = this.#store.sent?.get(this.#target?.hash ?? "") ?? {};
    // A server that waits for data renders nothing without: what is here is the next best.
    if (answer === undefined && this.options.suspense && this.#mayLoad(this)) return this.getResult();
    const state = answer?.state ?? this.#absentState();
    const known = { state, answer, watcherCount: 0, isJustLoaded: false, now: () => at, info: () => this.info() };
    return this.#resultOf(known, this);
  }

  /** A function of what is known and of what a render gave. What it remembers only keeps references. */
  #resultOf(known: QueryView & { readonly state: QueryState }, input: HookInput): QueryResult<T> {
    const { options } = input;
    const isEnabled = this.#target !== undefined && input.fetcher !== undefined && input.isEnabled;
    const state = this.#stateShown(known, input, isEnabled);
    const shown: Writable<Shown> = {
      data: state.data,
      error: state.error,
      status: state.status,
      fetchStatus: state.fetchStatus,
      isStale: isEnabled && isStale(known, input.staleTime),
      isPlaceholderData: false,
      isEnabled,
      updatesBefore: this.#updatesBefore,
    };
    if (shown.data !== undefined) this.#placeholder = undefined;
    else if (shown.status === "pending") this.#placehold(shown, options);
    // Nearly all hooks show the data as it is.
    if (options.select || shown.isPlaceholderData || this.#projection) this.#project(shown, options);
    return this.extend(resultOf<T>(state, shown, this.screen.refetch), state, input);
  }

  /** A hook already shows the load that its commit is going to start: one render less. */
  #stateShown(known: QueryView & { readonly state: QueryState }, input: HookInput, isEnabled: boolean): QueryState {
    const { state } = known;
    const mayLoad = isEnabled && input.options.subscribed && state.fetchStatus === "idle" && !this.#store.isDisposed;
    if (!mayLoad || !this.#willLoad(known, input)) return state;
    return loadingState(state, statusAtStart(this.#store, input.options));
  }

  /** Whether an enabled hook loads when this render is committed. */
  #willLoad(known: QueryView, input: HookInput): boolean {
    if (known === this.#query) {
      const isFailed = known.state?.status === "error" && known.state.data === undefined;
      return input !== this && !this.#couldLoad && (isFailed ? input.retriesOnMount : isStale(known, input.staleTime));
    }
    // A server loads for a page whose hooks will ask for themselves.
    return (!known.isJustLoaded || this.#store.isServer) && wantsOnMount(known, input);
  }

  /** What a kind of query adds to its result. */
  protected extend(result: QueryResult<T>, _state: QueryState, _input: HookInput): QueryResult<T> {
    return result;
  }

  #project(shown: Writable<Shown>, options: ResolvedQueryOptions): void {
    (this.#projection ??= new Projection()).apply(shown, options);
  }

  #placehold(shown: Writable<Shown>, { placeholderData }: ResolvedQueryOptions): void {
    const data: unknown =
      typeof placeholderData === "function"
        ? this.#placeholderBy(placeholderData as PlaceholderFunction)
        : placeholderData;
    if (data !== undefined) Object.assign(shown, { data, status: "success", isPlaceholderData: true });
  }

  /** Called again only for another function or other data before, so that what it makes anew each time does not loop. */
  #placeholderBy(make: PlaceholderFunction): unknown {
    const previous = this.#previous;
    if (this.#placeholder?.make !== make || this.#placeholder.previous !== previous) {
      this.#placeholder = undefined;
      answerOrDefault(
        () => (this.#placeholder = { make, previous, data: make(previous?.data, previous?.info) }),
        undefined,
      );
    }
    return this.#placeholder?.data;
  }
}

type PlaceholderFunction = (data: unknown, query: QueryInfo | undefined) => unknown;

type Writable<O> = { -readonly [Name in keyof O]: O[Name] };

/** Whether a function among the options may answer differently at each render. */
function asks({ enabled, staleTime, refetchInterval }: ResolvedQueryOptions): boolean {
  return typeof enabled === "function" || typeof staleTime === "function" || typeof refetchInterval === "function";
}
