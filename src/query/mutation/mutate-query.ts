import type { QueryClient } from "../client/client.ts";
import type { DataOf } from "../model/keyed-options.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import { checkOptions, either, FLAG, FUNCTION, type Kind, type OptionRow } from "../model/option-table.ts";
import { changesOf } from "./optimistic-changes.ts";
import type { Effect } from "./optimistic-stack.ts";

/** Options of `mutateQuery`. */
export interface MutateQueryOptions<T, R = T> {
  /**
   * Shown until the answer is there: data, or a function of the data that was last committed and of what is shown now,
   * which may be the optimistic data of another call. Called again where what is shown beneath has changed, as when a
   * call before failed.
   * @defaultValue none
   */
  optimisticData?: T | ((committed: T | undefined, displayed: T | undefined) => T) | undefined;
  /** Whether a failure takes its own optimistic data back. @defaultValue true */
  rollbackOnError?: boolean | ((error: unknown) => boolean) | undefined;
  /**
   * Whether the answer becomes the data; or what makes data of it and of what was last committed, with what calls before
   * hope for. Called again where that has changed. @defaultValue true
   */
  populateCache?: boolean | ((answer: R, committed: T | undefined) => T | undefined) | undefined;
  /** Whether the query is stale afterwards, and loaded again where it is on screen. @defaultValue true */
  revalidate?: boolean | ((answer: R | undefined, key: QueryKey) => boolean) | undefined;
  /** Whether a failure rejects; otherwise it resolves to `undefined`. @defaultValue true */
  throwOnError?: boolean | undefined;
}

/**
 * What comes next: a value, a promise of one, or a function of the data that is shown: what was last committed, with what
 * calls before hope for.
 */
export type MutateQueryUpdate<T, R = T> =
  | R
  | PromiseLike<R>
  | ((displayed: T | undefined) => R | PromiseLike<R> | undefined);

const FLAG_OR_FUNCTION: Kind = /* @__PURE__ */ either(FLAG, FUNCTION);
const OPTIONS: Record<keyof MutateQueryOptions<unknown>, OptionRow> = {
  optimisticData: [],
  rollbackOnError: [FLAG_OR_FUNCTION],
  populateCache: [FLAG_OR_FUNCTION],
  revalidate: [FLAG_OR_FUNCTION],
  throwOnError: [FLAG],
};

/**
 * Changes the data of one query, and shows the outcome before it is there. Without an update, it is only loaded again.
 *
 * Calls that overlap build on each other, in the order of the calls, whichever ends first: each sees the optimistic data
 * of those before it, a failure takes back its own alone, and a function of `populateCache` is applied to what the others
 * brought. An answer that is taken whole stands for all calls before it.
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
  checkOptions("mutateQuery", OPTIONS, options);
  const changes = changesOf(client, key, hashKey(key));
  const call = {};
  let answer: R | undefined;
  let hasBegun = false;
  try {
    const { committed, displayed } = changes.look();
    const hoped = resultOf(options.optimisticData, committed, displayed);
    hasBegun = true;
    changes.begin(call, hopeOf(options), hoped);
    // The data of a key and its type are the user's to pair.
    const asked = resultOf(update, displayed) as R | PromiseLike<R> | undefined;
    answer = isThenable(asked) ? await asked : asked;
    changes.land(call, broughtBy(answer, options));
  } catch (error) {
    const { rollbackOnError = true, throwOnError = true } = options;
    changes.fail(call, () => Boolean(resultOf(rollbackOnError, error)));
    if (throwOnError || !hasBegun) throw error;
  } finally {
    changes.end(() => hasBegun && Boolean(resultOf(options.revalidate ?? true, answer, key)));
  }
  return answer;
}

/** What a call hopes for, to be shown on top of what others bring. */
function hopeOf<T, R>({ optimisticData }: MutateQueryOptions<T, R>): Effect | undefined {
  if (optimisticData === undefined) return undefined;
  if (typeof optimisticData !== "function") return { value: optimisticData };
  return { change: (beneath, committed) => resultOf(optimisticData, committed, beneath) };
}

/** What an answer makes of the data; `undefined` for nothing. */
function broughtBy<T, R>(
  answer: R | undefined,
  { populateCache = true }: MutateQueryOptions<T, R>,
): Effect | undefined {
  if (answer === undefined || populateCache === false) return undefined;
  if (populateCache === true) return { value: answer };
  return { change: (beneath) => populateCache(answer, beneath as T | undefined) };
}

/** A value, or what the function gives that stands for it. */
function resultOf(value: unknown, ...args: readonly unknown[]): unknown {
  return typeof value === "function" ? (value as (...args: readonly unknown[]) => unknown)(...args) : value;
}

function isThenable<R>(value: R | PromiseLike<R>): value is PromiseLike<R> {
  return typeof (value as Partial<PromiseLike<R>> | null | undefined)?.then === "function";
}
