import { asked } from "./asked.ts";
import { isNone, isPages, type PagesFetcher, paramOf } from "./infinite.ts";
import { QueryObserver } from "./observer.ts";
import type { QueryResult, RefetchOptions, SuspenseResult } from "./result.ts";
import type { Direction, QueryState } from "./state.ts";

/** What a query of pages adds to a result. */
export interface PagesResult<T> {
  /**
   * Loads the page after the last one, if there is one. It waits for the first load, and is one with a call for the same
   * page; any other load under way is given up, unless `cancelRefetch` is false.
   */
  readonly fetchNextPage: (options?: RefetchOptions) => Promise<InfiniteQueryResult<T>>;
  /** Loads the page before the first one, if there is one. */
  readonly fetchPreviousPage: (options?: RefetchOptions) => Promise<InfiniteQueryResult<T>>;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchingPreviousPage: boolean;
  /** The page after the last one could not be loaded. */
  readonly isFetchNextPageError: boolean;
  /** The page before the first one could not be loaded. */
  readonly isFetchPreviousPageError: boolean;
}

/** What `useCachedInfiniteQuery` gives. */
export type InfiniteQueryResult<T> = QueryResult<T> & PagesResult<T>;

/** The same of a hook that suspends until there is a list. */
export type SuspenseInfiniteResult<T> = SuspenseResult<T> & PagesResult<T>;

/** A view of a query of pages. */
export class InfiniteQueryObserver<T = unknown> extends QueryObserver<T> {
  override getResult(): InfiniteQueryResult<T> {
    // Every result of this observer went through `extend`.
    return super.getResult() as InfiniteQueryResult<T>;
  }

  readonly #fetchNextPage = (options?: RefetchOptions): Promise<InfiniteQueryResult<T>> =>
    this.#more("forward", options);
  readonly #fetchPreviousPage = (options?: RefetchOptions): Promise<InfiniteQueryResult<T>> =>
    this.#more("backward", options);

  protected override extend(result: QueryResult<T>, state: QueryState): InfiniteQueryResult<T> {
    const isAt = (direction: Direction): boolean => state.direction === direction;
    return Object.assign(result, {
      isRefetching: result.isRefetching && state.direction === undefined,
      fetchNextPage: this.#fetchNextPage,
      fetchPreviousPage: this.#fetchPreviousPage,
      hasNextPage: this.#has("forward", state),
      hasPreviousPage: this.#has("backward", state),
      isFetchingNextPage: result.isFetching && isAt("forward"),
      isFetchingPreviousPage: result.isFetching && isAt("backward"),
      isFetchNextPageError: result.isError && isAt("forward"),
      isFetchPreviousPageError: result.isError && isAt("backward"),
    });
  }

  #has(direction: Direction, { data }: QueryState): boolean {
    const { pages } = (this.fetcher ?? {}) as PagesFetcher;
    if (pages === undefined || !isPages(data)) return false;
    return asked(() => !isNone(paramOf(pages, data, direction)), false);
  }

  /** Whether there is a list, and no page after it. What throws is for the load to throw. */
  #isAtEnd(direction: Direction): boolean {
    const { pages } = (this.fetcher ?? {}) as PagesFetcher;
    const { data } = this.info();
    try {
      return pages !== undefined && isPages(data) && data.pages.length > 0 && isNone(paramOf(pages, data, direction));
    } catch {
      return false;
    }
  }

  async #more(direction: Direction, options: RefetchOptions = {}): Promise<InfiniteQueryResult<T>> {
    const { cancelRefetch = true, throwOnError = false } = options;
    // A page is added to those that are there: the first load comes before it.
    const { data, fetchStatus } = this.info();
    const isFirst = data === undefined && fetchStatus !== "idle";
    if (isFirst) await this.load(false);
    const isThere = !isFirst || this.info().data !== undefined;
    if (isThere && !this.#isAtEnd(direction)) await this.load(cancelRefetch, direction);
    // Every result of this observer went through `extend`.
    return this.outcome(throwOnError) as InfiniteQueryResult<T>;
  }
}
