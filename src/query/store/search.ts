import { type Found, infoOf, isFoundStale } from "../machine/freshness.ts";
import { hashKey } from "../key/key.ts";
import type { QueryFilter } from "./filter.ts";
import { type KeyIndex, matcherOf } from "./key-index.ts";

/** What a search looks at. */
export interface Searched {
  /** What is stored, with things of others among it. */
  readonly cache: Iterable<readonly [hash: string, value: unknown]> & { has(hash: string): boolean };
  /** What is on screen or loading. */
  readonly live: ReadonlyMap<string, Found>;
  readonly now: () => number;
  find(hash: string): Found | undefined;
  /** Of tags and prefixes, where there is one. */
  readonly index: KeyIndex | undefined;
  /** The same, made on demand. */
  indexed(): KeyIndex;
}

/** The queries that a filter means, in the cache's order; only live ones in the order in which they came. */
export function search(searched: Searched, filter: QueryFilter): Found[] {
  const { type = "all", stale, fetchStatus, predicate } = filter;
  const { now } = searched;
  const found = candidates(searched, filter).filter((each) => {
    if (type !== "all" && (each.newest !== undefined) !== (type === "active")) return false;
    if (stale !== undefined && isFoundStale(each, now) !== stale) return false;
    return fetchStatus === undefined || each.state.fetchStatus === fetchStatus;
  });
  if (!predicate) return found;
  // All are looked at before the first question: a predicate may change what is there.
  const infos = found.map((each) => infoOf(each, now));
  return found.filter((_each, index) => predicate(infos[index]!));
}

/**
 * What has the key and the tags of a filter, by an index or among the few that are live, where that is possible. Tags
 * of what is live are looked at: until the first answer they are those of its hooks.
 */
function candidates(searched: Searched, { queryKey, exact, tags, type, fetchStatus = "idle" }: QueryFilter): Found[] {
  const found = (hashes: readonly string[]): Found[] => hashes.flatMap((hash) => searched.find(hash) ?? []);
  const isOfLive = type === "active" || fetchStatus !== "idle";
  if (tags || isOfLive) {
    const { live } = searched;
    const isNamed = matcherOf(queryKey, exact);
    const isMeant = ({ state, tags: own }: Found): boolean =>
      isNamed(state.hash) && (!tags || own?.some((tag) => tags.includes(tag)) === true);
    const meant = [...live.values()].filter(isMeant);
    if (!tags || isOfLive) return meant;
    const stored = searched.index?.withTags(tags) ?? [];
    return [...meant, ...found(stored.filter((hash) => isNamed(hash) && !live.has(hash)))];
  }
  if (typeof queryKey === "string" || exact) return found([hashKey(queryKey!)]);
  if (!queryKey?.length) return all(searched);
  return found(searched.indexed().startingWith(queryKey, () => all(searched).map(({ state }) => state.hash)));
}

/** What is stored, and then what is only on screen or loading. */
function all(searched: Searched): Found[] {
  const { cache, live } = searched;
  const stored = Array.from(cache, ([hash]) => searched.find(hash) ?? []).flat();
  return [...stored, ...[...live.values()].filter(({ state }) => !cache.has(state.hash))];
}
