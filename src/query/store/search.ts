import { type Found, infoOf, isFoundStale } from "../machine/freshness.ts";
import { hashKey } from "../key/key.ts";
import type { QueryFilter } from "./filter.ts";
import { matcherOf } from "../key/prefix.ts";
import type { KeyIndex } from "./key-index.ts";

/** What a search looks at. */
export interface Searched {
  /** What is stored, with things of others among it. */
  readonly cache: Iterable<readonly [hash: string, value: unknown]>;
  /** What is on screen or loading. */
  readonly live: ReadonlyMap<string, Found>;
  readonly now: () => number;
  find(hash: string): Found | undefined;
  /** Of tags, and of the prefixes that somebody asked for. */
  readonly index: KeyIndex;
  /** Keeps the index right from now on. */
  followCache(): void;
}

/** The queries that a filter means, in the cache's order; only live ones in the order in which they came. */
export function search(searched: Searched, filter: QueryFilter): Found[] {
  const { queryKey, exact, tags, type = "all", stale, fetchStatus, predicate } = filter;
  const { now } = searched;
  const isNamed = matcherOf(queryKey, exact);
  const found: Found[] = [];
  for (const hash of candidates(searched, filter)) {
    const each = searched.find(hash);
    if (
      each &&
      isNamed(hash) &&
      (!tags || each.tags?.some((tag) => tags.includes(tag))) &&
      (type === "all" || (each.newest !== undefined) === (type === "active")) &&
      (stale === undefined || isFoundStale(each, now) === stale) &&
      (fetchStatus === undefined || each.state.fetchStatus === fetchStatus)
    ) {
      found.push(each);
    }
  }
  if (!predicate) return found;
  // All are looked at before the first question: a predicate may change what is there.
  const infos = found.map((each) => infoOf(each, now));
  return found.filter((_each, index) => predicate(infos[index]!));
}

/**
 * Hashes among which a filter finds all that it means: by the key or an index, or only those that are live, where that
 * is possible. Tags of what is live are not looked up: until the first answer they are those of its hooks.
 */
function candidates(
  searched: Searched,
  { queryKey, exact, tags, type, fetchStatus = "idle" }: QueryFilter,
): Iterable<string> {
  const { live, cache } = searched;
  if (type === "active" || fetchStatus !== "idle") return live.keys();
  if (tags) return new Set([...live.keys(), ...searched.index.withTags(tags)]);
  if (typeof queryKey === "string" || exact) return [hashKey(queryKey!)];
  if (!queryKey?.length) {
    // What is stored, and then what is only on screen or loading.
    const stored = Array.from(cache, ([hash]) => hash);
    return live.size ? new Set([...stored, ...live.keys()]) : stored;
  }
  searched.followCache();
  return searched.index.startingWith(queryKey, () => search(searched, {}).map(({ state }) => state.hash));
}
