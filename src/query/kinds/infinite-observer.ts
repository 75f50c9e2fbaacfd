import { answerOrDefault } from "../model/options.ts";
import { isNone, isPages, type PagesFetcher, paramOf } from "./infinite.ts";
import type { HookFunctions } from "../observer/hook-functions.ts";
import { QueryObserver } from "../observer/observer.ts";
import { isSame } from "../observer/result-fields.ts";
import type { QueryResult, RefetchOptions, SuspenseResult } from "../observer/result.ts";
import type { Direction, QueryState } from "../model/state.ts";
import type { HookInput } from "../machine/watcher.ts";

/** The fields of a result that only a query of pages has. */
export interface PagesResult<T> {
  /**
   * Loads the page after the last one, if there is one. It waits for the first load, and is one with a call for the same
   * page; any other load under way is given up, unless `cancelRefetch` is false.
   */
  readonly fetchNextPage: (options?: RefetchOptions) => Promise<InfiniteQueryResult<T>>;
  /** Loads the page before the first one, if there is one. */
  readonly fetchPreviousPage: (options?: RefetchOptions) => Promise<InfiniteQueryResult<T>>;
  /** Whether `getNextPageParam` gave a param for the last page. */
  readonly hasNextPage: boolean;
  /** Whether `getPreviousPageParam` gave a param for the first page. */
  readonly hasPreviousPage: boolean;
  /** Whether the next page loads. */
  readonly isFetchingNextPage: boolean;
  /** Whether the previous page loads. */
  readonly isFetchingPreviousPage: boolean;
  /** The page after the last one could not be loaded. */
  readonly isFetchNextPageError: boolean;
  /** The page before the first one could not be loaded. */
  readonly isFetchPreviousPageError: boolean;
}

/** The result of `useCachedInfiniteQuery`. */
export type InfiniteQueryResult<T> = QueryResult<T> & PagesResult<T>;

/** The same of a hook that suspends until there is a list. */
export type SuspenseInfiniteResult<T> = SuspenseResult<T> & PagesResult<T>;

/** A view of a query of pages. */
export class InfiniteQueryObserver<T = unknown> extends QueryObserver<T> {
  override getResult(): InfiniteQueryResult<T> {
    // Every result of this observer went through `extend`.
    return super.getResult() as InfiniteQueryResult<T>;
  }

  /** New functions of the page parameters may say something else of the same pages. */
  protected override isSameFetcher(fetcher: PagesFetcher | undefined): boolean {
    const { pages } = (this.fetcher ?? {}) as PagesFetcher;
    return super.isSameFetcher(fetcher) && isSame(pages, fetcher?.pages);
  }

  protected override extend(result: QueryResult<T>, state: QueryState, input: HookInput): InfiniteQueryResult<T> {
    const functions = this.functions as PagesFunctions<T>;
    // The hook's first result makes them, for all observers that follow.
    functions.fetchNextPage ??= (given) => functions.onScreen.more("forward", given);
    functions.fetchPreviousPage ??= (given) => functions.onScreen.more("backward", given);
    const { fetchNextPage, fetchPreviousPage } = functions;
    const isAt = (direction: Direction): boolean => state.direction === direction;
    return Object.assign(result, {
      isRefetching: result.isRefetching && state.direction === undefined,
      fetchNextPage,
      fetchPreviousPage,
      hasNextPage: has("forward", state, input),
      hasPreviousPage: has("backward", state, input),
      isFetchingNextPage: result.isFetching && isAt("forward"),
      isFetchingPreviousPage: result.isFetching && isAt("backward"),
      isFetchNextPageError: result.isError && isAt("forward"),
      isFetchPreviousPageError: result.isError && isAt("backward"),
    });
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

  /** Loads the page at one end. */
  async more(direction: Direction, options: RefetchOptions = {}): Promise<InfiniteQueryResult<T>> {
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

/** The functions that a hook of pages gives. */
interface PagesFunctions<T> extends HookFunctions<InfiniteQueryObserver<T>> {
  fetchNextPage?: PagesResult<T>["fetchNextPage"];
  fetchPreviousPage?: PagesResult<T>["fetchPreviousPage"];
}

/** Whether there is a page at one end that could be loaded. */
function has(direction: Direction, { data }: QueryState, { fetcher }: HookInput): boolean {
  const { pages } = (fetcher ?? {}) as PagesFetcher;
  if (pages === undefined || !isPages(data)) return false;
  return answerOrDefault(() => !isNone(paramOf(pages, data, direction)), false);
}
