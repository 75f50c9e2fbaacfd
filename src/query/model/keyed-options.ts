import type { Fetcher, LooseKey, SkipToken } from "./fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { FetchOptions, QueryOptions } from "./options.ts";

declare const data: unique symbol;

/** A key that knows the type of its data. */
export type TaggedKey<K extends QueryKey, T> = K & { readonly [data]?: T };

/** The type of a key's data: its own, where it knows, or else the one that is given. */
export type DataOf<K, T> = K extends { readonly [data]?: infer Own }
  ? unknown extends Own
    ? T
    : Exclude<Own, undefined>
  : T;

/** A key, its fetcher and its options in one object. `T` is what the fetcher gives, `S` what a hook gives. */
export interface KeyedQueryOptions<T = unknown, K extends QueryKey = QueryKey, S = T> extends Omit<
  QueryOptions<T, S>,
  "fetcher"
> {
  /** The key: a string or an array of plain values. */
  queryKey: K;
  /** Loads the data of the key. @defaultValue the client's default fetcher */
  fetcher?: Fetcher<T, LooseKey<K>> | SkipToken | undefined;
}

/** What leaves a hook free to load: with `suspense`, it has data whenever it renders. */
export interface Loads {
  suspense?: boolean | undefined;
  enabled?: undefined;
  throwOnError?: boolean | undefined;
}

/** What makes a hook suspend until there is data, and go on showing some: nothing keeps it from loading. */
export interface Suspends extends Loads {
  suspense: true;
}

/** Options of a hook that nothing keeps from loading, in one object. */
export interface LoadingQueryOptions<T = unknown, K extends QueryKey = QueryKey, S = T>
  extends Omit<KeyedQueryOptions<T, K, S>, keyof Loads | "fetcher">, Loads {
  /** Loads the data of the key. */
  fetcher: Fetcher<T, LooseKey<K>>;
}

/** Options of a hook that suspends, in one object. */
export interface SuspendingQueryOptions<T = unknown, K extends QueryKey = QueryKey, S = T>
  extends Omit<LoadingQueryOptions<T, K, S>, keyof Suspends>, Suspends {}

/** What only a call takes. */
export type FetchExtras = Pick<FetchOptions, "signal" | "staleIfError">;

/**
 * Options that can be given to hooks and to calls alike, whose key knows the type of its data from then on:
 * `getQueryData(options.queryKey)` has the fetcher's type.
 *
 * @example
 * const film = (id: number) => queryOptions({ queryKey: ["film", id], fetcher: loadFilm, staleTime: 60_000 });
 * useCachedQuery(film(1));
 * client.getQueryData(film(1).queryKey); // Film | undefined
 */
export function queryOptions<T, const K extends QueryKey = QueryKey, S = T>(
  options: SuspendingQueryOptions<T, K, S>,
): Omit<SuspendingQueryOptions<T, K, S>, "queryKey"> & { queryKey: TaggedKey<K, T> };
export function queryOptions<T, const K extends QueryKey = QueryKey, S = T>(
  options: LoadingQueryOptions<T, K, S>,
): Omit<LoadingQueryOptions<T, K, S>, "queryKey"> & { queryKey: TaggedKey<K, T> };
export function queryOptions<T, const K extends QueryKey = QueryKey, S = T>(
  options: KeyedQueryOptions<T, K, S>,
): Omit<KeyedQueryOptions<T, K, S>, "queryKey"> & { queryKey: TaggedKey<K, T> };
export function queryOptions(options: KeyedQueryOptions): KeyedQueryOptions {
  return options;
}
