import type { QueryKey } from "../key/key.ts";
import type { HookInput } from "../machine/watcher.ts";
import { fetcherOf, type OptionDefaults } from "../model/defaults.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import {
  answerOrDefault,
  checkedAnswer,
  type QueryInfo,
  type QueryOptions,
  type ResolvedQueryOptions,
  type StaleTime,
} from "../model/options.ts";
import { isSame } from "./result-fields.ts";
import type { QueryResult } from "./result.ts";

/** Ms for which a hook that suspends counts data as fresh at least: a loader's new data is not loaded twice. */
const FRESH_FOR_SUSPENSE = 1_000;

/** What an observer looks at. */
export interface ObserverTarget {
  readonly key: QueryKey;
  readonly hash: string;
}

/** Stands for the key of an idle hook. No key has this hash. */
const NO_KEY: ObserverTarget = { key: "", hash: "" };

/** What is asked of a client for the options of a hook. */
interface Client {
  readonly defaults: OptionDefaults;
  infoOf(key: QueryKey, hash: string): QueryInfo;
}

/** What an observer is made with. */
export interface ViewOf<C extends Client> {
  readonly store: C;
  /** `undefined` for an idle hook, which has no key yet. */
  readonly target: ObserverTarget | undefined;
  /** As the hook gave it: its own fetcher, `skipToken`, or `undefined` for the default one. */
  readonly fetcher: unknown;
  /** The options as the hook gave them. */
  readonly given: QueryOptions | undefined;
  /** The name of the hook, for messages. */
  readonly owner: string;
}

/** A render, as it is committed. */
export interface Rendered<T> {
  readonly input: HookInput;
  /** The newest, also where the rest of the input is the same. */
  readonly fetcher: AnyFetcher | undefined;
  /** The options as the hook gave them. */
  readonly given: QueryOptions | undefined;
  readonly result: QueryResult<T>;
}

// docs/decisions/0030-an-observer-and-what-is-beside-it.md
/** What a hook gave in the render that is on screen. Functions among the options are asked each time. */
export class CommittedInput<C extends Client> implements HookInput {
  /** `undefined` for a hook that never loads, such as an idle one. */
  fetcher: AnyFetcher | undefined;
  options: ResolvedQueryOptions;
  retriesOnMount: boolean;
  readonly store: C;
  protected readonly target: ObserverTarget;
  /** The options as the hook gave them. */
  protected given: QueryOptions | undefined;
  readonly #owner: string;
  #isAsked = false;

  /** @throws MachoOptionError for an option, MachoError for a fetcher that cannot be used */
  constructor({ store, target, fetcher, given, owner }: ViewOf<C>) {
    this.store = store;
    this.target = target ?? NO_KEY;
    this.given = given;
    this.#owner = owner;
    this.options = store.defaults.resolve(owner, target?.key, given);
    this.retriesOnMount = this.options.retryOnMount;
    this.fetcher = this.fetcherFor(fetcher, this.options);
  }

  /** Of its key; empty for an idle hook. */
  get hash(): string {
    return this.target.hash;
  }

  get isEnabled(): boolean {
    return this.#isEnabledBy(this.options);
  }

  get staleTime(): StaleTime {
    return this.#staleTimeBy(this.options);
  }

  /** Whether it looks at this key of this client. */
  isOf({ host }: { readonly host: unknown }, hash: string): boolean {
    return this.store === host && this.hash === hash;
  }

  /** The query as it is now. */
  info(): QueryInfo {
    return this.store.infoOf(this.target.key, this.hash);
  }

  /** A hook's options over the client's. They stay the same object while they say the same. */
  optionsFor(given: QueryOptions | undefined): ResolvedQueryOptions {
    if (given === this.given || isSame(given, this.given)) return this.options;
    return this.store.defaults.resolve(this.#owner, this.hash ? this.target.key : undefined, given);
  }

  /** The fetcher of a hook: its own, or the default one. @throws MachoError when there is none, or something else */
  fetcherFor(own: unknown, options: ResolvedQueryOptions): AnyFetcher | undefined {
    const fetcher = fetcherOf(this.#owner, own, options);
    return this.hash ? fetcher : undefined;
  }

  /**
   * What a render gave: this input itself, where that is committed already.
   * @param retriesOnMount whether its mount loads what has failed
   */
  inputFor(
    fetcher: AnyFetcher | undefined,
    options: ResolvedQueryOptions,
    retriesOnMount: boolean = options.retryOnMount,
  ): HookInput {
    const isSameInput = options === this.options && retriesOnMount === this.retriesOnMount;
    if (isSameInput && this.isSameFetcher(fetcher) && !mayChange(options)) return this;
    const isEnabled = this.#isEnabledBy(options);
    return { fetcher, options, retriesOnMount, isEnabled, staleTime: this.#staleTimeBy(options) };
  }

  /** Whether a result says the same beside another fetcher. */
  protected isSameFetcher(fetcher: AnyFetcher | undefined): boolean {
    return (fetcher === undefined) === (this.fetcher === undefined);
  }

  #isEnabledBy({ enabled }: ResolvedQueryOptions): boolean {
    return typeof enabled === "function" ? this.#ask("enabled", enabled, true, false) : enabled;
  }

  #staleTimeBy({ staleTime, suspense }: ResolvedQueryOptions): StaleTime {
    const ms = typeof staleTime === "function" ? this.#ask("staleTime", staleTime, 0, 0) : staleTime;
    return suspense && ms !== "static" && ms < FRESH_FOR_SUSPENSE ? FRESH_FOR_SUSPENSE : ms;
  }

  /** Asks a function among the options. It may ask the query for the very thing that it decides: that is `meanwhile`. */
  #ask<V>(name: keyof QueryOptions, option: (query: QueryInfo) => V | null | undefined, meanwhile: V, instead: V): V {
    if (this.#isAsked) return meanwhile;
    this.#isAsked = true;
    const answer = answerOrDefault(() => checkedAnswer(name, option(this.info())), instead);
    this.#isAsked = false;
    return answer;
  }
}

/** Whether a function among the options may answer differently at each render. */
function mayChange({ enabled, staleTime, refetchInterval }: ResolvedQueryOptions): boolean {
  return typeof enabled === "function" || typeof staleTime === "function" || typeof refetchInterval === "function";
}
