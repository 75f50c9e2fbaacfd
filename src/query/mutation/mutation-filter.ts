import { check, checkNames } from "../../core/internal.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { Mutation } from "./mutation.ts";
import type { MutationStatus } from "./mutation-state.ts";

/** Which mutations a call is about. What is left out does not restrict; an empty filter means every mutation. */
export interface MutationFilter {
  /** Keys that begin with these elements; with `exact`, only this key. */
  readonly mutationKey?: QueryKey | undefined;
  /** @defaultValue false */
  readonly exact?: boolean | undefined;
  readonly status?: MutationStatus | undefined;
  /** Asked for each mutation that the rest lets through. */
  readonly predicate?: ((mutation: Mutation) => boolean) | undefined;
}

const FILTER = { mutationKey: true, exact: true, status: true, predicate: true } satisfies Record<
  keyof MutationFilter,
  true
>;
const STATUSES: readonly unknown[] = ["idle", "pending", "success", "error"];

/** Whether a filter lets a mutation through. @throws MachoOptionError for a filter that cannot be used */
export function mutationMatcher(method: string, filter: MutationFilter): (mutation: Mutation) => boolean {
  checkNames(method, filter, FILTER);
  const { mutationKey, exact = false, status, predicate } = filter;
  check(typeof exact === "boolean", "exact", "must be true or false", exact, "mutationKey, exact: true");
  const isStatus = status === undefined || STATUSES.includes(status);
  check(isStatus, "status", `must be one of ${STATUSES.join(", ")}`, status, 'status: "pending"');
  const isFunction = predicate === undefined || typeof predicate === "function";
  check(isFunction, "predicate", "must be a function", predicate, 'predicate: ({ scope }) => scope?.id === "cart"');
  const fits = mutationKey === undefined ? () => !exact : keyMatcher(mutationKey, exact);
  return (mutation) =>
    (status === undefined || mutation.state.status === status) &&
    fits(mutation.mutationKey) &&
    (predicate === undefined || predicate(mutation));
}

/** Whether a key begins with these elements. A string begins only itself. */
export function keyMatcher(prefix: QueryKey, exact: boolean): (key: QueryKey | undefined) => boolean {
  const hash = hashKey(prefix);
  return (key) => {
    if (key === undefined) return false;
    const isWhole = exact || typeof key === "string" || typeof prefix === "string";
    return hashKey(isWhole ? key : key.slice(0, prefix.length)) === hash;
  };
}
