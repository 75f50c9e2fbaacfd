import type { Fetcher } from "./options.ts";
import type { QueryState } from "./state.ts";

/** Any fetcher; it is only ever called with the key that it came with. */
export type AnyFetcher = Fetcher<unknown, never>;

/** What the cache holds under a query's hash: data, when it came, and what it takes to load it again. */
export class Answer {
  readonly state: QueryState;
  /** Monotonic ms at which the data came. */
  readonly freshSince: number;
  /** The fetcher that was used last; `undefined` for data that was set. */
  readonly fetcher: AnyFetcher | undefined;
  /** Of the hook that showed it last, for whoever looks at it afterwards. */
  staleTime: number;
  /** Marked in place: an invalidation is no write, and neither counts nor renews the TTL. */
  isInvalidated = false;

  constructor(state: QueryState, freshSince: number, fetcher: AnyFetcher | undefined, staleTime: number) {
    this.state = state;
    this.freshSince = freshSince;
    this.fetcher = fetcher;
    this.staleTime = staleTime;
  }

  /** @param now monotonic ms */
  isStale(now: number, staleTime: number): boolean {
    return this.isInvalidated || now - this.freshSince >= staleTime;
  }
}
