import { check, checkBoolean, checkFunction, checkNames, hasOwn } from "../../core/internal.ts";
import { type Found, isFoundStale } from "../machine/freshness.ts";
import { isOptionName, type QueryInfo, type QueryOptions } from "../model/options.ts";
import { hashKey, type QueryKey } from "../key/key.ts";

/** Which queries a call is about. What is left out does not restrict; an empty filter means every query. */
export interface QueryFilter {
  /** Keys that begin with these elements; with `exact`, only this key. */
  readonly queryKey?: QueryKey | undefined;
  /** @defaultValue false */
  readonly exact?: boolean | undefined;
  /** Queries that have one of these tags at least: by their answer, a load under way, or a mounted hook. */
  readonly tags?: readonly string[] | undefined;
  /** `active`: a mounted hook may load it. `inactive`: none may. @defaultValue "all" */
  readonly type?: "all" | "active" | "inactive" | undefined;
  /** Only stale ones, or only fresh ones. */
  readonly stale?: boolean | undefined;
  /** Only those that are loading, waiting, or neither. */
  readonly fetchStatus?: "idle" | "fetching" | "paused" | undefined;
  /** Asked for each query that the rest lets through. */
  readonly predicate?: ((query: QueryInfo) => boolean) | undefined;
}

const FILTER = {
  queryKey: true,
  exact: true,
  tags: true,
  type: true,
  stale: true,
  fetchStatus: true,
  predicate: true,
} satisfies Record<keyof QueryFilter, true>;

/** Options that serve hooks and calls: as a filter, they mean their key, and what begins with it. */
export interface KeyedTarget extends Omit<QueryFilter, "queryKey" | "tags"> {
  readonly queryKey: QueryKey;
  readonly tags?: QueryOptions["tags"];
}

/** Which queries a call is about: all whose key begins with this one, those that a filter means, or those of options. */
export type QueryTarget = QueryKey | QueryFilter | KeyedTarget;

/** A bare key is short for `{ queryKey }`. @throws MachoError for a key or a filter that cannot be used */
export function resolveFilter(method: string, which: QueryTarget | undefined): QueryFilter {
  if (typeof which === "string" || Array.isArray(which)) {
    hashKey(which);
    return { queryKey: which };
  }
  // Not for `null`, the key of a hook that has none yet: nobody means everything by it.
  const given = which === undefined ? {} : filterOf(which);
  checkNames(method, given, FILTER);
  // Neither a string nor an array, so it is the object.
  const filter = given as QueryFilter;
  const { queryKey, exact = false, tags, type = "all", stale, fetchStatus, predicate } = filter;
  checkBoolean("exact", exact);
  const areTags = tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === "string"));
  check(areTags, "tags", "must be an array of strings", tags, 'tags: ["films"]');
  checkWord("type", type, ["all", "active", "inactive"]);
  checkWord("fetchStatus", fetchStatus, [undefined, "idle", "fetching", "paused"]);
  if (stale !== undefined) checkBoolean("stale", stale);
  checkFunction("predicate", predicate, "predicate: (query) => query.isStale");
  if (queryKey !== undefined) hashKey(queryKey);
  else check(!exact, "exact", "needs a queryKey beside it", exact, "queryKey, exact: true");
  return filter;
}

/** Of options, the key, and what else is a filter's alone: the rest is about loading. */
function filterOf(given: unknown): unknown {
  if (typeof given !== "object" || given === null || !("queryKey" in given)) return given;
  const entries = Object.entries(given);
  if (!entries.some(([name]) => isOptionName(name) && name !== "tags")) return given;
  return Object.fromEntries(entries.filter(([name]) => name !== "tags" && hasOwn(FILTER, name)));
}

/** Whether only queries that are on screen or loading can be meant. */
export function isOfLive({ type, fetchStatus = "idle" }: QueryFilter): boolean {
  return type === "active" || fetchStatus !== "idle";
}

function checkWord(option: string, word: unknown, words: readonly unknown[]): void {
  const known = words.filter((each) => each !== undefined).map((each) => JSON.stringify(each));
  check(words.includes(word), option, `must be one of ${known.join(", ")}`, word, `${option}: ${known[1]}`);
}

/** Whether a query is one that a filter means, its key, its tags and the predicate apart. Makes nothing. */
export function fits({ type = "all", stale, fetchStatus }: QueryFilter, found: Found, now: () => number): boolean {
  if (type !== "all" && found.isActive !== (type === "active")) return false;
  if (stale !== undefined && isFoundStale(found, now) !== stale) return false;
  return fetchStatus === undefined || found.state.fetchStatus === fetchStatus;
}
