import { MachoOptionError } from "../core/index.ts";
import { checkNames } from "../core/internal.ts";
import { hashKey, type QueryKey } from "./key.ts";

/** One query and only it. A bare key means the same. */
export interface ExactQuery {
  readonly queryKey: QueryKey;
  readonly exact: true;
}

/** @throws MachoError for a key or a filter that cannot be used */
export function exactQuery(method: string, which: QueryKey | ExactQuery): { key: QueryKey; hash: string } {
  if (typeof which === "string" || Array.isArray(which)) return { key: which, hash: hashKey(which) };
  checkNames(method, which, { queryKey: true, exact: true });
  // Not an array, so it is the object.
  const { queryKey, exact } = which as ExactQuery;
  if (exact !== true) throw new MachoOptionError("exact", "must be true", exact, `Pass { queryKey, exact: true }.`);
  return { key: queryKey, hash: hashKey(queryKey) };
}
