import type { QueryResult } from "./result.ts";

/** A name of something in a result. */
export type ResultField = keyof QueryResult<unknown>;

/** Every field that a result may have, those of pages as well: each has the bit of its place. */
const FIELDS = [
  "data",
  "error",
  "status",
  "fetchStatus",
  "isPending",
  "isSuccess",
  "isError",
  "isFetching",
  "isPaused",
  "isLoading",
  "isRefetching",
  "isStale",
  "isFetched",
  "isFetchedAfterMount",
  "isPlaceholderData",
  "isLoadingError",
  "isRefetchError",
  "isEnabled",
  "dataUpdatedAt",
  "errorUpdatedAt",
  "failureCount",
  "failureReason",
  "errorUpdateCount",
  "refetch",
  "fetchNextPage",
  "fetchPreviousPage",
  "hasNextPage",
  "hasPreviousPage",
  "isFetchingNextPage",
  "isFetchingPreviousPage",
  "isFetchNextPageError",
  "isFetchPreviousPageError",
] as readonly ResultField[];

/** What stands for a field in a set of fields. */
export function bitOf(field: ResultField): number {
  return 1 << FIELDS.indexOf(field);
}

/** Whether two results differ in one of these fields; in any, if there are none. */
export function differ(one: QueryResult<unknown>, other: QueryResult<unknown>, fields: number): boolean {
  if (one === other) return false;
  for (let index = 0, left = fields || -1; left !== 0 && index < FIELDS.length; index++, left >>>= 1) {
    if ((left & 1) !== 0 && !Object.is(one[FIELDS[index]!], other[FIELDS[index]!])) return true;
  }
  return false;
}

/** Whether two objects have the same in each of their names. */
export function isSame(one: object | undefined, other: object | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const names = Object.keys(one) as never[];
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.is(one[name], other[name]));
}
