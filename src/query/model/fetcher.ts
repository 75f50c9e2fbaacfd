// How data is loaded: by which function, how often it is tried again, and what it waits for.
import type { LoadContext } from "../../core/lru/index.ts";
import { reasonOf } from "../../core/lru/internal.ts";
import type { QueryKey } from "../key/key.ts";

/** What a fetcher says of its answer. */
export interface Lifetime {
  /** Ms that the answer is fresh, whatever a hook says: 0 or more. */
  readonly staleTime?: number | undefined;
  /** Ms after which the answer is not shown any more: above 0. */
  readonly ttl?: number | undefined;
  /** Ms after the end of its freshness in which `fetchQuery` gives it where a load fails, unless that call says otherwise. */
  readonly staleIfError?: number | undefined;
  /** Whether it may be kept; otherwise only hooks on screen and callers get it. @defaultValue true */
  readonly isStorable?: boolean | undefined;
}

/** What a fetcher gets besides its key. */
export interface FetchContext extends LoadContext {
  /** Of the query's options. */
  readonly meta: QueryMeta | undefined;
  /** Says how long the answer lives, as a response's headers do; the last call counts. */
  setLifetime(lifetime: Lifetime): void;
  /** Shows data while the load goes on, as of a stream. */
  publish(data: unknown): void;
  /** Whether anybody waits for the answer still. To ask changes nothing, unlike to read `signal`. */
  readonly isWanted: boolean;
  /** The data that is there while this is called; `undefined` without any. */
  readonly previous: unknown;
  /** Which end of a list of pages grows; `undefined` where everything is loaded anew. */
  readonly direction: "forward" | "backward" | undefined;
}

/**
 * Ends a load in the middle that nobody waits for: half an answer is none. Reading the signal then aborts it.
 * @throws its reason
 */
export function leave({ signal }: FetchContext): never {
  throw reasonOf(signal);
}

/** Anything about a query that its fetcher and the listeners of the client may want to know. */
export type QueryMeta = Register extends { queryMeta: infer Meta extends object } ? Meta : Record<string, unknown>;

/**
 * Types of your own for all of an app: declare members of this interface in the module `macho-cache/query`.
 * `queryMeta` is the type of `meta`, `defaultError` that of `error`.
 */
export interface Register {} // oxlint-disable-line typescript/no-empty-interface, typescript/no-empty-object-type

/** The type of errors that hooks give; `unknown` unless registered. */
export type DefaultError = Register extends { defaultError: infer Failure } ? Failure : unknown;
/** The same where there may be none. */
export type MaybeError = Register extends { defaultError: infer Failure } ? Failure | undefined : unknown;

/**
 * The user's function that gets the data of a key. The newest mounted one is used. Data is never `undefined`.
 */
export type Fetcher<T, K extends QueryKey = QueryKey> = (key: K, context: FetchContext) => T | PromiseLike<T>;

/**
 * What a function is given. Where it is known as no more than `Least`, as beside one type argument alone, the function is
 * believed: parameters are compared against their direction, so that what is widest would fit no function.
 * @since 0.2.0
 */
export type Believed<T, Least> = Least extends T ? any : T; // oxlint-disable-line typescript/no-explicit-any

/** A key as the fetcher beside it gets it. */
export type LooseKey<K extends QueryKey> = Believed<K, QueryKey>;

/** Any fetcher; it is only ever called with the key that it came with. */
export type AnyFetcher = Fetcher<unknown, never> & {
  /** Its load goes on for as long as somebody looks: nobody waits for the end. */
  readonly staysOpen?: true;
};

/** In place of a fetcher: the query never loads, and waits for data that is set. */
export const skipToken: unique symbol = Symbol.for("macho-cache skip");
/** The type of {@link skipToken}. */
export type SkipToken = typeof skipToken;

/** Whether a load that failed is tried again; see `QueryOptions.retry`. */
export type Retry = number | boolean | ((failureCount: number, error: DefaultError) => boolean);

/** How long before the next try; see `QueryOptions.retryDelay`. */
export type RetryDelay = number | ((failureCount: number, error: DefaultError) => number | null | undefined);

/**
 * What being offline means: `"online"` waits for the network, `"always"` never waits, `"offlineFirst"` tries once
 * without it, and waits before it tries again.
 */
export type NetworkMode = "online" | "always" | "offlineFirst";
