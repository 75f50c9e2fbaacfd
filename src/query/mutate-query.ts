import { check, checkNames } from "../core/internal.ts";
import type { QueryClient } from "./client.ts";
import type { DataOf } from "./keyed-options.ts";
import { hashKey, type QueryKey } from "./key.ts";
import { Overlays } from "./overlays.ts";

/** Options of `mutateQuery`. */
export interface MutateQueryOptions<T, R = T> {
  /**
   * Shown until the answer is there: data, or a function of the data that was last committed and of what is shown now,
   * which may be the optimistic data of another call.
   */
  optimisticData?: T | ((committed: T | undefined, displayed: T | undefined) => T) | undefined;
  /** Whether a failure takes optimistic data back, to what was last committed. @defaultValue true */
  rollbackOnError?: boolean | ((error: unknown) => boolean) | undefined;
  /** Whether the answer becomes the data; or what makes data of it and of what was last committed. @defaultValue true */
  populateCache?: boolean | ((answer: R, committed: T | undefined) => T | undefined) | undefined;
  /** Whether the query is stale afterwards, and loaded again where it is on screen. @defaultValue true */
  revalidate?: boolean | ((answer: R | undefined, key: QueryKey) => boolean) | undefined;
  /** Whether a failure rejects; otherwise it resolves to `undefined`. @defaultValue true */
  throwOnError?: boolean | undefined;
}

/** What comes next: a value, a promise of one, or a function of the data that was last committed. */
export type MutateQueryUpdate<T, R = T> =
  | R
  | PromiseLike<R>
  | ((committed: T | undefined) => R | PromiseLike<R> | undefined);

const OPTIONS = {
  optimisticData: true,
  rollbackOnError: true,
  populateCache: true,
  revalidate: true,
  throwOnError: true,
} satisfies Record<keyof MutateQueryOptions<unknown>, true>;

/** So that a client knows nothing of it, and an app without it ships none of this. */
const overlaysOf = new WeakMap<QueryClient, Overlays>();

/**
 * Changes the data of one query, and shows the outcome before it is there. Without an update, it is only loaded again.
 *
 * Of calls that overlap, the latest alone writes; what an earlier one answers or fails with only reaches its caller.
 * While one is under way no load shows: one that began before or meanwhile is dismissed, and its callers get their
 * answer. Data that was removed meanwhile stays so, and data that was set meanwhile is not rolled back. What is rolled
 * back is as old as it was, and does not outlive its `ttl`.
 *
 * @returns the answer, before it is loaded again; `undefined` leaves the data as it is shown
 * @throws what the update throws or rejects with
 *
 * @example
 * await mutateQuery<Todo[]>(client, ["todos"], send(todo), { optimisticData: (todos = []) => [...todos, todo] });
 */
export function mutateQuery<T, R = T, K extends QueryKey = QueryKey>(
  client: QueryClient,
  key: K,
  update?: MutateQueryUpdate<DataOf<K, T>, R>,
  options?: MutateQueryOptions<DataOf<K, T>, R>,
): Promise<R | undefined>;
export async function mutateQuery<T, R = T>(
  client: QueryClient,
  key: QueryKey,
  update?: MutateQueryUpdate<T, R>,
  options: MutateQueryOptions<T, R> = {},
): Promise<R | undefined> {
  checkOptions(options);
  const hash = hashKey(key);
  const overlays = overlaysOf.get(client) ?? new Overlays(client);
  overlaysOf.set(client, overlays);
  const overlay = overlays.at(key, hash);
  // The data of a key and its type are the user's to pair.
  const committed = overlay.committed as T | undefined;
  const optimistic = resultOf(options.optimisticData, committed, overlay.displayed);
  overlays.add(hash, overlay);
  const call = overlay.begin();
  let answer: R | undefined;
  try {
    overlay.show(optimistic);
    const asked = resultOf(update, committed) as R | PromiseLike<R> | undefined;
    answer = isThenable(asked) ? await asked : asked;
    if (overlay.isLatest(call)) overlay.commit(populated(answer, overlay.committed as T | undefined, options));
  } catch (error) {
    const { rollbackOnError = true, throwOnError = true } = options;
    if (overlay.isLatest(call)) overlay.fail(() => Boolean(resultOf(rollbackOnError, error)));
    if (throwOnError) throw error;
  } finally {
    // One that was overtaken and ends last may have changed what was loaded before.
    if (overlay.isOver) overlay.revalidate(Boolean(resultOf(options.revalidate ?? true, answer, key)));
  }
  return answer;
}

function populated<T, R>(
  answer: R | undefined,
  committed: T | undefined,
  { populateCache = true }: MutateQueryOptions<T, R>,
): unknown {
  if (typeof populateCache === "function") return answer === undefined ? undefined : populateCache(answer, committed);
  return populateCache ? answer : undefined;
}

/** A value, or what the function gives that stands for it. */
function resultOf(value: unknown, ...args: readonly unknown[]): unknown {
  return typeof value === "function" ? (value as (...args: readonly unknown[]) => unknown)(...args) : value;
}

function isThenable<R>(value: R | PromiseLike<R>): value is PromiseLike<R> {
  return typeof (value as Partial<PromiseLike<R>> | null | undefined)?.then === "function";
}

function checkOptions(options: Partial<Record<keyof typeof OPTIONS, unknown>>): void {
  checkNames("mutateQuery", options, OPTIONS);
  const { rollbackOnError, populateCache, revalidate, throwOnError } = options;
  for (const [option, value] of Object.entries({ rollbackOnError, populateCache, revalidate })) {
    const isGood = value === undefined || ["boolean", "function"].includes(typeof value);
    check(isGood, option, "must be true, false or a function", value, `${option}: false`);
  }
  const isBoolean = throwOnError === undefined || typeof throwOnError === "boolean";
  check(isBoolean, "throwOnError", "must be true or false", throwOnError, "throwOnError: false");
}
