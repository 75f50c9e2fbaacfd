// Calls about all queries that a filter lets through: the methods of the client that end with an s.
import { checkNames } from "../../core/lru/internal.ts";
import { Answer } from "../machine/answer.ts";
import type { Query } from "../machine/query.ts";
import { throwFailure } from "../model/state.ts";
import { type QueryFilter, type QueryTarget, resolveFilter } from "../store/filter.ts";
import type { QueryStore } from "../store/store.ts";

/** What happens after queries were marked or asked to load. */
export interface InvalidateOptions extends LoadAgainOptions {
  /** Which of them are loaded: those on screen, the others, all, or none. @defaultValue "active" */
  readonly refetchType?: "active" | "inactive" | "all" | "none" | undefined;
}

/** How queries are loaded again. */
export interface LoadAgainOptions {
  /** Whether a load under way is given up for a new one, where there is data. @defaultValue true */
  readonly cancelRefetch?: boolean | undefined;
  /** Whether the promise rejects with the first error of a load. @defaultValue false */
  readonly throwOnError?: boolean | undefined;
}

const LOAD_AGAIN = { cancelRefetch: true, throwOnError: true } satisfies Record<keyof LoadAgainOptions, true>;
const INVALIDATE = { ...LOAD_AGAIN, refetchType: true } satisfies Record<keyof InvalidateOptions, true>;

/** Marks queries stale, and loads again those that the options say. Resolves when that ended. */
export async function invalidate(
  store: QueryStore,
  which: QueryTarget | undefined,
  options: InvalidateOptions = {},
): Promise<void> {
  const filter = filterOf("invalidateQueries", which, options, INVALIDATE);
  const { refetchType = "active", cancelRefetch = true } = options;
  const isForActive = refetchType === "active" || refetchType === "all";
  const isForInactive = refetchType === "inactive" || refetchType === "all";
  store.markStaleOnArrival(filter, isForActive);
  const queries: Query[] = [];
  for (const found of store.search(filter)) {
    const { key, hash } = found.state;
    // What is only stored, and not loaded, needs no more than a mark.
    if (found instanceof Answer && !isForInactive && !store.live.has(hash)) {
      found.invalidate();
      store.changed(found.state);
      continue;
    }
    const query = store.open(key, hash);
    queries.push(query);
    query.invalidate(cancelRefetch);
    const isActive = query.newest !== undefined;
    if (store.isDisposed || !(isActive ? isForActive : isForInactive)) continue;
    // `static` data is not loaded even then.
    if (isActive) query.loadIfStale();
    else if (!query.isStatic) query.load();
  }
  return ended(store, queries, options);
}

/** Loads queries again, stale or not. Resolves when that ended. */
export async function refetch(
  store: QueryStore,
  which: QueryTarget | undefined,
  options: LoadAgainOptions = {},
): Promise<void> {
  const found = store.search(filterOf("refetchQueries", which, options, LOAD_AGAIN));
  const queries = found.map(({ state: { key, hash } }) => store.open(key, hash));
  for (const query of queries) if (!query.isStatic) query.load(options.cancelRefetch ?? true);
  return ended(store, queries, options);
}

/** Forgets data and errors. Resolves when what is on screen was loaded again. */
export async function reset(
  store: QueryStore,
  which: QueryTarget | undefined,
  options: LoadAgainOptions = {},
): Promise<void> {
  const found = store.search(filterOf("resetQueries", which, options, { throwOnError: true }));
  for (const { state } of found) store.remove(state);
  return ended(store, liveOf(store, found), options);
}

/** Removes the data of queries. */
export function remove(store: QueryStore, which: QueryTarget | undefined, options: object = {}): void {
  for (const { state } of store.search(filterOf("removeQueries", which, options, {}))) store.remove(state);
}

/** Ends the loads of queries. */
export async function cancel(store: QueryStore, which: QueryTarget | undefined, options: object = {}): Promise<void> {
  const queries = liveOf(store, store.search(filterOf("cancelQueries", which, options, {})));
  for (const query of queries) query.cancel();
  return ended(store, queries, {});
}

/** Which queries a method is about. @throws MachoError for a key, a filter or options that cannot be used */
function filterOf(
  method: string,
  which: QueryTarget | undefined,
  options: object,
  known: Readonly<Record<string, true>>,
): QueryFilter {
  checkNames(method, options, known);
  return resolveFilter(method, which);
}

function liveOf(store: QueryStore, found: ReturnType<QueryStore["search"]>): Query[] {
  return found.flatMap(({ state }) => store.live.get(state.hash) ?? []);
}

/** Resolves when the loads of queries ended, or failed for the first time: how often they are tried again is theirs. */
async function ended(store: QueryStore, queries: readonly Query[], { throwOnError }: LoadAgainOptions): Promise<void> {
  const ends = queries.map((query) => {
    store.release(query);
    return query.ended(true);
  });
  await Promise.all(ends);
  if (throwOnError) for (const { state } of queries) throwFailure(state);
}
