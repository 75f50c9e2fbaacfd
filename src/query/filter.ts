import { MachoError } from "../core/index.ts";
import { check, checkNames, describe } from "../core/internal.ts";
import type { QueryInfo } from "./info.ts";
import { hashKey, type QueryKey } from "./key.ts";

/** Which queries a call is about. What is left out does not restrict; an empty filter means every query. */
export interface QueryFilter {
  /** Keys that begin with these elements; with `exact`, only this key. */
  readonly queryKey?: QueryKey | undefined;
  /** @defaultValue false */
  readonly exact?: boolean | undefined;
  /** Asked for each query that the rest lets through. */
  readonly predicate?: ((query: QueryInfo) => boolean) | undefined;
}

const FILTER = { queryKey: true, exact: true, predicate: true } satisfies Record<keyof QueryFilter, true>;

/** A bare key is short for `{ queryKey }`. @throws MachoError for a key or a filter that cannot be used */
export function resolveFilter(method: string, which: QueryKey | QueryFilter | undefined): QueryFilter {
  if (typeof which === "string" || Array.isArray(which)) {
    hashKey(which);
    return { queryKey: which };
  }
  const filter = which ?? {};
  checkNames(method, filter, FILTER);
  // Neither a string nor an array, so it is the object.
  const { queryKey, exact = false, predicate } = filter as QueryFilter;
  check(typeof exact === "boolean", "exact", "must be true or false", exact, "queryKey, exact: true");
  const isFunction = predicate === undefined || typeof predicate === "function";
  check(isFunction, "predicate", "must be a function", predicate, "predicate: (query) => query.isStale");
  if (queryKey !== undefined) hashKey(queryKey);
  else if (exact) {
    const message = `${method} with exact needs a queryKey, got ${describe(queryKey)}. Pass { queryKey, exact: true }.`;
    throw new MachoError("invalid-argument", message);
  }
  return { queryKey, exact, predicate };
}
