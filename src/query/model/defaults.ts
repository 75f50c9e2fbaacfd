import { MachoError, MachoOptionError } from "../../core/lru/index.ts";
import { check, definedOf, describe } from "../../core/lru/internal.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import { matcherOf } from "../key/prefix.ts";
import { type AnyFetcher, skipToken } from "./fetcher.ts";
import { checkOptions, standardsOf } from "./option-table.ts";
import {
  CALL_AND_HOOK_OPTIONS,
  FETCH_OPTIONS,
  type FetchOptions,
  QUERY_OPTIONS,
  type QueryOptions,
  type ResolvedQueryOptions,
} from "./options.ts";

/** What others call it, and what stands for it here. */
const ELSEWHERE = [
  ["queryFn", "fetcher"],
  ["gcTime", "ttl, or maxCacheSize of the cache"],
  ["cacheTime", "ttl, or maxCacheSize of the cache"],
] as const;

/** What options are laid over: those of the client, then those of the key's prefixes, in the order in which they were set. */
export class OptionDefaults {
  /** What a hook without options has, where no key has defaults. */
  #client: ResolvedQueryOptions;
  /** By the hash of the prefix, in the order in which they were set. */
  #byKey = new Map<string, { readonly fits: (hash: string) => boolean; readonly options: QueryOptions }>();
  #isWeighed: boolean;

  /**
   * @param isWeighed whether the cache has a `maxWeight`
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  constructor(options: QueryOptions, isWeighed: boolean) {
    this.#isWeighed = isWeighed;
    this.#check("defaultOptions.queries", options);
    this.#client = { ...standardsOf(QUERY_OPTIONS), ...definedOf(options) };
  }

  /** Defaults of all keys that begin like this one; those that were set for the same key are replaced. */
  set(key: QueryKey, options: QueryOptions): void {
    this.#check("setQueryDefaults", options);
    const hash = hashKey(key);
    this.#byKey.delete(hash);
    this.#byKey.set(hash, { fits: matcherOf(key), options });
  }

  /** What was set for a key and its prefixes. */
  of(key: QueryKey): QueryOptions {
    const hash = hashKey(key);
    return Object.assign(
      {},
      ...Array.from(this.#byKey.values(), ({ fits, options }) => fits(hash) && options),
    ) as object;
  }

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  resolve(owner: string, key: QueryKey | undefined, options: QueryOptions | undefined): ResolvedQueryOptions {
    if (options !== undefined) this.#check(owner, options);
    return this.#over(key, options);
  }

  /**
   * Of an imperative call, which tries once unless it says otherwise.
   * @param isShared whether they are options for hooks as well
   * @throws like {@link resolve}
   */
  resolveFetch(owner: string, key: QueryKey, options: FetchOptions, isShared?: boolean): ResolvedQueryOptions {
    this.#check(owner, options, isShared ? CALL_AND_HOOK_OPTIONS : FETCH_OPTIONS);
    const { signal: _, retry = 0, ...others } = options;
    return this.#over(key, { ...others, retry });
  }

  #over(key: QueryKey | undefined, options: QueryOptions | undefined): ResolvedQueryOptions {
    const isPlain = this.#byKey.size === 0;
    if (isPlain && options === undefined && !this.#client.suspense) return this.#client;
    const ofKey = isPlain || key === undefined ? {} : this.of(key);
    const resolved = { ...this.#client, ...definedOf(ofKey), ...definedOf(options ?? {}) };
    // A placeholder for all hooks is not meant for those that wait for data.
    return resolved.suspense ? { ...resolved, placeholderData: options?.placeholderData } : resolved;
  }

  #check(owner: string, options: FetchOptions, table: Parameters<typeof checkOptions>[1] = QUERY_OPTIONS): void {
    checkElsewhere(owner, options);
    checkOptions(owner, table, options);
    const { weight } = options;
    const isAllowed = weight === undefined || this.#isWeighed;
    check(isAllowed, "weight", "needs a cache with maxWeight", weight, "cache: { maxWeight: 5_000_000 }");
  }
}

function checkElsewhere(owner: string, options: object | null): void {
  for (const [name, instead] of ELSEWHERE) {
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
