import { MachoError, MachoOptionError } from "../../core/lru/index.ts";
import { check, definedOf, describe, hasOwn } from "../../core/lru/internal.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import { type AnyFetcher, skipToken } from "./fetcher.ts";
import { checkOptions, resolveOptions } from "./option-table.ts";
import {
  FETCH_OPTIONS,
  type FetchOptions,
  QUERY_OPTIONS,
  type QueryOptions,
  type ResolvedQueryOptions,
} from "./options.ts";

interface KeyDefaults {
  readonly order: number;
  readonly options: QueryOptions;
}

/** What others call it, and what stands for it here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  queryFn: "fetcher",
  gcTime: "ttl, or maxCacheSize of the cache",
  cacheTime: "ttl, or maxCacheSize of the cache",
};

/** What options are laid over: those of the client, then those of the key's prefixes, in the order in which they were set. */
export class OptionDefaults {
  /** What a hook without options has, where no key has defaults. */
  #client: ResolvedQueryOptions;
  /** By the hash of the prefix, in the order in which they were set. */
  #byKey = new Map<string, KeyDefaults>();
  #sets = 0;
  #isWeighed: boolean;

  /**
   * @param isWeighed whether the cache has a `maxWeight`
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  constructor(options: QueryOptions, isWeighed: boolean) {
    this.#isWeighed = isWeighed;
    this.#check("defaultOptions.queries", options);
    this.#client = { ...resolveOptions("", QUERY_OPTIONS, {}), ...definedOf(options) };
  }

  /** Defaults of all keys that begin like this one; those that were set for the same key are replaced. */
  set(key: QueryKey, options: QueryOptions): void {
    this.#check("setQueryDefaults", options);
    this.#byKey.set(hashKey(key), { order: this.#sets++, options });
  }

  /** What was set for a key and its prefixes. */
  of(key: QueryKey): QueryOptions {
    // A string key begins with itself and with nothing.
    const whole = typeof key === "string" ? [key] : Array.from(key, (_, last) => key.slice(0, last + 1));
    const fit = [[], ...whole].flatMap((prefix) => this.#byKey.get(hashKey(prefix)) ?? []);
    fit.sort((one, other) => one.order - other.order);
    return Object.assign({}, ...fit.map(({ options }) => options)) as QueryOptions;
  }

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  resolve(owner: string, key: QueryKey | undefined, options: QueryOptions | undefined): ResolvedQueryOptions {
    if (options !== undefined) this.#check(owner, options);
    return this.#over(key, options);
  }

  /** Of an imperative call, which tries once unless it says otherwise. @throws like {@link resolve} */
  resolveFetch(owner: string, key: QueryKey, options: FetchOptions): ResolvedQueryOptions {
    this.#check(owner, options, FETCH_OPTIONS);
    const { signal: _, staleIfError: __, retry = 0, ...others } = options;
    return this.#over(key, { ...others, retry });
  }

  #over(key: QueryKey | undefined, options: QueryOptions | undefined): ResolvedQueryOptions {
    if (this.#byKey.size === 0 && options === undefined && !this.#client.suspense) return this.#client;
    const ofKey = this.#byKey.size === 0 || key === undefined ? {} : this.of(key);
    const resolved = { ...this.#client, ...definedOf(ofKey), ...definedOf(options ?? {}) };
    // A placeholder for all hooks is not meant for those that wait for data.
    return resolved.suspense ? { ...resolved, placeholderData: options?.placeholderData } : resolved;
  }

  #check(
    owner: string,
    options: QueryOptions & FetchOptions,
    table: typeof FETCH_OPTIONS | typeof QUERY_OPTIONS = QUERY_OPTIONS,
  ): void {
    checkElsewhere(owner, options);
    checkOptions(owner, table, options);
    const { weight } = options;
    const isAllowed = weight === undefined || this.#isWeighed;
    check(isAllowed, "weight", "needs a cache with maxWeight", weight, "cache: { maxWeight: 5_000_000 }");
  }
}

function checkElsewhere(owner: string, options: object | null): void {
  for (const [name, instead] of Object.entries(ELSEWHERE)) {
    const got: unknown = options?.[name as keyof object];
    if (got !== undefined) throw new MachoOptionError(name, `is not an option of ${owner}`, got, `Pass ${instead}.`);
  }
}

/**
 * The fetcher of a hook or call: its own, or the default one; `undefined` for `skipToken`.
 * @throws MachoError "invalid-argument" when there is none, or something else
 */
export function fetcherOf(owner: string, own: unknown, { fetcher }: ResolvedQueryOptions): AnyFetcher | undefined {
  const chosen = own ?? fetcher;
  if (chosen === skipToken) return undefined;
  checkFetcher(owner, chosen);
  return chosen;
}

/** @throws MachoError "invalid-argument" unless it is a function */
export function checkFetcher(
  owner: string,
  fetcher: unknown,
  remedy = "Pass (key, { signal }) => data or a promise of it, or give the client a default fetcher.",
): asserts fetcher is AnyFetcher {
  if (typeof fetcher === "function") return;
  throw new MachoError("invalid-argument", `${owner} needs a fetcher, got ${describe(fetcher)}. ${remedy}`);
}

/** Of options for hooks and calls alike, those that a call takes. */
export function forCalls(options: QueryOptions & FetchOptions): FetchOptions {
  // A name that nobody knows stays, to be complained of.
  const names = Object.keys(options).filter((name) => hasOwn(FETCH_OPTIONS, name) || !hasOwn(QUERY_OPTIONS, name));
  return Object.fromEntries(names.map((name) => [name, options[name as keyof FetchOptions]]));
}
