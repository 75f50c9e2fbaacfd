import type { AnyFetcher, QueryMeta } from "../model/fetcher.ts";
import type { ResolvedQueryOptions, StaleTime } from "../model/options.ts";
import type { QueryState } from "../model/state.ts";

/** Where an answer came from, and what that means for its life. What is left out is not known. */
export interface AnswerSource {
  /** The fetcher that was used last; none for data that was set. */
  readonly fetcher?: AnyFetcher | undefined;
  /** Of the hook or call that loaded it. */
  readonly options?: ResolvedQueryOptions | undefined;
  /** Ms that it is fresh, as its fetcher said. */
  readonly ownStaleTime?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  /** @defaultValue 0 */
  readonly staleTime?: StaleTime | undefined;
}

const NOBODY: readonly never[] = [];

/**
 * What the cache holds under a query's hash: data or a remembered error, when it came, and what it takes to load it again.
 * Where nobody watches or loads its key, it stands for the query.
 */
export class Answer {
  readonly state: QueryState;
  /** Monotonic ms at which the data came. */
  freshSince: number;
  /** The fetcher that was used last; `undefined` for data that was set. */
  fetcher: AnyFetcher | undefined;
  /** Of the hook or call that loaded it, or of the hook that showed it last. */
  options: ResolvedQueryOptions | undefined;
  /** Ms that it is fresh, as its fetcher said; otherwise each hook has its own. */
  readonly ownStaleTime: number | undefined;
  tags: readonly string[] | undefined;
  /** Ms after the end of its freshness in which it stands in for an error, as its fetcher said. */
  staleIfError = 0;
  /** Whether the cache may hold it. */
  isStorable = true;
  /** Monotonic ms until which an error is as good as an answer. */
  errorUntil = 0;
  /** Of the hook that showed it last, for whoever looks at it afterwards. */
  staleTime: StaleTime;
  /** Marked in place: an invalidation is no write, and neither counts nor renews the TTL. */
  isInvalidated = false;

  constructor(state: QueryState, freshSince: number, source: AnswerSource) {
    this.state = state;
    this.freshSince = freshSince;
    this.fetcher = source.fetcher;
    this.options = source.options;
    this.ownStaleTime = source.ownStaleTime;
    this.tags = source.tags;
    this.staleTime = source.staleTime ?? 0;
  }

  get answer(): this {
    return this;
  }

  get watchers(): readonly never[] {
    return NOBODY;
  }

  get newest(): undefined {
    return undefined;
  }

  get isJustLoaded(): false {
    return false;
  }

  get meta(): QueryMeta | undefined {
    return this.options?.meta;
  }

  /** From now on it is stale, whatever its age. */
  invalidate(): void {
    this.isInvalidated = true;
    this.errorUntil = 0;
  }

  /** How long it is fresh for one who would have it so for `staleTime`. */
  freshFor(staleTime: StaleTime): number {
    return staleTime === "static" ? Infinity : (this.ownStaleTime ?? staleTime);
  }

  /** @param now reads the monotonic ms, where they matter */
  isStale(now: () => number, staleTime: StaleTime): boolean {
    if (staleTime === "static") return false;
    if (this.isInvalidated || this.state.data === undefined) return true;
    const freshFor = this.ownStaleTime ?? staleTime;
    if (freshFor === 0 || freshFor === Infinity) return freshFor === 0;
    return now() - this.freshSince >= freshFor;
  }
}

/** An answer, and how it is stored. */
export interface Storable {
  readonly answer: Answer;
  /** `undefined` for the cache's own. */
  readonly ttl: number | undefined;
  /** `undefined` for what the cache's `weigher` says. */
  readonly weight: number | undefined;
}
