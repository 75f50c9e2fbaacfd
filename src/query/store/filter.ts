import { check, hasOwn } from "../../core/lru/internal.ts";
import { checkOptions, FLAG, FUNCTION, oneOf, type OptionTable, type Resolved, TEXTS } from "../model/option-table.ts";
import { QUERY_OPTIONS, type QueryInfo, type QueryOptions } from "../model/options.ts";
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

const FILTER: OptionTable<Resolved<QueryFilter, keyof QueryFilter>> = {
  queryKey: [],
  exact: [FLAG],
  tags: [TEXTS],
  type: [oneOf("all", "active", "inactive")],
  stale: [FLAG],
  fetchStatus: [oneOf("idle", "fetching", "paused")],
  predicate: [FUNCTION, undefined, "() => true"],
};

/** Options that serve hooks and calls: as a filter, they mean their key, and what begins with it. */
export interface KeyedTarget extends Omit<QueryFilter, "queryKey" | "tags"> {
  /** The key, or what the keys begin with. */
  readonly queryKey: QueryKey;
  readonly tags?: QueryOptions["tags"];
}

/** Which queries a call is about: all whose key begins with this one, those that a filter means, or those of options. */
export type QueryTarget = QueryKey | QueryFilter | KeyedTarget;

/** A bare key is short for `{ queryKey }`. @throws MachoError for a key or a filter that cannot be used */
export function resolveFilter(method: string, which: QueryTarget | undefined = {}): QueryFilter {
  const given = filterOf(which);
  checkOptions(method, FILTER, given);
  const { queryKey, exact = false } = given;
  if (queryKey !== undefined) hashKey(queryKey);
  else check(!exact, "exact", "needs a queryKey beside it", exact, "queryKey, exact: true");
  return given;
}

/** Of options, the key, and what else is a filter's alone: the rest is about loading. */
function filterOf(which: QueryTarget): QueryFilter {
  if (typeof which === "string" || Array.isArray(which)) return { queryKey: which };
  // What is neither a filter nor options is complained of afterwards, as is `null`: nobody means everything by it.
  const filter = which as QueryFilter;
  if (filter?.queryKey === undefined) return filter;
  const entries = Object.entries(filter).filter(([name]) => name !== "tags");
  const isFilter = !entries.some(([name]) => hasOwn(QUERY_OPTIONS, name));
  return isFilter ? filter : Object.fromEntries(entries.filter(([name]) => hasOwn(FILTER, name)));
}
