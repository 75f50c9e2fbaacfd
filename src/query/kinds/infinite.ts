// Kinds of query beside one value a key: lists of pages here, streams and subscriptions beside it.
import { check, checkKind, checkOptions, countTo, FUNCTION, type OptionTable } from "../../core/lru/internal.ts";
import { checkFetcher } from "../model/defaults.ts";
import {
  type AnyFetcher,
  type Believed,
  type FetchContext,
  type Fetcher,
  leave,
  type LooseKey,
  type SkipToken,
  skipToken,
} from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { KeyedQueryOptions, Loads, Suspends, TaggedKey } from "../model/keyed-options.ts";
import type { OptionFunction, QueryOptions } from "../model/options.ts";
import type { Direction } from "../model/state.ts";

/** The data of a query of pages: the pages in their order, and the parameter of each. */
export interface Pages<T, P> {
  /** The pages, in the order of the list. */
  readonly pages: readonly T[];
  /** The param that each page was loaded with. */
  readonly pageParams: readonly P[];
}

/** The second argument of a fetcher of pages. */
export interface PageContext<P = unknown> extends Omit<FetchContext, "direction"> {
  /** The parameter of this page: `initialPageParam`, or the answer of one of the page functions. */
  readonly pageParam: P;
  /** Which end of the list the page is for. */
  readonly direction: Direction;
}

/** Gets one page of a key. */
export type PageFetcher<T, K extends QueryKey = QueryKey, P = unknown> = OptionFunction<
  [key: K, context: PageContext<Believed<P, unknown>>],
  T | PromiseLike<T>
>;

/** Gives the parameter of the page before or after; `undefined` or `null` when there is none. */
export type PageParamOf<T, P> = OptionFunction<
  [page: T, pages: readonly T[], pageParam: P, pageParams: readonly P[]],
  P | undefined | null
>;

/** How a list of pages is made. */
export interface PageOptions<T = unknown, P = unknown> {
  /** What the first page is loaded with. */
  initialPageParam: P;
  /** What the page after the last one is loaded with; `undefined` or `null` when that was the last. */
  getNextPageParam: PageParamOf<T, P>;
  /** What the page before the first one is loaded with. @defaultValue there is none */
  getPreviousPageParam?: PageParamOf<T, P> | undefined;
  /** Pages that are kept: with one more, the one at the other end goes. 1 or more. @defaultValue all */
  maxPages?: number | undefined;
  /** Pages that a first load gets, one after the other, as long as there are. @defaultValue 1 */
  initialPages?: number | undefined;
}

/** Options of `useCachedInfiniteQuery`. */
export interface InfiniteQueryOptions<T = unknown, P = unknown, S = Pages<T, P>>
  extends Omit<QueryOptions<Pages<T, P>, S>, "fetcher">, PageOptions<T, P> {}

/** The same, with the key and its fetcher in one object. */
export interface KeyedInfiniteQueryOptions<
  T = unknown,
  K extends QueryKey = QueryKey,
  P = unknown,
  S = Pages<T, P>,
> extends InfiniteQueryOptions<T, P, S> {
  /** The key: a string or an array of plain values. */
  queryKey: K;
  /** Loads one page. */
  fetcher: PageFetcher<T, LooseKey<K>, P> | SkipToken;
}

/** Options of a hook that nothing keeps from loading its list, in one object. */
export interface LoadingInfiniteOptions<T = unknown, K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>
  extends Omit<KeyedInfiniteQueryOptions<T, K, P, S>, keyof Loads | "fetcher">, Loads {
  /** Loads one page. */
  fetcher: PageFetcher<T, LooseKey<K>, P>;
}

/** Options of a hook that suspends until there is a list, in one object. */
export interface SuspendingInfiniteOptions<T = unknown, K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>
  extends Omit<LoadingInfiniteOptions<T, K, P, S>, keyof Suspends>, Suspends {}

/** Options of a query of pages that can be given to hooks and calls alike; see `queryOptions`. */
export function infiniteQueryOptions<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  options: SuspendingInfiniteOptions<T, K, P, S>,
): Omit<SuspendingInfiniteOptions<T, K, P, S>, "queryKey"> & { queryKey: TaggedKey<K, Pages<T, P>> };
export function infiniteQueryOptions<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  options: LoadingInfiniteOptions<T, K, P, S>,
): Omit<LoadingInfiniteOptions<T, K, P, S>, "queryKey"> & { queryKey: TaggedKey<K, Pages<T, P>> };
export function infiniteQueryOptions<T, const K extends QueryKey = QueryKey, P = unknown, S = Pages<T, P>>(
  options: KeyedInfiniteQueryOptions<T, K, P, S>,
): Omit<KeyedInfiniteQueryOptions<T, K, P, S>, "queryKey"> & { queryKey: TaggedKey<K, Pages<T, P>> };
export function infiniteQueryOptions(options: KeyedInfiniteQueryOptions): KeyedInfiniteQueryOptions {
  return options;
}

/** A query of pages for a call: `client.fetchQuery(infiniteQuery(options))` loads the first page, or all again. */
export function infiniteQuery<T, const K extends QueryKey = QueryKey, P = unknown>(
  options: KeyedInfiniteQueryOptions<T, K, P, unknown>,
): KeyedQueryOptions<Pages<T, P>, K> {
  const { queryKey, fetcher, ...others } = options;
  const [pages, rest] = splitPageOptions("infiniteQuery", others as InfiniteQueryOptions);
  const list = listFetcher("infiniteQuery", fetcher, pages);
  // What is made of options is of the pages that they are for.
  return { ...(rest as QueryOptions<Pages<T, P>>), queryKey, fetcher: list as Fetcher<Pages<T, P>> };
}

const OPTIONAL: OptionTable<Pick<PageOptions, "getPreviousPageParam" | "maxPages" | "initialPages">> = {
  getPreviousPageParam: [FUNCTION, undefined, "(page) => page.previous"],
  maxPages: [/* @__PURE__ */ countTo(), undefined, "10"],
  initialPages: [/* @__PURE__ */ countTo(), undefined, "2"],
};

/** Parts a hook's options: those of pages, and the rest. @throws MachoOptionError for one that cannot be used */
export function splitPageOptions(owner: string, options: InfiniteQueryOptions): [PageOptions, QueryOptions] {
  const { initialPageParam, getNextPageParam, getPreviousPageParam, maxPages, initialPages, ...others } = options;
  check("initialPageParam" in options, "initialPageParam", `is needed by ${owner}`, undefined, "initialPageParam: 0");
  checkKind("getNextPageParam", getNextPageParam, FUNCTION, "(page) => page.next");
  checkOptions(owner, OPTIONAL, { getPreviousPageParam, maxPages, initialPages });
  return [{ initialPageParam, getNextPageParam, getPreviousPageParam, maxPages, initialPages }, others];
}

/** A fetcher of lists, with the options of its pages. */
export type PagesFetcher = AnyFetcher & { pages?: PageOptions };

/** By the context, which is the same for every try of one load, also where a newer fetcher makes the next one. */
const progress = new WeakMap<FetchContext, Progress>();

/** The pages that a load has so far. Its next try goes on from them. */
interface Progress {
  readonly pages: unknown[];
  readonly pageParams: unknown[];
}

/**
 * Makes a fetcher of lists of a fetcher of pages; `skipToken` stays one.
 * @throws MachoError "invalid-argument" for anything else
 */
export function listFetcher(owner: string, fetchPage: unknown, options: PageOptions): PagesFetcher | SkipToken {
  if (fetchPage === skipToken) return skipToken;
  checkFetcher(owner, fetchPage, "Pass (key, { pageParam }) => page.");
  return pagesFetcher(fetchPage, options);
}

/**
 * A fetcher of lists. It adds one page at the end that is asked for; otherwise it loads as many pages as there are, one
 * after the other, each with what the one before says, so that no entry is missed or twice there. A try after a
 * failure goes on at the page that failed.
 */
function pagesFetcher(fetchPage: PageFetcher<unknown, never, unknown>, options: PageOptions): PagesFetcher {
  const fetchPages: PagesFetcher = async (key, context) => {
    const { previous, direction } = context;
    const known = isPages(previous) ? previous : undefined;
    const load = (pageParam: unknown, end: Direction): unknown => fetchPage(key, pageContext(context, pageParam, end));
    if (direction !== undefined && known !== undefined && known.pages.length > 0) {
      const pageParam = paramOf(options, known, direction);
      if (isNone(pageParam)) return known;
      return extended(known, await load(pageParam, direction), pageParam, direction, options.maxPages);
    }
    const count = Math.min(known?.pages.length || (options.initialPages ?? 1), options.maxPages ?? Infinity);
    const done = progress.get(context) ?? { pages: [], pageParams: [] };
    progress.set(context, done);
    while (done.pages.length < count) {
      const isFirst = done.pages.length === 0;
      const first = known?.pages.length ? known.pageParams[0] : options.initialPageParam;
      const pageParam: unknown = isFirst ? first : paramOf(options, done, "forward");
      if (!isFirst && isNone(pageParam)) break;
      if (!isFirst && !context.isWanted) leave(context);
      // oxlint-disable-next-line no-await-in-loop
      const page = await load(pageParam, "forward");
      done.pages.push(page);
      done.pageParams.push(pageParam);
    }
    return { pages: done.pages, pageParams: done.pageParams };
  };
  fetchPages.pages = options;
  return fetchPages;
}

function pageContext(context: FetchContext, pageParam: unknown, direction: Direction): PageContext {
  // Its getters stay getters: a fetcher that never reads the signal is never aborted.
  return Object.create(context, {
    pageParam: { value: pageParam, enumerable: true },
    direction: { value: direction, enumerable: true },
  }) as PageContext;
}

function extended(
  { pages, pageParams }: Pages<unknown, unknown>,
  page: unknown,
  pageParam: unknown,
  direction: Direction,
  maxPages = Infinity,
): Pages<unknown, unknown> {
  if (direction === "forward") {
    const from = Math.max(0, pages.length + 1 - maxPages);
    return { pages: [...pages, page].slice(from), pageParams: [...pageParams, pageParam].slice(from) };
  }
  return { pages: [page, ...pages].slice(0, maxPages), pageParams: [pageParam, ...pageParams].slice(0, maxPages) };
}

/** The parameter of the next page at one end; `undefined` or `null` when there is none. */
export function paramOf(
  { getNextPageParam, getPreviousPageParam }: PageOptions,
  { pages, pageParams }: Pages<unknown, unknown>,
  direction: Direction,
): unknown {
  if (pages.length === 0) return undefined;
  const at = direction === "forward" ? pages.length - 1 : 0;
  const next = direction === "forward" ? getNextPageParam : getPreviousPageParam;
  return next?.(pages[at], pages, pageParams[at], pageParams);
}

export function isNone(pageParam: unknown): boolean {
  return pageParam === undefined || pageParam === null;
}

export function isPages(data: unknown): data is Pages<unknown, unknown> {
  const { pages, pageParams } = (data ?? {}) as Partial<Pages<unknown, unknown>>;
  return Array.isArray(pages) && Array.isArray(pageParams);
}
