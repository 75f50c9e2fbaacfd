import type { QueryKey } from "../key/key.ts";
import { type HookInput, ruleOf } from "../machine/watcher.ts";
import { fetcherOf, type OptionDefaults } from "../model/defaults.ts";
import type { AnyFetcher } from "../model/fetcher.ts";
import type { QueryInfo, QueryOptions, ResolvedQueryOptions, StaleTime } from "../model/options.ts";
import { isSame } from "./result-fields.ts";

/** Ms for which a hook that suspends counts data as fresh at least: a loader's new data is not loaded twice. */
const FRESH_FOR_SUSPENSE = 1_000;

/** What `watch` looks at. */
export interface ObserverTarget {
  readonly key: QueryKey;
  readonly hash: string;
}

/** What is asked of a client for the options of a hook. */
interface Client {
  readonly defaults: OptionDefaults;
  infoOf(key: QueryKey, hash: string): QueryInfo;
}

/** What an observer is made with. */
export type ViewOf<C> = [
  store: C,
  /** The name of the hook, for messages. */
  owner: string,
  /** Empty, as its hash is, for an idle hook, which has no key yet. */
  key: QueryKey,
  hash: string,
  /** As the hook gave it: its own fetcher, `skipToken`, or `undefined` for the default one. */
  own: unknown,
  /** The options as the hook gave them. */
  given: QueryOptions | undefined,
];

/** What a render gave. */
export interface Rendered extends HookInput {
  /** The options as the hook gave them. */
  readonly given?: QueryOptions | undefined;
  /** Whether more than the fetcher is another one than in the render that is on screen. */
  readonly isNews?: boolean;
}

// docs/decisions/0030-an-observer-and-what-is-beside-it.md
/** What a hook gave in the render that is on screen. Functions among the options are asked each time. */
export class CommittedInput<C extends Client> implements HookInput {
  /** `undefined` for a hook that never loads, such as an idle one. */
  fetcher: AnyFetcher | undefined;
  options: ResolvedQueryOptions;
  retriesOnMount: boolean;
  readonly store: C;
  /** Of its key; empty for an idle hook. No key has this hash. */
  readonly hash: string;
  protected readonly key: QueryKey;
  readonly #owner: string;
  #given: QueryOptions | undefined;
  #isAsked = false;

  /** @throws MachoOptionError for an option, MachoError for a fetcher that cannot be used */
  constructor(store: C, owner: string, key: QueryKey, hash: string, own: unknown, given: QueryOptions | undefined) {
    this.store = store;
    this.key = key;
    this.hash = hash;
    this.#owner = owner;
    this.#given = given;
    this.options = this.#resolve(given);
    this.retriesOnMount = this.options.retryOnMount;
    this.fetcher = this.#fetcherFor(own, this.options);
  }

  get isEnabled(): boolean {
    return this.#isEnabledBy(this.options);
  }

  get staleTime(): StaleTime {
    return this.#staleTimeBy(this.options);
  }

  /** The query as it is now. */
  info(): QueryInfo {
    return this.store.infoOf(this.key, this.hash);
  }

  /** A hook's options over the client's. They stay the same object while they say the same. */
  optionsFor(given: QueryOptions | undefined): ResolvedQueryOptions {
    if (given === this.#given || isSame(given, this.#given)) return this.options;
    return this.#resolve(given);
  }

  #resolve(given: QueryOptions | undefined): ResolvedQueryOptions {
    return this.store.defaults.resolve(this.#owner, this.hash ? this.key : undefined, given);
  }

  /**
   * What a render gave: this input itself, where that is committed already.
   * @param own its fetcher, as it gave it
   * @param options made of those that it gave
   * @param retriesOnMount whether its mount loads what has failed
   * @throws MachoError for a fetcher that cannot be used
   */
  inputFor(
    own: unknown,
    options: ResolvedQueryOptions,
    given: QueryOptions | undefined = this.#given,
    retriesOnMount: boolean = options.retryOnMount,
  ): Rendered {
    const fetcher = this.#fetcherFor(own, options);
    const isSameInput = options === this.options && retriesOnMount === this.retriesOnMount;
    const isNews = !isSameInput || !this.isSameFetcher(fetcher) || mayChange(options);
    if (!isNews && fetcher === this.fetcher) return this;
    const isEnabled = this.#isEnabledBy(options);
    return { fetcher, options, given, retriesOnMount, isEnabled, staleTime: this.#staleTimeBy(options), isNews };
  }

  /** Takes over what a render gave that is on screen now. */
  protected take({ fetcher, options, given, retriesOnMount }: Rendered): void {
    this.fetcher = fetcher;
    this.options = options;
    this.#given = given;
    this.retriesOnMount = retriesOnMount;
  }

  /** Whether a result says the same beside another fetcher. */
  protected isSameFetcher(fetcher: AnyFetcher | undefined): boolean {
    return (fetcher === undefined) === (this.fetcher === undefined);
  }

  /** The fetcher of a hook: its own, or the default one. */
  #fetcherFor(own: unknown, options: ResolvedQueryOptions): AnyFetcher | undefined {
    const fetcher = fetcherOf(this.#owner, own, options);
    return this.hash ? fetcher : undefined;
  }

  #isEnabledBy({ enabled }: ResolvedQueryOptions): boolean {
    return this.#ask("enabled", enabled, true);
  }

  #staleTimeBy({ staleTime, suspense }: ResolvedQueryOptions): StaleTime {
    const ms = this.#ask<StaleTime>("staleTime", staleTime, 0) || 0;
    return suspense && ms !== "static" && ms < FRESH_FOR_SUSPENSE ? FRESH_FOR_SUSPENSE : ms;
  }

  /** What an option says. Its function may ask the query for the very thing that it decides: that is `meanwhile`. */
  #ask<V>(name: keyof QueryOptions, rule: V | ((query: QueryInfo) => V | null | undefined), meanwhile: V): V | false {
    if (typeof rule !== "function") return rule;
    if (this.#isAsked) return meanwhile;
    this.#isAsked = true;
    const answer = ruleOf<V>(name, rule, this);
    this.#isAsked = false;
    return answer;
  }
}

/** Whether a function among the options may answer differently at each render. */
function mayChange({ enabled, staleTime, refetchInterval }: ResolvedQueryOptions): boolean {
  return typeof enabled === "function" || typeof staleTime === "function" || typeof refetchInterval === "function";
}
