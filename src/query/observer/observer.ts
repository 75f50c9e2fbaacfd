// One hook's view of one key: what a hook shows of its query, when it is told, and when it loads.
import { guarded } from "../../core/internal.ts";
import { SmallSet } from "../machine/small-set.ts";
import type { Query } from "../machine/query.ts";
import { isStale } from "../machine/freshness.ts";
import { type HookInput, requestOf, type Watcher } from "../machine/watcher.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import type { QueryOptions, ResolvedQueryOptions } from "../model/options.ts";
import { type Direction, failureOf, isFailing, type QueryState } from "../model/state.ts";
import { answerOfLost, noteWait } from "../store/lost-clients.ts";
import type { QueryStore } from "../store/store.ts";
import { CommittedInput, type ViewOf } from "./committed-input.ts";
import { HookFunctions } from "./hook-functions.ts";
import { bitOf, differ, isSame, type ResultField } from "./result-fields.ts";
import { type Hook, type HookView, mayLoad, resultOfHook, stateOfHook } from "./result-of-hook.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";
import { type PreviousData, ShownData } from "./shown-data.ts";
import { UnmountedView } from "./unmounted-view.ts";

/** Ms in which a hook that subscribes again, and was not rendered meanwhile, is still the same mount, as in StrictMode. */
const SAME_MOUNT = 1_000;

/** What an observer is made with. */
export type ObserverView = ViewOf<QueryStore>;

/** A render, as it is committed. */
export interface Rendered<T> {
  readonly input: HookInput;
  /** The newest, also where the rest of the input is the same. */
  readonly fetcher: AnyFetcher | undefined;
  /** The options as the hook gave them. */
  readonly given: QueryOptions | undefined;
  readonly result: QueryResult<T>;
}

/**
 * One hook's view of one key. It neither loads nor pins before `subscribe`, so a render that is thrown away leaves
 * nothing behind. Only a component that suspends holds a lease.
 */
export class QueryObserver<T = unknown> extends CommittedInput<QueryStore> implements Watcher {
  /** While subscribed. */
  #query: Query | undefined;
  readonly #listeners = new SmallSet<{ readonly listener: () => void }>();
  #cancelWake: (() => void) | undefined;
  /** A bit for each field that a component read. */
  #read = 0;
  /** The same, of fields that count without being read. */
  #readAlways = 0;
  /** `#latest` was made of this state, while it was stale or not. */
  #state: QueryState | undefined;
  #isStale = true;
  #latest: QueryResult<T> | undefined;
  /** The result that the listeners know, and its number. */
  #published: QueryResult<T> | undefined;
  #version = 0;
  /** What a render with newer options showed: the result stays the same object where it says the same. */
  #rendered: QueryResult<T> | undefined;
  /** What a page that hydrates shows. */
  #server: QueryResult<T> | undefined;
  #shown: { readonly of: QueryResult<T>; readonly as: object } | undefined;
  #functions: HookFunctions | undefined;
  #shownData: ShownData | undefined;
  #previous: PreviousData | undefined;
  #unmounted: UnmountedView | undefined;
  /** Whether the hook could load when it was committed. A function among its options may say otherwise by now. */
  #couldLoad = false;
  /** When it was unsubscribed, unless it was rendered since. */
  #leftAt = -Infinity;
  /** Answers and failures before the hook mounted. */
  #updatesBefore = Infinity;

  /** Which failure is there, if one is. */
  get failure(): Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt"> {
    return this.#look().state;
  }

  /** Whether a mounted component hears of changes. */
  get isSubscribed(): boolean {
    return this.#query !== undefined;
  }

  /** What the functions act on that a hook gives. */
  get functions(): HookFunctions {
    return (this.#functions ??= this.newFunctions());
  }

  /** Whether the component throws an error, or might: it renders for it whatever it reads. */
  get isThrowing(): boolean {
    return this.#readAlways !== 0 && this.getResult().isError;
  }

  /** Whether it looks at this key of this client. */
  isOf({ host }: { readonly host: QueryStore }, hash: string): boolean {
    return this.store === host && this.hash === hash;
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
    this.#functions = before.functions;
    if (before.#shownData) (this.#shownData ??= new ShownData()).follow(before.#shownData);
    const { data } = before.#look().state;
    if (this.#previous !== undefined && this.#previous.data === data) return;
    this.#previous = data === undefined ? before.#previous : { data, info: before.info() };
    this.#latest = undefined;
  }

  /** The newest result, whether or not a listener was told of it. */
  getResult(): QueryResult<T> {
    return (this.#query && this.#latest) ?? this.#refresh();
  }

  /** What is shown of a result, made once for each. */
  shown<S extends object>(result: QueryResult<T>, show: (result: QueryResult<T>, observer: this) => S): S {
    if (this.#shown?.of !== result) this.#shown = { of: result, as: show(result, this) };
    // The same function made it.
    return this.#shown.as as S;
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

  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    // The page has hydrated.
    this.#server = undefined;
    if (this.options.subscribed) this.#mount();
    return () => {
      if (this.#listeners.delete(subscription) && this.#listeners.size === 0) this.#unmount();
    };
  };

  /** Takes over options without a render. For bindings to other frameworks. */
  update(fetcher: AnyFetcher | undefined, options: ResolvedQueryOptions): void {
    const input = this.inputFor(fetcher, options);
    this.commit({ input, fetcher, given: this.given, result: this.getResult() });
  }

  /** The hook committed a render. A hook that was just enabled loads what it needs. */
  commit({ input, fetcher, given, result }: Rendered<T>): void {
    if (this.#functions) this.#functions.onScreen = this;
    this.given = given;
    this.fetcher = fetcher;
    if (input === this) return;
    const { subscribed } = input.options;
    const isOther = subscribed !== this.options.subscribed;
    this.options = input.options;
    this.retriesOnMount = input.retriesOnMount;
    this.#published = this.#rendered = result;
    this.#latest = undefined;
    if (isOther && this.#listeners.size > 0) {
      if (subscribed) this.#mount();
      else this.#unmount();
    }
    const query = this.#query;
    if (!query) return;
    const couldLoad = this.#couldLoad;
    this.#couldLoad = this.#mayLoad();
    if (!couldLoad && this.#couldLoad) query.loadIfStale(this);
    query.pollChanged(this);
    // Data that is as fresh as before will be stale at another time.
    this.#wakeWhenStale();
    this.changed();
  }

  protected newFunctions(): HookFunctions {
    return new HookFunctions(this);
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
   * Loads, whatever is there, and resolves when it ended, or waits for the network or the page. A load that is tried for
   * ever has ended when it failed once.
   */
  async load(instead: boolean, direction?: Direction): Promise<void> {
    const request = requestOf(this, direction);
    if (!request || this.hash === "" || this.store.isDisposed) return;
    const query = this.#open();
    if (this.#query) {
      query.load(instead, request);
      return query.ended();
    }
    const caller = new AbortController();
    query.fetch(request, caller.signal, instead).catch(() => undefined);
    await query.ended();
    // Nobody waits for a load that goes on without an end.
    if (query.state.fetchStatus === "fetching") caller.abort();
  }

  /** The query has news. What a render begins is told when the render is over. */
  changed(): void {
    if (this.store.isRendering) return this.store.afterRender(() => this.changed());
    this.#refresh();
    const { size } = this.#listeners;
    const before = this.#version;
    if (size > 0 && (this.getSnapshot() !== before || !this.#published)) this.#listeners.each(tell);
  }

  /**
   * What a component waits for that needs data; `undefined` when there is some, or an error, or none will come.
   * @param input of the render that waits
   */
  suspension(input: HookInput = this): Promise<void> | undefined {
    const { data, status } = this.#server ?? (input === this ? this.getResult() : this.resultFor(input));
    if (data !== undefined || status !== "pending" || !this.#mayLoad(input)) return undefined;
    const wait = this.#open().lease(input);
    if (this.store.isUnmounted) noteWait(this.store, this.hash, input.fetcher, wait);
    return wait;
  }

  /** Before a render that may wait: many clients may have been thrown away with it. */
  prepareToWait(): void {
    if (!this.store.isUnmounted || this.store.find(this.hash)?.state) return;
    const answer = answerOfLost(this.store, this.hash, this.fetcher);
    if (!answer) return;
    const query = this.#open();
    query.take(answer, this.options.ttl);
    this.store.release(query);
  }

  /** Loads what is absent, for others to find; nothing where it is known, or has just failed. */
  prefetch(): void {
    if (this.store.find(this.hash)?.state === undefined) void this.suspension();
  }

  /** Loads again what failed, for a component that waits. */
  tryAgain(input: HookInput): Promise<void> {
    this.#latest = undefined;
    return this.#open().lease(input);
  }

  /** Keeps the failure that the component throws for the render that follows. */
  holdError(): void {
    if (this.hash !== "") this.#open().hold();
  }

  #mayLoad(input: HookInput = this): boolean {
    return mayLoad(input, { hasKey: this.hash !== "", host: this.store });
  }

  /** The query of its key, made on demand. */
  #open(): Query {
    return this.#query ?? this.store.open(this.target.key, this.hash);
  }

  #mount(): void {
    if (this.hash === "" || this.#query) return;
    const store = this.store;
    const isBack = store.recent() - this.#leftAt < SAME_MOUNT;
    const query = store.openForHook(this.target.key, this.hash, isBack);
    const { data, dataUpdateCount, errorUpdateCount } = query.state;
    this.#updatesBefore = dataUpdateCount + errorUpdateCount;
    const initial = data === undefined ? this.#beforeMount.initialAnswer(this) : undefined;
    if (initial) {
      const age = store.now() - initial.freshSince;
      guarded(() => query.take(initial, store.ttlLeft(this.options.ttl, age)));
    }
    this.#query = query;
    this.#couldLoad = this.#mayLoad();
    if (this.#previous) store.showingPreviousData.add(this);
    query.watch(this);
    this.#refresh();
  }

  #unmount(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    this.#query?.unwatch(this);
    this.#query = undefined;
    this.#leftAt = this.store.recent();
    this.store.showingPreviousData.delete(this);
  }

  /** Brings `#latest` up to date. The same state gives the same result. */
  #refresh(): QueryResult<T> {
    const view = this.#look();
    const { state } = view;
    const isMounted = this.#query !== undefined;
    // There is data for this very key: it is what is shown from now on, also should it be forgotten.
    if (this.#previous && isMounted && state.data !== undefined) this.#forgetPrevious();
    // Between two states, only a subscriber hears that data became stale: a render must not see it twice differently.
    const isLooked = isMounted || state !== this.#state;
    const stale = isLooked ? isStale(view, this.staleTime) : this.#isStale;
    if (this.#latest && state === this.#state && stale === this.#isStale) return this.#latest;
    this.#state = state;
    this.#isStale = stale;
    this.#wakeWhenStale();
    const result = this.#resultOf(view, this);
    const rendered = this.#rendered;
    this.#rendered = undefined;
    return (this.#latest = rendered && isSame(result, rendered) ? rendered : result);
  }

  /** What is known of the key. */
  #look(input: HookInput = this): HookView {
    return this.#query ?? this.#beforeMount.look(input);
  }

  get #beforeMount(): UnmountedView {
    return (this.#unmounted ??= new UnmountedView(this.store, this.target, () => this.info()));
  }

  #wakeWhenStale(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const answer = this.#query?.answer;
    if (!answer || this.#isStale) return;
    const freshFor = answer.freshFor(this.staleTime);
    if (freshFor === Infinity) return;
    this.#cancelWake = this.store.after(answer.freshSince + freshFor - this.store.now(), () => {
      this.changed();
      // A fraction of a ms may be left.
      if (!this.#isStale) this.#wakeWhenStale();
    });
  }

  /** As it was when the server rendered. */
  #resultOfServer(): QueryResult<T> {
    this.store.streamedParts?.readNewParts();
    const { answer = this.#beforeMount.initialAnswer(this), at = 0 } = this.store.sent?.get(this.hash) ?? {};
    // A server that waits for data renders nothing without: what is here is the next best.
    if (answer === undefined && this.options.suspense && this.#mayLoad()) return this.getResult();
    return this.#resultOf(this.#beforeMount.asSent(answer, at), this);
  }

  #resultOf(view: HookView, input: HookInput): QueryResult<T> {
    const { select, placeholderData } = input.options;
    // Nearly all hooks show the data as it is.
    if (select || placeholderData !== undefined) this.#shownData ??= new ShownData();
    const hook: Hook = {
      host: this.store,
      hasKey: this.hash !== "",
      isMounted: view === this.#query,
      isCommitted: input === this,
      couldLoad: this.#couldLoad,
      updatesBefore: this.#updatesBefore,
      shownData: this.#shownData,
      previous: this.#previous,
      refetch: this.functions.refetch,
    };
    const state = stateOfHook(view, input, hook);
    return this.extend(resultOfHook<T>(state, view, input, hook), state, input);
  }

  /** What a kind of query adds to its result. */
  protected extend(result: QueryResult<T>, _state: QueryState, _input: HookInput): QueryResult<T> {
    return result;
  }
}

function tell({ listener }: { readonly listener: () => void }): void {
  guarded(listener);
}
